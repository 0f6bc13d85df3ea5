//! Why a file could not be read, where, and what to do about it.

use crate::diagnostic::Explain;
use crate::text::{Position, SourceText, Span};
use std::fmt;

/// Where in a file: line and column (from 1, in characters), and the path inside a JSON document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Line, from 1; 0 where the whole file is meant.
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    pub column: u32,
    /// The path of the value, such as `turns[3].text`; empty outside JSON.
    pub path: String,
}

/// Finds places one after the other: errors of a long line that come in order cost no more than reading it once.
#[derive(Debug)]
pub(super) struct Places<'a> {
    source: &'a SourceText,
    last: u32,
    found: Position,
}

impl<'a> Places<'a> {
    /// Finds places in `source`.
    pub(super) fn new(source: &'a SourceText) -> Self {
        Places { source, last: 0, found: Position { line: 1, column: 1 } }
    }

    /// The file.
    pub(super) fn source(&self) -> &'a SourceText {
        self.source
    }

    /// The place of byte `offset`.
    pub(super) fn at(&mut self, offset: u32) -> Place {
        let line = self.source.lines().line(offset);
        if line == self.found.line && offset >= self.last {
            let between = self.source.slice(Span::new(self.last, offset)).chars().count();
            self.found.column = self.found.column.saturating_add(u32::try_from(between).unwrap_or(u32::MAX));
        } else {
            self.found = self.source.position(offset);
        }
        self.last = offset;
        Place { line: self.found.line, column: self.found.column, path: String::new() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "{}:{}", self.line, self.column)?;
        }
        match (self.line > 0, self.path.is_empty()) {
            (_, true) => Ok(()),
            (true, false) => write!(f, " {}", self.path),
            (false, false) => f.write_str(&self.path),
        }
    }
}

/// An error and the place of the record it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<E> {
    /// Where the record stands.
    pub place: Place,
    /// What is wrong with it.
    pub error: E,
}

/// Why a file, or a record of it, could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing in it, or white space only.
    #[error("the file is empty")]
    Empty,
    /// Readable, but nobody says a word.
    #[error("nobody says a word")]
    NoSpeech,
    /// A picture, a recording or the like, told by its first bytes.
    #[error("a {kind} file, not a transcript")]
    Foreign {
        /// The kind of file, such as `PNG`.
        kind: &'static str,
    },
    /// A format of transcripts or documents that is not read.
    #[error("{kind} is not read")]
    Unsupported {
        /// The format, such as `TextGrid`.
        kind: &'static str,
    },
    /// NULs or other control characters: not text.
    #[error("not text (byte {offset})")]
    Binary {
        /// Offset of the first such byte in the file.
        offset: usize,
    },
    /// Text, but in no encoding that is known.
    #[error("unknown encoding (byte {offset})")]
    Encoding {
        /// Offset of the first byte that is not valid UTF-8.
        offset: usize,
    },
    /// More than 4 GiB.
    #[error("over 4 GiB")]
    TooLarge,
    /// JSON that ends too early.
    #[error("{place}: JSON cut off, expected {expected}")]
    JsonCutOff {
        /// The end of the file.
        place: Place,
        /// The characters that may stand there.
        expected: &'static str,
    },
    /// JSON with something wrong in it.
    #[error("{place}: expected {expected}, found {found}")]
    JsonExpected {
        /// Where.
        place: Place,
        /// The characters that may stand there.
        expected: &'static str,
        /// The character that does.
        found: String,
    },
    /// JSON nested more than 128 deep.
    #[error("{place}: nested too deeply")]
    JsonDepth {
        /// The bracket that is one too many.
        place: Place,
    },
    /// JSON of no known shape.
    #[error("JSON of no known shape ({keys})")]
    UnknownShape {
        /// The first keys that it has.
        keys: String,
    },
    /// A field of the wrong type.
    #[error("{place}: expected {expected}, found {found}")]
    WrongType {
        /// Where, with the path.
        place: Place,
        /// The JSON type, or the values, that may stand there.
        expected: &'static str,
        /// What does.
        found: String,
    },
    /// A field that must be there and is not.
    #[error("{place}: {field} is missing")]
    MissingField {
        /// The object that lacks it.
        place: Place,
        /// The field.
        field: &'static str,
    },
    /// What a recogniser answers when it has no result, or none yet.
    #[error("{place}: no result ({status})")]
    NotTranscribed {
        /// The object that says so.
        place: Place,
        /// What it says.
        status: String,
    },
    /// Read as subtitles, but without one line of times.
    #[error("no cue in it")]
    NoCues,
    /// A document that ends too early.
    #[error("{place}: {kind} cut off")]
    CutOff {
        /// The format, such as `EAF`.
        kind: &'static str,
        /// The end of the file.
        place: Place,
    },
    /// A document that breaks the rules of its format.
    #[error("{place}: {kind} is not well-formed")]
    Malformed {
        /// The format.
        kind: &'static str,
        /// Where.
        place: Place,
    },
    /// Something else stands where the format wants one thing.
    #[error("{place}: {kind}: expected {expected}")]
    Expected {
        /// The format.
        kind: &'static str,
        /// Where.
        place: Place,
        /// What may stand there.
        expected: &'static str,
    },
    /// A Word, spreadsheet or zip file that cannot be opened.
    #[error("the {kind} file is broken")]
    Package {
        /// The format, such as `docx`.
        kind: &'static str,
    },
    /// A file or a member that asks for a password.
    #[error("the {kind} file is encrypted")]
    Encrypted {
        /// The format.
        kind: &'static str,
    },
    /// A format of old programs that has a successor.
    #[error("{kind} files of old programs are not read")]
    Legacy {
        /// The format, such as `doc`.
        kind: &'static str,
        /// What to save it as.
        better: &'static str,
    },
    /// A few bytes that unfold to very many.
    #[error("unfolds to more than {limit}")]
    Inflated {
        /// The size that is allowed.
        limit: String,
    },
    /// Holds more parts than any transcript has.
    #[error("holds more than {limit} parts")]
    TooMany {
        /// How many are allowed.
        limit: usize,
    },
    /// An archive inside an archive.
    #[error("an archive in an archive")]
    Nested,
    /// A table without a column of words.
    #[error("no header names a column of words ({found})")]
    NoHeader {
        /// What stands in the first row.
        found: String,
    },
    /// A table that lacks a column that was asked for.
    #[error("no column is called {name} ({found})")]
    NoColumn {
        /// As asked.
        name: String,
        /// What stands in the first row.
        found: String,
    },
    /// `--columns` that cannot be understood.
    #[error("columns: {what}")]
    BadColumns {
        /// The part that is wrong.
        what: String,
    },
    /// Who speaks when, but no words.
    #[error("RTTM holds no words")]
    NoWords,
    /// A name of no format.
    #[error("no format is called {name}")]
    UnknownFormat {
        /// The name.
        name: String,
        /// The names there are.
        known: String,
    },
}

impl ReadError {
    /// Where it is, for errors that concern one place.
    pub fn place(&self) -> Option<&Place> {
        match self {
            ReadError::JsonCutOff { place, .. }
            | ReadError::JsonExpected { place, .. }
            | ReadError::JsonDepth { place }
            | ReadError::WrongType { place, .. }
            | ReadError::MissingField { place, .. }
            | ReadError::NotTranscribed { place, .. }
            | ReadError::CutOff { place, .. }
            | ReadError::Malformed { place, .. }
            | ReadError::Expected { place, .. } => Some(place),
            _ => None,
        }
    }
}

impl Explain for ReadError {
    fn code(&self) -> &'static str {
        match self {
            ReadError::Empty => "empty",
            ReadError::NoSpeech => "no-speech",
            ReadError::Foreign { .. } => "foreign-file",
            ReadError::Unsupported { .. } => "unsupported-format",
            ReadError::Binary { .. } => "binary",
            ReadError::Encoding { .. } => "encoding",
            ReadError::TooLarge => "too-large",
            ReadError::JsonCutOff { .. } => "json-cut-off",
            ReadError::JsonExpected { .. } => "json-broken",
            ReadError::JsonDepth { .. } => "json-depth",
            ReadError::UnknownShape { .. } => "unknown-shape",
            ReadError::WrongType { .. } => "wrong-type",
            ReadError::MissingField { .. } => "missing-field",
            ReadError::NotTranscribed { .. } => "not-transcribed",
            ReadError::NoCues => "no-cues",
            ReadError::CutOff { .. } => "cut-off",
            ReadError::Malformed { .. } => "malformed",
            ReadError::Expected { .. } => "expected",
            ReadError::Package { .. } => "broken-package",
            ReadError::Encrypted { .. } => "encrypted",
            ReadError::Legacy { .. } => "legacy-format",
            ReadError::Inflated { .. } => "unfolds-too-far",
            ReadError::TooMany { .. } => "too-many-parts",
            ReadError::Nested => "nested-archive",
            ReadError::NoHeader { .. } => "no-header",
            ReadError::NoColumn { .. } => "no-column",
            ReadError::BadColumns { .. } => "bad-columns",
            ReadError::NoWords => "no-words",
            ReadError::UnknownFormat { .. } => "unknown-format",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        let mut args: Vec<_> = self.place().map(|place| ("place", place.to_string())).into_iter().collect();
        match self {
            ReadError::Foreign { kind }
            | ReadError::Unsupported { kind }
            | ReadError::CutOff { kind, .. }
            | ReadError::Malformed { kind, .. }
            | ReadError::Package { kind }
            | ReadError::Encrypted { kind } => args.push(("kind", (*kind).to_owned())),
            ReadError::Expected { kind, expected, .. } => {
                args.extend([("kind", (*kind).to_owned()), ("expected", (*expected).to_owned())]);
            }
            ReadError::Legacy { kind, better } => {
                args.extend([("kind", (*kind).to_owned()), ("better", (*better).to_owned())]);
            }
            ReadError::Inflated { limit } => args.push(("limit", limit.clone())),
            ReadError::TooMany { limit } => args.push(("limit", limit.to_string())),
            ReadError::NoHeader { found } => args.push(("found", found.clone())),
            ReadError::NoColumn { name, found } => {
                args.extend([("name", name.clone()), ("found", found.clone())]);
            }
            ReadError::BadColumns { what } => args.push(("what", what.clone())),
            ReadError::Binary { offset } | ReadError::Encoding { offset } => {
                args.push(("offset", offset.to_string()))
            }
            ReadError::JsonCutOff { expected, .. } => args.push(("expected", (*expected).to_owned())),
            ReadError::JsonExpected { expected, found, .. }
            | ReadError::WrongType { expected, found, .. } => {
                args.extend([("expected", (*expected).to_owned()), ("found", found.clone())]);
            }
            ReadError::UnknownShape { keys } => args.push(("keys", keys.clone())),
            ReadError::MissingField { field, .. } => args.push(("field", (*field).to_owned())),
            ReadError::NotTranscribed { status, .. } => args.push(("status", status.clone())),
            ReadError::UnknownFormat { name, known } => {
                args.extend([("name", name.clone()), ("known", known.clone())]);
            }
            _ => {}
        }
        args
    }
}

/// A size as it may be shown.
#[cfg(any(feature = "office", feature = "zip"))]
pub(super) fn size(bytes: u64) -> String {
    format!("{} MiB", bytes >> 20)
}

/// A piece of the input as it may be shown: control characters named, at most `limit` characters.
pub(super) fn shown(text: &str, limit: usize) -> String {
    let mut out = String::new();
    for c in text.chars().take(limit) {
        if c.is_control() {
            out.push_str(&format!("U+{:04X}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    if text.chars().nth(limit).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Lang;

    /// One of each kind; a new kind belongs here too.
    fn all() -> Vec<ReadError> {
        let place = Place { line: 4, column: 7, path: "turns[1].text".into() };
        vec![
            ReadError::Empty,
            ReadError::NoSpeech,
            ReadError::Foreign { kind: "PNG" },
            ReadError::Unsupported { kind: "TextGrid" },
            ReadError::Binary { offset: 3 },
            ReadError::Encoding { offset: 3 },
            ReadError::TooLarge,
            ReadError::JsonCutOff { place: place.clone(), expected: "\"" },
            ReadError::JsonExpected { place: place.clone(), expected: ":", found: "x".into() },
            ReadError::JsonDepth { place: place.clone() },
            ReadError::UnknownShape { keys: "rows".into() },
            ReadError::WrongType { place: place.clone(), expected: "string", found: "number".into() },
            ReadError::NotTranscribed { place: place.clone(), status: "RUNNING".into() },
            ReadError::CutOff { kind: "EAF", place: place.clone() },
            ReadError::Malformed { kind: "EAF", place: place.clone() },
            ReadError::Expected { kind: "TextGrid", place: place.clone(), expected: "xmin" },
            ReadError::Package { kind: "docx" },
            ReadError::Encrypted { kind: "docx" },
            ReadError::Legacy { kind: "doc", better: "docx" },
            ReadError::Inflated { limit: "512 MiB".into() },
            ReadError::TooMany { limit: 20_000 },
            ReadError::Nested,
            ReadError::NoHeader { found: "a, b".into() },
            ReadError::NoColumn { name: "c".into(), found: "a, b".into() },
            ReadError::BadColumns { what: "x=".into() },
            ReadError::NoWords,
            ReadError::MissingField { place, field: "text" },
            ReadError::NoCues,
            ReadError::UnknownFormat { name: "doc".into(), known: "txt".into() },
        ]
    }

    #[test]
    fn every_error_has_words_and_a_cure_in_both_languages() {
        for error in all() {
            for message in [error.message(), error.cure()] {
                for lang in [Lang::Zh, Lang::En] {
                    let words = message.words(lang);
                    assert_ne!(words, message.key, "{lang:?} lacks {}", message.key);
                    assert!(!words.contains("%{"), "{lang:?} {words}");
                }
            }
        }
    }

    #[test]
    fn what_is_shown_holds_no_control_character() {
        assert_eq!(shown("a\u{1b}[31m好好", 3), "aU+001B[…");
    }
}
