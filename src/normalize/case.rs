//! Capital letters to small ones, ASCII only: Mandarin transcripts hold abbreviations, no other alphabets.

/// The small form of `c`, or `c`.
pub(super) fn fold(c: char) -> char {
    c.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    #[test]
    fn folds_ascii_only() {
        assert_eq!("OK急Ä".chars().map(super::fold).collect::<String>(), "ok急Ä");
    }
}
