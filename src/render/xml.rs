//! Text inside XML 1.0: exact where the standard allows it, visible where it does not.

use crate::diagnostic::{steers, visible};

/// For an attribute in double quotes or the text of an element.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => out.push('�'),
            // Whitespace would be folded in an attribute; what steers a terminal is named by number.
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(c))),
            _ if c < ' ' => out.push_str(&visible(c.encode_utf8(&mut [0; 4]))),
            _ if steers(c) => out.push_str(&format!("&#{};", u32::from(c))),
            _ => out.push(c),
        }
    }
    out
}
