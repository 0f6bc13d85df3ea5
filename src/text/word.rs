//! What is a character of a word.

/// Whether `c` is a letter, a digit or a Chinese character. The same as [`char::is_alphanumeric`], which looks Chinese
/// characters up in a table that nobody who reads Mandarin can wait for.
#[inline]
pub fn is_word(c: char) -> bool {
    match c {
        '\u{4E00}'..='\u{9FFF}' | '0'..='9' | 'a'..='z' | 'A'..='Z' => true,
        '\0'..='\u{7F}' | '\u{3000}'..='\u{3004}' | '\u{FF01}'..='\u{FF0F}' => false,
        _ => c.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn is_what_the_standard_library_says() {
        let unlike =
            (0..=0x10FFFF).filter_map(char::from_u32).find(|c| super::is_word(*c) != c.is_alphanumeric());
        assert_eq!(unlike, None);
    }
}
