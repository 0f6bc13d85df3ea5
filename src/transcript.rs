//! A conversation as read: who spoke, what, when, and where it stands in the file. Plain data, no behaviour.

mod date;

pub use date::{Date, NotADate};

use crate::text::{OffsetMap, Raw, Said, SourceText, Span};
use serde::{Deserialize, Serialize};

/// One conversation. A file may hold many.
#[derive(Clone, Debug, Default)]
pub struct Transcript {
    /// Its id in a file of many conversations.
    pub id: Option<String>,
    /// What is known about the recording.
    pub meta: Meta,
    /// The speaker labels as written, in order of first appearance. A turn names one by index.
    pub speakers: Vec<String>,
    /// The turns in order of the file, or of time where the file has one channel after the other; adjacent segments of
    /// one speaker are one turn.
    pub turns: Vec<Turn>,
    /// The finest times that the input carries.
    pub times: Times,
    /// Whether turns of different speakers may overlap in time (each speaker has times of their own).
    pub overlap: bool,
    /// What the reader noticed and went on.
    pub notes: Vec<Note>,
    /// Comments in the file that speak to wuxin, whole and in order. No turn holds a byte of them.
    pub remarks: Vec<Span<Raw>>,
}

/// The finest times a transcript carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Times {
    /// No times at all.
    #[default]
    None,
    /// Times of turns or of the segments in them.
    Turn,
    /// Times of words or characters.
    Word,
}

/// What is known about a recording (contract, "wuxin's own input").
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Meta {
    /// Who spoke for the office.
    pub staff: Option<String>,
    /// The day, as given.
    pub date: Option<String>,
    /// The recording's name.
    pub recording: Option<String>,
    /// `visit`, `phone` or `letter`.
    pub channel: Option<Channel>,
    /// The case number.
    pub case: Option<String>,
}

impl Meta {
    /// What this says, and where it says nothing, what `other` says.
    pub fn or(self, other: Meta) -> Meta {
        Meta {
            staff: self.staff.or(other.staff),
            date: self.date.or(other.date),
            recording: self.recording.or(other.recording),
            channel: self.channel.or(other.channel),
            case: self.case.or(other.case),
        }
    }
}

/// How the visitor came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// In person.
    Visit,
    /// By telephone.
    Phone,
    /// By letter.
    Letter,
}

impl Channel {
    /// All of them.
    pub const ALL: [Channel; 3] = [Channel::Visit, Channel::Phone, Channel::Letter];

    /// As it is written in files and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Channel::Visit => "visit",
            Channel::Phone => "phone",
            Channel::Letter => "letter",
        }
    }
}

/// Who a speaker is to the office.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Speaks for the office.
    Staff,
    /// Came to the office.
    Visitor,
    /// Not known.
    #[default]
    Unknown,
}

/// A stretch of the recording, in milliseconds from its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Clock {
    /// First millisecond.
    pub start: u64,
    /// One past the last.
    pub end: u64,
}

/// What one speaker said before another spoke.
#[derive(Clone, Debug)]
pub struct Turn {
    /// Index into [`Transcript::speakers`]; `None` where the input names nobody.
    pub speaker: Option<u32>,
    /// The role that the input itself states (wuxin's own format, call analytics).
    pub role: Option<Role>,
    /// The words.
    pub text: SaidText,
    /// From the words to the file: the pieces of the turn's span.
    pub map: OffsetMap<Said, Raw>,
    /// The segments (cues, lines, sentences) that were joined, in order, covering the text.
    pub segments: Vec<Segment>,
    /// Times of single words, in order, where the input has them.
    pub words: Vec<TimedWord>,
    /// Whether the container marks the turn as an example to be avoided (a list under 忌语 in a script).
    pub mention: bool,
}

/// The words of a turn: a slice of the file where nothing had to be undone, else their own text.
#[derive(Clone, Debug)]
pub enum SaidText {
    /// Stands in the file as it is.
    Slice(Span<Raw>),
    /// Joined from pieces or unescaped.
    Owned(String),
}

/// One cue, line or sentence of a turn.
#[derive(Clone, Copy, Debug)]
pub struct Segment {
    /// Its place in the turn's words.
    pub span: Span<Said>,
    /// When it was said.
    pub clock: Option<Clock>,
}

/// One word or character with its own time.
#[derive(Clone, Copy, Debug)]
pub struct TimedWord {
    /// Its place in the turn's words.
    pub span: Span<Said>,
    /// When it was said.
    pub clock: Clock,
}

/// Something a reader noticed without failing: a stable code and what it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Stable code, such as `times-backwards`.
    pub code: &'static str,
    /// What it is about (a line, a label), for the message.
    pub detail: String,
}

impl Turn {
    /// The words, given the file they were read from.
    pub fn said<'a>(&'a self, source: &'a SourceText) -> &'a str {
        match &self.text {
            SaidText::Slice(span) => source.slice(*span),
            SaidText::Owned(text) => text,
        }
    }

    /// When some of its words were said, by words where they are timed, else by segments; the whole turn for none.
    pub fn time_of(&self, span: Option<Span<Said>>) -> Option<Clock> {
        let Some(span) = span else { return self.clock() };
        let hull = |a: Clock, b: Clock| Clock { start: a.start.min(b.start), end: a.end.max(b.end) };
        let words = self.words.iter().filter(|w| w.span.overlaps(span)).map(|w| w.clock);
        let segments = self.segments.iter().filter(|s| s.span.overlaps(span)).filter_map(|s| s.clock);
        words.reduce(hull).or_else(|| segments.reduce(hull))
    }

    /// Whether a segment goes on with the one before it on the next line of the file, as text that is wrapped does:
    /// nothing stands between the two but white space and what Markdown has at the ends of lines.
    pub fn goes_on(&self, segment: usize, source: &SourceText) -> bool {
        let before = segment.checked_sub(1).and_then(|before| self.segments.get(before));
        let (Some(before), Some(this)) = (before, self.segments.get(segment)) else { return false };
        let (end, start) = (self.map.hull(before.span).end, self.map.hull(this.span).start);
        let between = source.slice(Span::new(end, start));
        source.lines().line(start) == source.lines().line(end) + 1
            && between.chars().all(|c| c.is_whitespace() || ">*_~\\".contains(c))
    }

    /// The segments that `span` touches, with those before and after that go on with one another.
    pub fn utterance(&self, span: Span<Said>, source: &SourceText) -> Span<Said> {
        let first = self.segments.partition_point(|segment| segment.span.end <= span.start);
        let last = self.segments.partition_point(|segment| segment.span.start < span.end).max(first + 1) - 1;
        let first = (1..=first).rev().find(|i| !self.goes_on(*i, source)).unwrap_or(0);
        let end = (last + 1..self.segments.len()).find(|i| !self.goes_on(*i, source));
        let ends = self.segments.get(first).zip(self.segments.get(end.unwrap_or(self.segments.len()) - 1));
        ends.map_or(span, |(first, last)| first.span.hull(last.span).hull(span))
    }

    /// From the start of the first timed segment to the end of the last.
    pub fn clock(&self) -> Option<Clock> {
        let first = self.segments.iter().find_map(|s| s.clock)?;
        let last = self.segments.iter().rev().find_map(|s| s.clock)?;
        Some(Clock { start: first.start, end: last.end.max(first.start) })
    }
}
