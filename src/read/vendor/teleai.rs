//! TeleAI: `result.sentences` with `texts`. Times are milliseconds.

use super::super::json::{Node, Slip};
use super::super::segments::list;
use super::fields::{Keys, Times, down, first, status};
use super::recording::Recording;

const KEYS: Keys = Keys {
    text: "texts",
    times: Times::ms("begin_time", "end_time"),
    speaker: "speaker_id",
    channel: "channel_id",
    words: None,
};

/// Whether the keys are TeleAI's.
pub(super) fn fits(node: &Node<'_>) -> bool {
    down(node, &["result", "sentences"]).is_some()
        || node.has("status_msg") && node.has("task_id")
        || first(node, &["sentences"]).is_some_and(|one| one.has("texts"))
}

/// Reads one answer.
pub(super) fn recording(node: &Node<'_>, source: &str) -> Result<Recording, Slip> {
    let Some(result) = node.get("result") else {
        return match status(node, "status_msg") {
            Some(text) => Err(Slip::unfinished(node, &text)),
            None => KEYS.all(list(node, "sentences")?, "sentences", source).map(Recording::of),
        };
    };
    let read = list(result, "sentences").and_then(|items| KEYS.all(items, "sentences", source));
    read.map_err(|slip| slip.under("result")).map(Recording::of)
}
