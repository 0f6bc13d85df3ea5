//! Google Contact Center AI: `entries` with a role and a start in microseconds.

use super::super::json::{Node, Slip};
use super::super::segments::{label, list};
use super::fields::{Keys, Times, each, first, role};
use super::recording::Recording;

const KEYS: Keys = Keys {
    text: "text",
    times: Times { start: "start_timestamp_usec", end: "", length: false, unit: 0.001 },
    speaker: "role",
    channel: "",
    words: None,
};

/// Whether the keys are Google's.
pub(super) fn fits(node: &Node<'_>) -> bool {
    let entry = |one: &Node<'_>| one.has("text") && (one.has("role") || one.has(KEYS.times.start));
    first(node, &["entries"]).is_some_and(entry) || node.has("conversation_info")
}

/// Reads one conversation. Where people are numbered, the number stands for the person.
pub(super) fn recording(node: &Node<'_>, source: &str) -> Result<Recording, Slip> {
    each(list(node, "entries")?, "entries", |entry| {
        let mut one = KEYS.utterance(entry, source)?;
        one.role = one.speaker.as_deref().and_then(role);
        if one.speaker.is_none() {
            one.speaker = label(entry, "user_id")?;
        }
        Ok(one)
    })
    .map(Recording::of)
}
