//! What holds for every reader: cut the pieces from the file, undo what the container did, and the words must be there.

use super::{Document, Format, Input, ReadError, read};
use crate::text::Span;
use crate::transcript::Turn;

/// Reads `bytes` under `name` and checks what must hold.
pub(super) fn checked(bytes: &[u8], name: &str) -> Result<Document, ReadError> {
    let document = read(&Input { bytes, name, format: None })?;
    check(&document);
    Ok(document)
}

/// Speaker labels and words of the only conversation in `text`.
pub(super) fn said(text: &str, name: &str) -> Vec<(String, String)> {
    let document = checked(text.as_bytes(), name).unwrap();
    assert_eq!(document.conversations.len(), 1);
    let conversation = &document.conversations[0];
    let label =
        |turn: &Turn| turn.speaker.map_or("-", |s| conversation.speakers[s as usize].as_str()).to_owned();
    conversation.turns.iter().map(|turn| (label(turn), turn.said(&document.source).to_owned())).collect()
}

/// The same as `label: words` lines, which are easy to compare.
pub(super) fn lines(text: &str, name: &str) -> Vec<String> {
    said(text, name).into_iter().map(|(label, words)| format!("{label}: {words}")).collect()
}

/// Spans disjoint, and sorted unless turns were put in order of time; segments covering, words inside, and pieces that
/// read like the words.
pub(super) fn check(document: &Document) {
    assert!(!document.conversations.is_empty() || !document.failures.is_empty());
    for conversation in &document.conversations {
        assert!(!conversation.turns.is_empty());
        let mut turns: Vec<&Turn> = conversation.turns.iter().collect();
        let begins = |turn: &&Turn| turn.map.hull(Span::new(0, 1)).start;
        if !turns.is_sorted_by_key(begins) {
            let starts = turns.iter().map(|turn| turn.clock().unwrap().start);
            assert!(starts.is_sorted(), "neither in order of the file nor of time");
            turns.sort_by_key(begins);
        }
        let mut last = 0;
        for turn in turns {
            last = check_turn(document, turn, last);
            assert!(turn.speaker.is_none_or(|s| (s as usize) < conversation.speakers.len()));
        }
    }
}

fn check_turn(document: &Document, turn: &Turn, last: u32) -> u32 {
    let said = turn.said(&document.source);
    let len = u32::try_from(said.len()).unwrap();
    assert!(!said.trim().is_empty());
    assert_eq!(turn.map.from_len(), len);
    let pieces = turn.map.pieces(Span::new(0, len));
    // Tiers stand one after the other, each in its order of time.
    let tiers = matches!(document.format, Format::TextGrid | Format::Eaf);
    assert!(tiers || pieces[0].start >= last, "{pieces:?} after {last}");
    assert!(pieces.windows(2).all(|pair| pair[0].end < pair[1].start), "{pieces:?}");
    let cut: String =
        pieces.iter().map(|piece| undone(document.source.slice(*piece), document.format)).collect();
    // A string of JSON in a string of JSON: its escapes are undone as often as it is nested.
    let nested = document.format == Format::Iflytek && cut.contains('\\');
    let again = |cut: String| if nested && cut != said && cut.contains('\\') { unescaped(&cut) } else { cut };
    let cut = again(again(cut));
    // A piece does not show that a backslash before it keeps Markdown's `&amp;` from being an entity.
    let kept = document.format == Format::Markdown && document.source.text().contains("\\&");
    // Nor whether two quotes of a table are one that is doubled.
    let bare = |text: &str| if quotes(document.format) { text.replace('"', "") } else { text.to_owned() };
    assert!(kept || bare(&cut) == bare(said), "{cut:?} is not {said:?}");
    let mut at = 0;
    for segment in &turn.segments {
        assert_eq!(segment.span.start, at);
        assert!(!segment.span.is_empty());
        at = segment.span.end;
        let words = segment.span.slice(said);
        assert_eq!(words, words.trim());
        assert!(!words.is_empty());
    }
    assert_eq!(at, len);
    for word in &turn.words {
        assert!(!word.span.is_empty() && !word.span.slice(said).is_empty(), "{word:?} in {said}");
        assert!(word.clock.start <= word.clock.end);
    }
    pieces.last().unwrap().end
}

/// Whether a quote is written as two.
fn quotes(format: Format) -> bool {
    matches!(format, Format::Csv | Format::Tsv | Format::TextGrid)
}

/// A piece of the file as it reads.
fn undone(raw: &str, format: Format) -> String {
    if format.is_json() {
        return unescaped(raw);
    }
    if format == Format::Ass {
        return raw.replace("\\h", "\u{a0}");
    }
    if quotes(format) {
        return raw.to_owned();
    }
    if !matches!(format, Format::Vtt | Format::Markdown | Format::Eaf) {
        return raw.to_owned();
    }
    let (mut out, mut rest) = (String::new(), raw);
    while let Some(c) = rest.chars().next() {
        let found = rest.strip_prefix('&').and_then(|_| super::markup::entity(rest));
        let found = found.or_else(|| named(rest).filter(|_| format == Format::Markdown));
        let (c, len) = found.unwrap_or((c, c.len_utf8()));
        out.push(c);
        rest = &rest[len..];
    }
    out
}

/// An entity at the start of `rest` that only Markdown knows.
fn named(rest: &str) -> Option<(char, usize)> {
    let len = rest.strip_prefix('&')?.find(';')? + 2;
    if !rest[1..len - 1].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') {
        return None;
    }
    let mut events = pulldown_cmark::Parser::new(&rest[..len]);
    let text = events
        .find_map(|event| if let pulldown_cmark::Event::Text(text) = event { Some(text) } else { None })?;
    let mut chars = text.chars();
    Some((chars.next()?, len)).filter(|_| chars.next().is_none())
}

/// JSON's escapes undone by serde, lone surrogates by hand.
fn unescaped(raw: &str) -> String {
    let mut units = Vec::new();
    let mut out = String::new();
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        if let Some(hex) = rest.strip_prefix("\\u") {
            units.push(u16::from_str_radix(&hex[..4], 16).unwrap());
            rest = &hex[4..];
            continue;
        }
        out.push_str(&String::from_utf16_lossy(&units));
        units.clear();
        let len = if c == '\\' { 2 } else { c.len_utf8() };
        let piece = &rest[..len];
        out.push_str(&serde_json::from_str::<String>(&format!("\"{piece}\"")).unwrap());
        rest = &rest[len..];
    }
    out + &String::from_utf16_lossy(&units)
}
