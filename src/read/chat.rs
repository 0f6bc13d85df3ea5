//! CHAT (`.cha`) of TalkBank: main lines `*STA:⇥…`, times in bullets, codes that are no speech.
//!
//! A speaker is called by the name that `@Participants` gives, else by the code. Blanks between Chinese words are the
//! transcriber's, not the speaker's, and are left out; those between Latin words stay.

use super::clock::milliseconds;
use super::cut::Cut;
use super::lines::{lines, offset};
use super::turns::{Join, Turns, Who};
use crate::text::Span;
use crate::transcript::{Clock, Note, Transcript};
use std::collections::HashMap;

/// Around the times of an utterance.
const BULLET: char = '\u{15}';

/// Whether a text is CHAT, by its first line.
pub(super) fn is(text: &str) -> bool {
    let first = text.trim_start().lines().next().unwrap_or("").trim_end();
    matches!(first, "@UTF8" | "@Begin") || main(first).is_some()
}

/// Code and words of a main line, the words as an offset.
fn main(line: &str) -> Option<(&str, usize)> {
    let (code, rest) = line.strip_prefix('*')?.split_once(":\t")?;
    let known = (1..=7).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    known.then_some((code, line.len() - rest.len()))
}

/// Reads CHAT; nothing where nobody says a word.
pub(super) fn read(text: &str) -> Option<Transcript> {
    let mut reader = Reader { turns: Turns::new(text), text, names: HashMap::new(), open: None };
    let (mut header, mut ends) = ("", false);
    for (start, end) in lines(text) {
        let line = text.get(start..end).unwrap_or("");
        if line.starts_with('\t') {
            match &mut reader.open {
                Some(open) => open.words(text, start, end),
                None if header == "@Participants" => reader.participants(line),
                None => {}
            }
            continue;
        }
        reader.close();
        header = line.split_once(':').map_or("", |(header, _)| header);
        ends |= line.trim_end() == "@End";
        if let Some((code, at)) = main(line) {
            reader.begin(code, start, start + at, end);
        } else if header == "@Participants" {
            reader.participants(line.split_once(':').map_or("", |(_, rest)| rest));
        }
    }
    reader.close();
    if !ends && text.trim_start().starts_with('@') {
        reader.turns.about().notes.push(Note { code: "no-end", detail: "@End".to_owned() });
    }
    reader.turns.finish()
}

struct Reader<'a> {
    turns: Turns<'a>,
    text: &'a str,
    /// Codes and the names that they stand for.
    names: HashMap<&'a str, &'a str>,
    open: Option<Open>,
}

impl<'a> Reader<'a> {
    /// `STA 工作人员 Investigator, VIS 来访人 Participant`: a name may be missing, a role may not.
    fn participants(&mut self, list: &'a str) {
        for one in list.split(',') {
            let mut fields = one.split_whitespace();
            if let (Some(code), Some(name), Some(_)) = (fields.next(), fields.next(), fields.next()) {
                self.names.insert(code, name);
            }
        }
    }

    fn begin(&mut self, code: &str, at: usize, start: usize, end: usize) {
        let name = self.names.get(code).copied().unwrap_or(code);
        let speaker = self.turns.speaker(name);
        let mut open = Open { speaker, at, cut: Cut::default(), clock: None, latin: false, gap: None };
        open.words(self.text, start, end);
        self.open = Some(open);
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let at = offset(open.at);
        let clock = open.clock.map(|clock| self.turns.clock(clock.start, Some(clock.end), at));
        let who = Who { speaker: Some(open.speaker), clock, join: Join::Speaker, ..Who::default() };
        if open.cut.is_empty() { self.turns.silence(at) } else { self.turns.say(who, &open.cut, &[]) }
    }
}

/// A main line and the lines that go on with it.
struct Open {
    speaker: u32,
    at: usize,
    cut: Cut,
    clock: Option<Clock>,
    /// Whether the last word ended with a Latin letter or a digit.
    latin: bool,
    /// The blank behind it.
    gap: Option<Span<crate::text::Raw>>,
}

impl Open {
    /// Adds the words that stand at `start..end`.
    fn words(&mut self, text: &str, start: usize, end: usize) {
        let (mut at, mut fresh) = (start, true);
        while let Some(rest) = text.get(at..end).filter(|rest| !rest.is_empty()) {
            let c = rest.chars().next().unwrap_or(' ');
            let skipped = match c {
                BULLET => self.bullet(rest),
                '[' => rest.find(']').map_or(rest.len(), |found| found + 1),
                '(' => pause(rest),
                ')' | '<' | '>' => 1,
                _ if fresh && is_code(rest) => rest.find(char::is_whitespace).unwrap_or(rest.len()),
                _ => 0,
            };
            let len = if skipped > 0 { skipped } else { c.len_utf8() };
            if c.is_whitespace() {
                self.gap = self.gap.or(Some(Span::of(at..at + len)));
            } else if skipped == 0 {
                self.letter(c, Span::of(at..at + len));
            }
            fresh = c.is_whitespace() || c == '<';
            at += len;
        }
        // The break of the line is a blank that stands nowhere.
        self.latin = false;
    }

    fn letter(&mut self, c: char, span: Span<crate::text::Raw>) {
        let latin = c.is_ascii_alphanumeric();
        if let Some(gap) = self.gap.take().filter(|_| latin && self.latin) {
            self.cut.plain(gap);
        }
        self.cut.plain(span);
        self.latin = latin;
    }

    /// Reads `␕1250_3400␕` and gives its length.
    fn bullet(&mut self, rest: &str) -> usize {
        let inner = rest.get(1..).unwrap_or("");
        let Some(len) = inner.find(BULLET) else { return 1 };
        let time = |text: &str| text.parse().ok().and_then(milliseconds);
        let times = inner.get(..len).and_then(|times| times.split_once('_'));
        if let Some((start, end)) = times.and_then(|(start, end)| Some((time(start)?, time(end)?))) {
            let start = self.clock.map_or(start, |clock| clock.start);
            self.clock = Some(Clock { start, end });
        }
        len + 2
    }
}

/// Length of a pause such as `(.)` or `(1.5)`; of the bracket alone where it holds a part of a word.
fn pause(rest: &str) -> usize {
    let inner = rest.get(1..).unwrap_or("");
    let len = inner.find(|c: char| !matches!(c, '.' | ':' | '0'..='9')).unwrap_or(inner.len());
    if len > 0 && inner.get(len..).is_some_and(|rest| rest.starts_with(')')) { len + 2 } else { 1 }
}

/// What begins a word that nobody said so: events, fillers' codes, omissions, what could not be understood.
fn is_code(rest: &str) -> bool {
    let word = rest.split(char::is_whitespace).next().unwrap_or("");
    let omitted = word.strip_prefix('0').is_some_and(|rest| rest.starts_with(|c: char| !c.is_ascii_digit()));
    matches!(word, "xxx" | "yyy" | "www" | "0") || word.starts_with(['&', '+', '‡', '„']) || omitted
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::oracle::{checked, lines};

    const FILE: &str = "@UTF8\n@Begin\n@Participants:\tSTA 工作人员 Investigator,\n\tVIS Participant\n\
        *STA:\t您 好 , &-嗯 <请> [/] 请 坐 . \u{15}100_1900\u{15}\n%mor:\tx|y .\n\
        *VIS:\t0你 我 的 (.) 号 是 A 12 吗 [=! 急] ?\n\t还 没 xxx 到 +... \u{15}2000_5100\u{15}\n@End\n";

    #[test]
    fn main_lines_are_turns_and_codes_are_no_speech() {
        assert_eq!(lines(FILE, "a.cha"), ["工作人员: 您好,请请坐.", "VIS: 我的号是A 12吗?还没到"]);
        let document = checked(FILE.as_bytes(), "a.txt").unwrap();
        assert_eq!(document.format, Format::Chat);
        let clocks: Vec<_> =
            document.conversations[0].turns.iter().map(|turn| turn.clock().unwrap()).collect();
        assert_eq!((clocks[0].start, clocks[1].start, clocks[1].end), (100, 2_000, 5_100));
    }

    #[test]
    fn a_file_that_does_not_end_is_noted() {
        let cut = FILE.replace("@End\n", "");
        let notes = checked(cut.as_bytes(), "a.cha").unwrap().conversations[0].notes.clone();
        assert_eq!((notes[0].code, notes.len()), ("no-end", 1));
        let lone = "*CHI:\t好 .\n*MOT:\t嗯 .\n";
        assert!(checked(lone.as_bytes(), "a.cha").unwrap().conversations[0].notes.is_empty());
        assert_eq!(checked(b"@Begin\n@End\n", "a.cha").unwrap_err(), crate::read::ReadError::NoSpeech);
    }
}
