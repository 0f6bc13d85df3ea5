//! JSON of whisper.cpp (`-oj`, `-ojf`): `transcription` with offsets in milliseconds, `speaker` with `--diarize`.

use super::json::{Node, Slip};
use super::segments::{Unit, label, list, say, words};
use super::turns::{Join, Turns, Who};
use super::words::locate;
use crate::text::{SourceText, Span};
use crate::transcript::{TimedWord, Transcript};

/// What tinydiarize writes at the end of a segment after which the speaker changes.
const TURN: &str = "[SPEAKER_TURN]";

/// Reads a whisper.cpp result.
pub(super) fn conversation(node: &Node<'_>, source: &SourceText) -> Result<Option<Transcript>, Slip> {
    let mut turns = Turns::new(source.text());
    let mut join = Join::Close;
    for (i, item) in list(node, "transcription")?.iter().enumerate() {
        join = segment(item, source.text(), &mut turns, join)
            .map_err(|slip| slip.under(format_args!("transcription[{i}]")))?;
    }
    Ok(turns.finish())
}

/// Says one segment, and tells how the next may join it.
fn segment(node: &Node<'_>, source: &str, turns: &mut Turns<'_>, join: Join) -> Result<Join, Slip> {
    let mut cut = words(node, "text")?.ok_or_else(|| Slip::missing(node, "text"))?;
    let said = cut.text(source);
    let turn = said.trim_end().strip_suffix(TURN).map(str::len);
    let words = tokens(node, &said);
    if let Some(len) = turn {
        cut = cut.slice(0, u32::try_from(len).unwrap_or(u32::MAX));
    }
    let speaker = label(node, "speaker")?.map(|name| turns.speaker(&name));
    let clock = node.get("offsets").and_then(|offsets| Unit::Milliseconds.clock(offsets, "from", "to"));
    say(turns, Who { speaker, clock, join, ..Who::default() }, &cut, &words, node.span.start);
    Ok(if turn.is_some() { Join::Never } else { Join::Close })
}

/// The times of tokens, where each is a whole word: a token may be a part of a character, or no speech at all.
fn tokens(node: &Node<'_>, said: &str) -> Vec<TimedWord> {
    let (mut out, mut at) = (Vec::new(), 0);
    for token in node.get("tokens").and_then(Node::items).unwrap_or(&[]) {
        let clock = token.get("offsets").and_then(|offsets| Unit::Milliseconds.clock(offsets, "from", "to"));
        let text = token.get("text").and_then(Node::as_text).map(|text| text.text());
        let (Some(clock), Some(text)) = (clock, text) else {
            continue;
        };
        if let Some((from, to)) = locate(said, at, &text) {
            at = to;
            out.push(TimedWord { span: Span::of(from..to), clock });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::oracle::{checked, lines};

    #[test]
    fn speakers_offsets_and_tokens() {
        let text = r#"{"result":{"language":"zh"},"transcription":[
            {"timestamps":{"from":"00:00:00,000","to":"00:00:02,700"},"offsets":{"from":0,"to":2700},"text":" 您好","speaker":"0",
             "tokens":[{"text":"[_BEG_]","offsets":{"from":0,"to":0}},{"text":" 您好","offsets":{"from":0,"to":900}}]},
            {"offsets":{"from":2800,"to":3000},"text":"请坐。","speaker":"0"},
            {"offsets":{"from":3000,"to":4000},"text":"好","speaker":"1"},
            {"offsets":{"from":4000,"to":5000},"text":"哦","speaker":"?"}]}"#;
        assert_eq!(lines(text, "a.json"), ["0: 您好请坐。", "1: 好", "-: 哦"]);
        let document = checked(text.as_bytes(), "a.json").unwrap();
        assert_eq!(document.format, Format::WhisperCpp);
        assert!(document.conversations[0].overlap);
        assert_eq!(document.conversations[0].turns[0].words[0].clock.end, 900);
    }

    #[test]
    fn a_change_of_speaker_that_is_only_marked() {
        let text = r#"{"transcription":[{"offsets":{"from":0,"to":900},"text":"几号 [SPEAKER_TURN]"},
            {"offsets":{"from":900,"to":1500},"text":"三号"}]}"#;
        assert_eq!(lines(text, "a.json"), ["-: 几号", "-: 三号"]);
    }
}
