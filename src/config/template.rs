//! What `wuxin init` writes: every key with its meaning, all of them commented out.

use super::keys::{KEYS, Kind};
use crate::diagnostic::{Lang, Message, fold};

/// A `wuxin.toml` that changes nothing until a line is uncommented.
pub fn template(lang: Lang) -> String {
    let mut out = comment(&Message::new("config.template").words(lang));
    for key in KEYS {
        let meaning = Message::new(format!("config.key.{}", key.name)).words(lang);
        out.push('\n');
        out.push_str(&comment(&meaning));
        if key.kind == Kind::Severities {
            out.push_str(&format!("# [{}]\n", key.name));
            out.push_str(&format!("# {}\n", key.example));
        } else {
            out.push_str(&format!("# {} = {}\n", key.name, key.example));
        }
    }
    out
}

fn comment(text: &str) -> String {
    fold(text, 98).iter().map(|line| format!("## {line}\n")).collect()
}
