//! The literals by which a pattern is searched by sound.

use super::letters::Letters;
use super::literals::expand_seq;
use super::measure::{Size, measure_seq};
use super::spelling::{Literal, Spelling};
use super::words::Wording;
use crate::standard::pattern::Node;

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

#[cfg(test)]
mod tests {
    use super::super::literals::tests::of;
    use super::*;

    #[test]
    fn seeds_are_runs_of_three_syllables() {
        let seeds = |text| of(text, |node, words| vec![seeds(node, false, words)]).remove(0);
        assert_eq!(seeds("没看到我正在忙着吗"), ["在忙着吗", "没看到我"]);
        assert_eq!(seeds("急{what}"), ["急什么"]);
        assert_eq!(seeds("瞎叫什么"), ["叫什么", "瞎叫什"]);
        assert_eq!(seeds("(喊|叫)…(闭嘴|等着)"), [""; 0]);
    }
}
