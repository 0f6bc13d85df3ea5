//! Which patterns a block calls for: those of whose rarest parts each is there.
//!
//! Every match of a pattern holds a literal of each of its parts. Up to three parts, the rarest, call for the pattern
//! together; what they all call for is worth a closer look.

use super::index::Index;
use super::needs::Needs;

/// Parts that call together.
pub(super) const MOST: usize = 3;
/// From one entry's parts to the next one's in the numbers of owners.
pub(super) const STRIDE: u32 = 4;
const _: () = assert!(MOST <= STRIDE as usize);
/// A part that is met so much oftener than the rarest one costs more than it spares.
pub(super) const OFTENER: f64 = 16.0;

/// A table of literals and whom they call for.
pub(super) struct Callers {
    /// Its owners are entries, `STRIDE` times their number, plus the part.
    pub(super) index: Index,
    /// By entry, a bit for each of its parts.
    pub(super) all: Vec<u8>,
    /// What else must be there.
    pub(super) needs: Needs,
}

/// A candidate: an entry of whose rarest part a literal stands at a place of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    pub(super) entry: u32,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The entries that a block calls for, each once.
#[derive(Default)]
pub(super) struct Called {
    pub(super) entries: Vec<u32>,
    /// By entry, the round in which it was called last, and by which parts.
    parts: Vec<(u32, u8)>,
    round: u32,
    /// Where their rarest words stand; kept for an account only.
    candidates: Vec<Candidate>,
}

/// What a block is looked up by.
#[derive(Clone, Copy)]
pub(super) struct Spoken<'a> {
    pub(super) units: &'a [u16],
    /// The view's byte before each.
    pub(super) at: &'a [u32],
    /// Whether someone wants an account.
    pub(super) account: bool,
}

impl Called {
    /// Looks literals up by their characters.
    pub(super) fn by_letters(&mut self, callers: &Callers, spoken: Spoken<'_>) {
        self.begin(callers.all.len());
        callers.index.search(spoken.units, |from, to, owners| {
            let parts = owners.iter().map(|owner| (owner / STRIDE, owner % STRIDE));
            if spoken.account {
                // Whoever asks wants to know what came near, too: the rarest part alone calls.
                let rarest = parts.filter(|(_, part)| *part == 0).map(|(entry, _)| entry);
                rarest.clone().for_each(|entry| self.call(entry, 1, 1));
                self.note(spoken, from, to, rarest);
                return;
            }
            for (entry, part) in parts {
                let all = callers.all.get(entry as usize).copied().unwrap_or(0);
                self.call(entry, 1 << part, all);
            }
        });
    }

    /// Looks literals up by their sounds.
    pub(super) fn by_sounds(&mut self, index: &Index, entries: usize, spoken: Spoken<'_>) {
        self.begin(entries);
        index.search(spoken.units, |from, to, owners| {
            owners.iter().for_each(|entry| self.call(*entry, 1, 1));
            if spoken.account {
                self.note(spoken, from, to, owners.iter().copied());
            }
        });
    }

    pub(super) fn of(&self, entry: u32) -> Vec<Candidate> {
        self.candidates.iter().filter(|candidate| candidate.entry == entry).copied().collect()
    }

    fn begin(&mut self, entries: usize) {
        self.entries.clear();
        self.candidates.clear();
        self.parts.resize(entries.max(self.parts.len()), (0, 0));
        self.round += 1;
    }

    /// One part of an entry calls for it.
    #[inline]
    fn call(&mut self, entry: u32, part: u8, all: u8) {
        let Some(parts) = self.parts.get_mut(entry as usize) else { return };
        let before = if parts.0 == self.round { parts.1 } else { 0 };
        *parts = (self.round, before | part);
        if before != all && before | part == all {
            self.entries.push(entry);
        }
    }

    fn note(&mut self, spoken: Spoken<'_>, from: usize, to: usize, entries: impl Iterator<Item = u32>) {
        let place = |i: usize| spoken.at.get(i).copied().unwrap_or(0);
        let (start, end) = (place(from), place(to));
        self.candidates.extend(entries.map(|entry| Candidate { entry, start, end }));
    }
}
