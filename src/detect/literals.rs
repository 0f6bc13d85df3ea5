//! The literals that a pattern cannot do without: by them it is found in a table.

use super::letters::Letters;
use super::measure::{MOST, Size, measure};
use super::spelling::Spelling;
use super::words::Wording;
use crate::standard::pattern::Node;

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

/// Everything a node can be, if that is a short list of fixed texts; the same text may come twice.
pub(super) fn expand<S: Spelling>(node: &Node, letters: &Letters) -> Option<Vec<S>> {
    let mut out = vec![S::empty()];
    grow(node, letters, &mut out)?;
    Some(out)
}

pub(super) fn expand_seq<S: Spelling>(list: &[Node], letters: &Letters) -> Option<Vec<S>> {
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

#[cfg(test)]
pub(super) mod tests {
    use super::super::spelling::Literal;
    use super::super::words::Vocabulary;
    use super::*;
    use crate::standard::Words;
    use crate::standard::pattern::parse;

    /// What `find` finds in a pattern, each list in order.
    pub(in crate::detect) fn of(
        text: &str,
        find: impl Fn(&Node, Wording<'_>) -> Vec<Vec<Literal>>,
    ) -> Vec<Vec<String>> {
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
}
