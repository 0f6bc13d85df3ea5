//! What the pages share: text in which nothing is markup, addresses, colours.

use super::Style;
use crate::diagnostic::{Lang, one_line};

/// The colours, light and dark.
pub(super) const THEME: &str = include_str!("theme.css");

/// The page's language, for readers and fonts.
pub(super) fn language(style: &Style) -> &'static str {
    match style.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}

/// Text in which nothing is markup, on one line; fit for attributes too.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in one_line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The same, with line breaks as they are.
pub(super) fn escape_lines(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| escape(line.trim_end_matches('\r'))).collect();
    lines.join("\n")
}

/// JSON that can stand in a script element: no `<` that could end it, no `&` that could mislead anybody.
pub(super) fn script_json(value: &serde_json::Value) -> String {
    let mut out = String::new();
    for c in value.to_string().chars() {
        if is_plain(c) {
            out.push(c);
            continue;
        }
        let mut units = [0; 2];
        for unit in c.encode_utf16(&mut units) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    }
    out
}

/// A character that can be seen, steers nothing and is no part of markup.
fn is_plain(c: char) -> bool {
    !"<>&".contains(c) && !c.is_control() && !crate::diagnostic::steers(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NASTY: &str = "</script><!-- & \" ' `=\u{202e}\u{200b}\u{7}\r\n\t𠮷";

    #[test]
    fn text_is_no_markup_and_steers_nothing() {
        let out = escape(NASTY);
        assert_eq!(out, "&lt;/script&gt;&lt;!-- &amp; &quot; &#39; `=��␇␍␊␉𠮷");
        assert_eq!(escape_lines("a<\r\nb\rc\n"), "a&lt;\nb␍c\n");
    }

    #[test]
    fn data_cannot_leave_its_script() {
        let value = json!({ NASTY: [NASTY, "急什么？", "“”…"] });
        let out = script_json(&value);
        for bad in ['<', '>', '&', '\u{202e}', '\u{200b}', '\u{7}', '\n'] {
            assert!(!out.contains(bad), "{bad:?} in {out}");
        }
        assert!(out.contains("急什么？") && out.contains('𠮷'));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&out).unwrap(), value);
    }
}
