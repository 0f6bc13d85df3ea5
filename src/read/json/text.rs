//! A JSON string, as it stands and as it reads.

use super::super::cut::{Cut, Part};
use crate::text::Span;
use std::borrow::Cow;

/// A string of a JSON document.
#[derive(Clone, Copy, Debug)]
pub(in crate::read) struct Text<'a> {
    /// What stands between the quotes.
    raw: &'a str,
    /// The offset of the first byte between the quotes.
    at: u32,
    /// Whether there are escapes in it.
    escaped: bool,
}

impl<'a> Text<'a> {
    pub(super) fn new(raw: &'a str, at: u32, escaped: bool) -> Self {
        Text { raw, at, escaped }
    }

    /// Whether it reads `other`.
    pub(in crate::read) fn is(&self, other: &str) -> bool {
        if self.escaped {
            self.text() == other
        } else {
            self.raw == other
        }
    }

    /// What it reads, escapes undone; a lone surrogate reads U+FFFD.
    pub(in crate::read) fn text(&self) -> Cow<'a, str> {
        if !self.escaped {
            return Cow::Borrowed(self.raw);
        }
        let mut out = String::with_capacity(self.raw.len());
        for piece in self.pieces() {
            match piece {
                Piece::Plain(start, end) => out.push_str(self.raw.get(start..end).unwrap_or("")),
                Piece::Escape(c, ..) => out.push(c),
            }
        }
        Cow::Owned(out)
    }

    /// The same, cut from the file.
    pub(in crate::read) fn cut(&self) -> Cut {
        let mut cut = Cut::default();
        for piece in self.pieces() {
            match piece {
                Piece::Plain(start, end) => cut.plain(Span::of(start..end).shifted(self.at)),
                Piece::Escape(c, start, end) => cut.undone(c, Span::of(start..end).shifted(self.at)),
            }
        }
        cut
    }

    /// Whether a surrogate without its other half stands in it.
    pub(in crate::read) fn has_lone_surrogate(&self) -> bool {
        let lone = |part: &Part| matches!(part, Part::Undone('\u{fffd}', _));
        self.escaped
            && self.cut().parts().iter().any(lone)
            && !self.raw.to_ascii_lowercase().contains("\\ufffd")
    }

    fn pieces(&self) -> Pieces<'a> {
        Pieces { raw: self.raw, at: 0 }
    }
}

/// A stretch of a string, as offsets into what stands between the quotes.
enum Piece {
    Plain(usize, usize),
    Escape(char, usize, usize),
}

struct Pieces<'a> {
    raw: &'a str,
    at: usize,
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let rest = self
            .raw
            .as_bytes()
            .get(self.at..)
            .filter(|rest| !rest.is_empty())?;
        let start = self.at;
        if rest.first() != Some(&b'\\') {
            self.at = memchr::memchr(b'\\', rest).map_or(self.raw.len(), |found| start + found);
            return Some(Piece::Plain(start, self.at));
        }
        let (c, len) = unescape(rest);
        self.at = (start + len).min(self.raw.len());
        Some(Piece::Escape(c, start, self.at))
    }
}

/// The character that the escape at the start of `rest` stands for, and the escape's length.
fn unescape(rest: &[u8]) -> (char, usize) {
    let simple = match rest.get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'u') => return unicode(rest),
        Some(other) => char::from(*other),
        None => '\u{fffd}',
    };
    (simple, 2)
}

fn unicode(rest: &[u8]) -> (char, usize) {
    let Some(first) = unit(rest) else {
        return ('\u{fffd}', 2);
    };
    if let Some(c) = char::from_u32(first) {
        return (c, 6);
    }
    let second = rest
        .get(6..)
        .and_then(unit)
        .filter(|unit| (0xdc00..0xe000).contains(unit));
    match second {
        Some(second) if first < 0xdc00 => {
            let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            (char::from_u32(code).unwrap_or('\u{fffd}'), 12)
        }
        _ => ('\u{fffd}', 6),
    }
}

/// The UTF-16 unit of a `\uXXXX` at the start of `rest`.
fn unit(rest: &[u8]) -> Option<u32> {
    let digits = rest.strip_prefix(b"\\u")?.get(..4)?;
    digits
        .iter()
        .try_fold(0, |sum, digit| Some(sum * 16 + char::from(*digit).to_digit(16)?))
}
