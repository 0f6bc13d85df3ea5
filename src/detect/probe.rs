//! Single patterns, tried out: for audits of a rule pack.

use super::block::{Block, Written};
use super::hear::Detector;
use super::lexicon::Act;
use super::literals::expand;
use super::matching::{Pad, Room};
use crate::normalize::{fold, plain};
use crate::standard::pattern::Node;
use std::collections::BTreeSet;

impl Detector {
    /// The numbers of the patterns that stand for `act`, in the author's order.
    pub fn numbers(&self, act: Act) -> Vec<u32> {
        let entries = self.lexicon().entries.iter().zip(0..);
        entries.filter(|(entry, _)| entry.act == act).map(|(_, number)| number).collect()
    }

    /// Everything that a pattern says, if that is a short list.
    pub fn expansion(&self, number: u32) -> Option<Vec<String>> {
        let entry = self.lexicon().entries.get(number as usize)?;
        let mut all: Vec<String> = expand(&entry.pattern.node, &self.lexicon().letters)?;
        all.sort();
        all.dedup();
        Some(all)
    }

    /// Whether a pattern matches somewhere in `said`, boundaries aside.
    pub fn finds(&self, number: u32, said: &str) -> bool {
        let lexicon = self.lexicon();
        let Some(plan) = lexicon.plan(number) else { return false };
        let mut block = Block::<4>::default();
        block.fill(&plain(said, &[]), 0, 0, &lexicon.letters);
        let room = Room::new(&block, &Written, lexicon);
        !room.matches::<1>(plan, &mut Pad::default()).is_empty()
    }

    /// Whether the pattern, written out, is exactly `said` (folded, without punctuation): what stands in a gap is not the
    /// author's.
    pub fn spells(&self, number: u32, said: &str) -> bool {
        let chars: Vec<char> = said.chars().collect();
        let entry = self.lexicon().entries.get(number as usize);
        entry.is_some_and(|e| written(&e.pattern.node, &chars, &BTreeSet::from([0])).contains(&chars.len()))
    }

    /// Words of the dictionary that are `word` and one character more.
    pub fn longer_words(&self, word: &str) -> Vec<String> {
        let more = ('\u{4e00}'..='\u{9fa5}').flat_map(|c| [format!("{c}{word}"), format!("{word}{c}")]);
        more.filter(|longer| self.segmenter().is_word(longer)).collect()
    }
}

/// Where the node's own words may end that begin at one of `from`.
fn written(node: &Node, chars: &[char], from: &BTreeSet<usize>) -> BTreeSet<usize> {
    match node {
        Node::Words(text) => text.chars().map(fold).fold(from.clone(), |from, c| {
            from.into_iter().filter(|at| chars.get(*at) == Some(&c)).map(|at| at + 1).collect()
        }),
        Node::Seq(list) => list.iter().fold(from.clone(), |from, part| written(part, chars, &from)),
        Node::Alt(list) => list.iter().flat_map(|part| written(part, chars, from)).collect(),
        Node::Opt(inner) => from | &written(inner, chars, from),
        Node::Gap { .. } | Node::Pause => from.clone(),
    }
}
