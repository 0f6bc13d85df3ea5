//! Tencent Cloud: `DescribeTaskStatus` (`ResultDetail`, else the lines of `Result`), in its envelope or without it,
//! and the flash recogniser (`flash_result`). Times are milliseconds, those of words count from their sentence.

use super::super::json::{Node, Slip, Value};
use super::super::labels::lead;
use super::super::lines::{lines, offset};
use super::super::segments::{label, list};
use super::fields::{Keys, Times, WordKeys, down, each, first, status};
use super::recording::{Recording, Utterance};
use crate::transcript::Clock;

const DETAIL: Keys = Keys {
    text: "FinalSentence",
    times: Times::ms("StartMs", "EndMs"),
    speaker: "SpeakerId",
    channel: "",
    words: Some(WordKeys {
        list: "Words",
        text: "Word",
        times: Times::ms("OffsetStartMs", "OffsetEndMs"),
        relative: true,
    }),
};

const FLASH: Keys = Keys {
    text: "text",
    times: Times::ms("start_time", "end_time"),
    speaker: "speaker_id",
    channel: "",
    words: Some(WordKeys {
        list: "word_list",
        text: "word",
        times: Times::ms("start_time", "end_time"),
        relative: true,
    }),
};

/// The envelopes around the task, the outermost first.
const ENVELOPES: &[&[&str]] = &[&["Response", "Data"], &["Data"], &[]];

/// Whether the keys are Tencent's.
pub(super) fn fits(node: &Node<'_>) -> bool {
    task(node).is_some()
        || node.has("flash_result")
        || first(node, &[]).is_some_and(|one| one.has("FinalSentence"))
        || down(node, &["Response", "Error"]).is_some()
}

/// The task, and the path to it.
fn task<'n, 'a>(node: &'n Node<'a>) -> Option<(&'n Node<'a>, String)> {
    let is = |node: &Node<'_>| {
        node.has("ResultDetail") || node.has("TaskId") && (node.has("Result") || node.has("StatusStr"))
    };
    ENVELOPES.iter().find_map(|path| Some((down(node, path).filter(|node| is(node))?, path.join("."))))
}

/// Reads one answer.
pub(super) fn recording(node: &Node<'_>, source: &str) -> Result<Recording, Slip> {
    if let Some(error) = down(node, &["Response", "Error"]) {
        let text = status(error, "Message").or_else(|| status(error, "Code")).unwrap_or_default();
        return Err(Slip::unfinished(error, &text).under("Response.Error"));
    }
    if let Some(items) = node.items() {
        return DETAIL.all(items, "", source).map(Recording::of);
    }
    if node.has("flash_result") {
        return flash(node, source);
    }
    let (task, path) = task(node).unwrap_or((node, String::new()));
    let read = answer(task, source);
    read.map_err(|slip| if path.is_empty() { slip } else { slip.under(path) }).map(Recording::of)
}

fn answer(task: &Node<'_>, source: &str) -> Result<Vec<Utterance>, Slip> {
    let detail = task.get("ResultDetail");
    if detail.is_some_and(|value| value.items().is_none_or(|items| !items.is_empty())) {
        return DETAIL.all(list(task, "ResultDetail")?, "ResultDetail", source);
    }
    let result = task.get("Result");
    if let Some(text) = result.and_then(Node::as_text).filter(|text| !text.text().trim().is_empty()) {
        return Ok(said(&text.cut(), source, task));
    }
    let wrong = |value: &&Node<'_>| !matches!(value.value, Value::Text(_));
    if let Some(value) = result.filter(wrong) {
        return Err(Slip::wrong(value, "Result", "string"));
    }
    let message =
        status(task, "ErrorMsg").or_else(|| status(task, "StatusStr").filter(|text| text != "success"));
    match message {
        Some(text) => Err(Slip::unfinished(task, &text)),
        None if detail.is_some() || result.is_some() => Ok(Vec::new()),
        None => Err(Slip::missing(task, "ResultDetail")),
    }
}

/// The lines of `Result`: `[0:0.000,0:2.000,0]  …`, the last number being the speaker or the channel.
fn said(cut: &super::super::cut::Cut, source: &str, task: &Node<'_>) -> Vec<Utterance> {
    let text = cut.text(source);
    let mut out = Vec::new();
    for (start, end) in lines(&text) {
        let line = text.get(start..end).unwrap_or("");
        let lead = lead(line).filter(|lead| lead.time.is_some());
        let body = lead.map_or(0, |lead| lead.body);
        let words = cut.slice(offset(start + body), offset(end));
        out.push(Utterance {
            speaker: lead.map(|lead| lead.label.to_owned()).filter(|label| !label.is_empty()),
            clock: lead.and_then(|lead| lead.time).map(|(start, end)| {
                let end = end.unwrap_or(start).max(start);
                Clock { start, end }
            }),
            at: words.start().unwrap_or(task.span.start),
            cut: words,
            ..Utterance::default()
        });
    }
    out.retain(|one| !one.cut.text(source).trim().is_empty());
    out
}

/// `flash_result`, one a channel.
fn flash(node: &Node<'_>, source: &str) -> Result<Recording, Slip> {
    let read = |result: &Node<'_>| {
        let channel = label(result, "channel_id")?;
        let mut all = FLASH.all(list(result, "sentence_list")?, "sentence_list", source)?;
        all.iter_mut().for_each(|one| one.channel.clone_from(&channel));
        Ok(all)
    };
    let lists = each(list(node, "flash_result")?, "flash_result", read)?;
    Ok(Recording::of(lists.into_iter().flatten().collect()))
}
