//! The words that patterns cannot do without: most that are called for are ruled out by them.

use super::block::{Block, Ear};
use super::literals::Choice;
use super::stands::stands;
use super::words::{Vocabulary, Wording};
use crate::standard::pattern::Node;
use std::cmp::Ordering;

/// Words of which every match of a pattern holds one.
struct Need {
    /// Sets of words, any of them.
    sets: Vec<u32>,
    /// How often one of the words may be met, as a chance at a place of a text.
    met: f64,
}

/// What every match of `node` holds, the rarest first.
fn needs(node: &Node, words: &Wording<'_>) -> Vec<Need> {
    let mut out = Vec::new();
    collect(node, words, &mut out);
    out.sort_by(|one, other| one.met.total_cmp(&other.met).then_with(|| one.sets.cmp(&other.sets)));
    out.dedup_by(|one, other| one.sets == other.sets);
    out
}

fn collect(node: &Node, words: &Wording<'_>, out: &mut Vec<Need>) {
    if let Some(set) = words.set(node) {
        out.push(Need { sets: vec![set], met: words.vocabulary.size(set).met });
        return;
    }
    match node {
        Node::Seq(list) => list.iter().for_each(|part| collect(part, words, out)),
        Node::Alt(list) => out.extend(any_of(list, words)),
        Node::Words(_) | Node::Opt(_) | Node::Gap { .. } | Node::Pause => {}
    }
}

/// The rarest need of each alternative, together. `None` where an alternative needs nothing.
fn any_of(list: &[Node], words: &Wording<'_>) -> Option<Need> {
    let mut out = Need { sets: Vec::new(), met: 0.0 };
    for part in list {
        let rarest = needs(part, words).into_iter().next()?;
        out.sets.extend(rarest.sets);
        out.met += rarest.met;
    }
    Some(out)
}

/// What all patterns need, in one place: most that are called for are ruled out here.
#[derive(Default)]
pub(super) struct Needs {
    /// By entry, its range of `sets`; those of no interest have none.
    entries: Vec<(u32, u32)>,
    /// Numbers of sets, with `ANY` where the next one will do as well.
    sets: Vec<u32>,
}

/// Marks a set beside which another will do as well.
const ANY: u32 = 1 << 31;
/// Characters of a usual turn.
const TURN: f64 = 27.0;

impl Needs {
    /// Adds an entry greater than all before it: what rules out a match most quickly first, what is there anyway when
    /// the entry is `called` for last.
    pub(super) fn add(&mut self, entry: u32, pattern: &Node, called: &[Choice<'_>], words: &Wording<'_>) {
        let mut needs = needs(pattern, words);
        let there = called.iter().flat_map(|part| part.nodes()).filter_map(|node| words.set(node));
        let there: Vec<u32> = there.collect();
        let cost = |need: &Need| {
            let count: usize = need.sets.iter().map(|set| words.vocabulary.size(*set).count).sum();
            let late = need.sets.iter().any(|set| there.contains(set));
            (late, (count + 8) as f64 / (1.0 - TURN * need.met).max(0.01))
        };
        needs.sort_by(|one, other| cost(one).partial_cmp(&cost(other)).unwrap_or(Ordering::Equal));
        let from = self.sets.len() as u32;
        for need in needs {
            let last = need.sets.len().saturating_sub(1);
            self.sets
                .extend(need.sets.iter().enumerate().map(|(i, set)| if i < last { set | ANY } else { *set }));
        }
        self.entries.resize(entry as usize, (from, from));
        self.entries.push((from, self.sets.len() as u32));
    }

    /// These, then those of later entries.
    pub(super) fn with(mut self, other: Needs) -> Needs {
        let shift = self.sets.len() as u32;
        let later = other.entries.iter().skip(self.entries.len());
        self.entries.extend(later.map(|(from, to)| (from + shift, to + shift)));
        self.sets.extend(other.sets);
        self
    }

    /// Whether the block may hold a match of an entry.
    #[inline]
    pub(super) fn met<const N: usize>(
        &self,
        entry: u32,
        block: &Block<N>,
        ear: &impl Ear<N>,
        vocabulary: &Vocabulary,
    ) -> bool {
        let (from, to) = self.entries.get(entry as usize).copied().unwrap_or_default();
        let mut sets = self.sets.get(from as usize..to as usize).unwrap_or(&[]).iter();
        while let Some(set) = sets.next() {
            let there = stands(block, ear, vocabulary, set & !ANY, |stands| !stands.is_empty());
            match there {
                // The others of the same need may be left out.
                true if set & ANY != 0 => drop(sets.by_ref().find(|set| **set & ANY == 0)),
                false if set & ANY == 0 => return false,
                true | false => {}
            }
        }
        true
    }
}
