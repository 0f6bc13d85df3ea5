//! Punctuation and spaces: taken out, remembered as breaks.

use super::view::Strength;
use crate::text::is_word;

/// What a character does to the stream of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A character of a word.
    Word,
    /// Dropped without a trace: control and zero-width characters, marks of emphasis.
    Nothing,
    /// A space: a break only between words of two characters and more, for recognisers space single characters out.
    Space,
    /// Ends a clause or a sentence.
    Break(Strength),
}

/// What `c` (width folded) does.
pub(super) fn mark(c: char) -> Mark {
    match c {
        '0'..='9' | 'a'..='z' | 'A'..='Z' => Mark::Word,
        '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}' => Mark::Word,
        '\n' | '\r' => Mark::Break(Strength::Weak),
        '。' | '!' | '?' | ';' | '！' | '？' | '；' | '…' => Mark::Break(Strength::Strong),
        '.' | ',' | '，' | '、' | '：' | ':' | '—' | '-' | '～' | '~' | '"' | '“' | '”' | '「' | '」'
        | '『' | '』' | '《' | '》' | '(' | ')' | '（' | '）' | '‘' | '’' | '\'' | '/' | '|' | '【'
        | '】' | '[' | ']' | '·' => Mark::Break(Strength::Weak),
        _ if c.is_whitespace() => Mark::Space,
        _ if is_word(c) => Mark::Word,
        _ => Mark::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_words_from_marks() {
        assert_eq!(mark('急'), Mark::Word);
        assert_eq!(mark('，'), Mark::Break(Strength::Weak));
        assert_eq!(mark('?'), Mark::Break(Strength::Strong));
        assert_eq!(mark('\u{200B}'), Mark::Nothing);
        assert_eq!(mark(' '), Mark::Space);
    }
}
