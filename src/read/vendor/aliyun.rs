//! Aliyun: recording-file transcription (`Sentences`, in an envelope or by themselves, with `Words` beside them),
//! DashScope (`transcripts`, one a channel), Tingwu (`Paragraphs` of words), and the dialogues of call analysis
//! (`dialogue.sentences`). Times are milliseconds.

use super::super::json::{Node, Slip};
use super::super::segments::{label, list};
use super::super::words::locate;
use super::fields::{Keys, Times, WordKeys, down, each, first, role, status};
use super::recording::{Recording, Utterance};
use super::wecom::joined;
use crate::text::Span;
use crate::transcript::{Clock, TimedWord};

const FILE: Keys = Keys {
    text: "Text",
    times: Times::ms("BeginTime", "EndTime"),
    speaker: "SpeakerId",
    channel: "ChannelId",
    words: None,
};

const DASHSCOPE: Keys = Keys {
    text: "text",
    times: Times::ms("begin_time", "end_time"),
    speaker: "speaker_id",
    channel: "",
    words: Some(WordKeys {
        list: "words",
        text: "text",
        times: Times::ms("begin_time", "end_time"),
        relative: false,
    }),
};

/// Whether the keys are Aliyun's.
pub(super) fn fits(node: &Node<'_>) -> bool {
    let sentence = |item: &Node<'_>| item.has("Text") && item.has("BeginTime");
    let results = |item: &Node<'_>| item.has("sentences") || item.has("channel_id");
    first(node, &[]).is_some_and(sentence)
        || node.has("Sentences")
        || down(node, &["Result", "Sentences"]).is_some()
        || node.has("StatusText") && node.has("TaskId")
        || first(node, &["transcripts"]).is_some_and(results)
        || node.has("transcripts") && node.has("file_url")
        || paragraphs(node).is_some()
        || down(node, &["dialogue", "sentences"]).is_some()
}

/// Reads one answer.
pub(super) fn recording(node: &Node<'_>, source: &str) -> Result<Recording, Slip> {
    if let Some(items) = node.items() {
        return FILE.all(items, "", source).map(Recording::of);
    }
    if node.has("transcripts") {
        return dashscope(node, source);
    }
    if let Some((holder, path)) = paragraphs(node) {
        let read = each(list(holder, "Paragraphs")?, "Paragraphs", tingwu);
        return read.map_err(|slip| if path.is_empty() { slip } else { slip.under(path) }).map(flat);
    }
    if let Some(dialogue) = node.get("dialogue") {
        let read = each(list(dialogue, "sentences")?, "sentences", spoken);
        return read.map_err(|slip| slip.under("dialogue")).map(Recording::of);
    }
    match node.get("Result") {
        Some(result) => file(result, source).map_err(|slip| slip.under("Result")),
        None => match status(node, "StatusText").filter(|text| text != "SUCCESS") {
            Some(text) => Err(Slip::unfinished(node, &text)),
            None => file(node, source),
        },
    }
    .map(Recording::of)
}

/// `Sentences`, and `Words` beside them.
fn file(node: &Node<'_>, source: &str) -> Result<Vec<Utterance>, Slip> {
    let mut all = FILE.all(list(node, "Sentences")?, "Sentences", source)?;
    let words = node.get("Words").and_then(Node::items).unwrap_or(&[]);
    let mut timed: Vec<_> = words.iter().filter_map(word).collect();
    timed.sort_by(|a, b| (&a.0, a.1.start).cmp(&(&b.0, b.1.start)));
    for one in &mut all {
        one.words = within(one, &timed, source);
    }
    Ok(all)
}

/// Channel, time and text of a word.
type Word<'a> = (Option<String>, Clock, std::borrow::Cow<'a, str>);

fn word<'a>(node: &Node<'a>) -> Option<Word<'a>> {
    let text = node.get("Word")?.as_text()?.text();
    Some((label(node, "ChannelId").ok()?, FILE.times.of(node)?, text))
}

/// The words of `timed` that were said on the channel and in the time of a sentence.
fn within(one: &Utterance, timed: &[Word<'_>], source: &str) -> Vec<TimedWord> {
    let Some(clock) = one.clock else { return Vec::new() };
    let from = timed.partition_point(|(c, t, _)| (c, t.start) < (&one.channel, clock.start));
    let to = timed.partition_point(|(c, t, _)| (c, t.start) < (&one.channel, clock.end));
    let (said, mut at, mut out) = (one.cut.text(source), 0, Vec::new());
    for (_, clock, word) in timed.get(from..to).unwrap_or(&[]) {
        if let Some((start, end)) = locate(&said, at, word) {
            at = end;
            out.push(TimedWord { span: Span::of(start..end), clock: *clock });
        }
    }
    out
}

/// `transcripts`, one a channel.
fn dashscope(node: &Node<'_>, source: &str) -> Result<Recording, Slip> {
    let read = |transcript: &Node<'_>| {
        let channel = label(transcript, "channel_id")?;
        let mut all = match transcript.get("sentences") {
            Some(_) => DASHSCOPE.all(list(transcript, "sentences")?, "sentences", source)?,
            None => vec![DASHSCOPE.utterance(transcript, source)?],
        };
        all.iter_mut().for_each(|one| one.channel.clone_from(&channel));
        Ok(all)
    };
    each(list(node, "transcripts")?, "transcripts", read).map(flat)
}

fn flat(lists: Vec<Vec<Utterance>>) -> Recording {
    Recording::of(lists.into_iter().flatten().collect())
}

/// The object that holds Tingwu's `Paragraphs`, and the path to it.
fn paragraphs<'n, 'a>(node: &'n Node<'a>) -> Option<(&'n Node<'a>, &'static str)> {
    let holders = [(Some(node), ""), (node.get("Transcription"), "Transcription")];
    holders.into_iter().find_map(|(holder, path)| Some((holder?, path)).filter(|(h, _)| h.has("Paragraphs")))
}

/// A paragraph of Tingwu: its words, sentence by sentence.
fn tingwu(node: &Node<'_>) -> Result<Vec<Utterance>, Slip> {
    let speaker = label(node, "SpeakerId")?;
    let words = list(node, "Words")?;
    let sentence = |word: &Node<'_>| label(word, "SentenceId").ok().flatten();
    let (mut out, mut from) = (Vec::new(), 0);
    for group in words.chunk_by(|a, b| sentence(a) == sentence(b)) {
        let mut one = joined(group, ("Text", Times::ms("Start", "End")), ("Words", from))?;
        from += group.len();
        one.speaker.clone_from(&speaker);
        out.push(one);
    }
    Ok(out)
}

/// A sentence of a dialogue: `role` and `text`.
fn spoken(node: &Node<'_>) -> Result<Utterance, Slip> {
    const SAID: Keys = Keys {
        text: "text",
        times: Times::ms("beginTime", "endTime"),
        speaker: "role",
        channel: "",
        words: None,
    };
    let mut one = SAID.utterance(node, "")?;
    one.role = one.speaker.as_deref().and_then(role);
    Ok(one)
}
