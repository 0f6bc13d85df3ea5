//! iFlytek: transcription of recordings, first version (a list with `onebest`, in an envelope as a JSON string or by
//! itself) and second (`orderResult`, a lattice whose sentences are JSON strings again), and messages of the real-time
//! service. Times are milliseconds, those of words frames of 10 ms from the start of their sentence.

use super::super::json::{Nested, Node, Slip, Text, Value};
use super::super::segments::{label, list};
use super::fields::{Keys, Times, WordKeys, down, each, first, status, time};
use super::log::Message;
use super::recording::{Recording, Utterance};
use crate::transcript::Clock;

const FRAME: f64 = 10.0;

const ONEBEST: Keys = Keys {
    text: "onebest",
    times: Times::ms("bg", "ed"),
    speaker: "speaker",
    channel: "",
    words: Some(WordKeys {
        list: "wordsResultList",
        text: "wordsName",
        times: Times { start: "wordBg", end: "wordEd", length: false, unit: FRAME },
        relative: true,
    }),
};

/// Whether the keys are iFlytek's.
pub(super) fn fits(node: &Node<'_>) -> bool {
    let sentence = |item: &Node<'_>| item.has("onebest");
    let inner = |text: &Text<'_>| ["\"onebest\"", "\"cw\""].iter().any(|key| text.text().contains(key));
    first(node, &[]).is_some_and(sentence)
        || first(node, &["data"]).is_some_and(sentence)
        || node.get("data").and_then(Node::as_text).is_some_and(inner)
        || node.has("err_no") && node.has("failed")
        || ["orderResult", "lattice", "lattice2"].iter().any(|key| node.has(key))
        || node.get("content").is_some_and(|one| one.has("orderResult") || one.has("orderInfo"))
}

/// Reads one answer.
pub(super) fn recording(node: &Node<'_>, source: &str) -> Result<Recording, Slip> {
    let mut all = answer(node, source)?;
    for one in &mut all {
        // Nobody: voices were not told apart.
        one.speaker = one.speaker.take().filter(|name| name != "0");
    }
    Ok(Recording::of(all))
}

/// A message of the real-time service; those that only open or close the stream say nothing.
pub(super) fn message(node: &Node<'_>, source: &str) -> Option<Message> {
    if !(node.has("action") && node.has("data")) {
        return None;
    }
    let Some(text) = node.get("data").and_then(Node::as_text).filter(|text| text.text().contains("\"cn\""))
    else {
        return Some(Ok(Vec::new()));
    };
    // `type` is 0 for what is final, 1 for what may change.
    let last = Nested::new(text).node().is_ok_and(|inner| {
        down(&inner, &["cn", "st"]).and_then(|st| status(st, "type")).is_none_or(|kind| kind == "0")
    });
    let read = inner(node, "data", source);
    Some(read.map(|all| all.into_iter().map(|one| (one, last)).collect()))
}

fn answer(node: &Node<'_>, source: &str) -> Result<Vec<Utterance>, Slip> {
    if let Some(content) = node.get("content") {
        return match content.get("orderResult").filter(|value| !is_blank(value)) {
            Some(_) => inner(content, "orderResult", source).map_err(|slip| slip.under("content")),
            None => Err(Slip::unfinished(node, &refusal(node))),
        };
    }
    if node.has("orderResult") {
        return inner(node, "orderResult", source);
    }
    match node.get("data").filter(|value| !is_blank(value)) {
        Some(_) => inner(node, "data", source),
        None if node.has("data") => Err(Slip::unfinished(node, &refusal(node))),
        None => result(node, source),
    }
}

fn is_blank(value: &Node<'_>) -> bool {
    value.as_text().is_some_and(|text| text.text().trim().is_empty())
}

/// What the service says instead of a result.
fn refusal(node: &Node<'_>) -> String {
    let order = down(node, &["content", "orderInfo"]).and_then(|order| status(order, "status"));
    let said = ["failed", "descInfo", "desc", "err_no"].iter().find_map(|key| status(node, key));
    match (order, said) {
        (Some(order), said) => {
            format!("orderInfo.status {order} {}", said.unwrap_or_default()).trim_end().to_owned()
        }
        (None, said) => said.unwrap_or_default(),
    }
}

/// What `field` holds: a result, or a string of it.
fn inner(node: &Node<'_>, field: &'static str, source: &str) -> Result<Vec<Utterance>, Slip> {
    let Some(value) = node.get(field) else { return Err(Slip::missing(node, field)) };
    let read = match value.as_text() {
        Some(text) => nested(text, result),
        None => result(value, source),
    };
    read.map_err(|slip| slip.under(field))
}

/// Reads what a string holds with `read`, and leads all places back.
fn nested(
    text: &Text<'_>,
    read: fn(&Node<'_>, &str) -> Result<Vec<Utterance>, Slip>,
) -> Result<Vec<Utterance>, Slip> {
    let nested = Nested::new(text);
    let node = nested.node()?;
    let mut all = read(&node, nested.text()).map_err(|slip| nested.slip(slip))?;
    for one in &mut all {
        one.cut = nested.lift(&one.cut);
        one.at = nested.place(one.at);
    }
    Ok(all)
}

fn result(node: &Node<'_>, source: &str) -> Result<Vec<Utterance>, Slip> {
    if let Some(items) = node.items() {
        return ONEBEST.all(items, "", source);
    }
    if let Some(cn) = node.get("cn") {
        return sentence(cn).map(|one| vec![one]).map_err(|slip| slip.under("cn"));
    }
    let field = if node.has("lattice") || !node.has("lattice2") { "lattice" } else { "lattice2" };
    let lists = each(list(node, field)?, field, best)?;
    Ok(lists.into_iter().flatten().collect())
}

/// `json_1best`: a sentence, or a string of it.
fn best(node: &Node<'_>) -> Result<Vec<Utterance>, Slip> {
    let value = node.get("json_1best").ok_or_else(|| Slip::missing(node, "json_1best"))?;
    let read = match &value.value {
        Value::Text(text) => nested(text, |node, _| sentence(node).map(|one| vec![one])),
        Value::Map(_) => sentence(value).map(|one| vec![one]),
        _ => return Err(Slip::wrong(value, "json_1best", "string | object")),
    };
    read.map_err(|slip| slip.under("json_1best"))
}

/// `st`: its words are the best of each choice.
fn sentence(node: &Node<'_>) -> Result<Utterance, Slip> {
    let st = node.get("st").ok_or_else(|| Slip::missing(node, "st"))?;
    spoken(st).map_err(|slip| slip.under("st"))
}

fn spoken(st: &Node<'_>) -> Result<Utterance, Slip> {
    let start = time(st, "bg", 1.0);
    let mut one = Utterance { at: st.span.start, speaker: label(st, "rl")?, ..Utterance::default() };
    each(list(st, "rt")?, "rt", |rt| {
        each(list(rt, "ws")?, "ws", |ws| {
            let clock = start.and_then(|start| frames(ws, start));
            each(list(ws, "cw")?.get(..1).unwrap_or(&[]), "cw", |cw| {
                let value = cw.get("w").ok_or_else(|| Slip::missing(cw, "w"))?;
                let word = value.as_text().ok_or_else(|| Slip::wrong(value, "w", "string"))?;
                one.add(&word.cut(), clock);
                Ok(())
            })
        })
    })?;
    // The real-time service writes an end of 0: then it is that of the last word.
    let heard = one.clock.map(|clock| clock.end);
    let end = time(st, "ed", 1.0).filter(|end| Some(*end) > start).or(heard);
    one.clock = start.map(|start| Clock { start, end: end.unwrap_or(start).max(start) }).or(one.clock);
    Ok(one)
}

/// The time of a word; nothing for a mark, which takes none.
fn frames(ws: &Node<'_>, start: u64) -> Option<Clock> {
    let (from, to) = (time(ws, "wb", FRAME)?, time(ws, "we", FRAME)?);
    (to > from).then_some(Clock { start: start + from, end: start + to })
}
