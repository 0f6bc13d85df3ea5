//! The matches of a pattern in a block, its anchors included.

use super::block::{Block, Ear};
use super::lexicon::Lexicon;
use super::places::Places;
use super::plan::Plan;
use super::program::{Program, Stage, States};
use super::stands::{Stand, stands};
use super::words::Wording;
use crate::standard::pattern::Node;
use std::cell::Cell;
use std::ops::Range;

/// Lead-in words that may stand before an anchored pattern.
const LEADS: usize = 2;

/// Lead-in words and particles.
pub(super) struct Around {
    lead: Program,
    particle: Program,
}

impl Around {
    pub(super) fn new(lead: &Node, particle: &Node, words: Wording<'_>) -> Self {
        Around { lead: Program::of(lead, words), particle: Program::of(particle, words) }
    }
}

/// Room for the states of programs, kept from one to the next.
pub(super) struct Pad<const N: usize, const L: usize> {
    forth: States<N, L>,
    back: States<N, 1>,
}

impl<const N: usize, const L: usize> Default for Pad<N, L> {
    fn default() -> Self {
        Pad { forth: States::default(), back: States::default() }
    }
}

/// A block and the way in which it is listened to.
pub(super) struct Room<'a, const N: usize, E> {
    block: &'a Block<N>,
    ear: &'a E,
    lexicon: &'a Lexicon,
    /// Worked out when first asked for.
    starts: Cell<Option<Places<N>>>,
    ends: Cell<Option<Places<N>>>,
}

impl<'a, const N: usize, E: Ear<N>> Room<'a, N, E> {
    pub(super) fn new(block: &'a Block<N>, ear: &'a E, lexicon: &'a Lexicon) -> Self {
        Room { block, ear, lexicon, starts: Cell::default(), ends: Cell::default() }
    }

    /// Where the words of a clause may begin, up to two lead-ins aside.
    fn starts(&self) -> Places<N> {
        cached(&self.starts, || {
            let mut pad = States::default();
            let mut all = self.block.opens;
            let mut behind = all;
            for _ in 0..LEADS {
                let [ends] = self.lexicon.around.lead.ends::<N, 1>(self, behind, &mut pad);
                behind = ends.with(ends.and(self.block.weak).on());
                all = all.with(behind);
            }
            all
        })
    }

    /// Where the words of a clause may end, particles aside.
    fn ends(&self) -> Places<N> {
        cached(&self.ends, || {
            let mut pad = States::default();
            let mut all = self.block.closes;
            loop {
                let before = self.lexicon.around.particle.starts(self, all, &mut pad);
                let more = all.with(before).with(before.back().and(self.block.weak));
                if more == all {
                    return all;
                }
                all = more;
            }
        })
    }

    /// Whether `range` fills its clause, lead-in words and particles aside.
    pub(super) fn fills_clause(&self, range: &Range<usize>) -> bool {
        self.starts().holds(range.start) && self.ends().holds(range.end)
    }

    /// Every match, from left to right; where slips are counted, only those with up to `L - 1` of them and at least one.
    pub(super) fn matches<const L: usize>(&self, plan: &Plan, pad: &mut Pad<N, L>) -> Vec<Range<usize>> {
        let starts = if plan.starts_clause { self.starts() } else { self.block.inside };
        let slips = plan.program.ends(self, starts, &mut pad.forth);
        let reached = slips.into_iter().skip(usize::from(L > 1)).fold(Places::default(), Places::with);
        if reached.is_empty() {
            return Vec::new();
        }
        let ends = if plan.ends_clause { self.ends() } else { self.block.inside.on() };
        if reached.and(ends).is_empty() {
            return Vec::new();
        }
        let from = plan.program.starts(self, ends, &mut pad.back);
        self.walks(&plan.program, from.and(starts), plan.starts_clause, &pad.back)
    }

    fn walks(
        &self,
        program: &Program,
        starts: Places<N>,
        anchored: bool,
        states: &States<N, 1>,
    ) -> Vec<Range<usize>> {
        let (mut out, mut from) = (Vec::new(), 0);
        while let Some(first) = starts.next(from) {
            let start = if anchored { self.behind_leads(starts, first) } else { first };
            let Some(end) = program.walk(self, start, states) else { break };
            out.push(start..end);
            from = match anchored {
                // The mark behind one match may open the next one's clause.
                true => self.block.opens.next(end.max(start) + 1).unwrap_or(usize::MAX >> 1),
                false => end.max(start + 1),
            };
        }
        out
    }

    /// Of the starts in the clause of `first` the one behind the most lead-in words.
    fn behind_leads(&self, starts: Places<N>, first: usize) -> usize {
        let next = self.block.opens.next(first + 1).unwrap_or(self.block.chars.len());
        starts.last_up_to(next.saturating_sub(1)).filter(|start| *start >= first).unwrap_or(first)
    }
}

impl<const N: usize, E: Ear<N>> Stage<N> for Room<'_, N, E> {
    fn block(&self) -> &Block<N> {
        self.block
    }

    #[inline]
    fn each(&self, set: u32, with: impl FnMut(&Stand)) {
        stands(self.block, self.ear, &self.lexicon.vocabulary, set, |stands| stands.iter().for_each(with));
    }
}

fn cached<const N: usize>(cell: &Cell<Option<Places<N>>>, work: impl FnOnce() -> Places<N>) -> Places<N> {
    let places = cell.get().unwrap_or_else(work);
    cell.set(Some(places));
    places
}
