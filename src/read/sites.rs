//! Where things stand in documents that have no text bytes to point into: paragraphs and cells.
//!
//! A reader of such a document writes its words down as a text of its own, a line a paragraph or a row, which spans
//! point into as into any file; [`Sites`] leads from there to the place that a person can find.

use super::lines::offset;
use crate::text::{Raw, SourceText, Span};
use serde_json::{Value, json};

/// A break inside a paragraph or a cell: a line of the text is a whole one of them.
pub(super) const BREAK: char = '\u{2028}';

/// A place in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    /// A paragraph, from 1: empty ones count, and those in tables.
    Paragraph(u32),
    /// A cell: its sheet, row and column, all from 0.
    Cell { sheet: usize, row: u32, column: u32 },
}

/// The places of a text made from a document, in order.
#[derive(Clone, Debug, Default)]
pub struct Sites {
    sheets: Vec<String>,
    stretches: Vec<(Span<Raw>, Site)>,
}

impl Sites {
    /// The place of the words at `pieces` in `source` (contract: `place`): of the first paragraph or cell, with the
    /// further ones under `also`. Characters count from 0 inside the paragraph or cell.
    pub fn place(&self, source: &SourceText, pieces: &[Span<Raw>]) -> Option<Value> {
        let mut found: Vec<(usize, Span<Raw>)> = Vec::new();
        for piece in pieces {
            for (i, part) in self.touched(*piece) {
                match found.last_mut().filter(|(last, _)| *last == i) {
                    Some((_, hull)) => *hull = hull.hull(part),
                    None => found.push((i, part)),
                }
            }
        }
        let mut places = found.into_iter().filter_map(|(i, part)| self.one(source, i, part));
        let mut first = places.next()?;
        let rest: Vec<Value> = places.collect();
        if let (Some(first), false) = (first.as_object_mut(), rest.is_empty()) {
            first.insert("also".to_owned(), Value::Array(rest));
        }
        Some(first)
    }

    /// The stretches that `piece` touches, with its part of each.
    fn touched(&self, piece: Span<Raw>) -> impl Iterator<Item = (usize, Span<Raw>)> + '_ {
        let first = self.stretches.partition_point(|(span, _)| span.end < piece.start);
        let rest = self.stretches.iter().enumerate().skip(first);
        rest.take_while(move |(_, (span, _))| span.start <= piece.end).filter_map(move |(i, (span, _))| {
            let part = Span::new(piece.start.max(span.start), piece.end.min(span.end));
            (!part.is_empty() || piece.is_empty() && span.contains(piece)).then_some((i, part))
        })
    }

    fn one(&self, source: &SourceText, i: usize, part: Span<Raw>) -> Option<Value> {
        let (whole, site) = self.stretches.get(i)?;
        let count = |to: u32| source.slice(Span::new(whole.start, to)).chars().count();
        let chars = json!({ "start": count(part.start), "end": count(part.end) });
        Some(match site {
            Site::Paragraph(number) => json!({ "paragraph": number, "chars": chars }),
            Site::Cell { sheet, row, column } => {
                json!({ "sheet": self.sheets.get(*sheet)?, "cell": cell_name(*row, *column), "chars": chars })
            }
        })
    }
}

/// `C7`; both count from 0.
pub(super) fn cell_name(row: u32, column: u32) -> String {
    let (mut letters, mut rest) = (Vec::new(), u64::from(column) + 1);
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(u64::from(row) + 1).to_string()
}

/// A text in the making, with its places.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) text: String,
    pub(super) sites: Sites,
}

impl Made {
    /// Adds the words of a paragraph or a cell; line breaks in them become [`BREAK`].
    pub(super) fn words(&mut self, words: &str, site: Site) -> Span<Raw> {
        let start = self.text.len();
        let mut rest = words.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '\r' if rest.peek() == Some(&'\n') => {}
                '\r' | '\n' => self.text.push(BREAK),
                _ => self.text.push(c),
            }
        }
        let span = Span::of(start..self.text.len());
        self.sites.stretches.push((span, site));
        span
    }

    /// Ends the line.
    pub(super) fn line(&mut self) {
        self.text.push('\n');
    }

    /// The index of a sheet called `name`.
    #[cfg(feature = "office")]
    pub(super) fn sheet(&mut self, name: &str) -> usize {
        self.sites.sheets.push(name.to_owned());
        self.sites.sheets.len() - 1
    }
}

/// The stretches of `span` between breaks that hold words.
pub(super) fn broken(text: &str, span: Span<Raw>) -> Vec<Span<Raw>> {
    let mut start = span.start as usize;
    let words = span.slice(text).split(BREAK).map(|line| {
        let at = start;
        start += line.len() + BREAK.len_utf8();
        (at, line)
    });
    let lines = words.filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| Span::new(offset(at), offset(at + line.len()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_do() {
        for (row, column, name) in
            [(0, 0, "A1"), (6, 2, "C7"), (0, 25, "Z1"), (9, 26, "AA10"), (0, 701, "ZZ1"), (1, 702, "AAA2")]
        {
            assert_eq!(cell_name(row, column), name);
        }
    }

    #[test]
    fn a_span_leads_to_its_paragraphs() {
        let mut made = Made::default();
        for (i, words) in ["𠮷您好", "", "请\r\n坐"].iter().enumerate() {
            made.words(words, Site::Paragraph(i as u32 + 1));
            made.line();
        }
        let source = SourceText::new(made.text.clone());
        let at = |words: &str| {
            let start = made.text.find(words).unwrap();
            Span::of(start..start + words.len())
        };
        let place = |pieces: &[Span<Raw>]| made.sites.place(&source, pieces).unwrap().to_string();
        assert_eq!(place(&[at("好")]), r#"{"chars":{"end":3,"start":2},"paragraph":1}"#);
        let both = place(&[at("您好"), at("坐")]);
        assert_eq!(
            both,
            r#"{"also":[{"chars":{"end":3,"start":2},"paragraph":3}],"chars":{"end":3,"start":1},"paragraph":1}"#
        );
        assert_eq!(broken(&made.text, at("请\u{2028}坐")).len(), 2);
        assert_eq!(made.sites.place(&source, &[]), None);
    }
}
