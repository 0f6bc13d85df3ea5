//! From segments to turns: adjacent segments of one speaker become one turn, and nothing is added between them.
//!
//! Two segments without a speaker are one turn only where the reader asks for it (`Join::Close`): less than 300 ms
//! apart, the first not ending a sentence.

use super::cut::{Cut, Part};
use crate::text::{LineIndex, MapBuilder, Raw, Said, Span};
use crate::transcript::{Clock, Note, Role, SaidText, Segment, TimedWord, Times, Transcript, Turn};
use std::collections::HashMap;

/// Segments without a speaker that are this far apart, in milliseconds, are not one sentence.
const CLOSE_MS: u64 = 300;

/// When a segment goes on with the turn before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Join {
    /// Where both have the same, known speaker.
    #[default]
    Speaker,
    /// That, and where nobody is named but the sentence goes on.
    Close,
    /// Never.
    Never,
}

/// Who says a segment, and when.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Who {
    /// Index of the label.
    pub(super) speaker: Option<u32>,
    /// The role that the file states.
    pub(super) role: Option<Role>,
    /// An example to be avoided.
    pub(super) mention: bool,
    /// When.
    pub(super) clock: Option<Clock>,
    /// Whether it may go on with the turn before.
    pub(super) join: Join,
}

/// A conversation in the making.
pub(super) struct Turns<'a> {
    source: &'a str,
    /// Lines of the file that stand before it.
    before: u32,
    out: Transcript,
    open: Option<Open>,
    known: HashMap<Box<str>, u32>,
    silent: Tally,
    backwards: Tally,
    unclear: Tally,
    latest: u64,
    timed: Timed,
}

/// How often something was met, and where first.
#[derive(Default)]
struct Tally {
    count: u32,
    first: u32,
}

impl Tally {
    fn met(&mut self, at: u32) {
        if self.count == 0 {
            self.first = at;
        }
        self.count += 1;
    }
}

/// Which speakers have stretches of time of their own.
#[derive(Default)]
struct Timed {
    first: Option<u32>,
    several: bool,
}

struct Open {
    who: Who,
    /// The words, as long as they are one slice of the file.
    slice: Span<Raw>,
    /// The words, once they are not.
    owned: Option<String>,
    map: MapBuilder,
    segments: Vec<Segment>,
    words: Vec<TimedWord>,
}

impl<'a> Turns<'a> {
    /// An empty conversation in the file `source`.
    pub(super) fn new(source: &'a str) -> Self {
        Turns {
            source,
            before: 0,
            out: Transcript::default(),
            open: None,
            known: HashMap::new(),
            silent: Tally::default(),
            backwards: Tally::default(),
            unclear: Tally::default(),
            latest: 0,
            timed: Timed::default(),
        }
    }

    /// What is known besides the words.
    pub(super) fn about(&mut self) -> &mut Transcript {
        &mut self.out
    }

    /// The index of `label`, which is kept as written.
    pub(super) fn speaker(&mut self, label: &str) -> u32 {
        if let Some(index) = self.known.get(label) {
            return *index;
        }
        let index = u32::try_from(self.out.speakers.len()).unwrap_or(u32::MAX);
        self.out.speakers.push(label.to_owned());
        self.known.insert(label.into(), index);
        index
    }

    /// A clock from milliseconds; notes where time runs backwards. `at` is the place in the file, for the note.
    /// Where no end is known it equals the start.
    pub(super) fn clock(&mut self, start: u64, end: Option<u64>, at: u32) -> Clock {
        let end = end.unwrap_or(start);
        if start < self.latest || end < start {
            self.backwards.met(at);
        }
        self.latest = start;
        Clock { start, end: end.max(start) }
    }

    /// Notes that a time could not be understood.
    pub(super) fn unclear_time(&mut self, at: u32) {
        self.unclear.met(at);
    }

    /// Notes that somebody was named who says nothing.
    pub(super) fn silence(&mut self, at: u32) {
        self.silent.met(at);
    }

    /// Adds the words at `span`.
    pub(super) fn say_at(&mut self, who: Who, span: Span<Raw>) {
        let text = span.slice(self.source);
        let rest = text.trim_start();
        let start = span.end - u32::try_from(rest.len()).unwrap_or(0);
        let span = Span::new(start, start + u32::try_from(rest.trim_end().len()).unwrap_or(0));
        if span.is_empty() {
            return self.silence(span.start);
        }
        let source = self.source;
        self.segment(who, span.start, |open| open.plain(source, span));
    }

    /// Adds the words of `cut`; `words` are timed stretches of it.
    pub(super) fn say(&mut self, who: Who, cut: &Cut, words: &[TimedWord]) {
        let (cut, head) = cut.trimmed(self.source);
        let Some(at) = cut.start().filter(|_| !cut.is_empty()) else {
            return self.silence(cut.start().unwrap_or(0));
        };
        let (source, len) = (self.source, cut.len());
        if !words.is_empty() {
            self.out.times = Times::Word;
        }
        self.segment(who, at, |open| {
            let base = open.len();
            for part in cut.parts() {
                match *part {
                    Part::Plain(span) => open.plain(source, span),
                    Part::Undone(c, span) => open.undone(source, c, span),
                }
            }
            for word in words {
                let start = word.span.start.saturating_sub(head).min(len);
                let end = word.span.end.saturating_sub(head).min(len);
                if start < end {
                    open.words
                        .push(TimedWord { span: Span::new(base + start, base + end), clock: word.clock });
                }
            }
        });
    }

    fn segment(&mut self, who: Who, at: u32, fill: impl FnOnce(&mut Open)) {
        if !self.open.as_ref().is_some_and(|open| open.goes_on(&who, self.source)) {
            self.close();
        }
        self.note_time(&who);
        let open = self.open.get_or_insert_with(|| Open::new(who, at));
        let start = open.len();
        fill(open);
        let end = open.len();
        open.segments.push(Segment { span: Span::new(start, end), clock: who.clock });
    }

    fn note_time(&mut self, who: &Who) {
        let Some(clock) = who.clock else { return };
        self.out.times = self.out.times.max(Times::Turn);
        if clock.end == clock.start || who.speaker.is_none() {
            return;
        }
        self.timed.several |= self.timed.first.is_some_and(|first| Some(first) != who.speaker);
        self.timed.first = self.timed.first.or(who.speaker);
    }

    /// Ends the turn: what comes next is another, whoever speaks.
    pub(super) fn part(&mut self) {
        self.close();
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.out.turns.push(open.finish());
        }
    }

    /// The same in a file of which so many lines stand before the source.
    pub(super) fn after(self, lines: u32) -> Self {
        Turns { before: lines, ..self }
    }

    /// The conversation, or nothing where nobody says a word.
    pub(super) fn finish(mut self) -> Option<Transcript> {
        self.close();
        if self.out.turns.is_empty() {
            return None;
        }
        self.out.overlap = self.timed.several;
        self.notes();
        Some(self.out)
    }

    fn notes(&mut self) {
        let tallies = [
            ("empty-turns", &self.silent),
            ("times-backwards", &self.backwards),
            ("unclear-time", &self.unclear),
        ];
        if tallies.iter().all(|(_, tally)| tally.count == 0) {
            return;
        }
        let lines = LineIndex::new(self.source);
        for (code, tally) in tallies {
            if tally.count > 0 {
                let detail = format!("{} ({})", lines.line(tally.first) + self.before, tally.count);
                self.out.notes.push(Note { code, detail });
            }
        }
    }
}

impl Open {
    fn new(who: Who, at: u32) -> Self {
        Open {
            who,
            slice: Span::point(at),
            owned: None,
            map: MapBuilder::default(),
            segments: Vec::with_capacity(1),
            words: Vec::new(),
        }
    }

    fn len(&self) -> u32 {
        self.map.len()
    }

    fn plain(&mut self, source: &str, span: Span<Raw>) {
        if self.owned.is_none() && self.map.is_empty() {
            self.slice = span;
        } else if self.owned.is_none() && self.slice.end == span.start {
            self.slice = Span::new(self.slice.start, span.end);
        } else {
            self.owned(source).push_str(span.slice(source));
        }
        self.map.exact(span.len(), span.start);
    }

    fn undone(&mut self, source: &str, c: char, span: Span<Raw>) {
        self.owned(source).push(c);
        self.map.opaque(u32::try_from(c.len_utf8()).unwrap_or(0), span.start, span.len());
    }

    fn owned(&mut self, source: &str) -> &mut String {
        let slice = self.slice;
        self.owned.get_or_insert_with(|| slice.slice(source).to_owned())
    }

    fn goes_on(&self, who: &Who, source: &str) -> bool {
        let same =
            self.who.speaker == who.speaker && self.who.role == who.role && self.who.mention == who.mention;
        match who.join {
            Join::Never => false,
            Join::Speaker => same && who.speaker.is_some(),
            Join::Close => same && (who.speaker.is_some() || self.close_by(who, source)),
        }
    }

    fn close_by(&self, who: &Who, source: &str) -> bool {
        let Some(before) = self.segments.last().and_then(|segment| segment.clock) else {
            return false;
        };
        let near = who
            .clock
            .is_some_and(|now| now.start.saturating_sub(before.end) < CLOSE_MS && now.start >= before.start);
        let text = self.owned.as_deref().unwrap_or_else(|| self.slice.slice(source));
        near && !text.ends_with(['。', '？', '！', '?', '!'])
    }

    fn finish(self) -> Turn {
        Turn {
            speaker: self.who.speaker,
            role: self.who.role,
            text: self.owned.map_or(SaidText::Slice(self.slice), SaidText::Owned),
            map: self.map.finish::<Said, Raw>(),
            segments: self.segments,
            words: self.words,
            mention: self.who.mention,
        }
    }
}
