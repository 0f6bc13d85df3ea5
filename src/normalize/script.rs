//! Traditional characters to simplified ones, one to one, by OpenCC's tables (made by the build script).

/// One little-endian `u16` a character from [`FIRST`] to [`LAST`].
static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/script.bin"));
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

/// The simplified form of `c`, or `c`.
#[inline]
pub(super) fn fold(c: char) -> char {
    let code = u32::from(c);
    if !(FIRST..=LAST).contains(&code) {
        return c;
    }
    let at = (code - FIRST) as usize * 2;
    match TABLE.get(at..at + 2) {
        Some(&[low, high]) => char::from_u32(u32::from(u16::from_le_bytes([low, high]))).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn folds_traditional_characters() {
        let folded: String = "沒看見我們嗎羅嗦幹什麼來訪".chars().map(super::fold).collect();
        assert_eq!(folded, "没看见我们吗罗嗦干什么来访");
        assert_eq!(super::fold('急'), '急');
        assert_eq!(super::fold('𠮷'), '𠮷');
    }
}
