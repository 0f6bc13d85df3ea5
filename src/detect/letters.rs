//! The characters that patterns are written in, numbered: all that is done with speech is done with these numbers.

use super::units::sound_unit;
use crate::normalize::{classes, fold, readings};
use std::collections::BTreeMap;

/// The number of every character that no pattern is written in.
pub(super) const STRANGER: u16 = 0;
/// Letters that may be numbered: no writing has more, and the numbers of soundless ones need a bit of their own.
const MOST: u16 = 0x7FFF;
/// The characters whose numbers stand in a table.
const FIRST: u32 = 0x2E80;
const LAST: u32 = 0x9FFF;

/// Characters and their numbers.
pub(super) struct Letters {
    table: Box<[u16]>,
    others: BTreeMap<char, u16>,
    /// By number.
    list: Vec<Letter>,
}

/// What is known of a letter.
#[derive(Default)]
struct Letter {
    written: char,
    /// The class of its usual reading, or its own number where it has none; then the others.
    usual: u16,
    others: Box<[u16]>,
    /// The classes of all that may be heard for it.
    sounds: Box<[u16]>,
}

impl Default for Letters {
    fn default() -> Self {
        Letters {
            table: vec![STRANGER; (LAST - FIRST + 1) as usize].into(),
            others: BTreeMap::new(),
            list: vec![Letter::default()],
        }
    }
}

impl Letters {
    /// The number of a character of a pattern's words, a new one where it has none.
    #[inline]
    pub(super) fn learn(&mut self, c: char) -> u16 {
        match self.id(c) {
            STRANGER => self.add(fold(c)),
            id => id,
        }
    }

    /// Numbers all characters of a text.
    #[cfg(test)]
    pub(super) fn learn_all(&mut self, text: &str) {
        text.chars().for_each(|c| {
            self.learn(c);
        });
    }

    /// The number of a character as it is written.
    #[inline]
    pub(super) fn folded(&self, c: char) -> u16 {
        // What has a number is folded already.
        match self.id(c) {
            STRANGER => self.id(fold(c)),
            id => id,
        }
    }

    fn add(&mut self, c: char) -> u16 {
        let known = self.id(c);
        let id = u16::try_from(self.list.len()).unwrap_or(MOST);
        if known != STRANGER || id >= MOST {
            return known;
        }
        let slot = u32::from(c).checked_sub(FIRST).and_then(|at| self.table.get_mut(at as usize));
        match slot {
            Some(slot) => *slot = id,
            None => drop(self.others.insert(c, id)),
        }
        let readings = readings(c);
        let usual = sound_unit(readings.first().copied(), id);
        let others = readings.into_iter().skip(1).collect();
        self.list.push(Letter { written: c, usual, others, sounds: classes(c).into() });
        id
    }

    /// The number of a folded character.
    #[inline]
    pub(super) fn id(&self, c: char) -> u16 {
        match u32::from(c).checked_sub(FIRST).and_then(|at| self.table.get(at as usize)) {
            Some(id) => *id,
            None => self.others.get(&c).copied().unwrap_or(STRANGER),
        }
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The classes that may be heard for a letter.
    #[inline]
    pub(super) fn sounds(&self, id: u16) -> &[u16] {
        self.list.get(usize::from(id)).map_or(&[], |letter| &letter.sounds)
    }

    /// The units of a letter's sound: the usual one, and the others.
    pub(super) fn readings(&self, id: u16) -> (u16, &[u16]) {
        self.list
            .get(usize::from(id))
            .map_or((sound_unit(None, id), &[]), |letter| (letter.usual, &letter.others))
    }

    /// The character of a number.
    pub(super) fn written(&self, id: u16) -> char {
        self.list.get(usize::from(id)).map_or('\0', |letter| letter.written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::class;

    #[test]
    fn letters_have_numbers_and_sounds() {
        let mut letters = Letters::default();
        letters.learn_all("急什么ok");
        assert_eq!(letters.len(), 6);
        assert!(letters.id('急') != letters.id('什') && letters.id('k') != STRANGER);
        assert_eq!(letters.id('书'), STRANGER);
        let sounds =
            |own: char, other: char| letters.sounds(letters.id(own)).contains(&class(other).unwrap());
        assert!(sounds('急', '级') && sounds('什', '省') && !sounds('急', '蛮'));
    }

    #[test]
    fn what_is_folded_stays_as_it_is() {
        assert!(('\0'..=char::MAX).all(|c| fold(fold(c)) == fold(c)));
    }
}
