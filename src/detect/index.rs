//! Which patterns a block calls for: a table of the first units of every literal that a pattern cannot do without.
//!
//! A unit is a letter's number or a sound's class. A run of units is looked up at every place of the block: one bit
//! tells nearly always that nothing begins there.

use super::units::{Units, head};

/// Bits of the sieve.
const SIEVE: u32 = 1 << 19;

/// Literals and their owners.
pub(super) struct Index {
    /// Units by which a literal is looked up.
    width: usize,
    sieve: Vec<u64>,
    slots: Vec<Slot>,
    literals: Vec<Literal>,
    owners: Vec<u32>,
    /// By unit, the literal that is one unit long; none is `NONE`.
    singles: Vec<u32>,
}

/// No literal.
const NONE: u32 = u32::MAX;

/// A run of units and its literals, one behind the other; empty where `from` is `to`.
#[derive(Clone, Copy, Default)]
struct Slot {
    key: u64,
    from: u32,
    to: u32,
}

/// Units of a literal behind its head.
const TAIL: usize = 2;

/// A literal behind its head, and where its owners begin: they end where those of the next one begin.
#[derive(Clone, Copy)]
struct Literal {
    tail: Units,
    owners: u32,
}

/// Literals as they are collected.
#[derive(Default)]
pub(super) struct Literals(Vec<(Units, u32)>);

impl Literals {
    /// None yet, with room for so many: what is not used of it costs nothing.
    pub(super) fn with_room(count: usize) -> Self {
        Literals(Vec::with_capacity(count))
    }

    pub(super) fn add(&mut self, units: Units, owner: u32) {
        self.0.push((units, owner));
    }

    /// All of them, one behind the other.
    pub(super) fn concat(parts: &[Literals]) -> Literals {
        let mut all = Vec::with_capacity(parts.iter().map(|part| part.0.len()).sum());
        parts.iter().for_each(|part| all.extend_from_slice(&part.0));
        Literals(all)
    }

    /// The table, by the first `width` units.
    pub(super) fn index(self, width: usize) -> Index {
        let list = in_buckets(&self.0, |units| hash(units.head(width)) >> (32 - BUCKETS));
        let heads = list.chunk_by(|(one, _), (other, _)| one.head(width) == other.head(width)).count();
        let mut out = Index::empty(width, heads, list.len());
        for group in list.chunk_by(|(one, _), (other, _)| one == other) {
            if let Some((units, _)) = group.first() {
                out.add(*units);
            }
            let owners = group.iter().map(|(_, owner)| *owner);
            owners.for_each(|owner| out.own(owner));
        }
        out
    }
}

/// Bits that tell buckets apart.
const BUCKETS: u32 = 14;

/// Pairs in order of the bucket of their units, in each bucket in their own order: sorting them all takes four times as
/// long.
fn in_buckets(list: &[(Units, u32)], bucket: impl Fn(Units) -> u32) -> Vec<(Units, u32)> {
    let mut ends = vec![0usize; (1 << BUCKETS) + 1];
    let count = |ends: &mut [usize], at: usize| ends.iter_mut().skip(at).take(1).for_each(|end| *end += 1);
    list.iter().for_each(|(units, _)| count(&mut ends, bucket(*units) as usize + 1));
    ends.iter_mut().fold(0, |sum, end| {
        *end += sum;
        *end
    });
    let mut out = vec![(Units::default(), 0); list.len()];
    for pair in list {
        let bucket = bucket(pair.0) as usize;
        let at = ends.get(bucket).copied().unwrap_or(0);
        out.iter_mut().skip(at).take(1).for_each(|place| *place = *pair);
        count(&mut ends, bucket);
    }
    let mut from = 0;
    for end in ends {
        out.get_mut(from..end).unwrap_or(&mut []).sort_unstable();
        from = end;
    }
    out
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[inline]
fn hash(key: u64) -> u32 {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}

impl Index {
    fn empty(width: usize, heads: usize, most: usize) -> Self {
        Index {
            width,
            sieve: vec![0; (SIEVE / 64) as usize],
            slots: vec![Slot::default(); (heads + heads / 2 + 1).next_power_of_two()],
            literals: Vec::with_capacity(most),
            owners: Vec::with_capacity(most),
            singles: Vec::new(),
        }
    }

    /// Adds a literal; those of one head come one behind the other. Its owners follow.
    fn add(&mut self, units: Units) {
        let number = small(self.literals.len());
        self.literals.push(Literal { tail: units.behind(self.width), owners: small(self.owners.len()) });
        match (units.get(0), units.len()) {
            (Some(unit), 1) => {
                let at = usize::from(unit);
                self.singles.resize(self.singles.len().max(at + 1), NONE);
                self.singles.iter_mut().skip(at).take(1).for_each(|single| *single = number);
            }
            (_, length) if length >= self.width => self.put(units.head(self.width), number),
            _ => {}
        }
    }

    /// One more owner of the last literal, unless it is the last owner's.
    fn own(&mut self, owner: u32) {
        let first = self.literals.last().is_none_or(|literal| literal.owners as usize == self.owners.len());
        if first || self.owners.last() != Some(&owner) {
            self.owners.push(owner);
        }
    }

    fn put(&mut self, key: u64, number: u32) {
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
        let mut at = (hash >> (32 - self.slots.len().trailing_zeros())) as usize & mask;
        while self.slots.get(at).is_some_and(|slot| slot.from != slot.to && slot.key != key) {
            at = (at + 1) & mask;
        }
        at
    }

    /// Every literal in `units`: where it begins and ends, and whose it is.
    pub(super) fn search(&self, units: &[u16], mut found: impl FnMut(usize, usize, &[u32])) {
        for at in 0..units.len() {
            let single = units.get(at).and_then(|unit| self.singles.get(usize::from(*unit)));
            if let Some(number) = single.filter(|number| **number != NONE) {
                found(at, at + 1, self.owned(*number as usize));
            }
            let Some(first) = units.get(at..at + self.width) else { continue };
            let key = head(first);
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
        let behind = Units::first(units.get(at + self.width..).unwrap_or(&[]));
        let group = self.literals.get(slot.from as usize..slot.to as usize).unwrap_or(&[]);
        // Of the literals of one head, which are in order, those that go on as the text does: one of each length at most.
        for tail in (0..=TAIL.min(behind.len())).map(|length| behind.only(length)) {
            if let Ok(place) = group.binary_search_by_key(&tail, |literal| literal.tail) {
                found(at, at + self.width + tail.len(), self.owned(slot.from as usize + place));
            }
        }
    }

    /// The owners of all literals.
    pub(super) fn owners(&self) -> impl Iterator<Item = u32> {
        self.owners.iter().copied()
    }

    fn owned(&self, number: usize) -> &[u32] {
        let from = self.literals.get(number).map_or(0, |literal| literal.owners as usize);
        let to = self.literals.get(number + 1).map_or(self.owners.len(), |next| next.owners as usize);
        self.owners.get(from..to).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_literal_is_found_wherever_it_stands(
            list in prop::collection::vec(prop::collection::vec(0u16..6, 1..=4), 1..30),
            units in prop::collection::vec(0u16..6, 0..40),
            width in 2usize..4,
        ) {
            let usable = |literal: &Vec<u16>| literal.len() == 1 || literal.len() >= width;
            let mut literals = Literals::default();
            let owned = || list.iter().zip(0u32..).filter(|(l, _)| usable(l));
            owned().for_each(|(literal, i)| literals.add(Units::first(literal), i));
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
