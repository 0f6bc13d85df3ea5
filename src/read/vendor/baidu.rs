//! Baidu: `tasks_info`, one recording a task; `detailed_result` names no speaker. Times are milliseconds.

use super::super::json::{Node, Slip};
use super::super::segments::{label, list, words};
use super::Read;
use super::fields::{Keys, Times, status};
use super::recording::{Recording, Utterance};

const KEYS: Keys =
    Keys { text: "res", times: Times::ms("begin_time", "end_time"), speaker: "", channel: "", words: None };

/// Whether the keys are Baidu's.
pub(super) fn fits(node: &Node<'_>) -> bool {
    node.has("tasks_info") || node.has("detailed_result") || node.has("error_code") && node.has("error_msg")
}

/// The recordings of one answer.
pub(super) fn recordings(node: &Node<'_>, source: &str) -> Result<Vec<Read>, Slip> {
    if let Some(text) = status(node, "error_msg").filter(|_| !node.has("tasks_info")) {
        return Err(Slip::unfinished(node, &text));
    }
    if node.has("detailed_result") {
        return Ok(vec![result(node, source).map(Recording::of)]);
    }
    let tasks = list(node, "tasks_info")?.iter().enumerate();
    let read = |(i, one)| task(one, source).map_err(|slip| slip.under(format_args!("tasks_info[{i}]")));
    Ok(tasks.map(read).collect())
}

fn task(node: &Node<'_>, source: &str) -> Read {
    let id = label(node, "task_id")?;
    let Some(found) = node.get("task_result") else {
        return Err(match status(node, "task_status") {
            Some(text) => Slip::unfinished(node, &text),
            None => Slip::missing(node, "task_result"),
        });
    };
    if let Some(text) = status(found, "err_msg").filter(|_| !found.has("result")) {
        return Err(Slip::unfinished(found, &text).under("task_result"));
    }
    let utterances = result(found, source).map_err(|slip| slip.under("task_result"))?;
    Ok(Recording { id, utterances })
}

/// `detailed_result`, or where there is none the words alone.
fn result(node: &Node<'_>, source: &str) -> Result<Vec<Utterance>, Slip> {
    if node.has("detailed_result") {
        return KEYS.all(list(node, "detailed_result")?, "detailed_result", source);
    }
    let cut = words(node, "result")?.ok_or_else(|| Slip::missing(node, "detailed_result"))?;
    Ok(vec![Utterance { cut, at: node.span.start, ..Utterance::default() }])
}
