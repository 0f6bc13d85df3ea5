//! WebVTT: <https://www.w3.org/TR/webvtt1/>. Voices are speakers, timestamps in a cue are times of words, entities are
//! undone.
//!
//! A block without a line of times that follows a cue is taken as a part of it (people do leave blank lines); its id
//! and settings are not speech.

use super::clock;
use super::cues::{Cue, CueLine, turns};
use super::error::ReadError;
use super::lines::lines;
use super::markup::{entity, is_formatting, tag};
use crate::text::{Raw, Span};
use crate::transcript::{Clock, TimedWord, Transcript};

/// Reads WebVTT; `Ok(None)` where nobody says a word.
pub(super) fn read(text: &str) -> Result<Option<Transcript>, ReadError> {
    let mut cues: Vec<Cue<'_>> = Vec::new();
    let mut block: Vec<Span<Raw>> = Vec::new();
    for (start, end) in lines(text).chain([(text.len(), text.len())]) {
        let span = Span::of(start..end);
        if span.slice(text).trim().is_empty() {
            take(text, &block, &mut cues);
            block.clear();
        } else {
            block.push(span);
        }
    }
    if cues.is_empty() {
        return Err(ReadError::NoCues);
    }
    Ok(turns(text, &cues))
}

/// Makes a cue of a block, or adds it to the cue before.
fn take<'a>(text: &'a str, block: &[Span<Raw>], cues: &mut Vec<Cue<'a>>) {
    let line = |i: usize| block.get(i).map_or("", |span: &Span<Raw>| span.slice(text));
    let keyword = line(0).split([' ', '\t']).next().unwrap_or("").trim_start_matches('\u{feff}');
    let times = block.iter().position(|span| span.slice(text).contains("-->"));
    if let Some(at) = times {
        let time = clock::cue(line(at).trim());
        let payload = block.get(at + 1..).unwrap_or(&[]);
        let lines = Payload::new(text, time).lines(payload);
        cues.push(Cue { at: block.get(at).map_or(0, |span| span.start), time, lines, untimed: false });
    } else if !matches!(keyword, "WEBVTT" | "NOTE" | "STYLE" | "REGION")
        && (block.len() > 1 || !line(0).trim().bytes().all(|byte| byte.is_ascii_digit()))
        && let Some(cue) = cues.last_mut()
    {
        let more = Payload::new(text, None).lines(block);
        cue.lines.extend(more);
    }
}

/// The text of a cue while it is taken apart.
struct Payload<'a> {
    text: &'a str,
    /// The times of the cue, where it has timestamps inside.
    time: Option<(u64, u64)>,
    voice: Option<&'a str>,
    line: CueLine<'a>,
    out: Vec<CueLine<'a>>,
    /// Since when, and from which byte of the line, the words at hand are said.
    since: Option<(u64, u32)>,
}

impl<'a> Payload<'a> {
    fn new(text: &'a str, time: Option<(u64, u64)>) -> Self {
        Payload { text, time, voice: None, line: CueLine::default(), out: Vec::new(), since: None }
    }

    fn lines(mut self, spans: &[Span<Raw>]) -> Vec<CueLine<'a>> {
        if spans.iter().any(|span| has_timestamp(span.slice(self.text))) {
            self.since = self.time.map(|(start, _)| (start, 0));
        }
        for span in spans {
            self.text_line(*span);
            self.finish_line();
        }
        self.out
    }

    fn text_line(&mut self, span: Span<Raw>) {
        let line = span.slice(self.text);
        let (mut kept, mut at) = (0, 0);
        while let Some(found) = line.get(at..).and_then(|rest| memchr::memchr2(b'<', b'&', rest.as_bytes())) {
            at += found;
            let rest = line.get(at..).unwrap_or("");
            let place = |len: usize| Span::<Raw>::of(at..at + len).shifted(span.start);
            let plain = Span::of(kept..at).shifted(span.start);
            if let Some((c, len)) = rest.strip_prefix('&').and_then(|_| entity(rest)) {
                self.line.cut.plain(plain);
                self.line.cut.undone(c, place(len));
                at += len;
                kept = at;
            } else if let Some((name, len)) =
                rest.strip_prefix('<').and_then(tag).filter(|(name, _)| is_known(name))
            {
                self.line.cut.plain(plain);
                self.mark(name);
                at += len + 1;
                kept = at;
            } else {
                at += 1;
            }
        }
        self.line.cut.plain(Span::of(kept..line.len()).shifted(span.start));
    }

    /// A tag: a voice begins or ends, or a time passes.
    fn mark(&mut self, tag: &'a str) {
        if let Some((time, _)) = clock::time(tag) {
            self.time_passes(Some(time));
        } else if tag == "/v" {
            self.finish_line();
            self.voice = None;
        } else if let Some(name) = voice(tag) {
            self.finish_line();
            self.voice = Some(name);
        }
    }

    fn time_passes(&mut self, now: Option<u64>) {
        let len = self.line.cut.len();
        let Some((start, from)) = self.since else { return };
        let end = now.or(self.time.map(|(_, end)| end)).unwrap_or(start).max(start);
        if from < len && !self.line.cut.slice(from, len).text(self.text).trim().is_empty() {
            self.line.words.push(TimedWord { span: Span::new(from, len), clock: Clock { start, end } });
        }
        self.since = Some((now.unwrap_or(end), len));
    }

    fn finish_line(&mut self) {
        if let Some((since, _)) = self.since {
            self.time_passes(None);
            // The next line is said in the same stretch.
            self.since = Some((since, 0));
        }
        let line = std::mem::take(&mut self.line);
        if !line.cut.text(self.text).trim().is_empty() {
            self.out.push(CueLine { voice: self.voice, ..line });
        }
    }
}

fn has_timestamp(line: &str) -> bool {
    line.split('<').skip(1).any(|rest| clock::time(rest).is_some())
}

fn is_known(name: &str) -> bool {
    is_formatting(name) || clock::time(name).is_some_and(|(_, len)| len == name.len())
}

/// The speaker of `v Name` or `v.class Name`.
fn voice(tag: &str) -> Option<&str> {
    let rest = tag.strip_prefix('v')?;
    let name = rest.get(rest.find([' ', '\t'])?..)?.trim();
    (rest.starts_with([' ', '\t', '.']) && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::oracle::{checked, lines};
    use crate::transcript::Times;

    #[test]
    fn voices_settings_and_notes() {
        let text = "WEBVTT 三号厅\n\nSTYLE\n::cue(v) { color: lime; }\n\nNOTE\n客服：不算\n\nq-1\n00:01.000 --> 00:02.000 line:80%\n\
                    <v 来访人甲>同志，<i>几号</i>了？\n\n00:00:03.000 --> 00:00:04.000\n<v.loud 工作人员>三 &amp; 四&nbsp;号。</v> <v 来访人甲>哦</v>\n\n\
                    00:05.000 --> 00:06.000\n我等\n";
        assert_eq!(
            lines(text, "a.vtt"),
            ["来访人甲: 同志，几号了？", "工作人员: 三 & 四\u{a0}号。", "来访人甲: 哦我等"]
        );
        assert!(checked(text.as_bytes(), "a.vtt").unwrap().conversations[0].overlap);
    }

    #[test]
    fn timestamps_inside_are_times_of_words() {
        let text = "WEBVTT\n\n00:01.000 --> 00:03.000\n你<00:01.500><c>急</c><00:02.000>什么\n";
        let conversation = checked(text.as_bytes(), "a.vtt").unwrap().conversations.remove(0);
        let words: Vec<_> = conversation.turns[0]
            .words
            .iter()
            .map(|word| (word.span.range(), word.clock.start, word.clock.end))
            .collect();
        assert_eq!(words, [(0..3, 1_000, 1_500), (3..6, 1_500, 2_000), (6..12, 2_000, 3_000)]);
        assert_eq!(conversation.times, Times::Word);
    }

    #[test]
    fn labels_count_where_there_are_no_voices_and_blank_lines_lose_no_words() {
        let text = "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n客服：您好\n\n请坐 <b\n\n2\n00:03.000 --> 00:04.000\n客户：1 < 2\n";
        assert_eq!(lines(text, "a.vtt"), ["客服: 您好请坐 <b", "客户: 1 < 2"]);
    }
}
