//! Letters as units of search: their numbers, or the classes of their sounds.

use super::letters::Letters;
use crate::normalize::{classes, readings};

/// What a letter is searched by.
pub(super) trait Alphabet {
    /// Every unit that may stand for a folded character of a pattern.
    fn units(&self, c: char) -> Vec<u16>;
}

/// Characters stand for themselves.
pub(super) struct Characters<'a>(pub(super) &'a Letters);

/// Characters stand for everything that sounds like them or nearly so.
pub(super) struct Sounds<'a>(pub(super) &'a Letters);

/// Marks the unit of a letter without a sound, so that it is no class.
const SOUNDLESS: u16 = 0x8000;

/// The unit of what has a sound, or of what has none: its letter's number.
#[inline]
pub(super) fn sound_unit(class: Option<u16>, letter: u16) -> u16 {
    class.unwrap_or(SOUNDLESS | letter)
}

impl Alphabet for Characters<'_> {
    fn units(&self, c: char) -> Vec<u16> {
        vec![self.0.id(c)]
    }
}

impl Alphabet for Sounds<'_> {
    fn units(&self, c: char) -> Vec<u16> {
        or_itself(classes(c), self.0.id(c))
    }
}

/// Polyphones multiply a literal's sounds up to this many.
const READINGS: usize = 16;

/// The sounds of a literal, polyphones by every reading.
pub(super) fn spoken(literal: &[char], letters: &Letters) -> Vec<Vec<u16>> {
    let mut out = vec![Vec::new()];
    for c in literal.iter().copied() {
        let mut units = or_itself(readings(c), letters.id(c));
        if out.len() * units.len() > READINGS {
            units.truncate(1);
        }
        let longer = |head: &Vec<u16>, unit: &u16| head.iter().chain([unit]).copied().collect();
        out = out.iter().flat_map(|head| units.iter().map(move |unit| longer(head, unit))).collect();
    }
    out
}

fn or_itself(mut classes: Vec<u16>, letter: u16) -> Vec<u16> {
    if classes.is_empty() {
        classes.push(sound_unit(None, letter));
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_spoken_in_every_reading() {
        let letters = Letters::default();
        let spoken = |text: &str| spoken(&text.chars().collect::<Vec<_>>(), &letters);
        assert_eq!(spoken("急").len(), 1);
        assert!(spoken("急着").len() > 1);
        assert!(spoken("了着得还都没行干").len() <= READINGS);
    }
}
