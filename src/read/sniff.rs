//! What a file is, by what stands in it. The extension decides only between plain text and Markdown.

use super::error::ReadError;
use super::format::Format;
use super::lines::lines;
use super::{ass, chat, clock, csv, eaf, lrc, remarks, srt, stm, table, textgrid};

/// How many lines are looked at.
const LINES: usize = 60;

/// What a text seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guess {
    /// This format.
    Is(Format),
    /// Some JSON: its shape decides.
    Json,
}

/// The format that the extension names.
pub(super) fn extension(name: &str) -> Option<Format> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (_, extension) = file.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "txt" | "text" => Format::Txt,
        "md" | "markdown" => Format::Markdown,
        "srt" => Format::Srt,
        "vtt" => Format::Vtt,
        "cha" => Format::Chat,
        "stm" => Format::Stm,
        "ass" | "ssa" => Format::Ass,
        "lrc" => Format::Lrc,
        "textgrid" => Format::TextGrid,
        "eaf" => Format::Eaf,
        "csv" => Format::Csv,
        "tsv" => Format::Tsv,
        "docx" => Format::Docx,
        "xlsx" => Format::Xlsx,
        "ods" => Format::Ods,
        "json" => Format::Own,
        "jsonl" | "ndjson" => Format::OwnLines,
        _ => return None,
    })
}

/// The kind of a file that is no text at all, by its first bytes.
pub(super) fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"GIF87a", "GIF"),
        (b"GIF89a", "GIF"),
        (b"%PDF-", "PDF"),
        (b"PK\x03\x04", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE"),
        (b"ID3", "MP3"),
        (b"fLaC", "FLAC"),
        (b"OggS", "Ogg"),
        (b"\x1f\x8b", "GZIP"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"#!AMR", "AMR"),
        (b"\x7fELF", "ELF"),
        (b"SQLite format 3\0", "SQLite"),
    ];
    let riff = |kind: &[u8]| bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(kind);
    match () {
        () if riff(b"WAVE") => Some("WAV"),
        () if riff(b"WEBP") => Some("WebP"),
        () if riff(b"AVI ") => Some("AVI"),
        () if bytes.get(4..8) == Some(b"ftyp") => Some("MP4"),
        () => MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind),
    }
}

/// Why a file of an old Office program, or an encrypted one of a new, cannot be read; nothing for any other file.
pub(super) fn ole(bytes: &[u8], name: &str) -> Option<ReadError> {
    if !bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return None;
    }
    let holds = |entry: &str| {
        let wide: Vec<u8> = entry.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    let named = extension(name).filter(|format| format.is_package()).map_or("Office", Format::name);
    Some(match () {
        () if holds("EncryptedPackage") => ReadError::Encrypted { kind: named },
        () if holds("WordDocument") => ReadError::Legacy { kind: "doc", better: "docx" },
        () if holds("Workbook") => ReadError::Legacy { kind: "xls", better: "xlsx" },
        () => ReadError::Foreign { kind: "OLE" },
    })
}

/// A text format that would be read as the wrong words if it were taken for plain text.
pub(super) fn unsupported(text: &str) -> Option<&'static str> {
    const BEGINNINGS: &[(&str, &str)] =
        &[("<?xml", "XML"), ("<!doctype html", "HTML"), ("<html", "HTML"), ("{\\rtf", "RTF")];
    let start = text.trim_start();
    if eaf::is(start) {
        return None;
    }
    let begins = |mark: &str| start.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark));
    BEGINNINGS.iter().find(|(mark, _)| begins(mark)).map(|(_, kind)| *kind)
}

/// What `text` is; `name` is its path.
pub(super) fn guess(text: &str, name: &str) -> Guess {
    let start = text.trim_start();
    if is_json(start) {
        return Guess::Json;
    }
    if start.starts_with("WEBVTT") {
        return Guess::Is(Format::Vtt);
    }
    if let Some(format) = by_beginning(start) {
        return Guess::Is(format);
    }
    let head: Vec<&str> = lines(text)
        .filter_map(|(from, to)| text.get(from..to))
        .filter(|line| !line.trim().is_empty() && !remarks::is_remark(line))
        .take(LINES)
        .collect();
    if head.iter().any(|line| srt::is_times(line)) {
        return Guess::Is(Format::Srt);
    }
    if chat::is(text) {
        return Guess::Is(Format::Chat);
    }
    if stm::is(&head) {
        return Guess::Is(Format::Stm);
    }
    if let Some(format) = by_head(&head, name) {
        return Guess::Is(format);
    }
    match extension(name) {
        Some(named @ (Format::Chat | Format::Stm)) => Guess::Is(named),
        Some(Format::Markdown) => Guess::Is(Format::Markdown),
        _ if is_markdown(&head) => Guess::Is(Format::Markdown),
        Some(Format::Own | Format::OwnLines) if start.starts_with('{') => Guess::Json,
        _ => Guess::Is(Format::Txt),
    }
}

/// Formats that begin with their name.
fn by_beginning(start: &str) -> Option<Format> {
    match () {
        () if ass::is(start) => Some(Format::Ass),
        () if textgrid::is(start) => Some(Format::TextGrid),
        () if eaf::is(start) => Some(Format::Eaf),
        () => None,
    }
}

/// Tables, by their header or extension, and LRC, by its tags or extension.
fn by_head(head: &[&str], name: &str) -> Option<Format> {
    let first = head.first()?;
    let tsv = table::is_header(first, b'\t');
    match extension(name) {
        _ if tsv => Some(Format::Tsv),
        _ if table::is_header(first, b',') || table::is_header(first, b';') => Some(Format::Csv),
        Some(Format::Tsv) => Some(Format::Tsv),
        Some(Format::Csv) if csv::delimiter(first) == Some(b'\t') => Some(Format::Tsv),
        Some(Format::Csv) => Some(Format::Csv),
        Some(Format::Lrc) => Some(Format::Lrc),
        _ if lrc::is_tag(first) => Some(Format::Lrc),
        _ => None,
    }
}

/// `{` and a key, or `[` and a value that no labelled line begins with.
fn is_json(start: &str) -> bool {
    let rest = start.get(1..).unwrap_or("").trim_start();
    match start.as_bytes().first() {
        Some(b'{') => rest.is_empty() || rest.starts_with(['"', '}']),
        Some(b'[') => rest.is_empty() || rest.starts_with(['{', '[', ']', '"']),
        _ => false,
    }
}

/// Marks that nobody types in plain text: bold labels, and headings together with a second kind of mark.
fn is_markdown(head: &[&str]) -> bool {
    let count = |test: fn(&str) -> bool| head.iter().filter(|line| test(line.trim_start())).count();
    let bold =
        count(|line| line.trim_start_matches(['-', '*', '>', ' ']).len() < line.len() && is_bold_label(line));
    let headings = count(|line| line.trim_start_matches('#').starts_with(' ') && line.starts_with('#'));
    let rules = count(|line| line.starts_with("|--") || line.starts_with("| --") || line.starts_with("```"));
    bold > 0 || headings > 0 && (rules > 0 || headings > 1)
}

/// `**客服：**…` or `**客服**：…`.
fn is_bold_label(line: &str) -> bool {
    let Some((_, rest)) = line.split_once("**") else {
        return false;
    };
    let Some((label, after)) = rest.split_once("**") else {
        return false;
    };
    let ends = |text: &str| text.ends_with(['：', ':']);
    label.chars().count() <= 16
        && (ends(label) || after.starts_with(['：', ':']))
        && clock::time(label).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        use Guess::{Is, Json};
        for (text, name, guessed) in [
            ("客服：您好", "a.json", Is(Format::Txt)),
            ("[00:01:02] 客服: 您好", "a.txt", Is(Format::Txt)),
            ("[客服] 您好", "a.txt", Is(Format::Txt)),
            ("1\n00:00:01,000 --> 00:00:02,000\n好", "a.txt", Is(Format::Srt)),
            ("WEBVTT\n\n00:01.000 --> 00:02.000\n好", "a.srt", Is(Format::Vtt)),
            (" {\"turns\": []}", "a.txt", Json),
            ("[[[[", "-", Json),
            ("您好", "a.md", Is(Format::Markdown)),
            ("# 练习\n\n**客服：**您好\n", "a.txt", Is(Format::Markdown)),
            ("**客服**：您好\n", "a", Is(Format::Markdown)),
            ("{客服} 您好", "a.txt", Is(Format::Txt)),
        ] {
            assert_eq!(guess(text, name), guessed, "{text}");
        }
    }

    #[test]
    fn pictures_and_recordings_are_known_by_their_first_bytes() {
        assert_eq!(foreign(b"RIFF\0\0\0\0WAVEfmt "), Some("WAV"));
        assert_eq!(foreign(b"\x89PNG\r\n\x1a\n\0"), Some("PNG"));
        assert_eq!(unsupported("<?xml version=\"1.0\"?>\n<html/>"), Some("XML"));
        assert_eq!(unsupported("<门口>有人"), None);
        assert_eq!(foreign("客服：您好".as_bytes()), None);
    }
}
