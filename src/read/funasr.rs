//! JSON of FunASR: AutoModel (`sentence_info`), the command line (`segments`), and the runtime (`stamp_sents`), as one
//! result, a list of them, or one a line as a websocket client logs them. Times are milliseconds.
//!
//! Results with the same `key` (or `wav_name`) are one conversation. Partial results (`online`) give way to final ones.
//! Tags such as `<|zh|><|NEUTRAL|>` are not speech. The runtime writes the keys of `stamp_sents` in alphabetical order,
//! so a sentence's mark stands before its words in the file; the words are therefore cut from `text`, where both stand
//! in order, and `stamp_sents` gives the times.

use super::cut::Cut;
use super::json::{Node, Slip, Value};
use super::segments::{Unit, label, say, words};
use super::turns::{Join, Turns, Who};
use crate::text::SourceText;
use crate::transcript::{Clock, Transcript};
use std::collections::HashMap;

/// Conversations in the making, by key.
pub(super) struct Results<'a> {
    source: &'a SourceText,
    list: Vec<Recording<'a>>,
    by_key: HashMap<String, usize>,
    /// Whether results without a key belong together: those of a log do.
    log: bool,
}

struct Recording<'a> {
    turns: Turns<'a>,
    final_seen: bool,
    partial: bool,
    /// Whether a result of it could not be read, which has been said.
    failed: bool,
}

impl<'a> Results<'a> {
    /// No results yet; `log` where each line of a file is one.
    pub(super) fn new(source: &'a SourceText, log: bool) -> Self {
        Results { source, list: Vec::new(), by_key: HashMap::new(), log }
    }

    /// Adds one result.
    pub(super) fn add(&mut self, node: &Node<'_>) -> Result<(), Slip> {
        let key = match label(node, "key")? {
            Some(key) => Some(key),
            None => label(node, "wav_name")?,
        };
        let mode = node.get("mode").and_then(Node::as_text).map(|mode| mode.text());
        let partial = mode.is_some_and(|mode| mode.ends_with("online"));
        let source = self.source.text();
        let index = self.recording(key);
        let Some(recording) = self.list.get_mut(index) else {
            return Ok(());
        };
        if partial && recording.final_seen {
            return Ok(());
        }
        if !partial && recording.partial {
            let id = recording.turns.about().id.take();
            recording.turns = Turns::new(source);
            recording.turns.about().id = id;
        }
        recording.partial = partial;
        recording.final_seen |= !partial;
        let read = result(node, source, &mut recording.turns);
        recording.failed |= read.is_err();
        read
    }

    /// Adds the sentences of one recording, which stand by themselves.
    pub(super) fn sentences(&mut self, items: &[Node<'_>]) -> Result<(), Slip> {
        let index = self.recording(None);
        let source = self.source.text();
        let Some(recording) = self.list.get_mut(index) else { return Ok(()) };
        let read = all(items, "", source, &mut recording.turns);
        recording.failed |= read.is_err();
        read
    }

    /// The index of the recording with that key, new or known.
    fn recording(&mut self, key: Option<String>) -> usize {
        let known = key.as_deref().unwrap_or("");
        let index = self.by_key.get(known).copied().filter(|_| key.is_some() || self.log);
        let index = index.unwrap_or(self.list.len());
        if index == self.list.len() {
            self.by_key.insert(known.to_owned(), index);
            let mut turns = Turns::new(self.source.text());
            turns.about().id = key;
            self.list.push(Recording { turns, final_seen: false, partial: false, failed: false });
        }
        index
    }

    /// The conversations in which somebody speaks, each with an id where there are several, and the ids of the others.
    pub(super) fn finish(self) -> (Vec<Transcript>, Vec<String>) {
        let several = self.list.len() > 1;
        let (mut out, mut silent) = (Vec::with_capacity(self.list.len()), Vec::new());
        for (mut recording, number) in self.list.into_iter().zip(1u32..) {
            let id = recording.turns.about().id.clone().or_else(|| several.then(|| number.to_string()));
            match recording.turns.finish() {
                Some(conversation) => out.push(Transcript { id, ..conversation }),
                None if !recording.failed => silent.push(id.unwrap_or_default()),
                None => {}
            }
        }
        (out, silent)
    }
}

fn result(node: &Node<'_>, source: &str, turns: &mut Turns<'_>) -> Result<(), Slip> {
    if !matches!(node.value, Value::Map(_)) {
        return Err(Slip::wrong(node, "", "object"));
    }
    for field in ["sentence_info", "segments"] {
        if let Some(items) = node.get(field).and_then(Node::items).filter(|items| !items.is_empty()) {
            return all(items, field, source, turns);
        }
    }
    match node.get("stamp_sents").and_then(Node::items).filter(|items| !items.is_empty()) {
        Some(stamps) => stamped(node, stamps, source, turns),
        None => whole(node, source, turns),
    }
}

fn all(items: &[Node<'_>], field: &str, source: &str, turns: &mut Turns<'_>) -> Result<(), Slip> {
    for (i, item) in items.iter().enumerate() {
        sentence(item, source, turns).map_err(|slip| slip.under(format_args!("{field}[{i}]")))?;
    }
    Ok(())
}

/// An item of `sentence_info`: the words are in `text`, or in `sentence` where the voice activity cut them.
fn sentence(node: &Node<'_>, source: &str, turns: &mut Turns<'_>) -> Result<(), Slip> {
    let cut = match words(node, "text")? {
        Some(cut) => Some(cut),
        None => words(node, "sentence")?,
    };
    let cut = untagged(&cut.ok_or_else(|| Slip::missing(node, "text"))?, source);
    let speaker = match label(node, "spk")? {
        Some(name) => Some(name),
        None => label(node, "speaker")?,
    };
    let speaker = speaker.map(|name| turns.speaker(&name));
    let clock = Unit::Milliseconds.clock(node, "start", "end");
    let timed = super::words::tokens(&cut.text(source), &stamps(node));
    say(turns, Who { speaker, clock, join: Join::Close, ..Who::default() }, &cut, &timed, node.span.start);
    Ok(())
}

/// A result of words only.
fn whole(node: &Node<'_>, source: &str, turns: &mut Turns<'_>) -> Result<(), Slip> {
    let Some(cut) = words(node, "text")? else {
        return Err(Slip::missing(node, "text"));
    };
    let cut = untagged(&cut, source);
    let times = stamps(node);
    let clock =
        times.first().zip(times.last()).map(|(first, last)| Clock { start: first.start, end: last.end });
    let timed = super::words::tokens(&cut.text(source), &times);
    say(turns, Who { clock, join: Join::Close, ..Who::default() }, &cut, &timed, node.span.start);
    Ok(())
}

/// The stretches of `timestamp`: a list of pairs, or the same in a string.
fn stamps(node: &Node<'_>) -> Vec<Clock> {
    let Some(value) = node.get("timestamp") else {
        return Vec::new();
    };
    let pair = |start: f64, end: f64| {
        let start = super::clock::milliseconds(start)?;
        Some(Clock { start, end: super::clock::milliseconds(end)?.max(start) })
    };
    if let Some(text) = value.as_text() {
        let text = text.text();
        let numbers: Vec<f64> = text
            .split(|c: char| !c.is_ascii_digit() && c != '.')
            .filter_map(|number| number.parse().ok())
            .collect();
        return numbers.as_chunks::<2>().0.iter().filter_map(|[start, end]| pair(*start, *end)).collect();
    }
    let clock = |item: &Node<'_>| match item.items()? {
        [start, end, ..] => pair(start.as_number()?, end.as_number()?),
        _ => None,
    };
    value.items().unwrap_or(&[]).iter().filter_map(clock).collect()
}

/// The sentences of the runtime: times from `stamp_sents`, words from `text` where the two agree.
fn stamped(node: &Node<'_>, stamps: &[Node<'_>], source: &str, turns: &mut Turns<'_>) -> Result<(), Slip> {
    let all = words(node, "text")?.map(|cut| untagged(&cut, source)).unwrap_or_default();
    let mut parts = Vec::with_capacity(stamps.len());
    for (i, stamp) in stamps.iter().enumerate() {
        let cut =
            words(stamp, "text_seg").and_then(|cut| cut.ok_or_else(|| Slip::missing(stamp, "text_seg")));
        parts.push(cut.map_err(|slip| slip.under(format_args!("stamp_sents[{i}]")))?);
    }
    let ends = align(&all.text(source), parts.iter().map(|part| part.text(source)));
    let mut from = 0;
    for (i, (stamp, part)) in stamps.iter().zip(&parts).enumerate() {
        let cut = match ends.as_ref().and_then(|ends| ends.get(i)) {
            Some(end) => all.slice(std::mem::replace(&mut from, *end), *end),
            None => unspaced(part, source),
        };
        let clock = Unit::Milliseconds.clock(stamp, "start", "end");
        say(turns, Who { clock, join: Join::Close, ..Who::default() }, &cut, &[], stamp.span.start);
    }
    Ok(())
}

/// Where in `all` each part ends, its marks included; nothing where the parts are not what `all` consists of.
fn align<S: AsRef<str>>(all: &str, parts: impl Iterator<Item = S>) -> Option<Vec<u32>> {
    let mut rest = all.char_indices().filter(|(_, c)| c.is_alphanumeric()).peekable();
    let mut ends = Vec::new();
    for part in parts {
        for c in part.as_ref().chars().filter(|c| c.is_alphanumeric()) {
            rest.next().filter(|(_, other)| *other == c)?;
        }
        let end = rest.peek().map_or(all.len(), |(at, _)| *at);
        ends.push(u32::try_from(end).ok()?);
    }
    rest.next().is_none().then_some(ends)
}

/// Without the blanks between the characters of `text_seg`.
fn unspaced(cut: &Cut, source: &str) -> Cut {
    let mut out = Cut::default();
    let mut at = 0u32;
    for c in cut.text(source).chars() {
        let end = at + u32::try_from(c.len_utf8()).unwrap_or(0);
        if !c.is_whitespace() {
            out.append(&cut.slice(at, end));
        }
        at = end;
    }
    out
}

/// Without tags such as `<|zh|>`.
fn untagged(cut: &Cut, source: &str) -> Cut {
    let said = cut.text(source);
    if !said.contains("<|") {
        return cut.clone();
    }
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (mut out, mut kept, mut at) = (Cut::default(), 0, 0);
    while let Some(found) = said.get(at..).and_then(|rest| rest.find("<|")) {
        at += found;
        match said.get(at + 2..).and_then(|rest| rest.bytes().take(40).position(|byte| byte == b'|')) {
            Some(len) if said.as_bytes().get(at + 2 + len + 1) == Some(&b'>') => {
                out.append(&cut.slice(small(kept), small(at)));
                at += len + 4;
                kept = at;
            }
            _ => at += 2,
        }
    }
    out.append(&cut.slice(small(kept), small(said.len())));
    out
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::oracle::{checked, lines};
    use crate::transcript::Times;

    #[test]
    fn sentences_with_speakers_and_times_of_characters() {
        let text = r#"[{"key":"k1","text":"x","sentence_info":[
            {"text":"您好，","start":100,"end":500,"timestamp":[[100,300],[300,500]],"spk":0},
            {"sentence":"<|zh|><|NEUTRAL|>请坐。","start":600,"end":900,"spk":0},
            {"text":["好","的"],"start":1000,"end":1200,"spk":1}]}]"#;
        assert_eq!(lines(text, "a.json"), ["0: 您好，请坐。", "1: 好的"]);
        let document = checked(text.as_bytes(), "a.json").unwrap();
        let conversation = &document.conversations[0];
        assert_eq!((document.format, conversation.id.as_deref()), (Format::FunAsr, Some("k1")));
        assert_eq!((conversation.times, conversation.turns[0].words.len()), (Times::Word, 2));
        assert!(conversation.overlap);
    }

    #[test]
    fn several_recordings_are_several_conversations() {
        let text = r#"[{"key":"a","text":"<|zh|>一","timestamp":[[0,9]]},{"key":"b","text":"二 <|en|> 三"}]"#;
        let document = checked(text.as_bytes(), "a.json").unwrap();
        let ids: Vec<_> = document.conversations.iter().map(|c| c.id.as_deref().unwrap()).collect();
        assert_eq!(ids, ["a", "b"]);
    }

    #[test]
    fn the_command_line_and_the_runtime() {
        let text = r#"{"key":"d","text":"您好再见","segments":[{"start":0,"end":900,"text":"您好。"},{"start":900,"end":1800,"text":"再见"}],"duration_s":1.8}"#;
        assert_eq!(lines(text, "a.json"), ["-: 您好。", "-: 再见"]);
        let text = r#"{"is_final":true,"mode":"offline","stamp_sents":[{"end":900,"punc":"，","start":0,"text_seg":"您 好"},{"end":2900,"punc":"。","start":2000,"text_seg":"请 坐"}],"text":"您好，请坐。","wav_name":"w"}"#;
        assert_eq!(lines(text, "a.json"), ["-: 您好，", "-: 请坐。"]);
        let text = r#"{"stamp_sents":[{"text_seg":"正 是","punc":",","start":430,"end":1130}]}"#;
        assert_eq!(lines(text, "a.json"), ["-: 正是"]);
    }

    #[test]
    fn a_log_is_one_conversation_and_partial_results_give_way() {
        let text = "{\"mode\":\"2pass-online\",\"text\":\"你\",\"wav_name\":\"w\",\"is_final\":false}\n\
                    {\"mode\":\"2pass-offline\",\"text\":\"你好。\",\"wav_name\":\"w\",\"is_final\":false,\"timestamp\":\"[[0,200],[200,500]]\"}\n\
                    {\"mode\":\"2pass-online\",\"text\":\"再\",\"wav_name\":\"w\",\"is_final\":false}\n\
                    {\"mode\":\"2pass-offline\",\"text\":\"再见。\",\"wav_name\":\"w\",\"is_final\":true,\"timestamp\":\"[[900,1000],[1000,1500]]\"}\n";
        let document = checked(text.as_bytes(), "a.txt").unwrap();
        assert_eq!((document.format, document.conversations.len()), (Format::FunAsr, 1));
        assert_eq!(lines(text, "a.txt"), ["-: 你好。", "-: 再见。"]);
        assert_eq!(document.conversations[0].times, Times::Word);
    }

    #[test]
    fn errors_name_the_sentence() {
        let text = r#"[{"key":"a","sentence_info":[{"text":1,"start":0,"end":1}]}]"#;
        let error = checked(text.as_bytes(), "a.json").unwrap_err().to_string();
        assert!(error.contains("[0].sentence_info[0].text: expected string"), "{error}");
    }
}
