//! wuxin's own JSON (contract, "wuxin's own input").

use super::clock::milliseconds;
use super::cut::Cut;
use super::json::{Node, Slip, Value};
use super::turns::{Turns, Who};
use crate::text::{SourceText, Span};
use crate::transcript::{Channel, Clock, Meta, Note, Role, TimedWord, Transcript};

const TURN_KEYS: &[&str] = &["speaker", "role", "text", "start_ms", "end_ms", "words"];
const META_KEYS: &[&str] = &["staff", "date", "recording", "channel", "case"];
const CONVERSATION_KEYS: &[&str] = &["id", "meta", "turns", "schema"];

/// Reads one conversation; `Ok(None)` where nobody says a word.
pub(super) fn conversation(node: &Node<'_>, source: &SourceText) -> Result<Option<Transcript>, Slip> {
    let Some(list) = node.get("turns") else {
        return Err(Slip::missing(node, "turns"));
    };
    let items = list.items().ok_or_else(|| Slip::wrong(list, "turns", "array"))?;
    let mut turns = Turns::new(source.text()).after(source.lines_before());
    let mut strange = Strange::default();
    strange.look(node, CONVERSATION_KEYS);
    turns.about().id = node.get("id").map(|id| name(id, "id")).transpose()?;
    if let Some(meta) = node.get("meta") {
        turns.about().meta = read_meta(meta, &mut strange)?;
    }
    for (i, item) in items.iter().enumerate() {
        turn(item, source, &mut turns, &mut strange)
            .map_err(|slip| slip.under(format_args!("turns[{i}]")))?;
    }
    strange.note(&mut turns, source);
    Ok(turns.finish())
}

/// Keys that mean nothing here, and strings with half a character: noted once a conversation.
#[derive(Default)]
struct Strange {
    keys: Vec<String>,
    torn: Option<u32>,
}

impl Strange {
    fn look(&mut self, node: &Node<'_>, known: &[&str]) {
        for (key, _) in node.fields() {
            if self.keys.len() < 5 && !known.iter().any(|known| key.is(known)) {
                let key = super::error::shown(&key.text(), 20);
                if !self.keys.contains(&key) {
                    self.keys.push(key);
                }
            }
        }
    }

    fn note(self, turns: &mut Turns<'_>, source: &SourceText) {
        let notes = &mut turns.about().notes;
        if !self.keys.is_empty() {
            notes.push(Note { code: "unknown-keys", detail: self.keys.join(", ") });
        }
        if let Some(at) = self.torn {
            notes.push(Note { code: "lone-surrogate", detail: source.lines().line(at).to_string() });
        }
    }
}

fn turn(
    node: &Node<'_>,
    source: &SourceText,
    turns: &mut Turns<'_>,
    strange: &mut Strange,
) -> Result<(), Slip> {
    if !matches!(node.value, Value::Map(_)) {
        return Err(Slip::wrong(node, "", "object"));
    }
    strange.look(node, TURN_KEYS);
    let text = node.get("text").ok_or_else(|| Slip::missing(node, "text"))?;
    let words = text.as_text().ok_or_else(|| Slip::wrong(text, "text", "string"))?;
    if strange.torn.is_none() && words.has_lone_surrogate() {
        strange.torn = Some(text.span.start);
    }
    let speaker = node.get("speaker").map(|label| name(label, "speaker")).transpose()?;
    let role = node.get("role").map(role).transpose()?;
    let times = (time(node, "start_ms")?, time(node, "end_ms")?);
    let clock = times.0.map(|start| turns.clock(start, times.1, node.span.start));
    let cut = words.cut();
    let timed = timed_words(node, &cut, source)?;
    let speaker = speaker.filter(|label| !label.trim().is_empty()).map(|label| turns.speaker(&label));
    turns.say(Who { speaker, role, clock, ..Who::default() }, &cut, &timed);
    Ok(())
}

/// A string, or a whole number as a string.
fn name(node: &Node<'_>, field: &'static str) -> Result<String, Slip> {
    match &node.value {
        Value::Text(text) => Ok(text.text().into_owned()),
        Value::Int(n) => Ok(n.to_string()),
        _ => Err(Slip::wrong(node, field, "string")),
    }
}

fn role(node: &Node<'_>) -> Result<Role, Slip> {
    let known = [("staff", Role::Staff), ("visitor", Role::Visitor), ("unknown", Role::Unknown)];
    let text = node.as_text();
    let found = known.iter().find(|(word, _)| text.is_some_and(|text| text.is(word)));
    found.map(|(_, role)| *role).ok_or_else(|| Slip::wrong(node, "role", "staff | visitor | unknown"))
}

/// The milliseconds in `field`, which may be absent.
fn time(node: &Node<'_>, field: &'static str) -> Result<Option<u64>, Slip> {
    let Some(value) = node.get(field) else {
        return Ok(None);
    };
    let found = value.as_number().and_then(milliseconds);
    found.map(Some).ok_or_else(|| Slip::wrong(value, field, "number ≥ 0"))
}

fn timed_words(node: &Node<'_>, cut: &Cut, source: &SourceText) -> Result<Vec<TimedWord>, Slip> {
    let Some(list) = node.get("words") else {
        return Ok(Vec::new());
    };
    let items = list.items().ok_or_else(|| Slip::wrong(list, "words", "array"))?;
    let said = cut.text(source.text());
    let (mut out, mut at) = (Vec::with_capacity(items.len()), 0);
    for (i, item) in items.iter().enumerate() {
        let under = |slip: Slip| slip.under(format_args!("words[{i}]"));
        let text = item.get("text").ok_or_else(|| under(Slip::missing(item, "text")))?;
        let word = text.as_text().ok_or_else(|| under(Slip::wrong(text, "text", "string")))?;
        let (start, end) = (time(item, "start_ms").map_err(under)?, time(item, "end_ms").map_err(under)?);
        let Some((from, to)) = super::words::locate(&said, at, &word.text()) else {
            continue;
        };
        at = to;
        if let Some(start) = start {
            let clock = Clock { start, end: end.unwrap_or(start).max(start) };
            out.push(TimedWord { span: Span::of(from..to), clock });
        }
    }
    Ok(out)
}

fn read_meta(node: &Node<'_>, strange: &mut Strange) -> Result<Meta, Slip> {
    if !matches!(node.value, Value::Map(_)) {
        return Err(Slip::wrong(node, "meta", "object"));
    }
    strange.look(node, META_KEYS);
    let field = |key: &'static str| {
        node.get(key).map(|value| name(value, key)).transpose().map_err(|slip| slip.under("meta"))
    };
    Ok(Meta {
        staff: field("staff")?,
        date: field("date")?,
        recording: field("recording")?,
        channel: node.get("channel").map(channel).transpose()?,
        case: field("case")?,
    })
}

fn channel(node: &Node<'_>) -> Result<Channel, Slip> {
    let known = [("visit", Channel::Visit), ("phone", Channel::Phone), ("letter", Channel::Letter)];
    let text = node.as_text();
    let found = known.iter().find(|(word, _)| text.is_some_and(|text| text.is(word)));
    found
        .map(|(_, channel)| *channel)
        .ok_or_else(|| Slip::wrong(node, "meta.channel", "visit | phone | letter"))
}

#[cfg(test)]
mod tests {
    use super::super::oracle::{checked, lines};
    use super::super::{Format, ReadError};
    use crate::transcript::{Channel, Role, Times};

    #[test]
    fn everything_that_a_conversation_may_say() {
        let text = r#"{"id":"c1","meta":{"staff":"闵捷","channel":"visit","x":1},"turns":[
            {"speaker":"窗口","role":"staff","text":"\u60a8\u597d，请坐\uD83D\uDE4F","start_ms":0,"end_ms":900.4,
             "words":[{"text":"您好","start_ms":0,"end_ms":400},{"text":"请坐","start_ms":500,"end_ms":800}]},
            {"speaker":1,"text":"好","start_ms":1000,"end_ms":1200,"mood":"calm"},{"text":"\"嗯\"\n"}]}"#;
        let document = checked(text.as_bytes(), "a.json").unwrap();
        let conversation = &document.conversations[0];
        assert_eq!(lines(text, "a.json"), ["窗口: 您好，请坐🙏", "1: 好", "-: \"嗯\""]);
        assert_eq!((document.format, conversation.id.as_deref()), (Format::Own, Some("c1")));
        assert_eq!(conversation.meta.channel, Some(Channel::Visit));
        assert_eq!(conversation.turns[0].role, Some(Role::Staff));
        assert_eq!((conversation.times, conversation.overlap), (Times::Word, true));
        assert_eq!(conversation.turns[0].words[1].span.slice("您好，请坐"), "请坐");
        assert_eq!(conversation.notes[0].detail, "x, mood");
    }

    #[test]
    fn errors_name_the_field() {
        for (text, message) in [
            (r#"{"turns":[{"text":1}]}"#, "1:19 turns[0].text: expected string, found number"),
            (
                r#"{"turns":[{"text":"好","role":"boss"}]}"#,
                "expected staff | visitor | unknown, found \"boss\"",
            ),
            (r#"{"turns":[{"speaker":"甲"}]}"#, "1:11 turns[0]: text is missing"),
            (r#"{"turns":[{"text":"好","start_ms":-4}]}"#, "turns[0].start_ms: expected number ≥ 0"),
            (r#"{"turns":[{"text":"好","words":[{"text":"好","end_ms":""}]}]}"#, "turns[0].words[0].end_ms"),
            (r#"{"turns":{}}"#, "turns: expected array, found object"),
            (r#"{"turns":["好"]}"#, "1:11 turns[0]: expected object"),
            (r#"{"turns":[{"text":"好"}],"meta":{"channel":"fax"}}"#, "meta.channel: expected visit | phone"),
            (r#"{"turns":[{"text":"好"}"#, "1:23: JSON cut off, expected , ]"),
            (r#"{"rows":[1],"b":2}"#, "no known shape (rows, b)"),
        ] {
            let error = checked(text.as_bytes(), "a.json").unwrap_err().to_string();
            assert!(error.contains(message), "{text}: {error}");
        }
        assert_eq!(checked(br#"{"turns":[]}"#, "a.json").unwrap_err(), ReadError::NoSpeech);
    }

    #[test]
    fn a_line_that_cannot_be_read_leaves_the_others() {
        let text = "{\"turns\":[{\"text\":\"一\"}]}\n\n{\"turns\":[{\"txt\":\"二\"}]}\nnot json\n{\"id\":\"x\",\"turns\":[{\"text\":\"四\"}]}\n";
        for name in ["a.jsonl", "a.txt", "-"] {
            let document = checked(text.as_bytes(), name).unwrap();
            let ids: Vec<_> = document.conversations.iter().map(|c| c.id.as_deref().unwrap()).collect();
            assert_eq!((document.format, ids), (Format::OwnLines, vec!["1", "x"]));
            let places: Vec<_> = document.failures.iter().map(|failure| failure.place.to_string()).collect();
            assert_eq!(places, ["3:11 turns[0]", "4:1"]);
        }
    }

    #[test]
    fn a_list_of_conversations() {
        let text = r#"[{"turns":[{"text":"一"}]},{"turns":[{"text":2}]},{"id":7,"turns":[{"text":"三"}]}]"#;
        let document = checked(text.as_bytes(), "a.json").unwrap();
        let ids: Vec<_> = document.conversations.iter().map(|c| c.id.as_deref().unwrap()).collect();
        assert_eq!(ids, ["1", "7"]);
        assert_eq!(document.failures[0].place.path, "[1].turns[0].text");
    }

    #[test]
    fn half_a_character_is_replaced_and_noted() {
        let text = "{\"turns\":[\n{\"text\":\"好\\ud83d好\\udc4d\"}]}";
        assert_eq!(lines(text, "a.json"), ["-: 好\u{fffd}好\u{fffd}"]);
        let document = checked(text.as_bytes(), "a.json").unwrap();
        assert_eq!(
            (document.conversations[0].notes[0].code, document.conversations[0].notes[0].detail.as_str()),
            ("lone-surrogate", "2")
        );
    }
}
