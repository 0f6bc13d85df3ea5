//! A pattern made ready to run.

use super::measure::{has_gap, pauses};
use super::program::Program;
use super::words::Wording;
use crate::standard::pattern::Pattern;

/// What is run of a pattern.
pub(super) struct Plan {
    /// The pattern, anchors aside.
    pub(super) program: Program,
    /// A clause begins with it.
    pub(super) starts_clause: bool,
    /// A clause ends with it.
    pub(super) ends_clause: bool,
    /// Whether it has a gap.
    pub(super) gap: bool,
    /// Pauses that it asks for itself.
    pub(super) pauses: usize,
}

impl Plan {
    pub(super) fn of(pattern: &Pattern, words: Wording<'_>) -> Self {
        Plan {
            program: Program::of(&pattern.node, words),
            starts_clause: pattern.starts_clause,
            ends_clause: pattern.ends_clause,
            gap: has_gap(&pattern.node),
            pauses: pauses(&pattern.node),
        }
    }
}
