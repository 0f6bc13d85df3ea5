//! What SRT and WebVTT share: cues to turns.
//!
//! A label in a cue (`客服：…`) or a voice names the speaker; where the file names any, a cue without one goes on with
//! the speaker before. Two lines that begin with a dash are two speakers, unknown. Where nobody is named at all, cues
//! less than 300 ms apart are one turn until a sentence ends.

use super::cut::Cut;
use super::labels::{Census, Kind, Lead, lead};
use super::turns::{Join, Turns, Who};
use crate::text::Span;
use crate::transcript::{Clock, TimedWord, Transcript};
use std::borrow::Cow;

/// A line of a cue, or a part of it in one voice.
#[derive(Debug, Default)]
pub(super) struct CueLine<'a> {
    /// Who speaks, where the container says so.
    pub(super) voice: Option<&'a str>,
    /// The words.
    pub(super) cut: Cut,
    /// Timed stretches of them.
    pub(super) words: Vec<TimedWord>,
}

/// A cue.
#[derive(Debug, Default)]
pub(super) struct Cue<'a> {
    /// The line of times, in the file.
    pub(super) at: u32,
    /// Start and end in milliseconds; nothing where the line cannot be understood.
    pub(super) time: Option<(u64, u64)>,
    /// Whether there is no such line at all.
    pub(super) untimed: bool,
    /// What stands under it.
    pub(super) lines: Vec<CueLine<'a>>,
}

/// Makes turns of cues; nothing where nobody says a word.
pub(super) fn turns(source: &str, cues: &[Cue<'_>]) -> Option<Transcript> {
    let texts: Vec<Cow<'_, str>> =
        cues.iter().flat_map(|cue| &cue.lines).map(|line| line.cut.text(source)).collect();
    let mut census = Census::default();
    let mut leads = texts.iter().map(|text| label(text, &mut census)).collect::<Vec<_>>();
    census.decide();
    for entry in &mut leads {
        *entry = entry.filter(|(_, id)| census.is_label(*id));
    }
    let mut speaker = Speaker { turns: Turns::new(source), source, current: None };
    let mut rest = leads.as_slice();
    for cue in cues {
        let (here, after) = rest.split_at(cue.lines.len().min(rest.len()));
        rest = after;
        speaker.cue(cue, here);
    }
    speaker.turns.finish()
}

type Label<'a> = Option<(Lead<'a>, u32)>;

fn label<'a>(text: &'a str, census: &mut Census<'a>) -> Label<'a> {
    if text.trim_start().is_empty() {
        return None;
    }
    let found =
        lead(text).filter(|lead| matches!(lead.kind, Kind::Colon | Kind::Bracket) && lead.time.is_none());
    let id = census.count(found.as_ref())?;
    found.map(|lead| (lead, id))
}

struct Speaker<'a> {
    turns: Turns<'a>,
    source: &'a str,
    current: Option<u32>,
}

/// Lines of one cue and one speaker, put together.
#[derive(Default)]
struct Gathered {
    cut: Cut,
    words: Vec<TimedWord>,
}

impl Gathered {
    /// Adds the words of `line` from byte `from` on.
    fn add(&mut self, line: &CueLine<'_>, from: u32, source: &str) {
        let (cut, head) = line.cut.slice(from, u32::MAX).trimmed(source);
        let (gone, base, len) = (from + head, self.cut.len(), cut.len());
        for word in &line.words {
            let start = word.span.start.saturating_sub(gone).min(len);
            let end = word.span.end.saturating_sub(gone).min(len);
            if start < end {
                self.words.push(TimedWord { span: Span::new(base + start, base + end), clock: word.clock });
            }
        }
        self.cut.append(&cut);
    }
}

impl Speaker<'_> {
    fn cue(&mut self, cue: &Cue<'_>, labels: &[Label<'_>]) {
        let clock = match cue.time {
            Some((start, end)) => Some(self.turns.clock(start, Some(end), cue.at)),
            None if cue.untimed => None,
            None => {
                self.turns.unclear_time(cue.at);
                None
            }
        };
        let dashes = cue.lines.iter().filter(|line| dash(&line.cut.text(self.source)).is_some()).count();
        let mut gathered = Gathered::default();
        for (line, label) in cue.lines.iter().zip(labels) {
            let (named, from) = match label {
                Some((lead, _)) => (Some(lead.label), lead.body),
                None => (line.voice, dash(&line.cut.text(self.source)).unwrap_or(0)),
            };
            let dashed = dashes > 1 && label.is_none() && from > 0;
            if named.is_some() || dashed {
                self.flush(&mut gathered, clock, dashed);
                self.current = named.map(|name| self.turns.speaker(name.trim()));
            }
            gathered.add(line, u32::try_from(from).unwrap_or(0), self.source);
            if dashed {
                self.flush(&mut gathered, clock, true);
            }
        }
        self.flush(&mut gathered, clock, false);
    }

    fn flush(&mut self, gathered: &mut Gathered, clock: Option<Clock>, alone: bool) {
        if gathered.cut.is_empty() {
            return;
        }
        let Gathered { cut, words } = std::mem::take(gathered);
        let join = if alone { Join::Never } else { Join::Close };
        self.turns.say(Who { speaker: self.current, clock, join, ..Who::default() }, &cut, &words);
        if alone {
            self.turns.part();
        }
    }
}

/// Where the words start behind a dash that begins a line of dialogue.
fn dash(text: &str) -> Option<usize> {
    let bare = text.trim_start();
    let rest = bare.strip_prefix(['-', '–', '—', '－'])?;
    let words = rest.trim_start();
    let speaks = words.len() < rest.len() || words.starts_with(|c: char| c.is_alphabetic());
    (speaks && !words.is_empty()).then(|| text.len() - words.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_begins_dialogue_but_not_a_number() {
        assert_eq!(dash("- 先生？"), Some(2));
        assert_eq!(dash("-先生？"), Some(1));
        assert_eq!((dash("-5度"), dash("--"), dash("先生")), (None, None, None));
    }
}
