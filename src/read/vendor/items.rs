//! `results` of Amazon Transcribe: items with times, in sentences where the service makes them (`audio_segments`), else
//! cut where the speaker changes, a sentence ends or nobody speaks for a second.
//!
//! The words are cut from `transcript`, where blanks stand between Latin words, as long as the items are what it
//! consists of; else from the items.

use super::super::cut::Cut;
use super::super::json::{Node, Slip};
use super::super::segments::{label, list, words};
use super::super::words::locate;
use super::fields::{Keys, SECONDS, Times, each, first};
use super::recording::Utterance;
use crate::text::Span;
use crate::transcript::{Clock, TimedWord};
use std::collections::HashMap;

const TIMES: Times = Times { start: "start_time", end: "end_time", length: false, unit: SECONDS };

const SEGMENT: Keys = Keys {
    text: "transcript",
    times: TIMES,
    speaker: "speaker_label",
    channel: "channel_label",
    words: None,
};

/// Silence that ends a sentence, in milliseconds.
const SILENCE: u64 = 1000;

/// A word or a mark.
struct Item {
    cut: Cut,
    text: String,
    id: Option<String>,
    speaker: Option<String>,
    channel: Option<String>,
    /// Nothing for a mark.
    clock: Option<Clock>,
    at: u32,
    /// Where it stands in the transcript.
    place: (u32, u32),
}

/// The sentences of `results`.
pub(super) fn utterances(node: &Node<'_>, source: &str) -> Result<Vec<Utterance>, Slip> {
    if first(node, &["audio_segments"]).is_some_and(|one| one.has("transcript")) {
        return segments(node, source);
    }
    let by_channel = node.get("channel_labels").filter(|_| !labelled(node));
    let mut all = match by_channel {
        Some(channels) => of_channels(channels, source).map_err(|slip| slip.under("channel_labels"))?,
        None => each(list(node, "items")?, "items", |one| item(one, source))?,
    };
    attribute(node, &mut all);
    let transcript = first(node, &["transcripts"]).map(|one| words(one, "transcript")).transpose();
    let transcript = transcript.map_err(|slip| slip.under("transcripts[0]"))?.flatten();
    let whole = transcript.filter(|cut| by_channel.is_none() && place(&mut all, &cut.text(source)));
    Ok(all.chunk_by(goes_on).map(|run| sentence(run, whole.as_ref())).collect())
}

/// Whether the items name their channel themselves.
fn labelled(node: &Node<'_>) -> bool {
    first(node, &["items"]).is_some_and(|one| one.has("channel_label"))
}

fn of_channels(node: &Node<'_>, source: &str) -> Result<Vec<Item>, Slip> {
    let lists = each(list(node, "channels")?, "channels", |channel| {
        let name = label(channel, "channel_label")?;
        let mut all = each(list(channel, "items")?, "items", |one| item(one, source))?;
        all.iter_mut().for_each(|one| one.channel.clone_from(&name));
        Ok(all)
    })?;
    Ok(lists.into_iter().flatten().collect())
}

fn item(node: &Node<'_>, source: &str) -> Result<Item, Slip> {
    let best = list(node, "alternatives")?.first().ok_or_else(|| Slip::missing(node, "alternatives"))?;
    let cut = words(best, "content").and_then(|cut| cut.ok_or_else(|| Slip::missing(best, "content")));
    let cut = cut.map_err(|slip| slip.under("alternatives[0]"))?;
    Ok(Item {
        text: cut.text(source).into_owned(),
        cut,
        id: label(node, "id")?,
        speaker: label(node, "speaker_label")?,
        channel: label(node, "channel_label")?,
        clock: TIMES.of(node),
        at: node.span.start,
        place: (0, 0),
    })
}

/// Gives each item its speaker: its own, or the one that `speaker_labels` names for its start; a mark that of the word
/// before it.
fn attribute(node: &Node<'_>, items: &mut [Item]) {
    let mut by_start = HashMap::new();
    let segments = node.get("speaker_labels").and_then(|labels| labels.get("segments"));
    for segment in segments.and_then(Node::items).unwrap_or(&[]) {
        for one in segment.get("items").and_then(Node::items).unwrap_or(&[]) {
            let name = label(one, "speaker_label").ok().flatten();
            let name = name.or_else(|| label(segment, "speaker_label").ok().flatten());
            if let (Some(clock), Some(name)) = (TIMES.of(one), name) {
                by_start.insert(clock.start, name);
            }
        }
    }
    let mut before = None;
    for one in items {
        let told = one.clock.and_then(|clock| by_start.get(&clock.start).cloned());
        one.speaker = one.speaker.take().or(told);
        if one.clock.is_none() && one.speaker.is_none() {
            one.speaker.clone_from(&before);
        }
        before.clone_from(&one.speaker);
    }
}

/// Finds each item in the transcript; `false` where the transcript does not consist of them.
fn place(items: &mut [Item], said: &str) -> bool {
    let mut at = 0;
    for one in items {
        let rest = said.get(at..).unwrap_or("");
        let start = at + (rest.len() - rest.trim_start().len());
        if !said.get(start..).is_some_and(|rest| rest.starts_with(one.text.as_str())) {
            return false;
        }
        at = start + one.text.len();
        let span = Span::<crate::text::Said>::of(start..at);
        one.place = (span.start, span.end);
    }
    said.get(at..).is_some_and(|rest| rest.trim().is_empty())
}

/// Whether two items that follow each other belong to one sentence.
fn goes_on(a: &Item, b: &Item) -> bool {
    if (&a.speaker, &a.channel) != (&b.speaker, &b.channel) {
        return false;
    }
    let ends = matches!(a.text.trim(), "。" | "？" | "！" | "." | "?" | "!");
    let silence = a.clock.zip(b.clock).is_some_and(|(a, b)| b.start.saturating_sub(a.end) >= SILENCE);
    !ends && !silence || b.clock.is_none()
}

/// One sentence of items; cut from the whole transcript where they have places in it.
fn sentence(run: &[Item], whole: Option<&Cut>) -> Utterance {
    let mut one = Utterance::default();
    for item in run {
        one.add(&item.cut, item.clock);
    }
    if let Some(first) = run.first() {
        one.at = first.at;
        one.speaker.clone_from(&first.speaker);
        one.channel.clone_from(&first.channel);
    }
    if let (Some(whole), [first, ..], [.., last]) = (whole, run, run) {
        one.cut = whole.slice(first.place.0, last.place.1);
        let timed = run.iter().filter_map(|item| Some((item.place, item.clock?)));
        let span = |(from, to): (u32, u32)| Span::new(from - first.place.0, to - first.place.0);
        one.words = timed.map(|(place, clock)| TimedWord { span: span(place), clock }).collect();
    }
    one
}

/// `audio_segments`: their items are named by number.
fn segments(node: &Node<'_>, source: &str) -> Result<Vec<Utterance>, Slip> {
    let items = match node.get("items") {
        Some(_) => each(list(node, "items")?, "items", |one| item(one, source))?,
        None => Vec::new(),
    };
    let by_id: HashMap<&str, &Item> =
        items.iter().filter_map(|one| Some((one.id.as_deref()?, one))).collect();
    each(list(node, "audio_segments")?, "audio_segments", |segment| {
        let mut one = SEGMENT.utterance(segment, source)?;
        let (said, mut at) = (one.cut.text(source).into_owned(), 0);
        for id in segment.get("items").and_then(Node::items).unwrap_or(&[]) {
            let name = id.as_number().map(|number| number.to_string());
            let name = name.or_else(|| id.as_text().map(|text| text.text().into_owned()));
            let Some(item) = name.and_then(|name| by_id.get(name.as_str()).copied()) else { continue };
            let (Some(clock), Some((from, to))) = (item.clock, locate(&said, at, &item.text)) else {
                continue;
            };
            at = to;
            one.words.push(TimedWord { span: Span::of(from..to), clock });
        }
        Ok(one)
    })
}
