//! The lines of a text.

use memchr::memchr2_iter;

/// A place in the file as spans count it; readers refuse what is longer.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The lines of `text` as byte ranges without their breaks; LF, CRLF and a lone CR end a line.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = text.as_bytes();
    let mut start = 0;
    memchr2_iter(b'\n', b'\r', bytes)
        .map(Some)
        .chain([None])
        .filter_map(move |found| {
            let end = found.unwrap_or(bytes.len());
            // The LF of a CRLF ends nothing: the line before ended at its CR.
            let second = end == start
                && end > 0
                && bytes.get(end) == Some(&b'\n')
                && bytes.get(end - 1) == Some(&b'\r');
            let line = (start, end);
            start = end + 1;
            (!second && line.0 <= bytes.len()).then_some(line)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_break_ends_a_line() {
        let text = "甲\r\n乙\r丙\n\n丁\r\n\r\n";
        let found: Vec<_> = lines(text).map(|(start, end)| &text[start..end]).collect();
        assert_eq!(found, ["甲", "乙", "丙", "", "丁", "", ""]);
        assert_eq!(lines("").count(), 1);
    }
}
