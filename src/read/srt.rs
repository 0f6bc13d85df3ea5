//! SubRip subtitles, as tools and people write them: numbers may be missing, cues may hold blank lines.

use super::clock;
use super::cues::{Cue, CueLine, turns};
use super::error::ReadError;
use super::lines::{lines, offset};
use super::markup::subtitle;
use crate::text::Span;
use crate::transcript::Transcript;

/// Reads SRT; `Ok(None)` where nobody says a word.
pub(super) fn read(text: &str) -> Result<Option<Transcript>, ReadError> {
    let all: Vec<(usize, usize)> = lines(text).collect();
    let line = |i: usize| all.get(i).and_then(|(start, end)| text.get(*start..*end)).unwrap_or("");
    let times: Vec<usize> = (0..all.len()).filter(|i| is_times(line(*i))).collect();
    if times.is_empty() {
        return Err(ReadError::NoCues);
    }
    let mut cues = Vec::with_capacity(times.len());
    for (k, at) in times.iter().enumerate() {
        let next = times.get(k + 1).copied();
        let mut end = next.unwrap_or(all.len());
        // The number of the next cue stands right above its times.
        if next.is_some() && end > at + 1 && is_number(line(end - 1)) {
            end -= 1;
        }
        let spans = all.get(at + 1..end).unwrap_or(&[]).iter();
        let spans = spans
            .map(|(start, end)| Span::of(*start..*end))
            .filter(|span| !span.slice(text).trim().is_empty());
        let lines = spans.map(|span| CueLine { cut: subtitle(text, span), ..CueLine::default() }).collect();
        let start = all.get(*at).map_or(0, |(start, _)| *start);
        cues.push(Cue { at: offset(start), time: clock::cue(line(*at).trim()), lines, untimed: false });
    }
    Ok(turns(text, &cues))
}

/// Whether a line gives the times of a cue, be they damaged.
pub(super) fn is_times(line: &str) -> bool {
    line.contains("-->") && (clock::cue(line.trim()).is_some() || looks_like_times(line.trim()))
}

fn looks_like_times(line: &str) -> bool {
    let known = |c: char| c.is_ascii_digit() || matches!(c, ':' | ',' | '.' | '-' | '>' | ' ' | ';');
    line.starts_with(|c: char| c.is_ascii_digit()) && line.chars().filter(|c| !known(*c)).count() <= 2
}

fn is_number(line: &str) -> bool {
    let bare = line.trim();
    !bare.is_empty() && bare.len() <= 9 && bare.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::oracle::{checked, lines};
    use crate::transcript::Times;

    #[test]
    fn cues_of_one_speaker_are_one_turn() {
        let text = "1\r\n00:00:01,000 --> 00:00:02,000\r\n窗口：您好，请坐。\r\n\r\n2\r\n00:00:02,100 --> 00:00:03,000\r\n\
                    请问什么事？\r\n\r\n3\r\n00:00:04.000 --> 00:00:05.000\r\n来访人：<i>我来</i>问\r\n\r\n{\\an8}补助\r\n";
        assert_eq!(lines(text, "a.srt"), ["窗口: 您好，请坐。请问什么事？", "来访人: 我来问补助"]);
        let conversation = checked(text.as_bytes(), "a.srt").unwrap().conversations.remove(0);
        assert_eq!((conversation.times, conversation.overlap), (Times::Turn, true));
        let ends: Vec<_> =
            conversation.turns[0].segments.iter().map(|segment| segment.clock.unwrap().end).collect();
        assert_eq!(ends, [2_000, 3_000]);
    }

    #[test]
    fn without_speakers_a_sentence_goes_on_over_close_cues() {
        let text = "00:00:01,000 --> 00:00:02,000\n我要去\n\n00:00:02,100 --> 00:00:03,000\n三楼。\n\n\
                    00:00:03,100 --> 00:00:04,000\n好的\n\n00:00:06,000 --> 00:00:07,000\n再见\n";
        assert_eq!(lines(text, "a.srt"), ["-: 我要去三楼。", "-: 好的", "-: 再见"]);
    }

    #[test]
    fn dashes_are_two_speakers_unknown() {
        let text = "1\n00:00:01,000 --> 00:00:02,000\n- 先生？\n- 在车上\n\n2\n00:00:02,000 --> 00:00:03,000\n- 哦\n";
        assert_eq!(lines(text, "a.srt"), ["-: 先生？", "-: 在车上", "-: 哦"]);
    }

    #[test]
    fn times_that_run_backwards_or_make_no_sense_are_noted() {
        let text = "1\n00:00:20,000 --> 00:00:23,000\n甲：一\n\n2\n00:00:12,000 --> 00:00:15,000\n乙：二\n\n\
                    3\n00:00:xx,000 --> 00:00:30,000\n甲：三\n\n4\n00:00:40,000 --> 00:00:39,000\n乙：四\n";
        let conversation = checked(text.as_bytes(), "a.srt").unwrap().conversations.remove(0);
        let notes: Vec<_> = conversation.notes.iter().map(|note| (note.code, note.detail.as_str())).collect();
        assert_eq!(notes, [("times-backwards", "6 (2)"), ("unclear-time", "10 (1)")]);
        assert_eq!(conversation.turns.len(), 4);
    }

    #[test]
    fn several_labels_in_a_cue_and_numbers_in_the_words() {
        let text =
            "00:00:01,000 --> 00:00:02,000\n客服：几号？\n客户：31\n\n2\n00:00:03,000 --> 00:00:04,000\n32\n";
        assert_eq!(lines(text, "a.srt"), ["客服: 几号？", "客户: 3132"]);
    }
}
