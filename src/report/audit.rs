//! What is doubtful about a rule pack's patterns, as data.

use serde::Serialize;

/// The name of the shape.
pub const AUDIT_SCHEMA: &str = "wuxin.audit/1";

/// An audit of all patterns of banned phrases.
#[derive(Clone, Debug, Serialize)]
pub struct Audit {
    /// [`AUDIT_SCHEMA`].
    pub schema: &'static str,
    /// Patterns looked at.
    pub patterns: usize,
    /// Doubts that an author has justified (`audit = "reason"`): not listed.
    pub justified: usize,
    /// The others, by rule and pattern.
    pub doubts: Vec<Doubt>,
}

/// One doubt about one pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// Rule id.
    pub rule: String,
    /// `item`, `variant` or `paraphrase`.
    pub tier: &'static str,
    /// As its author wrote it.
    pub pattern: String,
    /// What is doubtful.
    pub kind: DoubtKind,
    /// What it is about: the words that say it, the pattern that covers it, the words it is part of, the phrase.
    pub with: Vec<String>,
}

/// What is doubtful about a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DoubtKind {
    /// Fewer than three characters can match it, anywhere in a clause.
    Short,
    /// Whatever it says, another pattern of the rule finds as surely.
    Covered,
    /// Its own words are not found: word boundaries reject them.
    SilentBoundary,
    /// Its own words are not found: the rule's `unless` rejects them.
    SilentUnless,
    /// Its own words are not found.
    Silent,
    /// Its words are part of longer words of the dictionary.
    Collides,
    /// It matches inside an approved phrase.
    Approved,
    /// Written out, it is a whole sentence of the material it is measured on.
    Copied,
}

impl DoubtKind {
    /// As it is written in JSON.
    pub fn word(self) -> &'static str {
        match self {
            DoubtKind::Short => "short",
            DoubtKind::Covered => "covered",
            DoubtKind::SilentBoundary => "silent-boundary",
            DoubtKind::SilentUnless => "silent-unless",
            DoubtKind::Silent => "silent",
            DoubtKind::Collides => "collides",
            DoubtKind::Approved => "approved",
            DoubtKind::Copied => "copied",
        }
    }
}
