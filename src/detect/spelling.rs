//! What a pattern can be written as: in full, or the few characters that a search begins with.

use super::letters::Letters;
use super::units::Units;

/// Something that grows word by word.
pub(super) trait Spelling: Clone {
    /// Nothing yet.
    fn empty() -> Self;
    /// The characters of a pattern's words behind what there is.
    fn add(&mut self, words: &str, letters: &Letters);
}

impl Spelling for String {
    fn empty() -> Self {
        String::new()
    }

    fn add(&mut self, words: &str, _: &Letters) {
        self.push_str(words);
    }
}

/// The first letters only, by which a table is searched.
impl Spelling for Units {
    fn empty() -> Self {
        Units::default()
    }

    fn add(&mut self, words: &str, letters: &Letters) {
        for c in words.chars().take(Units::MOST - self.len()) {
            *self = self.and(letters.folded(c));
        }
    }
}

/// Letters that a literal keeps.
const MOST: usize = 12;

/// The first letters of a text; made by the ten thousand when a pack is compiled, so nothing is allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Literal {
    letters: [u16; MOST],
    count: u8,
}

impl Literal {
    pub(super) fn letters(&self) -> &[u16] {
        self.letters.get(..usize::from(self.count)).unwrap_or(&[])
    }

    pub(super) fn from_letters(letters: &[u16]) -> Self {
        let mut out = Literal::empty();
        letters.iter().for_each(|id| out.push(*id));
        out
    }

    fn push(&mut self, id: u16) {
        if let Some(place) = self.letters.get_mut(usize::from(self.count)) {
            *place = id;
            self.count += 1;
        }
    }
}

impl Spelling for Literal {
    fn empty() -> Self {
        Literal { letters: [0; MOST], count: 0 }
    }

    fn add(&mut self, words: &str, letters: &Letters) {
        words.chars().for_each(|c| self.push(letters.folded(c)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_keeps_the_first_letters_folded() {
        let mut letters = Letters::default();
        letters.learn_all("没关系急什么你");
        let mut literal = Literal::empty();
        literal.add("沒關係", &letters);
        literal.add("急什么你急什么你急什么", &letters);
        let shown: String = literal.letters().iter().map(|id| letters.written(*id)).collect();
        assert_eq!(shown, "没关系急什么你急什么你急");
    }
}
