//! Letters as units of search: their numbers, or the classes of their sounds.

use super::letters::Letters;

/// Marks the unit of a letter without a sound, so that it is no class.
const SOUNDLESS: u16 = 0x8000;

/// The unit of what has a sound, or of what has none: its letter's number.
#[inline]
pub(super) fn sound_unit(class: Option<u16>, letter: u16) -> u16 {
    class.unwrap_or(SOUNDLESS | letter)
}

/// Polyphones multiply a literal's sounds up to this many.
const READINGS: usize = 16;

/// The sounds of a literal's first letters, polyphones by every reading.
pub(super) fn spoken(literal: &[u16], letters: &Letters, mut each: impl FnMut(Units)) {
    let (mut all, mut count) = ([Units::default(); READINGS], 1);
    for id in literal.iter().take(Units::MOST) {
        let (usual, others) = letters.readings(*id);
        let others = if count * (1 + others.len()) > READINGS { &[] } else { others };
        for (copy, other) in others.iter().enumerate() {
            for head in 0..count {
                let longer = all.get(head).copied().unwrap_or_default().and(*other);
                all.iter_mut().skip(count * (1 + copy) + head).take(1).for_each(|place| *place = longer);
            }
        }
        all.iter_mut().take(count).for_each(|head| *head = head.and(usual));
        count *= 1 + others.len();
    }
    all.iter().take(count).for_each(|units| each(*units));
}

/// Up to four units in one number, which sorts as they do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Units(u64);

impl Units {
    /// Units that there is room for.
    pub(super) const MOST: usize = 4;

    /// The first of some units.
    pub(super) fn first(units: &[u16]) -> Self {
        units.iter().take(Self::MOST).fold(Units::default(), |all, unit| all.and(*unit))
    }

    /// One unit more, where there is room.
    pub(super) fn and(self, unit: u16) -> Self {
        match self.len() {
            len @ 0..Self::MOST => Units(self.0 | lane(unit) << (48 - 16 * len)),
            _ => self,
        }
    }

    pub(super) fn len(self) -> usize {
        Self::MOST - (self.0.trailing_zeros() as usize / 16).min(Self::MOST)
    }

    pub(super) fn get(self, at: usize) -> Option<u16> {
        (at < self.len()).then(|| (self.0 >> (48 - 16 * at) & 0xFFFF) as u16 - 1)
    }

    /// Whether the first of these units are those.
    #[inline]
    pub(super) fn begins_with(self, units: Units) -> bool {
        (self.0 ^ units.0) & units.lanes() == 0
    }

    /// All bits of the places that are taken.
    #[inline]
    fn lanes(self) -> u64 {
        match self.len() {
            0 => 0,
            len => u64::MAX << (64 - 16 * len),
        }
    }

    /// The first `length` units.
    #[inline]
    pub(super) fn only(self, length: usize) -> Self {
        match length {
            0 => Units::default(),
            _ => Units(self.0 & u64::MAX << (64 - 16 * length)),
        }
    }

    /// What is behind the first `width` units.
    pub(super) fn behind(self, width: usize) -> Self {
        Units(self.0 << (16 * width))
    }

    /// The first `width` units, as [`head`] makes them.
    pub(super) fn head(self, width: usize) -> u64 {
        self.0 >> (64 - 16 * width)
    }
}

/// A unit as it stands in a number: none is 0.
#[inline]
fn lane(unit: u16) -> u64 {
    u64::from(unit) + 1
}

/// Up to four units as one number.
#[inline]
pub(super) fn head(units: &[u16]) -> u64 {
    units.iter().fold(0, |key, unit| key << 16 | lane(*unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_literal_is_spoken_in_every_reading() {
        let mut letters = Letters::default();
        let mut spoken = |text: &str| {
            letters.learn_all(text);
            let mut all = std::collections::BTreeSet::new();
            spoken(&text.chars().map(|c| letters.id(c)).collect::<Vec<_>>(), &letters, |units| {
                assert_eq!(units.len(), text.chars().count());
                assert!(all.insert(units));
            });
            all
        };
        assert_eq!(spoken("急").len(), 1);
        assert!(spoken("急着").len() > 1);
        assert!(spoken("了着得还").len() <= READINGS);
    }

    proptest! {
        #[test]
        fn units_are_a_short_list(one in prop::collection::vec(0..u16::MAX, 0..6), other in prop::collection::vec(0u16..3, 0..6)) {
            let kept = |units: &[u16]| units.iter().copied().take(Units::MOST).collect::<Vec<_>>();
            let units = Units::first(&one);
            prop_assert_eq!(units.len(), kept(&one).len());
            prop_assert_eq!((0..6).map_while(|at| units.get(at)).collect::<Vec<_>>(), kept(&one));
            prop_assert_eq!(Units::first(&one).cmp(&Units::first(&other)), kept(&one).cmp(&kept(&other)));
            prop_assert_eq!(units.begins_with(Units::first(&other)), kept(&one).starts_with(&kept(&other)));
            for length in 0..=Units::MOST {
                prop_assert_eq!(units.only(length), Units::first(&one[..length.min(one.len())]));
            }
            if one.len() > 1 {
                prop_assert_eq!(units.head(2), head(&one[..2]));
                prop_assert_eq!(units.behind(2), Units::first(&kept(&one)[2..]));
            }
        }
    }
}
