//! The smallest stretches of a turn that have times of their own.

use super::spoken::spoken;
use crate::text::{Said, Span};
use crate::transcript::{Clock, Turn};

/// A word, or a segment where words have no times.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) span: Span<Said>,
    pub(super) clock: Clock,
    pub(super) syllables: usize,
}

/// The timed stretches of a turn, in order.
pub(super) fn units(turn: &Turn, said: &str) -> Vec<Unit> {
    let unit = |span: Span<Said>, clock: Clock| Unit { span, clock, syllables: spoken(span.slice(said)) };
    if turn.words.is_empty() {
        return turn.segments.iter().filter_map(|s| Some(unit(s.span, s.clock?))).collect();
    }
    turn.words.iter().map(|w| unit(w.span, w.clock)).collect()
}

/// Milliseconds between two stretches; 0 where they touch or overlap.
pub(super) fn gap(before: &Unit, after: &Unit) -> u64 {
    after.clock.start.saturating_sub(before.clock.end)
}
