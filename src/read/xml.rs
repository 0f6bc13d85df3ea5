//! XML, event by event, bounded: no entity of a document's own is expanded, and nothing nests without end.

use super::error::{Place, ReadError};
use super::lines::offset;
use crate::text::{SourceText, Span};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::ops::Range;

/// Elements inside elements.
const DEPTH: u32 = 256;

/// What stands next.
pub(super) enum Node<'a> {
    /// An element begins; one without content ends with the next event.
    Start(BytesStart<'a>),
    /// An element ends: its name, prefix and all.
    End(String),
    /// Words as they stand, at these bytes.
    Text(Range<usize>),
    /// A character for which a reference stands at these bytes.
    Char(char, Range<usize>),
    /// Nothing any more.
    Eof,
}

/// Reads a document.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    kind: &'static str,
    depth: u32,
}

impl<'a> Xml<'a> {
    /// `kind` names the format in errors.
    pub(super) fn new(text: &'a str, kind: &'static str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, text, kind, depth: 0 }
    }

    /// The next event that matters.
    pub(super) fn next(&mut self) -> Result<Node<'a>, ReadError> {
        loop {
            let before = self.at();
            let event = self.reader.read_event().map_err(|_| self.wrong())?;
            let range = before..self.at();
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEPTH {
                        return Err(self.wrong());
                    }
                    return Ok(Node::Start(start));
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Node::End(end.name().as_ref().to_owned()));
                }
                Event::Text(_) => return Ok(Node::Text(range)),
                Event::CData(_) => {
                    let inner = range.start + "<![CDATA[".len()..range.end.saturating_sub("]]>".len());
                    return Ok(Node::Text(inner));
                }
                Event::GeneralRef(_) => {
                    // Nobody says what a document's own entity stands for: it is read as it is written.
                    let entity = super::markup::entity(self.text.get(range.clone()).unwrap_or(""));
                    return Ok(match entity {
                        Some((c, _)) => Node::Char(c, range),
                        None => Node::Text(range),
                    });
                }
                Event::Eof if self.depth > 0 => return Err(self.cut_off()),
                Event::Eof => return Ok(Node::Eof),
                _ => {}
            }
        }
    }

    /// The bytes read.
    pub(super) fn at(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len())
    }

    fn wrong(&self) -> ReadError {
        // What is open at the end was cut off, whatever the parser calls it.
        let rest = self.text.get(self.at()..).unwrap_or("");
        if self.depth > 0 && self.depth <= DEPTH && !rest.contains('>') {
            return self.cut_off();
        }
        let at = usize::try_from(self.reader.error_position()).unwrap_or(0).max(1).min(self.text.len());
        ReadError::Malformed { kind: self.kind, place: place(self.text, at) }
    }

    fn cut_off(&self) -> ReadError {
        ReadError::CutOff { kind: self.kind, place: place(self.text, self.text.len()) }
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The line and column of byte `at`.
pub(super) fn place(text: &str, at: usize) -> Place {
    let at = (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let source = SourceText::new(text.get(..at).unwrap_or("").to_owned());
    let position = source.position(offset(at));
    Place { line: position.line, column: position.column, path: String::new() }
}

/// The value of the attribute with this local name.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|one| one.key.local_name().as_ref() == name)?;
    let raw: &str = found.value.as_ref();
    let (mut out, mut rest) = (String::new(), raw);
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at)?);
        rest = rest.get(at..)?;
        let (c, len) = super::markup::entity(rest).unwrap_or(('&', 1));
        out.push(c);
        rest = rest.get(len..)?;
    }
    Some(out + rest)
}

/// A stretch of bytes as a span.
pub(super) fn span(range: &Range<usize>) -> Span<crate::text::Raw> {
    Span::of(range.clone())
}
