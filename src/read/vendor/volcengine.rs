//! Volcengine: `utterances` of `result` or `resp`, the speaker in `additions`. Times are milliseconds.

use super::super::json::{Node, Slip};
use super::super::segments::{label, list};
use super::fields::{Keys, Times, WordKeys, each, status};
use super::recording::{Recording, Utterance};

const KEYS: Keys = Keys {
    text: "text",
    times: Times::ms("start_time", "end_time"),
    speaker: "speaker",
    channel: "channel_id",
    words: Some(WordKeys {
        list: "words",
        text: "text",
        times: Times::ms("start_time", "end_time"),
        relative: false,
    }),
};

/// Whether the keys are Volcengine's.
pub(super) fn fits(node: &Node<'_>) -> bool {
    let held = |key| holder(node.get(key)).is_some_and(|one| one.has("utterances"));
    held("result")
        || held("resp")
        || node.has("utterances")
        || node.has("resp") && node.get("resp").is_some_and(|resp| resp.has("code") && resp.has("message"))
}

/// An object, or the first of a list of candidates.
fn holder<'n, 'a>(value: Option<&'n Node<'a>>) -> Option<&'n Node<'a>> {
    let value = value?;
    value.items().map_or(Some(value), |items| items.first())
}

/// Reads one answer.
pub(super) fn recording(node: &Node<'_>, source: &str) -> Result<Recording, Slip> {
    for key in ["result", "resp"] {
        let Some(value) = node.get(key) else { continue };
        let Some(one) = holder(Some(value)) else { return Ok(Recording::default()) };
        let path = if value.items().is_some() { format!("{key}[0]") } else { key.to_owned() };
        if !one.has("utterances")
            && let Some(text) = status(one, "message")
        {
            return Err(Slip::unfinished(one, &text).under(path));
        }
        return utterances(one, source).map_err(|slip| slip.under(path)).map(Recording::of);
    }
    utterances(node, source).map(Recording::of)
}

fn utterances(node: &Node<'_>, source: &str) -> Result<Vec<Utterance>, Slip> {
    each(list(node, "utterances")?, "utterances", |item| {
        let mut one = KEYS.utterance(item, source)?;
        if let Some(more) = item.get("additions") {
            let of = |key| label(more, key).map_err(|slip| slip.under("additions"));
            one.speaker = one.speaker.or(of("speaker")?);
            one.channel = one.channel.or(of("channel_id")?);
        }
        Ok(one)
    })
}
