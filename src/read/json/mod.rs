//! JSON with places: a tree of values that knows where each stands, so that words can be cut from the file.
//!
//! The parsers that the ecosystem offers hand out values without positions; a finding needs the very bytes, escapes
//! and all. Depth is limited to 128; time and memory are linear in the input.

mod nested;
mod scan;
mod text;

pub(super) use nested::Nested;
pub(super) use text::Text;

use super::error::{Place, Places, ReadError, shown};
use crate::text::{Raw, SourceText, Span};
use scan::Scanner;
use std::ops::Range;

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node<'a> {
    /// From its first to its last byte.
    pub(super) span: Span<Raw>,
    /// What it is.
    pub(super) value: Value<'a>,
}

/// A JSON value.
#[derive(Debug)]
pub(super) enum Value<'a> {
    /// `null`.
    Null,
    /// `true` or `false`: no reader asks which.
    Bool,
    /// A number without fraction or exponent that fits.
    Int(i64),
    /// Any other number; Python's `NaN` and `Infinity` too.
    Float(f64),
    /// A string.
    Text(Text<'a>),
    /// A list.
    List(Vec<Node<'a>>),
    /// An object; of keys that come twice, the last counts.
    Map(Vec<(Text<'a>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// The field `key` of an object; `null` counts as absent.
    pub(super) fn get(&self, key: &str) -> Option<&Node<'a>> {
        let Value::Map(fields) = &self.value else {
            return None;
        };
        let found = fields.iter().rev().find(|(name, _)| name.is(key))?;
        (!matches!(found.1.value, Value::Null)).then_some(&found.1)
    }

    /// Whether it is an object with the field `key`, be it `null`.
    pub(super) fn has(&self, key: &str) -> bool {
        matches!(&self.value, Value::Map(fields) if fields.iter().any(|(name, _)| name.is(key)))
    }

    /// The items of a list.
    pub(super) fn items(&self) -> Option<&[Node<'a>]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// A string.
    pub(super) fn as_text(&self) -> Option<&Text<'a>> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A number.
    pub(super) fn as_number(&self) -> Option<f64> {
        match self.value {
            #[expect(clippy::cast_precision_loss, reason = "times are far below 2^53")]
            Value::Int(n) => Some(n as f64),
            Value::Float(x) => Some(x),
            _ => None,
        }
    }

    /// The name of its type.
    pub(super) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool => "boolean",
            Value::Int(_) | Value::Float(_) => "number",
            Value::Text(_) => "string",
            Value::List(_) => "array",
            Value::Map(_) => "object",
        }
    }

    /// The fields of an object.
    pub(super) fn fields(&self) -> &[(Text<'a>, Node<'a>)] {
        match &self.value {
            Value::Map(fields) => fields,
            _ => &[],
        }
    }
}

/// Reads the one value that the whole file is.
pub(super) fn whole(source: &SourceText) -> Result<Node<'_>, ReadError> {
    part(0..source.text().len(), &mut Places::new(source))
}

/// Reads the one value that a part of the file is.
pub(super) fn part<'a>(range: Range<usize>, places: &mut Places<'a>) -> Result<Node<'a>, ReadError> {
    let mut scanner = Scanner::new(places.source().text(), range);
    let node = scanner.value().and_then(|node| scanner.end().map(|()| node));
    node.map_err(|fault| fault.error(places))
}

/// Something in a tree that is not as it must be: where it stands, and the path to it, built only when it is needed.
#[derive(Debug)]
pub(super) struct Slip {
    at: u32,
    path: String,
    what: What,
}

#[derive(Debug)]
enum What {
    Wrong { expected: &'static str, found: String },
    Missing(&'static str),
    Broken(scan::Fault),
    Unfinished(String),
}

impl Slip {
    /// `node` is not `expected`.
    pub(super) fn wrong(node: &Node<'_>, path: &str, expected: &'static str) -> Self {
        let found = match &node.value {
            Value::Text(text) => format!("\"{}\"", shown(&text.text(), 20)),
            _ => node.kind().to_owned(),
        };
        Slip { at: node.span.start, path: path.to_owned(), what: What::Wrong { expected, found } }
    }

    /// `node` lacks `field`.
    pub(super) fn missing(node: &Node<'_>, field: &'static str) -> Self {
        Slip { at: node.span.start, path: String::new(), what: What::Missing(field) }
    }

    /// `node` says that the recogniser has no result: `status`.
    pub(super) fn unfinished(node: &Node<'_>, status: &str) -> Self {
        Slip { at: node.span.start, path: String::new(), what: What::Unfinished(shown(status, 80)) }
    }

    /// JSON inside a string that is none.
    fn broken(fault: scan::Fault) -> Self {
        Slip { at: fault.at(), path: String::new(), what: What::Broken(fault) }
    }

    /// The same, seen from the value that holds it.
    pub(super) fn under(mut self, path: impl std::fmt::Display) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        self.path = format!("{path}{dot}{}", self.path);
        self
    }

    /// As an error, with line and column.
    pub(super) fn error(self, places: &mut Places<'_>) -> ReadError {
        let place = Place { path: self.path, ..places.at(self.at) };
        match self.what {
            What::Wrong { expected, found } => ReadError::WrongType { place, expected, found },
            What::Missing(field) => ReadError::MissingField { place, field },
            What::Broken(fault) => fault.error_at(place),
            What::Unfinished(status) => ReadError::NotTranscribed { place, status },
        }
    }
}

#[cfg(test)]
mod tests;
