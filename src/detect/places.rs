//! Sets of places in a block of speech, one bit each: a pattern moves over all of them at once.

/// Places of a block of fewer than `64 * N` characters: before each of them, and behind the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Places<const N: usize>([u64; N]);

impl<const N: usize> Default for Places<N> {
    fn default() -> Self {
        Places([0; N])
    }
}

impl<const N: usize> Places<N> {
    /// The characters a block may have.
    pub(super) const MOST: usize = 64 * N - 1;

    #[cfg(test)]
    pub(super) fn one(at: usize) -> Self {
        let mut out = Self::default();
        out.add(at);
        out
    }

    /// The first `count` places.
    pub(super) fn first(count: usize) -> Self {
        let mut out = Self::default();
        for (i, word) in out.0.iter_mut().enumerate() {
            *word = match count.saturating_sub(64 * i) {
                0 => 0,
                n @ 1..64 => (1 << n) - 1,
                _ => u64::MAX,
            };
        }
        out
    }

    #[inline]
    pub(super) fn add(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at >> 6) {
            *word |= 1 << (at & 63);
        }
    }

    #[inline]
    pub(super) fn holds(self, at: usize) -> bool {
        self.0.get(at >> 6).is_some_and(|word| word >> (at & 63) & 1 == 1)
    }

    #[inline]
    pub(super) fn is_empty(self) -> bool {
        self.0 == [0; N]
    }

    #[inline]
    pub(super) fn with(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(one, other)| *one |= other);
        self
    }

    #[inline]
    pub(super) fn and(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(one, other)| *one &= other);
        self
    }

    #[inline]
    pub(super) fn without(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(one, other)| *one &= !other);
        self
    }

    /// Each place one farther on; the last falls off.
    #[inline]
    pub(super) fn on(mut self) -> Self {
        let mut carry = 0;
        for word in &mut self.0 {
            (*word, carry) = (*word << 1 | carry, *word >> 63);
        }
        self
    }

    /// Each place one back; the first falls off.
    #[inline]
    pub(super) fn back(mut self) -> Self {
        let mut carry = 0;
        for word in self.0.iter_mut().rev() {
            (*word, carry) = (*word >> 1 | carry, *word << 63);
        }
        self
    }

    /// The first place from `from` on.
    pub(super) fn next(self, from: usize) -> Option<usize> {
        self.without(Self::first(from)).iter().next()
    }

    /// The last place up to `to`.
    pub(super) fn last_up_to(self, to: usize) -> Option<usize> {
        let low = self.and(Self::first(to + 1));
        let words = low.0.iter().enumerate().rev();
        words
            .filter(|(_, word)| **word != 0)
            .map(|(i, word)| 64 * i + 63 - word.leading_zeros() as usize)
            .next()
    }

    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(word, mut bits)| {
            std::iter::from_fn(move || {
                let bit = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Some(word * 64 + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn places_are_a_set(list in prop::collection::btree_set(0usize..256, 0..20), from in 0usize..256) {
            let set = list.iter().fold(Places::<4>::default(), |set, at| set.with(Places::one(*at)));
            let all: BTreeSet<usize> = set.iter().collect();
            prop_assert_eq!(&all, &list);
            prop_assert!((0..256).all(|at| set.holds(at) == list.contains(&at)));
            prop_assert_eq!(set.next(from), list.range(from..).next().copied());
            prop_assert_eq!(set.last_up_to(from), list.range(..=from).next_back().copied());
            let on: BTreeSet<usize> = list.iter().map(|at| at + 1).filter(|at| *at < 256).collect();
            prop_assert_eq!(set.on().iter().collect::<BTreeSet<_>>(), on);
            let back: BTreeSet<usize> = list.iter().filter(|at| **at > 0).map(|at| at - 1).collect();
            prop_assert_eq!(set.back().iter().collect::<BTreeSet<_>>(), back);
            prop_assert_eq!(Places::<4>::first(from).iter().count(), from);
        }
    }
}
