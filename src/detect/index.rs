//! Which patterns a block calls for: a table of the first units of every literal that a pattern cannot do without.
//!
//! A unit is a letter's number or a sound's class. A run of units is looked up at every place of the block: one bit
//! tells nearly always that nothing begins there.

use rayon::prelude::*;

/// Bits of the sieve.
const SIEVE: u32 = 1 << 19;

/// Literals and their owners.
pub(super) struct Index {
    /// Units by which a literal is looked up.
    width: usize,
    sieve: Vec<u64>,
    slots: Vec<Slot>,
    literals: Vec<Literal>,
    /// Units of all literals behind their first `width`.
    tails: Vec<u16>,
    owners: Vec<u32>,
    /// By unit, the owners of literals that are one unit long.
    singles: Vec<(u32, u32)>,
}

/// A run of units and its literals, one behind the other; empty where `from` is `to`.
#[derive(Clone, Copy, Default)]
struct Slot {
    key: u64,
    from: u32,
    to: u32,
}

/// Ranges into the pools.
#[derive(Clone, Copy)]
struct Literal {
    tail: (u32, u32),
    owners: (u32, u32),
}

/// Literals as they are collected.
#[derive(Default)]
pub(super) struct Literals {
    units: Vec<u16>,
    list: Vec<(u32, u32, u32)>,
}

impl Literals {
    pub(super) fn add(&mut self, units: impl Iterator<Item = u16>, owner: u32) {
        let from = small(self.units.len());
        self.units.extend(units);
        self.list.push((from, small(self.units.len()), owner));
    }

    /// These, then those.
    pub(super) fn with(mut self, other: Literals) -> Literals {
        let shift = small(self.units.len());
        self.units.extend(other.units);
        self.list.extend(other.list.iter().map(|(from, to, owner)| (from + shift, to + shift, *owner)));
        self
    }

    fn text(&self, (from, to, _): (u32, u32, u32)) -> &[u16] {
        self.units.get(from as usize..to as usize).unwrap_or(&[])
    }

    /// The table, by the first `width` units.
    pub(super) fn index(mut self, width: usize) -> Index {
        let list = std::mem::take(&mut self.list);
        let mut list: Vec<_> = list.into_iter().map(|one| (order(self.text(one)), one)).collect();
        list.par_sort_unstable_by(|(a, one), (b, other)| {
            let texts = || self.text(*one).cmp(self.text(*other));
            a.cmp(b).then_with(texts).then(one.2.cmp(&other.2))
        });
        let mut out = Index::empty(width, list.len());
        for group in list.chunk_by(|(a, one), (b, other)| a == b && self.text(*one) == self.text(*other)) {
            let Some((_, first)) = group.first() else { continue };
            out.add(self.text(*first), group.iter().map(|(_, (.., owner))| *owner));
        }
        out
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The first four units, for sorting: texts that are equal in them are compared themselves.
fn order(units: &[u16]) -> u64 {
    (0..4).fold(0, |key, i| key << 16 | u64::from(units.get(i).copied().unwrap_or(0)))
}

/// The first units of a run, as one number.
#[inline]
fn key(units: &[u16]) -> u64 {
    units.iter().fold(0, |key, unit| key << 16 | u64::from(*unit))
}

#[inline]
fn hash(key: u64) -> u32 {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}

impl Index {
    fn empty(width: usize, count: usize) -> Self {
        Index {
            width,
            sieve: vec![0; (SIEVE / 64) as usize],
            slots: vec![Slot::default(); (2 * count).next_power_of_two()],
            literals: Vec::new(),
            tails: Vec::new(),
            owners: Vec::new(),
            singles: Vec::new(),
        }
    }

    /// Adds a literal that is greater than all before it.
    fn add(&mut self, units: &[u16], owners: impl Iterator<Item = u32>) {
        let from = small(self.owners.len());
        self.owners.extend(owners);
        let list = self.owners.split_off(from as usize);
        let mut list: Vec<u32> = list;
        list.dedup();
        self.owners.extend(list);
        let owners = (from, small(self.owners.len()));
        match (units, units.get(..self.width)) {
            ([unit], _) => {
                let at = usize::from(*unit);
                self.singles.resize(self.singles.len().max(at + 1), (0, 0));
                self.singles.iter_mut().skip(at).take(1).for_each(|single| *single = owners);
            }
            (_, Some(head)) => self.put(key(head), units.get(self.width..).unwrap_or(&[]), owners),
            _ => {}
        }
    }

    fn put(&mut self, key: u64, tail: &[u16], owners: (u32, u32)) {
        let from = small(self.tails.len());
        self.tails.extend(tail);
        let number = small(self.literals.len());
        self.literals.push(Literal { tail: (from, small(self.tails.len())), owners });
        let hash = hash(key);
        self.sieve.iter_mut().skip((hash % SIEVE) as usize >> 6).take(1).for_each(|w| *w |= 1 << (hash & 63));
        let at = self.place(key, hash);
        if let Some(slot) = self.slots.get_mut(at) {
            if slot.from == slot.to {
                *slot = Slot { key, from: number, to: number };
            }
            slot.to = number + 1;
        }
    }

    /// The slot of a key, or the empty one where it belongs.
    fn place(&self, key: u64, hash: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 6) as usize & mask;
        while self.slots.get(at).is_some_and(|slot| slot.from != slot.to && slot.key != key) {
            at = (at + 1) & mask;
        }
        at
    }

    /// Every literal in `units`: where it begins and ends, and whose it is.
    pub(super) fn search(&self, units: &[u16], mut found: impl FnMut(usize, usize, &[u32])) {
        for at in 0..units.len() {
            let single = units.get(at).and_then(|unit| self.singles.get(usize::from(*unit)));
            if let Some(owners) = single.filter(|(from, to)| from < to) {
                found(at, at + 1, self.owned(*owners));
            }
            let Some(head) = units.get(at..at + self.width) else { continue };
            let key = key(head);
            let hash = hash(key);
            let may = self.sieve.get((hash % SIEVE) as usize >> 6).is_some_and(|w| w >> (hash & 63) & 1 == 1);
            if may {
                self.probe(units, at, key, hash, &mut found);
            }
        }
    }

    fn probe(
        &self,
        units: &[u16],
        at: usize,
        key: u64,
        hash: u32,
        found: &mut impl FnMut(usize, usize, &[u32]),
    ) {
        let Some(slot) = self.slots.get(self.place(key, hash)) else { return };
        let behind = units.get(at + self.width..).unwrap_or(&[]);
        for literal in self.literals.get(slot.from as usize..slot.to as usize).unwrap_or(&[]) {
            let tail = self.tails.get(literal.tail.0 as usize..literal.tail.1 as usize).unwrap_or(&[]);
            if behind.starts_with(tail) {
                found(at, at + self.width + tail.len(), self.owned(literal.owners));
            }
        }
    }

    fn owned(&self, (from, to): (u32, u32)) -> &[u32] {
        self.owners.get(from as usize..to as usize).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_literal_is_found_wherever_it_stands(
            list in prop::collection::vec(prop::collection::vec(0u16..6, 1..5), 1..30),
            units in prop::collection::vec(0u16..6, 0..40),
            width in 2usize..4,
        ) {
            let usable = |literal: &Vec<u16>| literal.len() == 1 || literal.len() >= width;
            let mut literals = Literals::default();
            let owned = || list.iter().zip(0u32..).filter(|(l, _)| usable(l));
            owned().for_each(|(literal, i)| literals.add(literal.iter().copied(), i));
            let mut found = Vec::new();
            literals.index(width).search(&units, |from, to, owners| {
                found.extend(owners.iter().map(|owner| (from, to, *owner)));
            });
            found.sort_unstable();
            let mut wanted = Vec::new();
            for (literal, i) in owned() {
                let at = (0..units.len()).filter(|at| units[*at..].starts_with(literal));
                wanted.extend(at.map(|at| (at, at + literal.len(), i)));
            }
            wanted.sort_unstable();
            prop_assert_eq!(found, wanted);
        }
    }
}
