//! Words cut from a file, stretch by stretch.

use crate::text::{Raw, Span};
use std::borrow::Cow;

/// A stretch of said text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Stands in the file as it is.
    Plain(Span<Raw>),
    /// One character for which something else stands in the file: an escape, an entity.
    Undone(char, Span<Raw>),
}

impl Part {
    /// Bytes of said text.
    pub(super) fn len(self) -> u32 {
        match self {
            Part::Plain(span) => span.len(),
            Part::Undone(c, _) => u32::try_from(c.len_utf8()).unwrap_or(0),
        }
    }
}

/// The words of one segment, as stretches of the file in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cut {
    parts: Vec<Part>,
}

impl Cut {
    /// The words that stand at `span` as they are.
    pub(super) fn of(span: Span<Raw>) -> Self {
        let mut cut = Cut::default();
        cut.plain(span);
        cut
    }

    /// Adds what stands at `span`.
    pub(super) fn plain(&mut self, span: Span<Raw>) {
        if span.is_empty() {
            return;
        }
        match self.parts.last_mut() {
            Some(Part::Plain(last)) if last.end == span.start => *last = Span::new(last.start, span.end),
            _ => self.parts.push(Part::Plain(span)),
        }
    }

    /// Adds `c`, for which `span` stands in the file.
    pub(super) fn undone(&mut self, c: char, span: Span<Raw>) {
        self.parts.push(Part::Undone(c, span));
    }

    /// Adds all of `other`.
    pub(super) fn append(&mut self, other: &Cut) {
        for part in &other.parts {
            match *part {
                Part::Plain(span) => self.plain(span),
                Part::Undone(c, span) => self.undone(c, span),
            }
        }
    }

    /// The stretches.
    pub(super) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether nothing was cut.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Bytes of said text.
    pub(super) fn len(&self) -> u32 {
        self.parts.iter().map(|part| part.len()).sum()
    }

    /// The first byte of the file that it holds.
    pub(super) fn start(&self) -> Option<u32> {
        self.parts.first().map(|part| match part {
            Part::Plain(span) | Part::Undone(_, span) => span.start,
        })
    }

    /// The words; `source` is the file.
    pub(super) fn text<'a>(&self, source: &'a str) -> Cow<'a, str> {
        if let [Part::Plain(span)] = self.parts.as_slice() {
            return Cow::Borrowed(span.slice(source));
        }
        let mut out = String::with_capacity(self.len() as usize);
        for part in &self.parts {
            match part {
                Part::Plain(span) => out.push_str(span.slice(source)),
                Part::Undone(c, _) => out.push(*c),
            }
        }
        Cow::Owned(out)
    }

    /// The words from byte `from` to byte `to` of the said text. A cut inside an undone character takes it whole.
    pub(super) fn slice(&self, from: u32, to: u32) -> Cut {
        let (mut out, mut at) = (Cut::default(), 0u32);
        for part in &self.parts {
            let (start, end) = (at, at + part.len());
            at = end;
            if end <= from {
                continue;
            }
            if start >= to {
                break;
            }
            match *part {
                Part::Plain(span) => {
                    let head = from.saturating_sub(start);
                    let tail = end.saturating_sub(to);
                    out.plain(Span::new(span.start + head, span.end - tail));
                }
                Part::Undone(c, span) => out.undone(c, span),
            }
        }
        out
    }

    /// Without white space at either end, and the bytes of said text that fell away in front.
    pub(super) fn trimmed(&self, source: &str) -> (Cut, u32) {
        let text = self.text(source);
        let rest = text.trim_start();
        let head = text.len() - rest.len();
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let end = head + rest.trim_end().len();
        if head == 0 && end == text.len() {
            return (self.clone(), 0);
        }
        (self.slice(small(head), small(end)), small(head))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> (Cut, &'static str) {
        let source = " 你&amp;我\n好 ";
        let mut cut = Cut::default();
        cut.plain(Span::of(0..4));
        cut.undone('&', Span::of(4..9));
        cut.plain(Span::of(9..12));
        cut.plain(Span::of(13..17));
        (cut, source)
    }

    #[test]
    fn the_words_are_the_stretches_joined() {
        let (cut, source) = sample();
        assert_eq!(cut.text(source), " 你&我好 ");
        let (trimmed, head) = cut.trimmed(source);
        assert_eq!((trimmed.text(source).as_ref(), head), ("你&我好", 1));
        assert_eq!(trimmed.slice(3, 7).text(source), "&我");
        assert_eq!(trimmed.len(), 10);
    }

    #[test]
    fn stretches_that_touch_are_one() {
        let mut cut = Cut::of(Span::of(0..3));
        cut.plain(Span::of(3..6));
        assert_eq!(cut.parts(), [Part::Plain(Span::of(0..6))]);
    }
}
