//! Full-width letters and digits to half-width ones.

/// The half-width form of `c`, or `c`.
pub(super) fn fold(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn folds_letters_digits_and_the_wide_space() {
        assert_eq!("１２３４５ＡＢ　急".chars().map(super::fold).collect::<String>(), "12345AB 急");
    }
}
