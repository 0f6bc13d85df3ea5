//! The literals that a pattern cannot do without: the tables are searched for them.

use super::common::Chars;
use super::spelling::{Literal, Spelling};
use crate::standard::pattern::Node;

/// A run of a pattern may expand to this many literals at the most.
const MOST: usize = 96;
/// Characters that stand in every other sentence.
static COMMON: Chars = Chars::of(
    "的了是我你您不这那有在就他也都个们人说来去要到什么怎没看好给上一家里事找问谁啥呢吗吧啊可还能会想",
);

/// The best set of literals of which each match holds at least one; `None` where the pattern has no fixed run.
pub(super) fn required(node: &Node) -> Option<Vec<Literal>> {
    match best(node)?.run {
        Run::Node(node) => expand(node),
        Run::Seq(list) => expand_seq(list),
        Run::Alt(list) => {
            let mut all: Vec<Literal> = Vec::new();
            for part in list {
                all.extend(required(part)?);
            }
            all.sort();
            all.dedup();
            Some(all)
        }
    }
}

/// A run of a pattern, measured before any literal of it is written out.
#[derive(Clone, Copy)]
struct Choice<'a> {
    run: Run<'a>,
    size: Size,
}

#[derive(Clone, Copy)]
enum Run<'a> {
    Node(&'a Node),
    Seq(&'a [Node]),
    /// Each alternative by its own best run.
    Alt(&'a [Node]),
}

/// How many literals a run expands to, the characters of the shortest, and how often one of them may be met.
#[derive(Clone, Copy)]
struct Size {
    count: usize,
    shortest: usize,
    /// Chances at a place of a text, 0..1.
    met: f64,
}

impl Size {
    const EMPTY: Size = Size { count: 1, shortest: 0, met: 1.0 };
    const NONE: Size = Size { count: 0, shortest: usize::MAX, met: 0.0 };

    fn of(text: impl Iterator<Item = char>) -> Self {
        let (mut met, mut shortest) = (1.0, 0);
        for c in text {
            shortest += 1;
            // Behind another character the common ones are commoner still: they make words together.
            met *= match (COMMON.holds(c), met < 1.0) {
                (true, false) => 1.0 / 60.0,
                (true, true) => 1.0 / 12.0,
                (false, false) => 1.0 / 1500.0,
                (false, true) => 1.0 / 120.0,
            };
        }
        Size { count: 1, shortest, met }
    }

    /// Either.
    fn or(self, other: Size) -> Self {
        Size {
            count: self.count + other.count,
            shortest: self.shortest.min(other.shortest),
            met: self.met + other.met,
        }
    }

    /// One behind the other.
    fn then(self, other: Size) -> Self {
        Size {
            count: self.count * other.count,
            shortest: self.shortest + other.shortest,
            met: if self.shortest == 0 {
                self.met * other.met
            } else {
                self.met * (other.met * 12.0).min(1.0)
            },
        }
    }
}

fn better<'a>(found: Option<Choice<'a>>, offer: Choice<'a>) -> Option<Choice<'a>> {
    match found {
        _ if offer.size.shortest == 0 => found,
        Some(old) if old.size.met <= offer.size.met => found,
        _ => Some(offer),
    }
}

fn best(node: &Node) -> Option<Choice<'_>> {
    let mut found = measure(node).and_then(|size| better(None, Choice { run: Run::Node(node), size }));
    match node {
        Node::Seq(list) => {
            let sizes: Vec<Option<Size>> = list.iter().map(measure).collect();
            for from in 0..list.len() {
                let mut sum = Size::EMPTY;
                for (to, size) in sizes.iter().enumerate().skip(from) {
                    let Some(size) = size.map(|size| sum.then(size)).filter(|s| s.count <= MOST) else {
                        break;
                    };
                    sum = size;
                    let part = list.get(from..=to).unwrap_or(&[]);
                    found = better(found, Choice { run: Run::Seq(part), size });
                }
            }
            for inner in list.iter().filter_map(best) {
                found = better(found, inner);
            }
        }
        Node::Alt(list) => {
            if let Some(size) = each_by_its_best(list) {
                found = better(found, Choice { run: Run::Alt(list), size });
            }
        }
        Node::Words(_) | Node::Opt(_) | Node::Gap { .. } | Node::Pause => {}
    }
    found
}

fn each_by_its_best(list: &[Node]) -> Option<Size> {
    list.iter().try_fold(Size::NONE, |size, part| Some(size.or(best(part)?.size)))
}

/// The size of a node's expansion, if that is a short list of fixed texts.
fn measure(node: &Node) -> Option<Size> {
    let size = match node {
        Node::Words(text) => Size::of(text.chars()),
        Node::Seq(list) => measure_seq(list)?,
        Node::Alt(list) => list.iter().try_fold(Size::NONE, |size, part| Some(size.or(measure(part)?)))?,
        Node::Opt(inner) => measure(inner)?.or(Size::EMPTY),
        Node::Pause => Size::EMPTY,
        Node::Gap { .. } => return None,
    };
    (size.count <= MOST).then_some(size)
}

fn measure_seq(list: &[Node]) -> Option<Size> {
    list.iter().try_fold(Size::EMPTY, |size, part| {
        let size = size.then(measure(part)?);
        (size.count <= MOST).then_some(size)
    })
}

/// By sound the search begins with this many syllables: fewer meet by chance.
pub(super) const SYLLABLES: usize = 3;
/// A seed that is met oftener than this, as a chance at a place of a text, costs more than it finds.
const SELDOM: f64 = 1e-5;
/// Runs of a pattern by which it is searched by sound: where one is written too badly, another may be right.
const RUNS: usize = 2;

/// The literals by which a pattern is searched by sound. Unlike the required ones they need not be in every match: a
/// pattern, or an alternative of one, that has no run of three syllables is not searched by sound, and one that is `far`
/// from the item's words not by syllables that are met everywhere.
pub(super) fn seeds(node: &Node, far: bool) -> Vec<Literal> {
    let mut out = Vec::new();
    collect_seeds(node, &mut out);
    if far {
        out.retain(|seed| Size::of(seed.chars().iter().copied()).met < SELDOM);
    }
    out.sort();
    out.dedup();
    out
}

fn collect_seeds(node: &Node, out: &mut Vec<Literal>) {
    match node {
        Node::Seq(list) => {
            let runs = seed_runs(list);
            for run in &runs {
                let all = expand_seq::<Literal>(run).unwrap_or_default();
                out.extend(all.iter().flat_map(ends));
            }
            if runs.is_empty() {
                let before = out.len();
                out.extend(longer_literals(list));
                if out.len() == before {
                    list.iter().for_each(|part| collect_seeds(part, out));
                }
            }
        }
        Node::Alt(list) => list.iter().for_each(|part| collect_seeds(part, out)),
        Node::Words(text) if text.chars().count() >= SYLLABLES => out.extend(ends(&Literal::of(text))),
        Node::Words(_) | Node::Opt(_) | Node::Gap { .. } | Node::Pause => {}
    }
}

/// Runs of a sequence with enough syllables, each as short as can be, from left to right.
fn seed_runs(list: &[Node]) -> Vec<&[Node]> {
    let (mut out, mut from): (Vec<&[Node]>, usize) = (Vec::new(), 0);
    while from < list.len() && out.len() < RUNS {
        let long = |to: &usize| {
            let run = list.get(from..*to).and_then(measure_seq);
            run.is_some_and(|size| size.shortest >= SYLLABLES)
        };
        match (from + 1..=list.len()).find(long) {
            Some(to) => {
                out.extend(list.get(from..to));
                from = to;
            }
            None => from += 1,
        }
    }
    out
}

/// Of the longest fixed run the literals with enough syllables (急什么, not 急啥).
fn longer_literals(list: &[Node]) -> Vec<Literal> {
    let runs = (0..list.len()).filter_map(|from| {
        let to = (from + 1..=list.len()).rev().find(|to| list.get(from..*to).is_some_and(is_fixed))?;
        list.get(from..to)
    });
    let long = |run: &[Node]| {
        let all = expand_seq::<Literal>(run).unwrap_or_default().into_iter();
        all.filter(|literal| literal.chars().len() >= SYLLABLES).collect::<Vec<_>>()
    };
    runs.map(long).find(|literals| !literals.is_empty()).unwrap_or_default()
}

fn is_fixed(run: &[Node]) -> bool {
    measure_seq(run).is_some()
}

/// A longer literal by its two ends: either may hold a slip that no class of sounds explains.
fn ends(literal: &Literal) -> impl Iterator<Item = Literal> {
    let chars = literal.chars();
    let part = SYLLABLES.max(chars.len() / 2);
    let (first, last) = match chars.len() > SYLLABLES {
        true => (chars.get(..part), chars.get(chars.len() - part..)),
        false => (Some(chars), None),
    };
    [first.map(Literal::from_chars), last.map(Literal::from_chars)].into_iter().flatten()
}

/// Everything a node can be, if that is a short list of fixed texts.
pub(super) fn expand<S: Spelling>(node: &Node) -> Option<Vec<S>> {
    match node {
        Node::Words(text) => Some(vec![S::of(text)]),
        Node::Seq(list) => expand_seq(list),
        Node::Alt(list) => {
            let mut out = Vec::new();
            for part in list.iter() {
                out.extend(expand(part)?);
                if out.len() > MOST {
                    return None;
                }
            }
            out.sort();
            out.dedup();
            Some(out)
        }
        Node::Opt(inner) => {
            let mut out = expand(inner)?;
            out.push(S::empty());
            Some(out)
        }
        Node::Pause => Some(vec![S::empty()]),
        Node::Gap { .. } => None,
    }
}

fn expand_seq<S: Spelling>(list: &[Node]) -> Option<Vec<S>> {
    let mut out = vec![S::empty()];
    for part in list {
        let more = expand::<S>(part)?;
        if out.len() * more.len() > MOST {
            return None;
        }
        out = out.iter().flat_map(|head| more.iter().map(move |tail| head.and(tail))).collect();
    }
    out.sort();
    out.dedup();
    Some(out)
}

/// Characters in the longest text a node can match.
pub(super) fn reach(node: &Node) -> usize {
    match node {
        Node::Words(text) => text.chars().count(),
        Node::Seq(list) => list.iter().map(reach).sum(),
        Node::Alt(list) => list.iter().map(reach).max().unwrap_or(0),
        Node::Opt(inner) => reach(inner),
        Node::Gap { most, .. } => usize::from(*most),
        Node::Pause => 1,
    }
}

/// Pauses that the pattern itself asks for.
pub(super) fn pauses(node: &Node) -> usize {
    match node {
        Node::Pause | Node::Gap { wide: true, .. } => 1,
        Node::Seq(list) => list.iter().map(pauses).sum(),
        Node::Alt(list) => list.iter().map(pauses).max().unwrap_or(0),
        Node::Opt(inner) => pauses(inner),
        Node::Words(_) | Node::Gap { wide: false, .. } => 0,
    }
}

/// Whether the pattern has a gap.
pub(super) fn has_gap(node: &Node) -> bool {
    match node {
        Node::Gap { .. } => true,
        Node::Seq(list) | Node::Alt(list) => list.iter().any(has_gap),
        Node::Opt(inner) => has_gap(inner),
        Node::Words(_) | Node::Pause => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::Words;
    use crate::standard::pattern::parse;

    fn shown(literal: &Literal) -> String {
        literal.chars().iter().collect()
    }

    fn of(text: &str) -> Vec<String> {
        let words = Words::from_lists(&[("you", &["你", "您"]), ("what", &["什么", "啥"])]);
        required(&parse(text, &words).unwrap().node).unwrap_or_default().iter().map(shown).collect()
    }

    #[test]
    fn the_longest_fixed_run_wins() {
        assert_eq!(of("有意见…找领导去"), ["找领导去"]);
        assert_eq!(of("[{you}]急{what}"), ["急什么", "急啥"]);
        assert_eq!(of("(喊|叫)…(闭嘴|等着)"), ["等着", "闭嘴"]);
    }

    #[test]
    fn seeds_are_runs_of_three_syllables() {
        let words = Words::from_lists(&[("what", &["什么", "啥"])]);
        let seeds = |text: &str| -> Vec<String> {
            seeds(&parse(text, &words).unwrap().node, false).iter().map(shown).collect()
        };
        assert_eq!(seeds("没看到我正在忙着吗"), ["在忙着吗", "没看到我"]);
        assert_eq!(seeds("急{what}"), ["急什么"]);
        assert_eq!(seeds("瞎叫什么"), ["叫什么", "瞎叫什"]);
        assert_eq!(seeds("(喊|叫)…(闭嘴|等着)"), [""; 0]);
    }

    #[test]
    fn a_pattern_without_a_fixed_run_has_none() {
        let gap = Node::Gap { most: 4, wide: false };
        let node = Node::Seq(vec![Node::Opt(Box::new(Node::Words("你".into()))), gap].into());
        assert_eq!(required(&node), None);
    }
}
