//! Sets of common characters that are looked up often.

/// First character of the block that a set covers.
const FIRST: u32 = 0x4E00;
const WORDS: usize = (0x9FFF - 0x4E00 + 1) / 64 + 1;

/// Some Chinese characters, one bit each.
pub(super) struct Chars([u64; WORDS]);

impl Chars {
    /// The three-byte characters of `text`.
    pub(super) const fn of(text: &str) -> Self {
        let (bytes, mut set, mut at) = (text.as_bytes(), [0; WORDS], 0);
        while at + 2 < bytes.len() {
            let code = (bytes[at] as u32 & 0x0F) << 12 | (bytes[at + 1] as u32 & 0x3F) << 6;
            let bit = (code | bytes[at + 2] as u32 & 0x3F) - FIRST;
            set[bit as usize / 64] |= 1 << (bit % 64);
            at += 3;
        }
        Chars(set)
    }

    #[inline]
    pub(super) fn holds(&self, c: char) -> bool {
        let bit = u32::from(c).wrapping_sub(FIRST);
        self.0.get(bit as usize / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_its_characters_only() {
        const SET: Chars = Chars::of("的了一鿿");
        assert!("的了一鿿".chars().all(|c| SET.holds(c)));
        assert!("地么丁aé".chars().all(|c| !SET.holds(c)));
    }
}
