//! What was said, turn by turn, for reports that show the conversation itself.

use crate::text::{Said, Span};
use crate::transcript::{Clock, Role};

/// Words of a finding in one turn's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaidAt {
    /// From 1.
    pub turn: u32,
    /// The place in the turn's words.
    pub span: Span<Said>,
}

/// One turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The label as written.
    pub speaker: Option<String>,
    /// Whose words.
    pub role: Role,
    /// When.
    pub time_ms: Option<Clock>,
    /// The words.
    pub text: String,
    /// What is to be seen in them, by place.
    pub marks: Vec<Mark>,
}

/// A place in a line, and why it is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Index into the conversation's findings.
    pub finding: usize,
    /// The place in the line's words.
    pub span: Span<Said>,
    /// Whether these are not the words that were found but those that excuse them.
    pub excuses: bool,
}
