//! What a pattern can be written as: in full, or the few characters that a search begins with.

use crate::normalize::fold;

/// Something that grows character by character.
pub(super) trait Spelling: Clone + Ord {
    /// Nothing yet.
    fn empty() -> Self;
    /// `text` behind what there is.
    fn and(&self, text: &Self) -> Self;
    /// The characters of a pattern's words.
    fn of(words: &str) -> Self;
}

impl Spelling for String {
    fn empty() -> Self {
        String::new()
    }

    fn and(&self, text: &Self) -> Self {
        format!("{self}{text}")
    }

    fn of(words: &str) -> Self {
        words.to_owned()
    }
}

/// Characters that a literal keeps.
const MOST: usize = 12;

/// The first characters of a text, folded; made by the ten thousand when a pack is compiled, so nothing is allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Literal {
    chars: [char; MOST],
    count: u8,
}

impl Literal {
    pub(super) fn chars(&self) -> &[char] {
        self.chars.get(..usize::from(self.count)).unwrap_or(&[])
    }

    pub(super) fn from_chars(chars: &[char]) -> Self {
        let mut out = Literal::empty();
        out.extend(chars);
        out
    }

    fn extend(&mut self, chars: &[char]) {
        for (place, c) in self.chars.iter_mut().skip(usize::from(self.count)).zip(chars) {
            *place = *c;
            self.count += 1;
        }
    }
}

impl Spelling for Literal {
    fn empty() -> Self {
        Literal { chars: ['\0'; MOST], count: 0 }
    }

    fn and(&self, text: &Self) -> Self {
        let mut out = *self;
        out.extend(text.chars());
        out
    }

    fn of(words: &str) -> Self {
        let mut out = Literal::empty();
        words.chars().for_each(|c| out.extend(&[fold(c)]));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_keeps_the_first_characters_folded() {
        let literal = Literal::of("沒關係").and(&Literal::of("急什么你急什么你急什么"));
        assert_eq!(literal.chars().iter().collect::<String>(), "没关系急什么你急什么你急");
    }
}
