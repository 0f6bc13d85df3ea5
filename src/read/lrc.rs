//! LRC, as whisper.cpp writes it: `[01:02.30]` before each line, perhaps `(speaker 0)` behind it.

use super::clock;
use super::cues::{Cue, CueLine, turns};
use super::cut::Cut;
use super::error::ReadError;
use super::lines::{lines, offset};
use crate::text::{Raw, Span};
use crate::transcript::Transcript;

/// Tags that tell about the file.
const TAGS: &[&str] = &["by", "ti", "ar", "al", "au", "la", "re", "ve", "tool", "length", "offset"];

/// Whether a line is such a tag: `[by:whisper.cpp]`.
pub(super) fn is_tag(line: &str) -> bool {
    let inner = line.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let name = inner.and_then(|inner| inner.split_once(':')).map(|(name, _)| name.trim());
    name.is_some_and(|name| TAGS.iter().any(|known| name.eq_ignore_ascii_case(known)))
}

/// Reads LRC; `Ok(None)` where nobody says a word.
pub(super) fn read(text: &str) -> Result<Option<Transcript>, ReadError> {
    let mut cues: Vec<(u64, Cue<'_>)> = Vec::new();
    for (start, end) in lines(text) {
        let line = Span::<Raw>::of(start..end);
        let (times, mut at) = stamps(line.slice(text));
        let Some(first) = times.first().copied() else { continue };
        let voice = voice(text.get(start + at..end).unwrap_or(""));
        at += voice.map_or(0, |(_, len)| len);
        let cut = spoken(text, start + at, end);
        let lines = vec![CueLine { voice: voice.map(|(name, _)| name), cut, words: Vec::new() }];
        cues.push((first, Cue { at: offset(start), time: None, untimed: false, lines }));
    }
    if cues.is_empty() {
        return Err(ReadError::NoCues);
    }
    // A line lasts until the next begins; how long the last one lasts is not said.
    let starts: Vec<u64> = cues.iter().map(|(start, _)| *start).collect();
    let ends = starts.iter().skip(1).chain(starts.last());
    for ((start, cue), end) in cues.iter_mut().zip(ends) {
        cue.time = Some((*start, (*end).max(*start)));
    }
    Ok(turns(text, &cues.into_iter().map(|(_, cue)| cue).collect::<Vec<_>>()))
}

/// The times in front of a line, and where its words begin.
fn stamps(line: &str) -> (Vec<u64>, usize) {
    let (mut times, mut at) = (Vec::new(), line.len() - line.trim_start().len());
    while let Some((time, len)) = stamp(line.get(at..).unwrap_or(""), '[', ']') {
        times.push(time);
        at += len;
    }
    (times, at)
}

fn stamp(rest: &str, open: char, close: char) -> Option<(u64, usize)> {
    let inner = rest.strip_prefix(open)?;
    let (time, len) = clock::time(inner)?;
    inner.get(len..)?.starts_with(close).then_some((time, len + 2))
}

/// `(speaker 0)`
fn voice(rest: &str) -> Option<(&str, usize)> {
    let inner = rest.strip_prefix('(')?;
    let end = inner.find(')')?;
    let name = inner.get(..end)?;
    let number = name.strip_prefix("speaker ")?;
    (number == "?" || number.bytes().all(|byte| byte.is_ascii_digit())).then_some((name, end + 2))
}

/// The words of a line; `<00:01.20>` before a word falls away.
fn spoken(text: &str, from: usize, to: usize) -> Cut {
    let (mut cut, mut kept, mut at) = (Cut::default(), from, from);
    while let Some(found) = text.get(at..to).and_then(|rest| rest.find('<')) {
        at += found;
        match stamp(text.get(at..to).unwrap_or(""), '<', '>') {
            Some((_, len)) => {
                cut.plain(Span::of(kept..at));
                at += len;
                kept = at;
            }
            None => at += 1,
        }
    }
    cut.plain(Span::of(kept..to));
    cut
}

#[cfg(test)]
mod tests {
    use super::super::oracle::{checked, lines};
    use super::super::{Format, ReadError};

    #[test]
    fn speakers_tags_and_times_of_words() {
        let text = "[by:whisper.cpp]\n[00:00.00](speaker 0)您好，<00:00.80>请坐。\n[00:04.22](speaker 1)好\n[00:05.00]的\n";
        assert_eq!(lines(text, "a.lrc"), ["speaker 0: 您好，请坐。", "speaker 1: 好的"]);
        let document = checked(text.as_bytes(), "-").unwrap();
        assert_eq!(document.format, Format::Lrc);
        let clock = document.conversations[0].turns[0].clock().unwrap();
        assert_eq!((clock.start, clock.end), (0, 4_220));
        assert_eq!(lines("[00:00.00]客服：您好\n[00:02.00]客户：好\n", "b.lrc"), ["客服: 您好", "客户: 好"]);
    }

    #[test]
    fn without_a_time_it_is_none() {
        assert_eq!(checked("[by:x]\n您好\n".as_bytes(), "a.lrc").unwrap_err(), ReadError::NoCues);
    }
}
