//! Advanced SubStation Alpha (and SSA): the lines of `[Events]` that are spoken.

use super::clock;
use super::cues::{Cue, CueLine, turns};
use super::cut::Cut;
use super::error::ReadError;
use super::lines::{lines, offset};
use super::xml::place;
use crate::text::Span;
use crate::transcript::Transcript;

/// Columns where the file names none, as version 4+ has them.
const FORMAT: &str = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text";

/// Whether it is one.
pub(super) fn is(start: &str) -> bool {
    start.get(..13).is_some_and(|head| head.eq_ignore_ascii_case("[Script Info]"))
}

/// Reads ASS; `Ok(None)` where nobody says a word.
pub(super) fn read(text: &str) -> Result<Option<Transcript>, ReadError> {
    let (mut events, mut columns, mut cues) = (false, Columns::of(FORMAT), Vec::new());
    for (start, end) in lines(text) {
        let line = text.get(start..end).unwrap_or("").trim_start();
        let at = end - line.len();
        if line.starts_with('[') {
            events = line.trim_end().eq_ignore_ascii_case("[Events]");
        } else if let Some(format) = line.strip_prefix("Format:").filter(|_| events) {
            columns = Columns::of(format);
        } else if let Some(event) = line.strip_prefix("Dialogue:").filter(|_| events) {
            let from = at + "Dialogue:".len();
            cues.push(columns.cue(text, event, from, at).ok_or_else(|| ReadError::Expected {
                kind: "ASS",
                place: place(text, at),
                expected: "Dialogue: 0,0:00:01.00,0:00:02.00,…",
            })?);
        }
    }
    if cues.is_empty() {
        return Err(ReadError::NoCues);
    }
    Ok(turns(text, &cues))
}

/// Which column of an event is which.
struct Columns {
    start: usize,
    end: usize,
    name: usize,
    text: usize,
}

impl Columns {
    fn of(format: &str) -> Self {
        let names: Vec<String> = format.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
        let of = |known: &[&str], usual| {
            names.iter().position(|name| known.contains(&name.as_str())).unwrap_or(usual)
        };
        Columns {
            start: of(&["start"], 1),
            end: of(&["end"], 2),
            name: of(&["name", "actor"], 4),
            text: of(&["text"], 9),
        }
    }

    /// The cue of an event whose columns begin at byte `from`.
    fn cue<'a>(&self, text: &'a str, event: &'a str, from: usize, at: usize) -> Option<Cue<'a>> {
        let fields: Vec<&str> = event.splitn(self.text + 1, ',').collect();
        let words = fields.get(self.text)?;
        let time = |i: usize| clock::time(fields.get(i)?.trim()).map(|(ms, _)| ms);
        let voice = fields.get(self.name).map(|name| name.trim()).filter(|name| !name.is_empty());
        let begin = from + event.len() - words.len();
        let lines = spoken(text, begin, begin + words.len());
        Some(Cue {
            at: offset(at),
            time: time(self.start).zip(time(self.end)),
            untimed: false,
            lines: lines.into_iter().map(|cut| CueLine { voice, cut, words: Vec::new() }).collect(),
        })
    }
}

/// The lines of an event's text: override tags and drawings fall away, `\N` and `\n` break a line, `\h` is a space.
fn spoken(text: &str, from: usize, to: usize) -> Vec<Cut> {
    let (mut out, mut line) = (Vec::new(), Cut::default());
    let (mut at, mut kept, mut drawing) = (from, from, false);
    let keep = |line: &mut Cut, kept: usize, at: usize, drawing: bool| {
        if !drawing {
            line.plain(Span::of(kept..at));
        }
    };
    while let Some(found) = text.get(at..to).and_then(|rest| memchr::memchr2(b'{', b'\\', rest.as_bytes())) {
        at += found;
        let rest = text.get(at..to).unwrap_or("");
        let tag = rest.starts_with('{').then(|| rest.find('}')).flatten().map(|end| end + 1);
        let len = tag.unwrap_or(if rest.starts_with(['{']) { 1 } else { 2 });
        match (tag, rest.as_bytes().get(1)) {
            (Some(len), _) => {
                keep(&mut line, kept, at, drawing);
                drawing = draws(rest.get(..len).unwrap_or("")).unwrap_or(drawing);
            }
            (None, Some(b'N' | b'n')) if len == 2 => {
                keep(&mut line, kept, at, drawing);
                out.push(std::mem::take(&mut line));
            }
            (None, Some(b'h')) if len == 2 => {
                keep(&mut line, kept, at, drawing);
                line.undone('\u{a0}', Span::of(at..at + 2));
            }
            _ => {
                at += 1;
                continue;
            }
        }
        at += len;
        kept = at;
    }
    keep(&mut line, kept, to, drawing);
    out.push(line);
    out.retain(|line| !line.text(text).trim().is_empty());
    out
}

/// Whether a block of tags turns drawing on (`\p1`) or off (`\p0`), the last one counting.
fn draws(tags: &str) -> Option<bool> {
    let values = tags.split('\\').skip(1).filter_map(|tag| tag.strip_prefix('p'));
    values.filter_map(|value| value.trim_end_matches('}').parse::<u32>().ok()).last().map(|scale| scale > 0)
}

#[cfg(test)]
mod tests {
    use super::super::oracle::{checked, lines};
    use super::super::{Format, ReadError};

    const HEAD: &str = "[Script Info]\nTitle: 接访\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,黑体\n\n[Events]\n\
                        Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n";

    #[test]
    fn names_tags_breaks_and_drawings() {
        let text = format!(
            "{HEAD}Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,注\n\
             Dialogue: 0,0:00:01.00,0:00:02.50,Default,窗口,0,0,0,,{{\\an8}}您好，\\N请{{\\b1}}坐{{\\b0}}\r\n\
             Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{{\\p1}}m 0 0 l 1 1{{\\p0}}\n\
             Dialogue: 0,0:00:05.00,0:00:06.00,Default,来访人,0,0,0,,我来问, 补助{{括\\h号\n"
        );
        assert_eq!(lines(&text, "a.ass"), ["窗口: 您好，请坐", "来访人: 我来问, 补助{括\u{a0}号"]);
        let document = checked(text.as_bytes(), "a.ass").unwrap();
        assert_eq!(document.format, Format::Ass);
        let clock = document.conversations[0].turns[0].clock().unwrap();
        assert_eq!((clock.start, clock.end), (1_000, 2_500));
    }

    #[test]
    fn a_file_without_events_and_an_event_cut_short() {
        assert_eq!(checked(b"[Script Info]\nTitle: x\n", "a.ass").unwrap_err(), ReadError::NoCues);
        let error = checked(format!("{HEAD}Dialogue: 0,0:00:01.00,0:0").as_bytes(), "a.ass").unwrap_err();
        assert!(error.to_string().starts_with("10:1: ASS: expected Dialogue"), "{error}");
    }
}
