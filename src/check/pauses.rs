//! The pauses that the container knows of: edges of cues and gaps between timed words.

use crate::normalize::{Edge, Strength};
use crate::transcript::{Clock, Turn};

/// From this many milliseconds a gap is a pause like a comma's.
const WEAK_MS: u64 = 500;
/// From this many milliseconds a gap ends a sentence.
const STRONG_MS: u64 = 1_500;

/// The edges between a turn's segments, and its longer gaps between words, in order.
pub(super) fn edges(turn: &Turn) -> Vec<Edge> {
    let mut out = Vec::new();
    for pair in turn.segments.windows(2) {
        if let [before, after] = pair {
            out.push(Edge { at: after.span.start, strength: strength(before.clock, after.clock) });
        }
    }
    for pair in turn.words.windows(2) {
        if let [before, after] = pair
            && after.clock.start.saturating_sub(before.clock.end) >= WEAK_MS
        {
            out.push(Edge {
                at: after.span.start,
                strength: strength(Some(before.clock), Some(after.clock)),
            });
        }
    }
    out.sort_by_key(|edge| edge.at);
    out
}

fn strength(before: Option<Clock>, after: Option<Clock>) -> Strength {
    // Without times a segment is a line that somebody began anew.
    let (Some(before), Some(after)) = (before, after) else { return Strength::Weak };
    match after.start.saturating_sub(before.end) {
        STRONG_MS.. => Strength::Strong,
        WEAK_MS.. => Strength::Weak,
        _ => Strength::Edge,
    }
}
