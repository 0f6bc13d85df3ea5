//! From what a recogniser heard to turns: who is who, and in which order.

use super::super::cut::{Cut, Part};
use super::super::segments::say;
use super::super::turns::{Join, Turns, Who};
use crate::transcript::{Clock, Role, TimedWord, Transcript};
use std::collections::{BTreeMap, BTreeSet};

/// One sentence as a recogniser gives it.
#[derive(Clone, Debug, Default)]
pub(super) struct Utterance {
    /// The words.
    pub(super) cut: Cut,
    /// The speaker, as the recogniser tells voices apart.
    pub(super) speaker: Option<String>,
    /// The channel of the recording.
    pub(super) channel: Option<String>,
    /// The role that the file states.
    pub(super) role: Option<Role>,
    /// When.
    pub(super) clock: Option<Clock>,
    /// Stretches of the words with times of their own.
    pub(super) words: Vec<TimedWord>,
    /// Where it stands in the file.
    pub(super) at: u32,
}

/// All that was heard in one recording.
#[derive(Debug, Default)]
pub(super) struct Recording {
    /// Its id in a file of many.
    pub(super) id: Option<String>,
    /// In order of the file.
    pub(super) utterances: Vec<Utterance>,
}

impl Recording {
    /// A recording without an id.
    pub(super) fn of(utterances: Vec<Utterance>) -> Self {
        Recording { id: None, utterances }
    }

    /// As a conversation; nothing where nobody says a word. `source` is the file.
    pub(super) fn conversation(mut self, source: &str) -> Option<Transcript> {
        self.name_speakers();
        if self.is_by_channel() {
            self.utterances.sort_by_key(|one| one.clock.map(|clock| clock.start));
        }
        let mut turns = Turns::new(source);
        turns.about().id = self.id.take();
        let mut last = 0;
        for one in &self.utterances {
            let speaker = one.speaker.as_deref().map(|name| turns.speaker(name));
            // What stands before it in the file cannot be the end of the same turn.
            let join = if one.cut.start() < Some(last) { Join::Never } else { Join::Close };
            last = one.cut.parts().last().map_or(last, |part| match part {
                Part::Plain(span) | Part::Undone(_, span) => span.end,
            });
            say(
                &mut turns,
                Who { speaker, role: one.role, clock: one.clock, join, mention: false },
                &one.cut,
                &one.words,
                one.at,
            );
        }
        turns.finish()
    }

    /// Makes one label of speaker and channel. A number that all sentences share tells nobody apart: it is what
    /// recognisers write where they were not asked to.
    fn name_speakers(&mut self) {
        let channels: BTreeSet<_> = self.utterances.iter().filter_map(|one| one.channel.clone()).collect();
        let mut of_speaker: BTreeMap<&str, BTreeSet<Option<&str>>> = BTreeMap::new();
        for one in &self.utterances {
            if let Some(speaker) = &one.speaker {
                of_speaker.entry(speaker).or_default().insert(one.channel.as_deref());
            }
        }
        let clash = of_speaker.values().any(|channels| channels.len() > 1);
        for one in &mut self.utterances {
            one.speaker = match (one.speaker.take(), &one.channel) {
                (Some(speaker), Some(channel)) if clash => Some(format!("{channel}-{speaker}")),
                (None, Some(channel)) if channels.len() > 1 => Some(channel.clone()),
                (speaker, _) => speaker,
            };
        }
        let mut names = self.utterances.iter().map(|one| &one.speaker);
        let Some(Some(first)) = names.next() else { return };
        let number = first.bytes().all(|byte| byte.is_ascii_digit());
        if number && names.all(|name| name.as_ref() == Some(first)) {
            self.utterances.iter_mut().for_each(|one| one.speaker = None);
        }
    }

    /// Whether channels (or speakers) stand one after the other, each in order of time: then it is the whole that is
    /// out of order.
    fn is_by_channel(&self) -> bool {
        let (mut seen, mut now) = (BTreeSet::new(), None);
        let (mut latest, mut backwards) = (0, false);
        for one in &self.utterances {
            let (Some(clock), Some(own)) = (one.clock, one.channel.as_ref().or(one.speaker.as_ref())) else {
                return false;
            };
            let goes_on = now == Some(own);
            if !goes_on && !seen.insert(own) || goes_on && clock.start < latest {
                return false;
            }
            backwards |= clock.start < latest;
            (now, latest) = (Some(own), clock.start);
        }
        backwards
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn one(channel: &str, speaker: &str, start: u64) -> Utterance {
        let name = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Utterance {
            cut: Cut::of(Span::of(0..3)),
            channel: name(channel),
            speaker: name(speaker),
            clock: Some(Clock { start, end: start + 5 }),
            ..Utterance::default()
        }
    }

    fn names(list: &[(&str, &str)]) -> Vec<String> {
        let mut recording = Recording::of(list.iter().map(|(c, s)| one(c, s, 0)).collect());
        recording.name_speakers();
        recording.utterances.iter().map(|one| one.speaker.clone().unwrap_or_default()).collect()
    }

    #[test]
    fn one_label_of_speaker_and_channel() {
        assert_eq!(names(&[("0", ""), ("1", "")]), ["0", "1"]);
        assert_eq!(names(&[("0", "2"), ("1", "1")]), ["2", "1"]);
        assert_eq!(names(&[("0", "1"), ("1", "1")]), ["0-1", "1-1"]);
        assert_eq!(names(&[("0", ""), ("0", "")]), ["", ""]);
        assert_eq!(names(&[("", "0"), ("", "0")]), ["", ""]);
        assert_eq!(names(&[("", "AGENT"), ("", "AGENT")]), ["AGENT", "AGENT"]);
    }

    #[test]
    fn channels_one_after_the_other_are_put_in_order_of_time() {
        let by = |list: &[(&str, u64)]| {
            Recording::of(list.iter().map(|(s, t)| one("", s, *t)).collect()).is_by_channel()
        };
        assert!(by(&[("0", 1), ("0", 9), ("1", 3), ("1", 12)]));
        assert!(!by(&[("0", 1), ("1", 3), ("0", 9)]));
        assert!(!by(&[("0", 4), ("1", 3), ("0", 9)]));
        assert!(!by(&[("0", 9), ("0", 1), ("1", 3)]));
        assert!(!by(&[("0", 9), ("0", 10)]));
    }
}
