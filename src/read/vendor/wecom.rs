//! Minutes of WeCom and Tencent Meeting (`paragraphs`): sentences are lists of words and have no text of their own.
//! Times are milliseconds.

use super::super::json::{Node, Slip};
use super::super::segments::{label, list};
use super::fields::{Times, down, each, first, status};
use super::recording::{Recording, Utterance};
use crate::text::Span;
use crate::transcript::{Clock, TimedWord};

const TIMES: Times = Times::ms("start_time", "end_time");
/// Who speaks: a name, or what stands for one.
const NAMES: &[&str] =
    &["username", "user_name", "nick_name", "name", "userid", "tmp_openid", "openId", "ms_open_id"];
/// Where the paragraphs may stand.
const PATHS: &[&str] = &["transcripts", "minutes"];

/// Whether the keys are those of meeting minutes.
pub(super) fn fits(node: &Node<'_>) -> bool {
    PATHS.iter().any(|path| down(node, &[path, "paragraphs"]).is_some())
        || first(node, &["paragraphs"]).is_some_and(|one| one.has("sentences"))
        || node.has("errcode") && node.has("errmsg")
}

/// Reads one answer.
pub(super) fn recording(node: &Node<'_>) -> Result<Recording, Slip> {
    let holder = PATHS.iter().find_map(|path| node.get(path).map(|holder| (holder, *path)));
    if holder.is_none() && node.has("errcode") && !node.has("paragraphs") {
        let text = status(node, "errmsg").unwrap_or_default();
        return Err(Slip::unfinished(node, &text));
    }
    let (holder, path) = holder.unwrap_or((node, ""));
    let read = list(holder, "paragraphs").and_then(|items| each(items, "paragraphs", paragraph));
    let read = read.map_err(|slip| if path.is_empty() { slip } else { slip.under(path) });
    read.map(|lists| Recording::of(lists.into_iter().flatten().collect()))
}

fn paragraph(node: &Node<'_>) -> Result<Vec<Utterance>, Slip> {
    let mut speaker = None;
    if let Some(info) = node.get("speaker_info") {
        for name in NAMES {
            speaker = speaker.or(label(info, name).map_err(|slip| slip.under("speaker_info"))?);
        }
    }
    each(list(node, "sentences")?, "sentences", |sentence| {
        let mut one = joined(list(sentence, "words")?, ("text", TIMES), ("words", 0))?;
        one.speaker.clone_from(&speaker);
        one.clock = TIMES.of(sentence).or(one.clock);
        Ok(one)
    })
}

/// A sentence that is nothing but its words: `keys` are theirs, and they stand in a list from some number on.
pub(super) fn joined(
    items: &[Node<'_>],
    (text, times): (&'static str, Times),
    (path, from): (&str, usize),
) -> Result<Utterance, Slip> {
    let mut one = Utterance { at: items.first().map_or(0, |item| item.span.start), ..Utterance::default() };
    for (i, item) in items.iter().enumerate() {
        let under = |slip: Slip| slip.under(format_args!("{path}[{}]", from + i));
        let value = item.get(text).ok_or_else(|| under(Slip::missing(item, text)))?;
        let word = value.as_text().ok_or_else(|| under(Slip::wrong(value, text, "string")))?;
        one.add(&word.cut(), times.of(item));
    }
    Ok(one)
}

impl Utterance {
    /// Adds a word at the end, and its time.
    pub(super) fn add(&mut self, word: &super::super::cut::Cut, clock: Option<Clock>) {
        let start = self.cut.len();
        self.cut.append(word);
        if let Some(clock) = clock {
            self.words.push(TimedWord { span: Span::new(start, self.cut.len()), clock });
            self.clock = Some(self.clock.map_or(clock, |all| Clock {
                start: all.start.min(clock.start),
                end: all.end.max(clock.end),
            }));
        }
    }
}
