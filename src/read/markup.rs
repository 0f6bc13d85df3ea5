//! Marks inside subtitles that nobody says: tags, positions, entities.

use super::cut::Cut;
use crate::text::{Raw, Span};

/// The words of a subtitle line at `span`: `<i>`, `<font …>` and `{\an8}` removed.
pub(super) fn subtitle(source: &str, span: Span<Raw>) -> Cut {
    let line = span.slice(source);
    let (mut cut, mut kept, mut at) = (Cut::default(), 0, 0);
    while let Some(found) = line.get(at..).and_then(|rest| memchr::memchr2(b'<', b'{', rest.as_bytes())) {
        at += found;
        match mark(line.get(at..).unwrap_or("")) {
            Some(len) => {
                cut.plain(Span::of(kept..at).shifted(span.start));
                at += len;
                kept = at;
            }
            None => at += 1,
        }
    }
    cut.plain(Span::of(kept..line.len()).shifted(span.start));
    cut
}

/// Length of the mark that `rest` starts with.
fn mark(rest: &str) -> Option<usize> {
    if rest.starts_with("{\\") {
        return rest.bytes().take(200).position(|byte| byte == b'}').map(|end| end + 1);
    }
    let inner = rest.strip_prefix('<')?;
    tag(inner).filter(|(name, _)| is_formatting(name)).map(|(_, len)| len + 1)
}

/// The name of a tag, given what follows `<`, and its length with `>`.
pub(super) fn tag(inner: &str) -> Option<(&str, usize)> {
    let end = inner.bytes().take(300).position(|byte| matches!(byte, b'>' | b'<'))?;
    if inner.as_bytes().get(end) != Some(&b'>') {
        return None;
    }
    Some((inner.get(..end)?, end + 1))
}

/// Whether the tag only changes how words look.
pub(super) fn is_formatting(tag: &str) -> bool {
    let bare = tag.trim_start_matches('/');
    let name = bare.split([' ', '.', '\t', '/']).next().unwrap_or("");
    ["i", "b", "u", "s", "c", "font", "lang", "ruby", "rt", "v", "em", "strong", "br"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// The character that an entity at the start of `rest` (at its `&`) stands for, and the entity's length.
pub(super) fn entity(rest: &str) -> Option<(char, usize)> {
    let end = rest.bytes().take(12).position(|byte| byte == b';')?;
    let name = rest.get(1..end)?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => '\u{a0}',
        "lrm" => '\u{200e}',
        "rlm" => '\u{200f}',
        "quot" => '"',
        "apos" => '\'',
        _ => char::from_u32(match name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => name.strip_prefix('#')?.parse().ok()?,
        })
        .filter(|c| *c != '\0')?,
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_fall_away_and_words_stay() {
        for (line, words) in [
            ("<i>你好</i>", "你好"),
            ("{\\an8}你<font color=\"#fff\">急</font>什么", "你急什么"),
            ("<门口>有人 {真的} 1<2", "<门口>有人 {真的} 1<2"),
            ("<i", "<i"),
        ] {
            assert_eq!(subtitle(line, Span::of(0..line.len())).text(line), words);
        }
    }

    #[test]
    fn entities_are_undone() {
        assert_eq!(entity("&amp;张"), Some(('&', 5)));
        assert_eq!(entity("&#39;"), Some(('\'', 5)));
        assert_eq!(entity("&#x4f60;"), Some(('你', 8)));
        assert_eq!((entity("&你;"), entity("& b"), entity("&")), (None, None, None));
    }
}
