//! STM of NIST's scorer: `file channel speaker start end <label> text`, times in seconds, `;;` before a comment.
//!
//! Each file is a conversation.

use super::clock::seconds;
use super::error::{Place, Places, ReadError, shown};
use super::lines::{lines, offset};
use super::turns::{Join, Turns, Who};
use super::{Format, Found};
use crate::text::{SourceText, Span};
use std::collections::HashMap;

/// What is scored by nobody.
const NO_SPEECH: &[&str] = &["inter_segment_gap", "ignore_time_segment_in_scoring", "excluded_region"];

/// What a line must be.
const SHAPE: &str = "file channel speaker start end text";

/// A line: fields, and where the words begin.
struct Line<'a> {
    file: &'a str,
    speaker: &'a str,
    start: u64,
    end: u64,
    words: usize,
}

/// Whether these lines are STM: those that are no comments, all of them but the last, which may be cut off.
pub(super) fn is(head: &[&str]) -> bool {
    let mut said = head.iter().filter(|line| !is_comment(line));
    said.next().is_some_and(|line| parse(line).is_some())
        && head.iter().rev().skip(1).all(|line| is_comment(line) || parse(line).is_some())
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with(";;")
}

fn parse(line: &str) -> Option<Line<'_>> {
    let mut at = 0;
    let mut field = || {
        let rest = line.get(at..)?;
        let start = at + (rest.len() - rest.trim_start().len());
        let word = line.get(start..)?.split(char::is_whitespace).next().filter(|word| !word.is_empty())?;
        at = start + word.len();
        Some(word)
    };
    let (file, _channel, speaker) = (field()?, field()?, field()?);
    let (start, end) = (seconds(field()?.parse().ok()?)?, seconds(field()?.parse().ok()?)?);
    let rest = line.get(at..)?;
    let words = rest.trim_start();
    let label = words.strip_prefix('<').and_then(|inner| inner.find('>')).map_or(0, |len| len + 2);
    let words = line.len() - words.len() + label;
    (end >= start).then_some(Line { file, speaker, start, end, words })
}

/// Reads STM.
pub(super) fn read(source: &SourceText) -> Result<Found, ReadError> {
    let text = source.text();
    let (mut files, mut known): (Vec<(&str, Turns<'_>)>, HashMap<&str, usize>) = Default::default();
    for (start, end) in lines(text) {
        let line = text.get(start..end).unwrap_or("");
        if line.trim().is_empty() || is_comment(line) {
            continue;
        }
        let found = parse(line).ok_or_else(|| wrong(source, start, line))?;
        let words = line.get(found.words..).unwrap_or("").trim();
        let skip = |mark: &&str| found.speaker.eq_ignore_ascii_case(mark) || words.eq_ignore_ascii_case(mark);
        if NO_SPEECH.iter().any(skip) {
            continue;
        }
        let index = *known.entry(found.file).or_insert(files.len());
        if index == files.len() {
            files.push((found.file, Turns::new(text)));
        }
        let Some((_, turns)) = files.get_mut(index) else { continue };
        let speaker = Some(turns.speaker(found.speaker));
        let clock = Some(turns.clock(found.start, Some(found.end), offset(start)));
        turns.say_at(
            Who { speaker, clock, join: Join::Speaker, ..Who::default() },
            Span::of(start + found.words..end),
        );
    }
    conversations(files)
}

fn conversations(files: Vec<(&str, Turns<'_>)>) -> Result<Found, ReadError> {
    let several = files.len() > 1;
    let mut found = Found { format: Format::Stm, conversations: Vec::new(), failures: Vec::new() };
    for (file, mut turns) in files {
        if several {
            turns.about().id = Some(file.to_owned());
        }
        let place = || Place { path: shown(file, 80), ..Place::default() };
        found.take(Ok(turns.finish()), file, place);
    }
    if let ([one], false) = (found.conversations.as_mut_slice(), several) {
        one.id = None;
    }
    found.or_first_failure()
}

fn wrong(source: &SourceText, at: usize, line: &str) -> ReadError {
    let place = Places::new(source).at(offset(at));
    ReadError::WrongType { place, expected: SHAPE, found: format!("\"{}\"", shown(line.trim(), 40)) }
}

#[cfg(test)]
mod tests {
    use super::super::oracle::{checked, lines};
    use super::super::{Format, ReadError};

    #[test]
    fn a_line_is_a_segment_and_a_file_a_conversation() {
        let text = ";; 接待\nd1 1 工作人员 0.5 1.9 <o,f0> 您好，请坐。\nd1 1 来访人 2.0 4.25 我的号呢？\nd1 1 inter_segment_gap 4.25 5 <o>\n";
        assert_eq!(lines(text, "a.txt"), ["工作人员: 您好，请坐。", "来访人: 我的号呢？"]);
        let document = checked(text.as_bytes(), "a.stm").unwrap();
        let clock = document.conversations[0].turns[1].clock().unwrap();
        assert_eq!((document.format, clock.start, clock.end), (Format::Stm, 2_000, 4_250));
        let two = "d1 1 甲 0 1 <M> 好\nd2 1 乙 0 1 <M> 行\nd2 1 丙 1 2 <M> \n";
        let document = checked(two.as_bytes(), "a.stm").unwrap();
        let ids: Vec<_> = document.conversations.iter().map(|one| one.id.as_deref().unwrap()).collect();
        assert_eq!(ids, ["d1", "d2"]);
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        let error = checked("d1 1 甲 0 1 好\nd1 1 乙\nd1 1 甲 1 2 行\n".as_bytes(), "a.stm").unwrap_err();
        assert!(matches!(&error, ReadError::WrongType { place, .. } if place.line == 2), "{error}");
        assert_eq!(checked(b"d1 1 A 0 1 <M>\n", "a.stm").unwrap_err(), ReadError::NoSpeech);
        // Cut off in its last line, and told as STM still.
        let error = checked("d1 1 甲 0 1 好\nd1 1 乙 1".as_bytes(), "a.txt").unwrap_err();
        assert!(
            error.to_string().starts_with("2:1: expected file channel speaker start end text"),
            "{error}"
        );
    }
}
