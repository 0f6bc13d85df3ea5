//! What a walk over a folder takes for a transcript, by name and by the first bytes.
//!
//! A file named on the command line is read whatever it is called; in a walk most files are none of our business. When
//! in doubt about a file with a transcript's name, it is a transcript: then reading it says what is wrong.

use super::encoding::decode_head;
use super::error::ReadError;
use super::format::Format;
use super::{csv, markdown, sniff, table, vendor};

/// How many bytes of a file [`looks_like_transcript`] wants to see; more are better, fewer do.
pub(super) const HEAD: usize = 64 * 1024;

/// What a walk does with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Read it; if that fails, it is an error.
    Transcript,
    /// Skip it, and count it under this reason: `hidden`, `lock-file`, `audio`, `video`, `image`, `archive`, `binary`,
    /// `meta` or `not-a-transcript`.
    NotATranscript(&'static str),
}

const OTHER: Verdict = Verdict::NotATranscript("not-a-transcript");

/// Whether a file met in a folder is a transcript. `head` is its beginning, [`HEAD`] bytes if it has as many.
pub fn looks_like_transcript(name: &str, head: &[u8]) -> Verdict {
    let file = base(name);
    if let Some(reason) = passed_over(file) {
        return Verdict::NotATranscript(reason);
    }
    let Some(format) = sniff::extension(file) else {
        // An archive: what is in it is looked at one by one.
        return Verdict::Transcript;
    };
    if format.is_package() {
        return by_package(format, head);
    }
    if let Some(kind) = sniff::foreign(head) {
        return Verdict::NotATranscript(by_kind(kind));
    }
    match decode_head(head) {
        Ok(decoded) => by_text(format, decoded.text.as_str()),
        Err(ReadError::Binary { .. }) => Verdict::NotATranscript("binary"),
        Err(_) => Verdict::Transcript,
    }
}

fn base(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// How many bytes of a file called `name` [`looks_like_transcript`] wants to see.
pub fn head(name: &str) -> u64 {
    let whole = is_zip(name) || sniff::extension(base(name)).is_some_and(Format::is_package);
    if whole { u64::MAX } else { HEAD as u64 }
}

/// Why a file is passed over without a look into it, if its name tells.
pub fn passed_over(name: &str) -> Option<&'static str> {
    let file = base(name);
    let nothing = || (sniff::extension(file).is_none() && !is_zip(file)).then_some("not-a-transcript");
    by_name(file).or_else(nothing)
}

/// Whether it is an archive that is looked into.
fn is_zip(name: &str) -> bool {
    cfg!(feature = "zip") && name.to_ascii_lowercase().ends_with(".zip")
}

/// A document with speech in it. One that is no package any more is broken: reading it says so.
fn by_package(format: Format, bytes: &[u8]) -> Verdict {
    #[cfg(feature = "office")]
    if let Some(Ok(found)) = super::office::kind(bytes) {
        return if super::office::has_speech(bytes, found) { Verdict::Transcript } else { OTHER };
    }
    let _ = (format, bytes);
    if cfg!(feature = "office") { Verdict::Transcript } else { OTHER }
}

/// Why a file is none, if its name tells.
fn by_name(file: &str) -> Option<&'static str> {
    let lower = file.to_ascii_lowercase();
    if lower.starts_with("~$") || lower.ends_with(".lock") || lower.starts_with(".~lock") {
        return Some("lock-file");
    }
    if lower.starts_with('.') {
        return Some("hidden");
    }
    if lower.ends_with(super::about::BESIDE) || lower.ends_with(super::rttm::RTTM) {
        return Some("meta");
    }
    let extension = lower.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "wav" | "mp3" | "m4a" | "aac" | "flac" | "ogg" | "opus" | "amr" | "wma" | "pcm" | "silk" => {
            Some("audio")
        }
        "mp4" | "mov" | "avi" | "mkv" | "webm" | "flv" | "wmv" => Some("video"),
        "png" | "jpg" | "jpeg" | "gif" | "bmp" | "webp" | "tif" | "tiff" | "heic" | "svg" | "ico" => {
            Some("image")
        }
        "zip" if !is_zip(file) => Some("archive"),
        "gz" | "tgz" | "7z" | "rar" | "tar" | "xz" | "bz2" | "zst" => Some("archive"),
        "json" if is_known_config(&lower) => {
            Some(if lower.contains("lock") { "lock-file" } else { "not-a-transcript" })
        }
        _ => None,
    }
}

fn is_known_config(lower: &str) -> bool {
    matches!(
        lower,
        "package.json" | "package-lock.json" | "tsconfig.json" | "composer.json" | "manifest.json"
    ) || lower.ends_with(".meta.json")
}

fn by_kind(kind: &str) -> &'static str {
    match kind {
        "PNG" | "JPEG" | "GIF" | "WebP" => "image",
        "WAV" | "MP3" | "FLAC" | "Ogg" | "AMR" => "audio",
        "MP4" | "AVI" => "video",
        "ZIP" | "GZIP" | "7z" | "RAR" => "archive",
        _ => "binary",
    }
}

fn by_text(format: Format, text: &str) -> Verdict {
    if sniff::unsupported(text).is_some() {
        return OTHER;
    }
    let is = match (sniff::guess(text, ""), format) {
        _ if text.trim_start().is_empty() => format != Format::Markdown,
        (sniff::Guess::Json, _) => is_transcript_json(text),
        (_, Format::Own | Format::OwnLines) => has_han(text),
        (sniff::Guess::Is(Format::Srt | Format::Vtt | Format::Chat | Format::Stm), _)
        | (_, Format::Srt | Format::Vtt) => true,
        (_, Format::Ass | Format::TextGrid | Format::Eaf) => true,
        // Without a header that is known it is some other table; `--columns` is for files that are named.
        (sniff::Guess::Is(found), Format::Csv | Format::Tsv) => {
            let first = text.trim_start_matches('\u{feff}').lines().find(|line| !line.trim().is_empty());
            found.is_table() && first.is_some_and(is_header) || is_spoken(text)
        }
        (_, Format::Markdown) => markdown::has_speech(text),
        _ => has_han(text),
    };
    if is { Verdict::Transcript } else { OTHER }
}

fn is_header(line: &str) -> bool {
    [b'\t', b',', b';'].iter().any(|mark| table::is_header(line, *mark))
}

/// Whether the beginning of a table without a telling header has labels in its words.
fn is_spoken(text: &str) -> bool {
    // The last line may be cut.
    let whole = text.rsplit_once('\n').map_or(text, |(whole, _)| whole);
    let found = csv::delimiter(whole).and_then(|mark| csv::table(whole, mark).ok());
    found.is_some_and(|found| table::is_known(whole, &found))
}

/// Mandarin is written in characters: a text without one (a licence, a list of packages) is no transcript.
fn has_han(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'))
}

/// Whether the keys of a JSON document, of which perhaps only the beginning is there, are those of a transcript; also
/// where it nests too deeply to be read, which is then said.
fn is_transcript_json(text: &str) -> bool {
    const SURE: &[&str] = &["turns", "segments", "transcription", "sentence_info", "stamp_sents"];
    const WORDS: &[&str] = &["text", "sentence", "text_seg"];
    const BESIDE: &[&str] =
        &["key", "timestamp", "start", "start_ms", "spk", "speaker", "mode", "is_final", "wav_name"];
    let keys = Keys::of(text);
    let any = |names: &[&str]| names.iter().any(|name| keys.found.contains(name));
    let pair = |(one, other): &(&str, &str)| any(&[one]) && any(&[other]);
    keys.deep
        || any(SURE)
        || any(WORDS) && any(BESIDE)
        || vendor::KEYS.iter().any(pair)
        || vendor::NESTED.iter().any(|key| text.contains(key))
}

#[derive(Default)]
struct Keys<'a> {
    found: Vec<&'a str>,
    deep: bool,
}

impl<'a> Keys<'a> {
    /// The different keys in `text`, at most 200, at whatever depth.
    fn of(text: &'a str) -> Self {
        let mut keys = Keys::default();
        let (mut rest, mut depth) = (text, 0u32);
        while let Some(at) = rest.find(['"', '[', ']', '{', '}']) {
            let mark = rest.as_bytes().get(at).copied();
            rest = rest.get(at + 1..).unwrap_or("");
            match mark {
                Some(b'"') => rest = keys.string(rest),
                Some(b'[' | b'{') => depth += 1,
                _ => depth = depth.saturating_sub(1),
            }
            keys.deep |= depth > 128;
        }
        keys
    }

    /// Keeps a string that a colon follows, and gives what stands behind it.
    fn string(&mut self, rest: &'a str) -> &'a str {
        let (bytes, mut end) = (rest.as_bytes(), 0);
        while let Some(found) = bytes.get(end..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
            end += found;
            if bytes.get(end) == Some(&b'"') {
                break;
            }
            end += 2;
        }
        let after = rest.get(end + 1..).unwrap_or("");
        if let Some(key) = rest.get(..end).filter(|_| after.trim_start().starts_with(':'))
            && self.found.len() < 200
            && !self.found.contains(&key)
        {
            self.found.push(key);
        }
        after
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict::{NotATranscript, Transcript};
    use super::*;

    #[test]
    fn names_and_first_bytes_decide() {
        for (name, head, verdict) in [
            ("a/客服.txt", "客服：您好", Transcript),
            ("b.srt", "1\n00:00:01,000 --> 00:00:02,000\n好", Transcript),
            ("empty.txt", "", Transcript),
            ("README.md", "# Tool\n\nUse it.\n", OTHER),
            ("script.md", "**工作人员：**您好\n\n**来访人：**好\n", Transcript),
            ("requirements.txt", "serde==1\n", OTHER),
            ("package.json", "{\"name\":\"x\"}", OTHER),
            ("rows.json", "{\"rows\":[{\"colA\":\"您好\"}]}", OTHER),
            ("cut.json", "{\"id\":1,\"turns\":[{\"text\":\"您好", Transcript),
            ("fun.json", "[{\"key\": \"a\", \"text\": \"您", Transcript),
            ("scores.csv", "编号,内容\n1,合格\n2,不合格\n", OTHER),
            ("labels.csv", "编号,内容\n1,工作人员：您讲\n2,来访人：我来问\n3,工作人员：您", Transcript),
            ("voices.csv", "客服,客户\n您讲,我来问\n", Transcript),
            ("people.csv", "客户,主任,余额\n张三,李四,1\n", OTHER),
            ("a.jsonl", "{\"turns\":[]}\n{\"turns\":[]}", Transcript),
            ("x.wav", "RIFF", NotATranscript("audio")),
            ("x.png", "", NotATranscript("image")),
            ("y.txt", "\u{89}", OTHER),
            ("~$纪要.docx", "", NotATranscript("lock-file")),
            ("Cargo.lock", "[[package]]", NotATranscript("lock-file")),
            (".hidden.txt", "客服：您好", NotATranscript("hidden")),
            ("main.rs", "fn main() {}", OTHER),
            ("Makefile", "客服：您好", OTHER),
            ("bin.txt", "\0\u{1}\u{2}abc\0\0", NotATranscript("binary")),
        ] {
            assert_eq!(looks_like_transcript(name, head.as_bytes()), verdict, "{name}");
        }
        assert_eq!(looks_like_transcript("p.txt", b"\x89PNG\r\n\x1a\n\0"), NotATranscript("image"));
        assert_eq!(looks_like_transcript("d.json", "[".repeat(500).as_bytes()), Transcript);
    }

    #[test]
    fn a_head_that_ends_inside_a_character_does_no_harm() {
        let text = "客服：您好，请坐。\n客户：我来问补助。\n";
        let gb = encoding_rs::GB18030.encode(text).0;
        for end in 1..text.len() {
            assert_eq!(looks_like_transcript("a.txt", &text.as_bytes()[..end.max(6)]), Transcript, "{end}");
        }
        for end in 12..gb.len() {
            assert_eq!(looks_like_transcript("a.txt", &gb[..end]), Transcript, "{end}");
        }
    }
}
