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
    /// Lines before the text, in the file of which it is a part.
    before: u32,
    starts: Vec<u32>,
    /// Characters before each block of [`BLOCK`] bytes: a column far into a line is not counted from its start.
    blocks: Vec<u32>,
}

/// Bytes between two counts.
const BLOCK: usize = 1024;

impl LineIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        LineIndex::after(0, text)
    }

    /// The same for a text before which so many lines stand.
    pub fn after(lines: u32, text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for i in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let ends = bytes.get(i) == Some(&b'\n') || bytes.get(i + 1) != Some(&b'\n');
            if ends {
                starts.push(u32::try_from(i + 1).unwrap_or(u32::MAX));
            }
        }
        let mut before = 0;
        let blocks = bytes.chunks(BLOCK).map(|block| {
            let here = before;
            before += characters(block);
            here
        });
        LineIndex { before: lines, starts, blocks: blocks.collect() }
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
        let here = self.starts.partition_point(|start| *start <= offset);
        u32::try_from(here).unwrap_or(u32::MAX).saturating_add(self.before)
    }

    /// The line and column of byte `offset` in `text` (the text that was indexed).
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.starts.get((line - self.before) as usize - 1).copied().unwrap_or(0);
        let before = self.characters(text, offset).saturating_sub(self.characters(text, start));
        Position { line, column: before.saturating_add(1) }
    }

    /// Characters before byte `offset`.
    fn characters(&self, text: &str, offset: u32) -> u32 {
        let offset = (offset as usize).min(text.len());
        let block = (offset / BLOCK).min(self.blocks.len().saturating_sub(1));
        let counted = self.blocks.get(block).copied().unwrap_or(0);
        counted + characters(text.as_bytes().get(block * BLOCK..offset).unwrap_or_default())
    }

    /// The span of line `line` (from 1) in `text`, without its line break.
    pub fn span(&self, text: &str, line: u32) -> Span<Raw> {
        let at = line.saturating_sub(self.before).max(1) as usize - 1;
        let start = self.starts.get(at).copied().unwrap_or(0);
        let end = self.starts.get(at + 1).copied().unwrap_or(u32::try_from(text.len()).unwrap_or(u32::MAX));
        let whole = Span::<Raw>::new(start, end);
        let bare = whole.slice(text).trim_end_matches(['\r', '\n']);
        Span::new(start, start + u32::try_from(bare.len()).unwrap_or(0))
    }
}

/// Characters that begin in `bytes`.
fn characters(bytes: &[u8]) -> u32 {
    let begins = bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
    u32::try_from(begins).unwrap_or(u32::MAX)
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
        assert_eq!(index.position(text, text.len() as u32), Position { line: 4, column: 1 });
    }

    #[test]
    fn columns_far_into_a_line_are_right_too() {
        let text = format!("甲\n{}", "a你𠮷é".repeat(3000));
        let index = LineIndex::new(&text);
        let start = "甲\n".len();
        for (nth, (at, _)) in text[start..].char_indices().enumerate().step_by(7) {
            let position = index.position(&text, (start + at) as u32);
            assert_eq!(position, Position { line: 2, column: nth as u32 + 1 });
        }
        assert_eq!(index.position(&text, u32::MAX).column, 12_001);
        assert_eq!(LineIndex::new("").position("", 5), Position { line: 1, column: 1 });
    }
}
