//! Text made safe to show: nothing invisible, nothing that moves the cursor, widths as the terminal counts them.

use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// Replaces, one for one, every character that cannot be seen or that would steer a terminal: controls by their
/// pictures (`␛`), direction overrides and zero-width characters by `�`. A tab stays.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| shown(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(shown).collect())
}

/// Like [`visible`], for text that must stay on one line and in one column: a tab becomes `␉`.
pub fn one_line(text: &str) -> String {
    text.chars().map(|c| if c == '\t' { '␉' } else { shown(c) }).collect()
}

/// Display columns of `text`, character by character as miette counts them.
pub fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// `text` followed by as many spaces as bring it to `width` columns.
pub fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

fn shown(c: char) -> char {
    match c {
        '\t' => c,
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or('�'),
        '\x7f' => '␡',
        '\u{2028}' | '\u{2029}' => '␤',
        _ if steers(c) => '�',
        _ => c,
    }
}

/// Whether `c`, though JSON and most programs let it through, may steer a terminal or change how its neighbours are
/// shown: DEL, C1 controls, line separators, format characters.
pub fn steers(c: char) -> bool {
    matches!(c,
        '\x7f'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Breaks `text` into lines of at most `width` columns: between Chinese characters anywhere, elsewhere at spaces. No
/// line begins with a closing mark. Line breaks in `text` stand.
pub fn fold(text: &str, width: usize) -> Vec<String> {
    text.split('\n').flat_map(|line| fold_line(line, width.max(8))).collect()
}

fn fold_line(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        if !line.is_empty() && columns(&line) + columns(word.trim_end()) > width && !closes(word) {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        line.push_str(word);
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// The smallest stretches that stay together: a wide character, or a run of others up to a space.
fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next_is_wide = chars.peek().is_some_and(|(_, n)| n.width() == Some(2) && !opens(c));
        if c == ' ' || (c.width() == Some(2) && !opens(c)) || next_is_wide {
            out.push(text.get(start..end).unwrap_or(""));
            start = end;
        }
    }
    if start < text.len() {
        out.push(text.get(start..).unwrap_or(""));
    }
    out
}

fn opens(c: char) -> bool {
    "（《“‘【〔「『(［".contains(c)
}

fn closes(word: &str) -> bool {
    word.chars().next().is_some_and(|c| "，。、；：？！）》”’】〕」』,.;:?!)］…".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal_and_every_character_keeps_its_place() {
        let nasty = "你\x1b[31m急\u{202e}什\0么\u{200b}\u{9b}\r\n\tx";
        let shown = visible(nasty);
        assert_eq!(shown, "你␛[31m急�什␀么��␍␊\tx");
        assert_eq!(shown.chars().count(), nasty.chars().count());
        assert!(one_line(nasty).chars().all(|c| !c.is_control()));
        assert!(matches!(visible("你急什么？𠮷"), Cow::Borrowed(_)));
    }

    #[test]
    fn folds_at_display_width_without_a_lonely_closing_mark() {
        let lines = fold("请您别着急，坐下慢慢说，好不好。", 12);
        assert_eq!(lines, ["请您别着急，", "坐下慢慢说，", "好不好。"]);
        assert_eq!(fold("see A04 please", 8), ["see A04", "please"]);
        assert_eq!(fold("一\n二", 20), ["一", "二"]);
        assert_eq!(fold("", 20), [""]);
        assert_eq!(pad("急x", 5), "急x  ");
    }
}
