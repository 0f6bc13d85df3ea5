//! RTTM beside a transcript: who speaks when, laid over the times of the words.

use super::Document;
use super::error::ReadError;
use super::lines::lines;
use super::xml::place;
use crate::text::{MapBuilder, OffsetMap, Raw, Said, SourceText, Span};
use crate::transcript::{Clock, SaidText, Segment, TimedWord, Transcript, Turn};

/// The ending of the file beside a transcript.
pub const RTTM: &str = ".rttm";

/// Stretches of speech.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rttm {
    /// With the speaker of each, in order of time.
    stretches: Vec<(Clock, String)>,
}

/// Whether a file is RTTM, by its name or its first line.
pub(super) fn is(input: &super::Input<'_>) -> bool {
    let first = || {
        if !input.bytes.starts_with(b"SPEAKER") {
            return None;
        }
        let head = std::str::from_utf8(input.bytes.split(|byte| *byte == b'\n').next()?).ok()?;
        stretch(head.trim())
    };
    input.format.is_none() && (input.name.to_ascii_lowercase().ends_with(RTTM) || first().is_some())
}

/// `SPEAKER file 1 0.96 2.68 <NA> <NA> name <NA> <NA>`
fn stretch(line: &str) -> Option<(Clock, String)> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let [kind, _, _, start, length, _, _, name, ..] = fields.as_slice() else { return None };
    let seconds = |text: &str| super::clock::seconds(text.parse().ok()?);
    let (start, length) = (seconds(start)?, seconds(length)?);
    (*kind == "SPEAKER").then(|| (Clock { start, end: start + length }, (*name).to_owned()))
}

impl Rttm {
    /// Reads the file.
    ///
    /// # Errors
    /// Where it is no text, or a line of a speaker cannot be understood.
    pub fn read(bytes: &[u8]) -> Result<Self, ReadError> {
        let text = super::encoding::decode(bytes)?.text;
        let mut stretches = Vec::new();
        for (start, end) in lines(&text) {
            let line = text.get(start..end).unwrap_or("").trim();
            if line.starts_with("SPEAKER") {
                stretches.push(stretch(line).ok_or_else(|| ReadError::Expected {
                    kind: "RTTM",
                    place: place(&text, start),
                    expected: "SPEAKER file 1 0.00 1.50 <NA> <NA> name <NA> <NA>",
                })?);
            }
        }
        stretches.sort_by_key(|(clock, _)| (clock.start, clock.end));
        Ok(Rttm { stretches })
    }

    /// Names the speakers of a document in which nobody is named and every turn has a time: each segment goes to whoever
    /// speaks most of its time. Whether it did.
    pub fn lay_on(&self, document: &mut Document) -> bool {
        let source = &document.source;
        let nameless = |one: &Transcript| {
            one.speakers.is_empty()
                && one.turns.iter().flat_map(|turn| &turn.segments).any(|s| s.clock.is_some())
        };
        let [only] = document.conversations.as_mut_slice() else { return false };
        if self.stretches.is_empty() || !nameless(only) {
            return false;
        }
        only.turns = self.turns(source, only);
        only.overlap = only.speakers.len() > 1;
        true
    }

    fn turns(&self, source: &SourceText, one: &mut Transcript) -> Vec<Turn> {
        let parts: Vec<Part> = one.turns.iter().flat_map(|turn| parts(turn, source)).collect();
        let starts: Vec<Option<u64>> = parts.iter().map(|part| part.clock.map(|clock| clock.start)).collect();
        let mut out: Vec<Open> = Vec::new();
        for (i, part) in parts.into_iter().enumerate() {
            let next = starts.iter().skip(i + 1).flatten().next().copied();
            let name = part.clock.and_then(|clock| self.at(clock, next));
            let speaker = name.map(|name| index(&mut one.speakers, name));
            match out.last_mut().filter(|open| speaker.is_some() && open.speaker == speaker) {
                Some(open) => open.push(part),
                None => {
                    let mut open = Open { speaker, ..Open::default() };
                    open.push(part);
                    out.push(open);
                }
            }
        }
        out.into_iter().map(Open::finish).collect()
    }

    /// Who speaks most of `clock`; where it has no end, until `next`.
    fn at(&self, clock: Clock, next: Option<u64>) -> Option<&str> {
        let end = if clock.end > clock.start { clock.end } else { next.unwrap_or(clock.start + 1) };
        let mut shares: Vec<(&str, u64)> = Vec::new();
        let before = self.stretches.partition_point(|(stretch, _)| stretch.start < end);
        for (stretch, name) in self.stretches.get(..before).unwrap_or_default() {
            let share = stretch.end.min(end).saturating_sub(stretch.start.max(clock.start));
            match shares.iter_mut().find(|(known, _)| known == name) {
                Some((_, sum)) => *sum += share,
                None => shares.push((name, share)),
            }
        }
        // The first of equals, so that it is always the same one.
        let best = shares.into_iter().filter(|(_, share)| *share > 0).rev().max_by_key(|(_, share)| *share);
        best.map(|(name, _)| name)
    }
}

fn index(speakers: &mut Vec<String>, name: &str) -> u32 {
    let at = speakers.iter().position(|known| known == name).unwrap_or_else(|| {
        speakers.push(name.to_owned());
        speakers.len() - 1
    });
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// One segment of a turn, by itself.
struct Part {
    text: String,
    map: OffsetMap<Said, Raw>,
    clock: Option<Clock>,
    words: Vec<TimedWord>,
    mention: bool,
}

fn parts<'t>(turn: &'t Turn, source: &'t SourceText) -> impl Iterator<Item = Part> + 't {
    turn.segments.iter().map(move |segment| {
        let span = segment.span;
        let here = OffsetMap::<Said, Said>::shift(span.len(), span.start);
        let words = turn.words.iter().filter(|word| span.contains(word.span));
        let moved = |word: &TimedWord| TimedWord {
            span: Span::new(word.span.start - span.start, word.span.end - span.start),
            clock: word.clock,
        };
        Part {
            text: span.slice(turn.said(source)).to_owned(),
            map: here.then(&turn.map),
            clock: segment.clock,
            words: words.map(moved).collect(),
            mention: turn.mention,
        }
    })
}

/// A turn in the making.
#[derive(Default)]
struct Open {
    speaker: Option<u32>,
    text: String,
    map: MapBuilder,
    segments: Vec<Segment>,
    words: Vec<TimedWord>,
    mention: bool,
}

impl Open {
    fn push(&mut self, part: Part) {
        let base = self.map.len();
        self.text.push_str(&part.text);
        self.map.append(&part.map);
        self.segments.push(Segment { span: Span::new(base, self.map.len()), clock: part.clock });
        self.words
            .extend(part.words.iter().map(|w| TimedWord { span: w.span.shifted(base), clock: w.clock }));
        self.mention |= part.mention;
    }

    fn finish(self) -> Turn {
        Turn {
            speaker: self.speaker,
            role: None,
            text: SaidText::Owned(self.text),
            map: self.map.finish(),
            segments: self.segments,
            words: self.words,
            mention: self.mention,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::oracle::{check, checked};
    use super::*;

    const SRT: &str = "1\n00:00:00,000 --> 00:00:02,000\n您好，\n\n2\n00:00:02,100 --> 00:00:04,000\n请<i>坐</i>，\n\n3\n00:00:04,100 --> 00:00:06,000\n我来问补助。\n\n";

    #[test]
    fn each_segment_goes_to_whoever_speaks_most_of_it() {
        let rttm = Rttm::read(
            b";; x\nSPEAKER a 1 0.00 3.90 <NA> <NA> spk0 <NA> <NA>\nSPEAKER a 1 3.80 3.00 <NA> <NA> spk1 <NA> <NA>\n",
        );
        let mut document = checked(SRT.as_bytes(), "a.srt").unwrap();
        assert_eq!(document.conversations[0].turns.len(), 1);
        assert!(rttm.unwrap().lay_on(&mut document));
        check(&document);
        let one = &document.conversations[0];
        let said: Vec<_> =
            one.turns.iter().map(|turn| (turn.speaker.unwrap(), turn.said(&document.source))).collect();
        assert_eq!(said, [(0, "您好，请坐，"), (1, "我来问补助。")]);
        assert_eq!((one.speakers.len(), one.overlap), (2, true));
    }

    #[test]
    fn what_names_its_speakers_keeps_them() {
        let rttm = Rttm::read(b"SPEAKER a 1 0.00 9.90 <NA> <NA> spk0 <NA> <NA>\n").unwrap();
        for text in ["1\n00:00:00,000 --> 00:00:02,000\n客服：您好\n", "没有时间\n"] {
            let mut document = checked(text.as_bytes(), "-").unwrap();
            assert!(!rttm.lay_on(&mut document));
        }
    }

    #[test]
    fn a_line_cut_short_says_where() {
        let error = Rttm::read(b"SPEAKER a 1 0.0 1.0 <NA> <NA> x <NA> <NA>\nSPEAKER a 1 2.").unwrap_err();
        assert!(error.to_string().starts_with("2:1: RTTM: expected SPEAKER"), "{error}");
    }
}
