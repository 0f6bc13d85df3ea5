//! The literals that a pattern cannot do without: the tables are searched for them.

use super::common::Chars;
use super::letters::Letters;
use super::spelling::{Literal, Spelling};
use super::words::Wording;
use crate::standard::pattern::Node;

/// A run of a pattern may expand to this many literals at the most.
const MOST: usize = 96;
/// Characters that stand in every other sentence.
static COMMON: Chars = Chars::of(
    "的了是我你您不这那有在就他也都个们人说来去要到什么怎没看好给上一家里事找问谁啥呢吗吧啊可还能会想",
);

/// Up to `most` runs that stand in different parts of a pattern, the rarest first: each match holds a literal of each.
/// None where the pattern has no fixed run.
pub(super) fn required<'a>(node: &'a Node, most: usize, words: Wording<'_>) -> Vec<Choice<'a>> {
    let (mut out, mut parts) = (Vec::new(), vec![Run::Node(node)]);
    while out.len() < most {
        let found = parts.iter().enumerate().filter_map(|(i, part)| Some((i, part.best(words)?)));
        let Some((i, choice)) = found.min_by(|(_, one), (_, other)| one.met().total_cmp(&other.met())) else {
            break;
        };
        let part = parts.swap_remove(i);
        out.push(choice);
        parts.extend(part.without(choice));
    }
    out
}

/// A run of a pattern, measured before any literal of it is written out.
#[derive(Clone, Copy)]
pub(super) struct Choice<'a> {
    run: Run<'a>,
    size: Size,
    /// Which parts of the sequence it was chosen from it takes up, if it was chosen from one.
    taken: Option<(usize, usize)>,
}

impl<'a> Choice<'a> {
    /// How often one of its literals may be met, as a chance at a place of a text.
    pub(super) fn met(&self) -> f64 {
        self.size.met
    }

    /// Everything that the run may be.
    pub(super) fn literals<S: Spelling>(&self, words: Wording<'_>) -> Vec<S> {
        self.run.literals(words).unwrap_or_default()
    }

    /// The nodes whose words stand there when one of the literals does.
    pub(super) fn nodes(&self) -> &'a [Node] {
        match self.run {
            Run::Node(Node::Seq(list)) => list,
            Run::Seq(list) => list,
            Run::Node(node) => std::slice::from_ref(node),
            Run::Alt(_) => &[],
        }
    }
}

#[derive(Clone, Copy)]
enum Run<'a> {
    Node(&'a Node),
    Seq(&'a [Node]),
    /// Each alternative by its own best run.
    Alt(&'a [Node]),
}

impl<'a> Run<'a> {
    fn best(self, words: Wording<'_>) -> Option<Choice<'a>> {
        match self {
            Run::Node(node) => best(node, words),
            Run::Seq(list) => best_in(list, words),
            Run::Alt(_) => None,
        }
    }

    /// Everything that the run may be.
    fn literals<S: Spelling>(self, words: Wording<'_>) -> Option<Vec<S>> {
        match self {
            Run::Node(node) => expand(node, words.letters),
            Run::Seq(list) => expand_seq(list, words.letters),
            Run::Alt(list) => {
                let mut all = Vec::new();
                for part in list {
                    all.extend(best(part, words)?.run.literals(words)?);
                }
                Some(all)
            }
        }
    }

    /// What is left on both sides of a choice.
    fn without(self, choice: Choice<'a>) -> impl Iterator<Item = Run<'a>> {
        let list: &[Node] = match self {
            Run::Node(Node::Seq(list)) => list,
            Run::Seq(list) => list,
            Run::Node(_) | Run::Alt(_) => &[],
        };
        let sides = choice.taken.map(|(from, to)| [list.get(..from), list.get(to..)]);
        sides.into_iter().flatten().flatten().filter(|side| !side.is_empty()).map(Run::Seq)
    }
}

/// How many literals a run expands to, the characters of the shortest, and how often one of them may be met.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) count: usize,
    pub(super) shortest: usize,
    /// Chances at a place of a text, 0..1.
    pub(super) met: f64,
}

impl Size {
    const EMPTY: Size = Size { count: 1, shortest: 0, met: 1.0 };
    pub(super) const NONE: Size = Size { count: 0, shortest: usize::MAX, met: 0.0 };

    /// Of one text.
    pub(super) fn of(text: &str) -> Self {
        Size::of_chars(text.chars())
    }

    fn of_chars(text: impl Iterator<Item = char>) -> Self {
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
    pub(super) fn or(self, other: Size) -> Self {
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

fn best<'a>(node: &'a Node, words: Wording<'_>) -> Option<Choice<'a>> {
    let whole = measure(node, words).map(|size| Choice { run: Run::Node(node), size, taken: None });
    let found = whole.and_then(|whole| better(None, whole));
    let inner = match node {
        Node::Seq(list) => best_in(list, words),
        // Each by itself is no better than all of them.
        Node::Alt(_) if found.is_some() => None,
        Node::Alt(list) => {
            each_by_its_best(list, words).map(|size| Choice { run: Run::Alt(list), size, taken: None })
        }
        Node::Words(_) | Node::Opt(_) | Node::Gap { .. } | Node::Pause => None,
    };
    inner.into_iter().fold(found, better)
}

/// The best run of a sequence, or of one of its parts.
fn best_in<'a>(list: &'a [Node], words: Wording<'_>) -> Option<Choice<'a>> {
    let mut found = None;
    let sizes: Vec<Option<Size>> = list.iter().map(|part| measure(part, words)).collect();
    for from in 0..list.len() {
        let mut sum = Size::EMPTY;
        for (to, size) in sizes.iter().enumerate().skip(from) {
            let Some(size) = size.map(|size| sum.then(size)).filter(|s| s.count <= MOST) else {
                break;
            };
            sum = size;
            let part = list.get(from..=to).unwrap_or(&[]);
            found = better(found, Choice { run: Run::Seq(part), size, taken: Some((from, to + 1)) });
        }
    }
    // A part of fixed size was measured as a run of one already.
    let parts = list.iter().enumerate().filter(|(at, _)| sizes.get(*at).is_some_and(Option::is_none));
    for (at, inner) in parts.filter_map(|(at, part)| Some((at, best(part, words)?))) {
        found = better(found, Choice { taken: Some((at, at + 1)), ..inner });
    }
    found
}

fn each_by_its_best(list: &[Node], words: Wording<'_>) -> Option<Size> {
    list.iter().try_fold(Size::NONE, |size, part| Some(size.or(best(part, words)?.size)))
}

/// The size of a node's expansion, if that is a short list of fixed texts.
fn measure(node: &Node, words: Wording<'_>) -> Option<Size> {
    let size = match node {
        Node::Words(text) => Size::of(text),
        Node::Seq(list) => measure_seq(list, words)?,
        Node::Alt(list) => match words.set(node) {
            Some(set) => words.vocabulary.size(set),
            None => list.iter().try_fold(Size::NONE, |size, part| Some(size.or(measure(part, words)?)))?,
        },
        Node::Opt(inner) => measure(inner, words)?.or(Size::EMPTY),
        Node::Pause => Size::EMPTY,
        Node::Gap { .. } => return None,
    };
    (size.count <= MOST).then_some(size)
}

fn measure_seq(list: &[Node], words: Wording<'_>) -> Option<Size> {
    list.iter().try_fold(Size::EMPTY, |size, part| {
        let size = size.then(measure(part, words)?);
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
pub(super) fn seeds(node: &Node, far: bool, words: Wording<'_>) -> Vec<Literal> {
    let mut out = Vec::new();
    collect_seeds(node, words, &mut out);
    if far {
        let written = |id: &u16| words.letters.written(*id);
        out.retain(|seed| Size::of_chars(seed.letters().iter().map(written)).met < SELDOM);
    }
    out
}

fn collect_seeds(node: &Node, words: Wording<'_>, out: &mut Vec<Literal>) {
    match node {
        Node::Seq(list) => {
            let runs = seed_runs(list, words);
            for run in &runs {
                let all = expand_seq::<Literal>(run, words.letters).unwrap_or_default();
                out.extend(all.iter().flat_map(ends));
            }
            if runs.is_empty() {
                let before = out.len();
                out.extend(longer_literals(list, words));
                if out.len() == before {
                    list.iter().for_each(|part| collect_seeds(part, words, out));
                }
            }
        }
        Node::Alt(list) => list.iter().for_each(|part| collect_seeds(part, words, out)),
        Node::Words(text) if text.chars().count() >= SYLLABLES => {
            out.extend(ends(&spelt(text, words.letters)));
        }
        Node::Words(_) | Node::Opt(_) | Node::Gap { .. } | Node::Pause => {}
    }
}

/// Runs of a sequence with enough syllables, each as short as can be, from left to right.
fn seed_runs<'a>(list: &'a [Node], words: Wording<'_>) -> Vec<&'a [Node]> {
    let (mut out, mut from): (Vec<&[Node]>, usize) = (Vec::new(), 0);
    while from < list.len() && out.len() < RUNS {
        let long = |to: &usize| {
            let run = list.get(from..*to).and_then(|run| measure_seq(run, words));
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
fn longer_literals(list: &[Node], words: Wording<'_>) -> Vec<Literal> {
    let runs = (0..list.len()).filter_map(|from| {
        let to = (from + 1..=list.len())
            .rev()
            .find(|to| list.get(from..*to).is_some_and(|run| measure_seq(run, words).is_some()))?;
        list.get(from..to)
    });
    let long = |run: &[Node]| {
        let all = expand_seq::<Literal>(run, words.letters).unwrap_or_default().into_iter();
        all.filter(|literal| literal.letters().len() >= SYLLABLES).collect::<Vec<_>>()
    };
    runs.map(long).find(|literals| !literals.is_empty()).unwrap_or_default()
}

fn spelt(text: &str, letters: &Letters) -> Literal {
    let mut out = Literal::empty();
    out.add(text, letters);
    out
}

/// A longer literal by its two ends: either may hold a slip that no class of sounds explains.
fn ends(literal: &Literal) -> impl Iterator<Item = Literal> {
    let letters = literal.letters();
    let part = SYLLABLES.max(letters.len() / 2);
    let (first, last) = match letters.len() > SYLLABLES {
        true => (letters.get(..part), letters.get(letters.len() - part..)),
        false => (Some(letters), None),
    };
    [first.map(Literal::from_letters), last.map(Literal::from_letters)].into_iter().flatten()
}

/// Everything a node can be, if that is a short list of fixed texts; the same text may come twice.
pub(super) fn expand<S: Spelling>(node: &Node, letters: &Letters) -> Option<Vec<S>> {
    let mut out = vec![S::empty()];
    grow(node, letters, &mut out)?;
    Some(out)
}

fn expand_seq<S: Spelling>(list: &[Node], letters: &Letters) -> Option<Vec<S>> {
    let mut out = vec![S::empty()];
    list.iter().try_for_each(|part| grow(part, letters, &mut out))?;
    Some(out)
}

/// What there is, with everything a node can be behind it.
fn grow<S: Spelling>(node: &Node, letters: &Letters, heads: &mut Vec<S>) -> Option<()> {
    match node {
        Node::Words(text) => heads.iter_mut().for_each(|head| head.add(text, letters)),
        Node::Seq(list) => list.iter().try_for_each(|part| grow(part, letters, heads))?,
        Node::Alt(list) => {
            let mut out = Vec::with_capacity(heads.len() * list.len());
            for part in list.iter() {
                let mut more = heads.clone();
                grow(part, letters, &mut more)?;
                out.append(&mut more);
                if out.len() > MOST {
                    return None;
                }
            }
            *heads = out;
        }
        Node::Opt(inner) => {
            let mut more = heads.clone();
            grow(inner, letters, &mut more)?;
            heads.append(&mut more);
        }
        Node::Pause => {}
        Node::Gap { .. } => return None,
    }
    (heads.len() <= MOST).then_some(())
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
    use super::super::words::Vocabulary;
    use super::*;
    use crate::standard::Words;
    use crate::standard::pattern::parse;

    /// What `find` finds in a pattern, each list in order.
    fn of(text: &str, find: impl Fn(&Node, Wording<'_>) -> Vec<Vec<Literal>>) -> Vec<Vec<String>> {
        let words = Words::from_lists(&[("you", &["你", "您"]), ("what", &["什么", "啥"])]);
        let node = parse(text, &words).unwrap().node;
        let (mut letters, mut vocabulary) = (Letters::default(), Vocabulary::default());
        vocabulary.learn(&node, &mut letters);
        let words = Wording { letters: &letters, vocabulary: &vocabulary };
        let text = |one: &Literal| one.letters().iter().map(|id| letters.written(*id)).collect::<String>();
        let list = |one: &Vec<Literal>| {
            let mut all: Vec<String> = one.iter().map(text).collect();
            all.sort();
            all.dedup();
            all
        };
        find(&node, words).iter().map(list).collect()
    }

    fn parts(text: &str, most: usize) -> Vec<Vec<String>> {
        of(text, |node, words| required(node, most, words).iter().map(|one| one.literals(words)).collect())
    }

    #[test]
    fn the_rarest_fixed_run_wins() {
        assert_eq!(parts("有意见…找领导去", 1), [["找领导去"]]);
        assert_eq!(parts("[{you}]急{what}", 1), [["急什么", "急啥"]]);
        assert_eq!(parts("(喊|叫)…(闭嘴|等着)", 1), [["等着", "闭嘴"]]);
    }

    #[test]
    fn other_parts_come_after_the_rarest() {
        let two: [&[&str]; 2] = [&["找领导去"], &["有意见"]];
        assert_eq!(parts("有意见…找领导去", 3), two);
        let two: [&[&str]; 2] = [&["等着", "闭嘴"], &["叫", "喊"]];
        assert_eq!(parts("(喊|叫)…(闭嘴|等着)", 3), two);
        assert_eq!(parts("[{you}]急{what}", 3).len(), 1);
    }

    #[test]
    fn a_pattern_without_a_fixed_run_has_none() {
        let gap = Node::Gap { most: 4, wide: false };
        let node = Node::Seq(vec![Node::Opt(Box::new(Node::Words("你".into()))), gap].into());
        let (letters, vocabulary) = (Letters::default(), Vocabulary::default());
        assert!(required(&node, 3, Wording { letters: &letters, vocabulary: &vocabulary }).is_empty());
    }

    #[test]
    fn seeds_are_runs_of_three_syllables() {
        let seeds = |text| of(text, |node, words| vec![seeds(node, false, words)]).remove(0);
        assert_eq!(seeds("没看到我正在忙着吗"), ["在忙着吗", "没看到我"]);
        assert_eq!(seeds("急{what}"), ["急什么"]);
        assert_eq!(seeds("瞎叫什么"), ["叫什么", "瞎叫什"]);
        assert_eq!(seeds("(喊|叫)…(闭嘴|等着)"), [""; 0]);
    }
}
