//! Where the words of a set stand in a block: worked out when a pattern first asks, remembered for all others.

use super::block::{Block, Ear};
use super::words::Vocabulary;
use std::cell::RefCell;

/// A word at its place, marks inside it included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stand {
    /// The places before and behind it.
    pub(super) start: u8,
    pub(super) end: u8,
    /// Letters that only sound like those of the word.
    pub(super) slips: u8,
}

/// What is known of a block.
#[derive(Default)]
pub(super) struct Memo {
    /// By the number of a set, the round of the block in which it was looked for, and its range of `stands`.
    sets: Vec<(u32, u32, u32)>,
    stands: Vec<Stand>,
    round: u32,
}

impl Memo {
    fn look(&mut self, set: u32, round: u32, find: impl FnOnce(&mut Vec<Stand>)) -> &[Stand] {
        if self.round != round {
            self.stands.clear();
            self.round = round;
        }
        let number = set as usize;
        if self.sets.len() <= number {
            self.sets.resize(number + 1, (0, 0, 0));
        }
        let Some(known) = self.sets.get_mut(number) else { return &[] };
        if known.0 != round {
            let from = self.stands.len();
            find(&mut self.stands);
            *known = (round, from as u32, self.stands.len() as u32);
        }
        self.stands.get(known.1 as usize..known.2 as usize).unwrap_or(&[])
    }
}

/// Every place of a word of a set.
#[inline]
pub(super) fn stands<const N: usize, R>(
    block: &Block<N>,
    ear: &impl Ear<N>,
    vocabulary: &Vocabulary,
    set: u32,
    with: impl FnOnce(&[Stand]) -> R,
) -> R {
    let memo: &RefCell<Memo> = ear.memo(block);
    with(memo.borrow_mut().look(set, block.round(), |out| find(block, ear, vocabulary, set, out)))
}

fn find<const N: usize>(
    block: &Block<N>,
    ear: &impl Ear<N>,
    vocabulary: &Vocabulary,
    set: u32,
    out: &mut Vec<Stand>,
) {
    for (word, first) in vocabulary.firsts(set) {
        if ear.may_hear(block, first) {
            stand(block, ear, first, vocabulary.rest(word), out);
        }
    }
}

fn stand<const N: usize>(
    block: &Block<N>,
    ear: &impl Ear<N>,
    first: u16,
    rest: &[u16],
    out: &mut Vec<Stand>,
) {
    let mut here = ear.letter(block, first);
    for id in rest {
        if here.is_empty() {
            return;
        }
        let behind = here.on();
        here = behind.with(behind.and(block.weak).on()).and(ear.letter(block, *id));
    }
    out.extend(here.iter().map(|last| traced(block, first, rest, last)));
}

/// The word whose last letter stands at `last`, traced back to its first.
fn traced<const N: usize>(block: &Block<N>, first: u16, rest: &[u16], last: usize) -> Stand {
    let slip = |id: u16, at: usize| u8::from(!block.letter(id).holds(at));
    let (mut at, mut slips) = (last, 0);
    for id in rest.iter().rev() {
        slips += slip(*id, at);
        at = at.saturating_sub(1);
        if block.weak.holds(at) {
            at = at.saturating_sub(1);
        }
    }
    Stand { start: at as u8, end: (last + 1) as u8, slips: slips + slip(first, at) }
}
