//! Words of a normalised text, by jieba behind one struct.
//!
//! jieba unpacks its dictionary into a tree at every start, which takes 90 ms, more than all else in a check of one file,
//! and 35 MB. To cut a text it needs no words but those in the text, and the sum of all frequencies. So it is given the
//! words of each text as it comes, from an automaton that the build script made of the dictionary and that is searched
//! where it lies in the program. A test holds what it cuts to what it cuts with the whole dictionary.

use crate::text::{Norm, Span};
use fst::raw::{Fst, Output};
use jieba_rs::Jieba;
use std::sync::{PoisonError, RwLock};

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// A word that no text holds, for the frequencies of all words that are not learnt yet.
const REST: &str = "\u{10FFFF}";

/// Finds words. Cheap to make.
pub struct Segmenter {
    /// Words and how frequent they are. There always: the build script wrote it.
    dictionary: Option<Fst<&'static [u8]>>,
    learnt: RwLock<Learnt>,
}

/// A jieba that knows the words of the texts it was asked about.
struct Learnt {
    jieba: Jieba,
    /// Of the words that it does not know.
    rest: usize,
}

impl Default for Segmenter {
    fn default() -> Self {
        let learnt = RwLock::new(Learnt { jieba: Jieba::empty(), rest: TOTAL });
        Segmenter { dictionary: Fst::new(WORDS).ok(), learnt }
    }
}

impl Segmenter {
    /// The words of `text[range]`, as spans of the whole text, in order and without gaps.
    pub fn words(&self, text: &str, range: Span<Norm>) -> Vec<Span<Norm>> {
        let mut start = range.start;
        self.cut(range.slice(text), |word| {
            let end = start + u32::try_from(word.len()).unwrap_or(0);
            Span::new(std::mem::replace(&mut start, end), end)
        })
    }

    /// Whether the dictionary holds `word`.
    pub fn is_word(&self, word: &str) -> bool {
        self.dictionary.as_ref().is_some_and(|dictionary| dictionary.contains_key(word))
    }

    fn cut<T>(&self, text: &str, mut each: impl FnMut(&str) -> T) -> Vec<T> {
        let new = self.unknown(text);
        if !new.is_empty() {
            self.learnt.write().unwrap_or_else(PoisonError::into_inner).learn(&new);
        }
        let learnt = self.learnt.read().unwrap_or_else(PoisonError::into_inner);
        learnt.jieba.cut(text, false).into_iter().map(|token| each(token.word)).collect()
    }

    /// The words of the dictionary that stand in `text` and are not learnt yet, with their frequencies.
    fn unknown<'a>(&self, text: &'a str) -> Vec<(&'a str, usize)> {
        let mut new = Vec::new();
        let Some(dictionary) = &self.dictionary else { return new };
        let learnt = self.learnt.read().unwrap_or_else(PoisonError::into_inner);
        for (at, _) in text.char_indices() {
            let rest = text.get(at..).unwrap_or("");
            each_word(rest, dictionary, |end, frequency| {
                let word = rest.get(..end).unwrap_or("");
                if !learnt.jieba.has_word(word) {
                    new.push((word, frequency));
                }
            });
        }
        new
    }
}

impl Learnt {
    fn learn(&mut self, words: &[(&str, usize)]) {
        for (word, frequency) in words {
            // Another thread, or another place of the text, may have brought it meanwhile.
            if !self.jieba.has_word(word) {
                self.jieba.add_word(word, Some(*frequency), None);
                self.rest = self.rest.saturating_sub(*frequency);
            }
        }
        self.jieba.add_word(REST, Some(self.rest), None);
    }
}

/// Says where each word of the dictionary that begins `text` ends, and how frequent it is.
fn each_word(text: &str, dictionary: &Fst<&[u8]>, mut say: impl FnMut(usize, usize)) {
    let (mut node, mut sum) = (dictionary.root(), Output::zero());
    for (i, byte) in text.bytes().enumerate() {
        let Some(found) = node.find_input(byte) else { return };
        let step = node.transition(found);
        sum = sum.cat(step.out);
        node = dictionary.node(step.addr);
        if node.is_final() {
            say(i + 1, sum.cat(node.final_output()).value() as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);
    static DICTIONARY: LazyLock<Vec<&str>> =
        LazyLock::new(|| include_str!("segment/dict.txt").split_ascii_whitespace().step_by(3).collect());

    fn cut(text: &str) -> Vec<&str> {
        let words = Segmenter::default().words(text, Span::new(0, text.len() as u32));
        words.into_iter().map(|word| word.slice(text)).collect()
    }

    fn cut_by_jieba(text: &str) -> Vec<&str> {
        JIEBA.cut(text, false).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn words_cover_the_range() {
        let text = "今天去自己看病";
        let words = Segmenter::default().words(text, Span::new(9, text.len() as u32));
        let cut: Vec<&str> = words.iter().map(|w| w.slice(text)).collect();
        assert_eq!(cut, ["自己", "看病"]);
    }

    #[test]
    fn what_is_learnt_changes_no_cut() {
        let (segmenter, text) = (Segmenter::default(), "今天去自己看病的地方，他说的确实在理");
        let cut = |text: &str| segmenter.cut(text, str::to_owned);
        let before = cut(text);
        DICTIONARY.chunks(40).step_by(100).for_each(|words| drop(cut(&words.concat())));
        assert_eq!(
            (cut(text), before),
            (cut_by_jieba(text).into_iter().map(str::to_owned).collect(), cut(text))
        );
    }

    #[test]
    fn the_dictionary_is_jiebas() {
        let segmenter = Segmenter::default();
        for words in DICTIONARY.chunks(20) {
            assert!(words.iter().all(|word| segmenter.is_word(word) && JIEBA.has_word(word)), "{words:?}");
            let text = words.concat();
            assert_eq!(cut(&text), cut_by_jieba(&text));
        }
    }

    /// Parts of words one behind the other, with other characters in between.
    fn mixture() -> impl Strategy<Value = String> {
        let word = (any::<prop::sample::Index>(), 1..5_usize)
            .prop_map(|(at, most)| at.get(&DICTIONARY).chars().take(most).collect::<String>());
        let other = "[a-zA-Z0-9+#&._%\\-，。？ \r\n龘㐀𠮷é]{0,4}|\r\n";
        prop::collection::vec((word, other), 0..12)
            .prop_map(|parts| parts.into_iter().map(|(word, other)| word + &other).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn words_are_those_of_jieba(text in mixture()) {
            prop_assert_eq!(cut(&text), cut_by_jieba(&text));
        }

        #[test]
        fn and_of_any_text(text in ".*") {
            prop_assert_eq!(cut(&text), cut_by_jieba(&text));
        }
    }
}
