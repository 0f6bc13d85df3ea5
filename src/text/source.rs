//! A file as decoded.

use super::{LineIndex, Position, Raw, Span};
use std::sync::{Arc, OnceLock};

/// The text of one file, decoded to UTF-8, byte order mark removed. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct SourceText {
    inner: Arc<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    text: String,
    lines: OnceLock<LineIndex>,
    /// Bytes and lines of the file that stand before the text.
    before: (u64, u32),
}

impl SourceText {
    /// Wraps a decoded text.
    pub fn new(text: String) -> Self {
        SourceText::part(text, 0, 0)
    }

    /// Wraps whole lines of a file, before which `bytes` and `lines` stand: lines are counted from the start of the file,
    /// spans from the start of the text.
    pub fn part(text: String, bytes: u64, lines: u32) -> Self {
        SourceText { inner: Arc::new(Inner { text, lines: OnceLock::new(), before: (bytes, lines) }) }
    }

    /// Where in the file the text starts.
    pub fn start(&self) -> u64 {
        self.inner.before.0
    }

    /// Lines of the file before the text.
    pub fn lines_before(&self) -> u32 {
        self.inner.before.1
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.inner.text
    }

    /// Its lines, indexed on first use: a clean file never pays for it.
    pub fn lines(&self) -> &LineIndex {
        self.inner.lines.get_or_init(|| LineIndex::after(self.lines_before(), &self.inner.text))
    }

    /// The text under `span`.
    pub fn slice(&self, span: Span<Raw>) -> &str {
        span.slice(&self.inner.text)
    }

    /// Line and column of byte `offset`.
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.inner.text, offset)
    }

    /// The span of line `line`, from 1, without its line break.
    pub fn line_span(&self, line: u32) -> Span<Raw> {
        self.lines().span(&self.inner.text, line)
    }
}
