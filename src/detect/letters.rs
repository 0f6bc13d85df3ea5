//! The characters that patterns are written in, numbered: all that is done with speech is done with these numbers.

use crate::normalize::{classes, fold};
use crate::standard::pattern::Node;
use std::collections::BTreeMap;

/// The number of every character that no pattern is written in.
pub(super) const STRANGER: u16 = 0;
/// The characters whose numbers stand in a table.
const FIRST: u32 = 0x2E80;
const LAST: u32 = 0x9FFF;

/// Characters and their numbers.
pub(super) struct Letters {
    table: Box<[u16]>,
    others: BTreeMap<char, u16>,
    /// By number, the classes of all that may be heard for the letter.
    sounds: Vec<Box<[u16]>>,
}

impl Default for Letters {
    fn default() -> Self {
        Letters {
            table: vec![STRANGER; (LAST - FIRST + 1) as usize].into(),
            others: BTreeMap::new(),
            sounds: vec![Box::default()],
        }
    }
}

impl Letters {
    /// Numbers every character of a pattern.
    pub(super) fn learn(&mut self, node: &Node) {
        match node {
            Node::Words(text) => text.chars().map(fold).for_each(|c| self.add(c)),
            Node::Seq(list) | Node::Alt(list) => list.iter().for_each(|part| self.learn(part)),
            Node::Opt(inner) => self.learn(inner),
            Node::Gap { .. } | Node::Pause => {}
        }
    }

    fn add(&mut self, c: char) {
        if self.id(c) != STRANGER {
            return;
        }
        let Ok(id) = u16::try_from(self.sounds.len()) else { return };
        let slot = u32::from(c).checked_sub(FIRST).and_then(|at| self.table.get_mut(at as usize));
        match slot {
            Some(slot) => *slot = id,
            None => drop(self.others.insert(c, id)),
        }
        self.sounds.push(classes(c).into());
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
        self.sounds.len()
    }

    /// The classes that may be heard for a letter.
    #[inline]
    pub(super) fn sounds(&self, id: u16) -> &[u16] {
        self.sounds.get(usize::from(id)).map_or(&[], |classes| classes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::class;

    #[test]
    fn letters_have_numbers_and_sounds() {
        let mut letters = Letters::default();
        letters.learn(&Node::Words("急什么ok".into()));
        assert_eq!(letters.len(), 6);
        assert!(letters.id('急') != letters.id('什') && letters.id('k') != STRANGER);
        assert_eq!(letters.id('书'), STRANGER);
        let sounds =
            |own: char, other: char| letters.sounds(letters.id(own)).contains(&class(other).unwrap());
        assert!(sounds('急', '级') && sounds('什', '省') && !sounds('急', '蛮'));
    }
}
