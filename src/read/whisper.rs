//! JSON of openai-whisper, faster-whisper and WhisperX: `segments` with times in seconds, or a bare list of them.
//!
//! Without speakers, segments less than 300 ms apart are one turn until a sentence ends. Of WhisperX, a segment whose
//! words name different speakers is split there; a word without a speaker goes with the one before.

use super::cut::Cut;
use super::json::{Node, Slip};
use super::segments::{Unit, label, list, say, words};
use super::turns::{Join, Turns, Who};
use super::words::locate;
use crate::text::{SourceText, Span};
use crate::transcript::{Clock, TimedWord, Transcript};

/// Reads a Whisper result: an object with `segments`, or the segments themselves.
pub(super) fn conversation(node: &Node<'_>, source: &SourceText) -> Result<Option<Transcript>, Slip> {
    let (segments, name) = match node.items() {
        Some(items) => (items, ""),
        None => (list(node, "segments")?, "segments"),
    };
    let mut turns = Turns::new(source.text());
    for (i, item) in segments.iter().enumerate() {
        segment(item, source.text(), &mut turns).map_err(|slip| slip.under(format_args!("{name}[{i}]")))?;
    }
    Ok(turns.finish())
}

/// A word as the recogniser gives it.
struct Heard {
    text: String,
    clock: Option<Clock>,
    speaker: Option<String>,
}

fn segment(node: &Node<'_>, source: &str, turns: &mut Turns<'_>) -> Result<(), Slip> {
    let cut = match words(node, "text")? {
        Some(cut) => cut,
        None => joined(node)?,
    };
    let said = cut.text(source);
    let heard = heard(node)?;
    let clock = Unit::Seconds.clock(node, "start", "end").or_else(|| hull(&heard));
    let who = Who { join: Join::Close, clock, ..Who::default() };
    let speaker = label(node, "speaker")?;
    let mut runs = split(&said, heard, speaker);
    bound(&mut runs, clock);
    for run in runs {
        let speaker = run.speaker.map(|name| turns.speaker(&name));
        let words: Vec<_> = run
            .words
            .into_iter()
            .map(|word| TimedWord {
                span: Span::new(word.span.start - run.from, word.span.end - run.from),
                ..word
            })
            .collect();
        say(
            turns,
            Who { speaker, clock: run.clock, ..who },
            &cut.slice(run.from, run.to),
            &words,
            node.span.start,
        );
    }
    Ok(())
}

/// The words of a segment that has no text of its own.
fn joined(node: &Node<'_>) -> Result<Cut, Slip> {
    let mut cut = Cut::default();
    for item in list(node, "words")? {
        if let Some(word) = words(item, "word")? {
            cut.append(&word);
        }
    }
    Ok(cut)
}

fn heard(node: &Node<'_>) -> Result<Vec<Heard>, Slip> {
    let items = match node.get("words") {
        Some(_) => list(node, "words")?,
        None => &[],
    };
    let mut out = Vec::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        let under = |slip: Slip| slip.under(format_args!("words[{i}]"));
        let text = item.get("word").or_else(|| item.get("text")).and_then(Node::as_text);
        out.push(Heard {
            text: text.map(|text| text.text().into_owned()).unwrap_or_default(),
            clock: Unit::Seconds.clock(item, "start", "end"),
            speaker: label(item, "speaker").map_err(under)?,
        });
    }
    Ok(out)
}

fn hull(words: &[Heard]) -> Option<Clock> {
    let first = words.iter().find_map(|word| word.clock)?;
    let last = words.iter().rev().find_map(|word| word.clock)?;
    Some(Clock { start: first.start, end: last.end.max(first.start) })
}

/// A stretch of a segment said by one speaker, in bytes of the segment's words.
struct Run {
    speaker: Option<String>,
    from: u32,
    to: u32,
    words: Vec<TimedWord>,
    clock: Option<Clock>,
}

/// Splits a segment where its words change the speaker.
fn split(said: &str, words: Vec<Heard>, speaker: Option<String>) -> Vec<Run> {
    let len = u32::try_from(said.len()).unwrap_or(u32::MAX);
    let mut runs: Vec<Run> = Vec::new();
    let (mut at, mut now) = (0, words.iter().find_map(|word| word.speaker.clone()).or(speaker));
    for word in words {
        let Some((from, to)) = locate(said, at, &word.text) else {
            continue;
        };
        at = to;
        let span = Span::of(from..to);
        let changes = word.speaker.is_some() && word.speaker != now;
        if changes || runs.is_empty() {
            now = word.speaker.or(now);
            let from = if runs.is_empty() { 0 } else { span.start };
            if let Some(last) = runs.last_mut() {
                last.to = from;
            }
            runs.push(Run { speaker: now.clone(), from, to: len, words: Vec::new(), clock: None });
        }
        if let (Some(run), Some(clock)) = (runs.last_mut(), word.clock) {
            run.words.push(TimedWord { span, clock });
        }
    }
    if runs.is_empty() {
        runs.push(Run { speaker: now, from: 0, to: len, words: Vec::new(), clock: None });
    }
    runs
}

/// Gives each run its clock: the segment's, cut where the speaker changes.
fn bound(runs: &mut [Run], clock: Option<Clock>) {
    let last = runs.len().saturating_sub(1);
    for (i, run) in runs.iter_mut().enumerate() {
        let start = run.words.first().map(|word| word.clock.start);
        let end = run.words.last().map(|word| word.clock.end);
        let start = if i == 0 { clock.map(|clock| clock.start).or(start) } else { start };
        let end = if i == last { clock.map(|clock| clock.end).or(end) } else { end };
        run.clock = start.map(|start| Clock { start, end: end.unwrap_or(start) });
    }
}

#[cfg(test)]
mod tests {
    use super::super::oracle::{checked, lines};
    use super::super::{Format, ReadError};
    use crate::transcript::Times;

    #[test]
    fn segments_without_speakers() {
        let text = r#"{"text":"x","segments":[
            {"id":0,"start":0.0,"end":2.7,"text":"\u60a8\u597d,请","words":[{"start":0.0,"end":0.5,"word":" \u60a8"},{"start":0.5,"end":0.76,"word":"好,"},{"start":1.0,"end":1.1,"word":"请"}]},
            {"id":1,"start":2.9,"end":4.0,"text":" 坐。","words":null},
            {"id":2,"start":4.1,"end":5.0,"text":"好"}],"language":"zh"}"#;
        assert_eq!(lines(text, "a.json"), ["-: 您好,请坐。", "-: 好"]);
        let document = checked(text.as_bytes(), "a.json").unwrap();
        let turn = &document.conversations[0].turns[0];
        assert_eq!((document.format, document.conversations[0].times), (Format::Whisper, Times::Word));
        assert_eq!((turn.segments.len(), turn.segments[1].clock.unwrap().start), (2, 2_900));
        let words: Vec<_> = turn.words.iter().map(|word| word.span.range()).collect();
        assert_eq!(words, [0..3, 3..7, 7..10]);
    }

    #[test]
    fn a_bare_list_and_a_list_without_text() {
        let text = r#"[{"start":0,"end":1.5,"text":"您好。"},{"start":2,"end":3,"words":[{"word":"好","start":2,"end":3},{"word":"的"}]}]"#;
        assert_eq!(lines(text, "a.json"), ["-: 您好。", "-: 好的"]);
    }

    #[test]
    fn a_segment_of_two_speakers_is_split() {
        let text = r#"{"segments":[{"start":1,"end":4,"text":"几号?三十二号。","speaker":"SPEAKER_00","words":[
            {"word":"几","start":1,"end":1.2,"speaker":"SPEAKER_00"},{"word":"号"},{"word":"?"},
            {"word":"三","start":2,"end":2.2,"speaker":"SPEAKER_01"},{"word":"十","start":2.2,"end":2.4},
            {"word":"二","start":2.5,"end":2.6,"speaker":"SPEAKER_01"},{"word":"号","start":3,"end":3.5},{"word":"。"}]}]}"#;
        assert_eq!(lines(text, "a.json"), ["SPEAKER_00: 几号?", "SPEAKER_01: 三十二号。"]);
        let conversation = checked(text.as_bytes(), "a.json").unwrap().conversations.remove(0);
        let clocks: Vec<_> =
            conversation.turns.iter().filter_map(|turn| turn.clock()).map(|c| (c.start, c.end)).collect();
        assert_eq!(clocks, [(1_000, 1_200), (2_000, 4_000)]);
        assert_eq!(conversation.turns[1].words.len(), 4);
    }

    #[test]
    fn errors_name_the_segment() {
        for (text, message) in [
            (r#"{"segments":[{"start":0,"end":1,"text":5}]}"#, "segments[0].text: expected string"),
            (
                r#"{"segments":[{"start":0,"end":1,"text":"好","speaker":{}}]}"#,
                "segments[0].speaker: expected string",
            ),
            (r#"{"segments":[{"start":0,"text":"好"},{"start":1}]}"#, "segments[1]: words is missing"),
        ] {
            let error = checked(text.as_bytes(), "a.json").unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
        assert_eq!(checked(br#"{"segments":[]}"#, "a.json").unwrap_err(), ReadError::NoSpeech);
    }
}
