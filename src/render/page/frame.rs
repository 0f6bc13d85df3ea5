//! What stands around every page: its policy, its styles, its script, and the bar at the top.

use super::super::markup::{THEME, language, script_json};
use super::Setting;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const CSS: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Words that the script says, as it knows them and as the catalogue does.
const WORDS: [(&str, &str); 8] = [
    ("shown", "render.page.shown"),
    ("shownTalks", "render.page.shown-talks"),
    ("nth", "render.page.nth"),
    ("light", "render.page.theme.light"),
    ("dark", "render.page.theme.dark"),
    ("auto", "render.page.theme.auto"),
    ("unplayable", "render.page.unplayable"),
    ("close", "render.page.close"),
];

/// A page about to be set.
pub(super) struct Frame<'a> {
    /// As markup.
    pub(super) title: &'a str,
    pub(super) body: &'a str,
    pub(super) data: &'a Value,
    pub(super) set: Setting<'a>,
}

impl Frame<'_> {
    pub(super) fn page(&self) -> String {
        let lang = language(self.set.style);
        let style = format!("\n{THEME}{CSS}");
        let (title, policy) = (self.title, policy(&style));
        format!(
            "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta name=\"generator\" content=\"wuxin\">\n<title>{title}</title>\n<style>{style}</style>\n</head>\n\
             <body>\n{}<main>\n{}{}</main>\n<script type=\"application/json\" id=\"data\">{}</script>\n\
             <script>{SCRIPT}</script>\n</body>\n</html>\n",
            self.top(),
            self.body,
            self.layers(),
            script_json(&self.data()),
        )
    }

    fn data(&self) -> Value {
        let words: serde_json::Map<String, Value> =
            WORDS.iter().map(|(name, key)| ((*name).to_owned(), json!(self.set.style.word(key)))).collect();
        let mut data = self.data.clone();
        if let Value::Object(fields) = &mut data {
            fields.insert("words".into(), Value::Object(words));
        }
        data
    }

    fn top(&self) -> String {
        let word = |key| self.set.word(key);
        format!(
            "<a class=\"skip\" href=\"#talks\">{}</a>\n<header class=\"top\"><span class=\"brand\">{}</span>\n\
             <span class=\"tools\"><button type=\"button\" id=\"help\" aria-haspopup=\"dialog\">{}</button>\
             <button type=\"button\" id=\"print\">{}</button>\
             <button type=\"button\" id=\"theme\">{}</button></span></header>\n",
            word("render.page.skip"),
            word("render.page.brand"),
            word("render.page.keys"),
            word("render.page.print"),
            word("render.page.theme.auto"),
        )
    }

    /// What lies over the page: the reason at a place, the keys, the way from finding to finding on a phone.
    fn layers(&self) -> String {
        let word = |key| self.set.word(key);
        let keys = [
            ("n / j", "render.page.key.next"),
            ("p / k", "render.page.key.previous"),
            ("/", "render.page.key.search"),
            ("Enter", "render.page.key.open"),
            ("Esc", "render.page.key.close"),
            ("x", "render.page.key.excused"),
            ("a", "render.page.key.play"),
            ("t", "render.page.key.theme"),
            ("?", "render.page.key.help"),
        ];
        let row =
            |(key, says): (&str, &'static str)| format!("<dt><kbd>{key}</kbd></dt><dd>{}</dd>\n", word(says));
        let keys: String = keys.into_iter().map(row).collect();
        format!(
            "<div id=\"tip\" role=\"tooltip\" hidden></div>\n\
             <nav class=\"step\" id=\"step\" aria-label=\"{}\" hidden><button type=\"button\" id=\"previous\" aria-label=\"{}\">‹</button>\
             <output id=\"nth\"></output><button type=\"button\" id=\"next\" aria-label=\"{}\">›</button></nav>\n\
             <dialog id=\"keys\" aria-labelledby=\"keys-title\"><h2 id=\"keys-title\">{}</h2>\n<dl>\n{keys}</dl>\n\
             <form method=\"dialog\"><button>{}</button></form></dialog>\n",
            word("render.page.step"),
            word("render.page.key.previous"),
            word("render.page.key.next"),
            word("render.page.keys"),
            word("render.page.close"),
        )
    }
}

/// Nothing is loaded but recordings beside the page; nothing runs and nothing styles but what the page itself holds.
fn policy(style: &str) -> String {
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; media-src 'self' file:; \
         base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(style)
    )
}

/// Base64 of the SHA-256, as policies want it.
pub(super) fn hash(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = Sha256::digest(text);
    let mut out = String::new();
    for group in digest.chunks(3) {
        let bits =
            group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let digit = DIGITS.get((bits >> (18 - 6 * place) & 63) as usize).copied().unwrap_or(b'=');
            out.push(if place <= group.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_hash_is_what_policies_want() {
        // The empty string's, well known.
        assert_eq!(super::hash(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
