//! Huawei SIS: `segments` whose words stand in `result`, with the role in `analysis_info`. Times are milliseconds.

use super::super::json::{Node, Slip};
use super::super::segments::{label, list};
use super::fields::{Keys, Times, WordKeys, each, first, role, status};
use super::log::Message;
use super::recording::{Recording, Utterance};

const TIMES: Times = Times::ms("start_time", "end_time");

const RESULT: Keys = Keys {
    text: "text",
    times: TIMES,
    speaker: "",
    channel: "",
    words: Some(WordKeys { list: "word_info", text: "word", times: TIMES, relative: false }),
};

/// Whether the keys are Huawei's.
pub(super) fn fits(node: &Node<'_>) -> bool {
    first(node, &["segments"]).is_some_and(|one| one.has("result")) || node.has("resp_type")
}

/// Reads one answer. What is not final gives way to what is.
pub(super) fn recording(node: &Node<'_>, source: &str) -> Result<Recording, Slip> {
    if !node.has("segments")
        && let Some(text) = status(node, "status")
    {
        return Err(Slip::unfinished(node, &text));
    }
    let all = each(list(node, "segments")?, "segments", |one| segment(one, source))?;
    let any = all.iter().any(|(_, last)| *last);
    Ok(Recording::of(all.into_iter().filter(|(_, last)| *last || !any).map(|(one, _)| one).collect()))
}

/// A message of the real-time service; those that only open or close the stream say nothing.
pub(super) fn message(node: &Node<'_>, source: &str) -> Option<Message> {
    node.has("resp_type").then_some(())?;
    let Some(segments) = node.get("segments").and_then(Node::items) else { return Some(Ok(Vec::new())) };
    Some(each(segments, "segments", |one| segment(one, source)))
}

/// A segment, and whether it is final.
fn segment(node: &Node<'_>, source: &str) -> Result<(Utterance, bool), Slip> {
    let result = node.get("result").ok_or_else(|| Slip::missing(node, "result"))?;
    let mut one = RESULT.utterance(result, source).map_err(|slip| slip.under("result"))?;
    one.clock = TIMES.of(node).or(one.clock);
    if let Some(info) = result.get("analysis_info") {
        one.speaker = label(info, "role").map_err(|slip| slip.under("result.analysis_info"))?;
        one.role = one.speaker.as_deref().and_then(role);
    }
    let last = node.get("is_final").is_none_or(|value| source.get(value.span.range()) == Some("true"));
    Ok((one, last))
}
