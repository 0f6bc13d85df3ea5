//! Bytes to text: UTF-8, UTF-16, GB18030, Big5; what is not text is refused.
//!
//! A byte order mark decides. Without one, a file with NULs that reads well as UTF-16 is that; valid UTF-8 is UTF-8. Else the file is
//! damaged UTF-8 or GB18030: characters of three bytes that are valid UTF-8 hardly ever come about by chance in
//! GB18030 (their second and third byte would each have to be below 0xC0), so a file that has many of them for each
//! bad byte is UTF-8, and its bad bytes become U+FFFD with a note.

use super::error::ReadError;
use crate::transcript::Note;
use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE};

/// A file as text.
pub(super) struct Decoded {
    /// Without a byte order mark.
    pub(super) text: String,
    /// The encoding's name.
    pub(super) name: &'static str,
    /// What was wrong and put right.
    pub(super) notes: Vec<Note>,
}

/// Valid characters of three or four bytes for each bad byte, from which on a file counts as UTF-8.
const PROOF: usize = 4;

/// Decodes a whole file.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(ReadError::TooLarge);
    }
    let decoded = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => unmarked(rest)?,
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Err(ReadError::Encoding { offset: 0 }),
        [0xff, 0xfe, rest @ ..] => with(UTF_16LE, rest),
        [0xfe, 0xff, rest @ ..] => with(UTF_16BE, rest),
        _ => unmarked(bytes)?,
    };
    if u32::try_from(decoded.text.len()).is_err() {
        return Err(ReadError::TooLarge);
    }
    refuse_controls(decoded)
}

/// Decodes the beginning of a file, which may end inside a character.
pub(super) fn decode_head(head: &[u8]) -> Result<Decoded, ReadError> {
    let sixteen =
        head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || memchr::memchr(0, head).is_some();
    let whole = match simdutf8::compat::from_utf8(head) {
        _ if sixteen => head.len() - head.len() % 2,
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        _ => head.len(),
    };
    decode(head.get(..whole).unwrap_or(head))
}

fn unmarked(bytes: &[u8]) -> Result<Decoded, ReadError> {
    if memchr::memchr(0, bytes).is_some() {
        return sixteen(bytes).map(|encoding| with(encoding, bytes)).ok_or_else(|| binary(bytes));
    }
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
        return Ok(Decoded { text, name: "UTF-8", notes: Vec::new() });
    }
    not_clean_utf8(bytes)
}

fn binary(bytes: &[u8]) -> ReadError {
    let offset = bytes.iter().position(|byte| is_control(*byte));
    ReadError::Binary { offset: offset.unwrap_or(0) }
}

/// Control characters in one of twenty bytes: not a text. A few (a bell, an escape sequence) are let pass.
fn refuse_controls(decoded: Decoded) -> Result<Decoded, ReadError> {
    let bytes = decoded.text.as_bytes();
    // Most blocks have none, which is told many bytes at a time.
    let some = |block: &&[u8]| block.iter().fold(false, |some, byte| some | is_control(*byte));
    let controls = |block: &[u8]| block.iter().filter(|byte| is_control(**byte)).count();
    let count: usize = bytes.chunks(1024).filter(some).map(controls).sum();
    if count > 0 && (count * 20 > bytes.len() || memchr::memchr(0, bytes).is_some()) {
        return Err(binary(bytes));
    }
    Ok(decoded)
}

/// Of the control characters, those that no text is laid out with.
fn is_control(byte: u8) -> bool {
    (byte < 0x20) & (byte.wrapping_sub(b'\t') > 4)
}

/// UTF-16 without a mark: read one of the two ways, nine of ten characters are Chinese, ASCII or punctuation.
fn sixteen(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let likely = |unit: u16| matches!(unit, 0x09..=0x0d | 0x20..=0x7e | 0x2010..=0x2027 | 0x3000..=0x3011 | 0x4e00..=0x9fff | 0xff01..=0xff5e);
    let count = |read: fn([u8; 2]) -> u16| {
        bytes.as_chunks::<2>().0.iter().filter(|pair| likely(read(**pair))).count()
    };
    let (little, big) = (count(u16::from_le_bytes), count(u16::from_be_bytes));
    let encoding = if little >= big { UTF_16LE } else { UTF_16BE };
    (little.max(big) * 10 >= bytes.len() / 2 * 9).then_some(encoding)
}

fn not_clean_utf8(bytes: &[u8]) -> Result<Decoded, ReadError> {
    let (good, bad) = evidence(bytes);
    if good >= bad * PROOF {
        return Ok(named("UTF-8", String::from_utf8_lossy(bytes).into_owned()));
    }
    if is_big5(bytes) {
        return Ok(with(BIG5, bytes));
    }
    let decoded = with(GB18030, bytes);
    let wrong = decoded.text.chars().filter(|c| *c == '\u{fffd}').count();
    if wrong * 20 > decoded.text.chars().count() {
        let offset = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
        return Err(ReadError::Encoding { offset });
    }
    Ok(decoded)
}

/// Valid characters of three or four bytes, and invalid stretches, read as UTF-8.
fn evidence(bytes: &[u8]) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xe0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    (good, bad)
}

/// How much of a file tells Big5 from GB18030.
const SAMPLE: usize = 64 * 1024;

/// Big5 is named only where the bytes make poor GB18030: fewer than half of the pairs are punctuation or the common
/// characters of its first level.
fn is_big5(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let (mut common, mut pairs, mut rest) = (0usize, 0usize, sample);
    while let [lead, tail @ ..] = rest {
        rest = tail;
        if *lead < 0x80 {
            continue;
        }
        let [trail, tail @ ..] = rest else { break };
        rest = tail;
        pairs += 1;
        common += usize::from(matches!(lead, 0xa1..=0xa3 | 0xb0..=0xd7) && *trail >= 0xa1);
    }
    if common * 2 >= pairs {
        return false;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(sample, sample.len() == bytes.len());
    detector.guess(Some(b"tw"), chardetng::Utf8Detection::Deny) == BIG5
        && BIG5.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let name = match encoding.name() {
        "gb18030" => "GB18030",
        name => name,
    };
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or_else(|| text.into_owned());
    if damaged { named(name, text) } else { Decoded { text, name, notes: Vec::new() } }
}

/// A text with U+FFFD in it, and the note that says so: how often, and where first.
fn named(name: &'static str, text: String) -> Decoded {
    let mut notes = Vec::new();
    if let Some(first) = text.find('\u{fffd}') {
        let before = text.get(..first).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |head| head.chars().count()) + 1;
        let count = text.matches('\u{fffd}').count();
        notes.push(Note { code: "invalid-bytes", detail: format!("{line}:{column} ({count})") });
    }
    Decoded { text, name, notes }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "工作人员：您好，请坐。\n来访人：我来问一下补助的事情，九月份的还没到账。\n";

    fn sixteen_bits(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    }

    fn read(bytes: &[u8]) -> (String, &'static str, usize) {
        let decoded = decode(bytes).unwrap();
        (decoded.text, decoded.name, decoded.notes.len())
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let gb = GB18030.encode(TEXT).0.into_owned();
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        for (bytes, name) in [
            (TEXT.as_bytes().to_vec(), "UTF-8"),
            (marked(b"\xef\xbb\xbf", TEXT.as_bytes().to_vec()), "UTF-8"),
            (gb, "GB18030"),
            (sixteen_bits(TEXT, true), "UTF-16LE"),
            (sixteen_bits(TEXT, false), "UTF-16BE"),
            (marked(b"\xff\xfe", sixteen_bits(TEXT, true)), "UTF-16LE"),
            (marked(b"\xfe\xff", sixteen_bits(TEXT, false)), "UTF-16BE"),
        ] {
            assert_eq!(read(&bytes), (TEXT.to_owned(), name, 0), "{name}");
        }
    }

    #[test]
    fn short_and_traditional_gb18030_and_big5_are_told_apart() {
        for text in ["客服：好", "你急什么", "來訪人：我來問產權登記的事情，等了兩個禮拜還沒有消息。"]
        {
            assert_eq!(read(&GB18030.encode(text).0), (text.to_owned(), "GB18030", 0));
        }
        let text = "來訪人：我來問產權登記的事情，等了兩個禮拜還沒有消息，請你幫我查一下。";
        assert_eq!(read(&BIG5.encode(text).0), (text.to_owned(), "Big5", 0));
    }

    #[test]
    fn damaged_utf8_is_still_utf8() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.insert(18, 0xff);
        bytes.remove(60);
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.name, "UTF-8");
        assert_eq!(decoded.notes.first().map(|note| note.detail.as_str()), Some("1:7 (2)"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(matches!(decode(b"\0\x01\x02\0abc\0\0"), Err(ReadError::Binary { .. })));
        assert!(matches!(decode(b"\x01\x02\x03abc"), Err(ReadError::Binary { .. })));
        assert!(matches!(decode(&[0x81, 0xff, 0xfe, 0x90, 0xff]), Err(ReadError::Encoding { .. })));
        assert!(matches!(decode(b"\xff\xfe\0\0a\0\0\0"), Err(ReadError::Encoding { .. })));
    }

    #[test]
    fn a_head_may_end_inside_a_character() {
        for end in 30..TEXT.len() {
            let decoded = decode_head(&TEXT.as_bytes()[..end]).unwrap();
            assert!(TEXT.starts_with(&decoded.text), "{end}: {}", decoded.name);
        }
    }
}
