//! The scanner: bytes to a tree of values.

use super::super::error::{Place, Places, ReadError, shown};
use super::{Node, Text, Value};
use crate::text::Span;
use std::ops::Range;

/// How deep values may nest.
const MAX_DEPTH: u32 = 128;

/// What may start a value.
const VALUE: &str = "{ [ \" 0-9 true false null";

/// What is wrong with a JSON document, and at which byte.
#[derive(Debug)]
pub(super) struct Fault {
    at: usize,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    CutOff(&'static str),
    Expected(&'static str, String),
    Depth,
}

impl Fault {
    /// As an error, with line and column.
    pub(super) fn error(self, places: &mut Places<'_>) -> ReadError {
        let place = places.at(self.at());
        self.error_at(place)
    }

    /// The byte.
    pub(super) fn at(&self) -> u32 {
        u32::try_from(self.at).unwrap_or(u32::MAX)
    }

    /// As an error at `place`.
    pub(super) fn error_at(self, place: Place) -> ReadError {
        match self.kind {
            Kind::CutOff(expected) => ReadError::JsonCutOff { place, expected },
            Kind::Expected(expected, found) => ReadError::JsonExpected { place, expected, found },
            Kind::Depth => ReadError::JsonDepth { place },
        }
    }
}

/// Reads values from a part of a text; spans are offsets into the whole.
pub(super) struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: u32,
}

impl<'a> Scanner<'a> {
    /// A scanner of `text[range]`.
    pub(super) fn new(text: &'a str, range: Range<usize>) -> Self {
        let bytes = text.as_bytes().get(..range.end).unwrap_or(text.as_bytes());
        Scanner { text, bytes, at: range.start, depth: 0 }
    }

    /// Makes sure that nothing but white space follows.
    pub(super) fn end(&mut self) -> Result<(), Fault> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.unexpected("␄")),
        }
    }

    /// Reads the next value.
    pub(super) fn value(&mut self) -> Result<Node<'a>, Fault> {
        let first = self.peek();
        let start = self.at;
        let value = match first {
            Some(b'{') => self.nested(Self::map)?,
            Some(b'[') => self.nested(Self::list)?,
            Some(b'"') => Value::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b'a'..=b'z' | b'A'..=b'Z') => self.word()?,
            _ => return Err(self.unexpected(VALUE)),
        };
        Ok(Node { span: Span::of(start..self.at), value })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value<'a>, Fault>) -> Result<Value<'a>, Fault> {
        if self.depth >= MAX_DEPTH {
            return Err(Fault { at: self.at, kind: Kind::Depth });
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn map(&mut self) -> Result<Value<'a>, Fault> {
        let mut fields = Vec::new();
        if self.eat(b'}') {
            return Ok(Value::Map(fields));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("\""));
            }
            let key = self.string()?;
            if !self.eat(b':') {
                return Err(self.unexpected(":"));
            }
            fields.push((key, self.value()?));
            if self.eat(b'}') {
                return Ok(Value::Map(fields));
            }
            if !self.eat(b',') {
                return Err(self.unexpected(", }"));
            }
        }
    }

    fn list(&mut self) -> Result<Value<'a>, Fault> {
        let mut items = Vec::new();
        if self.eat(b']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value()?);
            if self.eat(b']') {
                return Ok(Value::List(items));
            }
            if !self.eat(b',') {
                return Err(self.unexpected(", ]"));
            }
        }
    }

    /// A string; it stands at the opening quote.
    fn string(&mut self) -> Result<Text<'a>, Fault> {
        let start = self.at + 1;
        let (mut at, mut escaped) = (start, false);
        loop {
            let rest = self.bytes.get(at..).unwrap_or(&[]);
            let Some(found) = memchr::memchr2(b'"', b'\\', rest) else {
                return Err(self.unclosed(rest, at));
            };
            if let Some(control) = rest.iter().take(found).position(|byte| *byte < 0x20) {
                return Err(self.fault_at(at + control, "\""));
            }
            at += found;
            if self.bytes.get(at) == Some(&b'"') {
                break;
            }
            escaped = true;
            at = self.escape(at)?;
        }
        self.at = at + 1;
        let raw = self.text.get(start..at).unwrap_or("");
        Ok(Text::new(raw, u32::try_from(start).unwrap_or(u32::MAX), escaped))
    }

    fn unclosed(&self, rest: &[u8], at: usize) -> Fault {
        match rest.iter().position(|byte| *byte < 0x20) {
            Some(control) if at + control + 1 < self.bytes.len() => self.fault_at(at + control, "\""),
            _ => Fault { at: self.bytes.len(), kind: Kind::CutOff("\"") },
        }
    }

    /// Checks the escape at `at` and gives the offset behind it.
    fn escape(&self, at: usize) -> Result<usize, Fault> {
        match self.bytes.get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
            Some(b'u') => {
                match (at + 2..at + 6).find(|i| !self.bytes.get(*i).is_some_and(u8::is_ascii_hexdigit)) {
                    None => Ok(at + 6),
                    Some(bad) => Err(self.fault_at(bad, "0-9 a-f")),
                }
            }
            _ => Err(self.fault_at(at + 1, "\" \\ / b f n r t u")),
        }
    }

    fn number(&mut self) -> Result<Value<'a>, Fault> {
        let start = self.at;
        let digit = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let len = self.bytes.iter().skip(start).take_while(|byte| digit(byte)).count();
        if len == 1 && self.bytes.get(start) == Some(&b'-') && self.bytes.get(start + 1) == Some(&b'I') {
            self.at += 1;
            self.word()?;
            return Ok(Value::Float(f64::NEG_INFINITY));
        }
        let text = self.text.get(start..start + len).unwrap_or("");
        let value = match text.parse::<i64>() {
            Ok(n) => Value::Int(n),
            Err(_) => Value::Float(text.parse::<f64>().map_err(|_| self.fault_at(start, "0-9"))?),
        };
        self.at = start + len;
        Ok(value)
    }

    fn word(&mut self) -> Result<Value<'a>, Fault> {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let words: [(&[u8], Value<'a>); 5] = [
            (b"null", Value::Null),
            (b"true", Value::Bool),
            (b"false", Value::Bool),
            (b"NaN", Value::Float(f64::NAN)),
            (b"Infinity", Value::Float(f64::INFINITY)),
        ];
        for (word, value) in words {
            if rest.starts_with(word) && !rest.get(word.len()).is_some_and(u8::is_ascii_alphanumeric) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.unexpected(VALUE))
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn unexpected(&self, expected: &'static str) -> Fault {
        self.fault_at(self.at, expected)
    }

    fn fault_at(&self, at: usize, expected: &'static str) -> Fault {
        let found = self.text.get(at..self.bytes.len()).and_then(|rest| rest.chars().next());
        match found {
            Some(c) => Fault { at, kind: Kind::Expected(expected, shown(c.encode_utf8(&mut [0; 4]), 1)) },
            None => Fault { at: self.bytes.len(), kind: Kind::CutOff(expected) },
        }
    }
}
