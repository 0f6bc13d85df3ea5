//! Byte offsets to lines and columns. One index a file; the encoding of columns is the caller's choice of method.

use super::{Raw, Span};
use serde::Serialize;

/// A place a person can find: both numbers start at 1, the column counts Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    pub column: u32,
}

/// Where each line of a text starts. Lines end with LF, CRLF or a lone CR.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (i, byte) in bytes.iter().enumerate() {
            let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
            if ends {
                starts.push(u32::try_from(i + 1).unwrap_or(u32::MAX));
            }
        }
        LineIndex { starts }
    }

    /// Number of lines; a text that ends with a line break has an empty last line.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Never true: even an empty text has one line.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The line, from 1, that holds byte `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    /// The line and column of byte `offset` in `text` (the text that was indexed).
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.starts.get(line as usize - 1).copied().unwrap_or(0);
        let before = Span::<Raw>::new(start, offset).slice(text);
        Position {
            line,
            column: u32::try_from(before.chars().count())
                .unwrap_or(u32::MAX)
                .saturating_add(1),
        }
    }

    /// The span of line `line` (from 1) in `text`, without its line break.
    pub fn span(&self, text: &str, line: u32) -> Span<Raw> {
        let at = line.max(1) as usize - 1;
        let start = self.starts.get(at).copied().unwrap_or(0);
        let end = self
            .starts
            .get(at + 1)
            .copied()
            .unwrap_or(u32::try_from(text.len()).unwrap_or(u32::MAX));
        let whole = Span::<Raw>::new(start, end);
        let bare = whole.slice(text).trim_end_matches(['\r', '\n']);
        Span::new(start, start + u32::try_from(bare.len()).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_any_line_break_counts() {
        let text = "坐席：您好\r\n𠮷急什么\rab\n";
        let index = LineIndex::new(text);
        assert_eq!(index.len(), 4);
        let at = text.find('急').unwrap() as u32;
        assert_eq!(index.position(text, at), Position { line: 2, column: 2 });
        assert_eq!(index.span(text, 2).slice(text), "𠮷急什么");
        assert_eq!(index.span(text, 1).slice(text), "坐席：您好");
        assert_eq!(
            index.position(text, text.len() as u32),
            Position { line: 4, column: 1 }
        );
    }
}
