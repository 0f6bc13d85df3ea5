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
}

impl SourceText {
    /// Wraps a decoded text.
    pub fn new(text: String) -> Self {
        SourceText {
            inner: Arc::new(Inner {
                text,
                lines: OnceLock::new(),
            }),
        }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.inner.text
    }

    /// Its lines, indexed on first use: a clean file never pays for it.
    pub fn lines(&self) -> &LineIndex {
        self.inner.lines.get_or_init(|| LineIndex::new(&self.inner.text))
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
