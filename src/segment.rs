//! Words of a normalised text, by jieba behind one struct.
//!
//! jieba's dictionary takes about 100 ms to load. It is loaded on the first question, which only a candidate of a
//! banned phrase asks: clean transcripts never pay for it.

use crate::text::{Norm, Span};
use jieba_rs::Jieba;
use std::sync::OnceLock;

/// Finds words. Cheap to make; the dictionary comes with the first question.
#[derive(Default)]
pub struct Segmenter {
    jieba: OnceLock<Jieba>,
}

impl Segmenter {
    /// The words of `text[range]`, as spans of the whole text, in order and without gaps.
    pub fn words(&self, text: &str, range: Span<Norm>) -> Vec<Span<Norm>> {
        let jieba = self.jieba.get_or_init(Jieba::new);
        let mut at = range.start;
        let mut out = Vec::new();
        for token in jieba.cut(range.slice(text), false) {
            let end = at + u32::try_from(token.word.len()).unwrap_or(0);
            out.push(Span::new(at, end));
            at = end;
        }
        out
    }

    /// Whether the dictionary holds `word`.
    pub fn is_word(&self, word: &str) -> bool {
        self.jieba.get_or_init(Jieba::new).has_word(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cover_the_range() {
        let text = "今天去自己看病";
        let words = Segmenter::default().words(text, Span::new(9, text.len() as u32));
        let cut: Vec<&str> = words.iter().map(|w| w.slice(text)).collect();
        assert_eq!(cut, ["自己", "看病"]);
    }
}
