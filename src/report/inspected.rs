//! Why a turn was judged as it was, as data.

use crate::diagnostic::Confidence;
use crate::text::Position;
use crate::transcript::Role;
use serde::Serialize;

/// One turn, looked into.
#[derive(Clone, Debug, Serialize)]
pub struct Inspected {
    /// From 1.
    pub turn: u32,
    /// Where it starts.
    pub start: Position,
    /// The speaker's label as written.
    pub speaker: Option<String>,
    /// Whose words.
    pub role: Role,
    /// What was said.
    pub text: String,
    /// The views that were searched: name and text, pauses written in.
    pub views: Vec<(&'static str, String)>,
    /// The words of every clause.
    pub words: Vec<Vec<String>>,
    /// What was looked at, in order of place.
    pub candidates: Vec<Considered>,
}

/// One place at which a banned phrase was looked for.
#[derive(Clone, Debug, Serialize)]
pub struct Considered {
    /// Rule id.
    pub rule: String,
    /// The pattern as its author wrote it.
    pub pattern: String,
    /// `item`, `variant` or `paraphrase`.
    pub tier: &'static str,
    /// The author's characters that called for a look.
    pub literal: String,
    /// The view in which they were found.
    pub view: &'static str,
    /// `characters` or `sound`.
    pub by: &'static str,
    /// The words as said: of the match, or of the literal where there is none.
    pub text: String,
    /// Where they start.
    pub start: Position,
    /// The sum of the confidence, where there was a match.
    pub sum: Option<Sum>,
    /// What became of it.
    pub ruling: Ruled,
}

/// How a confidence came about.
#[derive(Clone, Debug, Serialize)]
pub struct Sum {
    /// The pattern's, before any cost.
    pub base: Confidence,
    /// Each step: its word, what it costs once, how often.
    pub costs: Vec<(&'static str, f64, u32)>,
    /// What is left.
    pub confidence: Confidence,
}

/// What became of a candidate.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Ruled {
    /// The rest of the pattern is not there.
    Unmatched,
    /// A short phrase that punctuation breaks.
    Broken,
    /// By sound: too few characters are right.
    Unlike {
        /// As the pattern writes them.
        right: u32,
        /// Other characters of the same sound.
        wrong: u32,
    },
    /// An edge cuts these words.
    Boundary {
        /// The rival words.
        words: Vec<String>,
    },
    /// A look-alike of the rule stands there.
    Unless {
        /// Its pattern.
        pattern: String,
        /// Its words.
        text: String,
    },
    /// None of these situations came before.
    Before {
        /// By title.
        situations: Vec<String>,
    },
    /// Another match at this place is surer, or holds this one.
    Outdone,
    /// Not sure enough to be shown.
    Unsure {
        /// What is asked.
        minimum: Confidence,
    },
    /// Heard, but it does not count.
    Excused {
        /// The contract's word.
        why: &'static str,
        /// The words that excuse it.
        text: Option<String>,
    },
    /// A finding.
    Found,
}
