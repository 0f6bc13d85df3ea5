//! `[[hits]]` and `[[passes]]`: the examples inside a rule, and the small pieces that every rule shares.

use super::fields::{Fields, Text};
use super::model::{Bilingual, Sample};
use super::pattern::{Pattern, parse};
use super::words::Words;
use crate::diagnostic::{Message, Severity};
use crate::transcript::{Channel, Role};

/// Reads `hits` or `passes`; `marked` demands one 【excerpt】.
pub(super) fn samples(fields: &Fields<'_, '_>, key: &'static str, marked: bool) -> Vec<Sample> {
    fields.tables(key).iter().map(|table| sample(table, marked)).collect()
}

/// Reads both lists and refuses a rule that lacks one.
pub(super) fn examples(fields: &Fields<'_, '_>) -> (Vec<Sample>, Vec<Sample>) {
    let (hits, passes) = (samples(fields, "hits", true), samples(fields, "passes", false));
    for (list, key) in [(&hits, "hits"), (&passes, "passes")] {
        if list.is_empty() {
            let at = fields.span.start..fields.span.start + 1;
            fields.file.slip(at, &Message::new("pack.no-examples").arg("key", key));
        }
    }
    (hits, passes)
}

fn sample(table: &Fields<'_, '_>, marked: bool) -> Sample {
    let text = table.required("text");
    let role = match table.text("role") {
        None => Role::Staff,
        Some(role) => role_named(table, &role).unwrap_or(Role::Staff),
    };
    let before = table.string("before");
    let credit = table.number("credit");
    let _note = table.string("why");
    let channel = table.text("channel").and_then(|text| channel_named(table, &text));
    table.finish();
    let (bare, excerpt) = unmark(&text.text);
    if marked != excerpt.is_some() && !text.text.is_empty() {
        let key = if marked { "pack.no-excerpt" } else { "pack.excerpt-in-pass" };
        table.file.slip(text.span, &Message::new(key));
    }
    Sample { text: bare, excerpt, before, role, credit, channel }
}

/// `staff`, `visitor` or `unknown`.
pub(super) fn role_named(table: &Fields<'_, '_>, role: &Text) -> Option<Role> {
    match role.text.as_str() {
        "staff" => Some(Role::Staff),
        "visitor" => Some(Role::Visitor),
        "unknown" => Some(Role::Unknown),
        other => {
            let message =
                Message::new("pack.choice").arg("value", other).arg("known", "staff visitor unknown");
            table.file.slip(role.span.clone(), &message);
            None
        }
    }
}

/// `visit`, `phone` or `letter`.
pub(super) fn channel_named(fields: &Fields<'_, '_>, text: &Text) -> Option<Channel> {
    match text.text.as_str() {
        "visit" => Some(Channel::Visit),
        "phone" => Some(Channel::Phone),
        "letter" => Some(Channel::Letter),
        other => {
            let message = Message::new("pack.choice").arg("value", other).arg("known", "visit phone letter");
            fields.file.slip(text.span.clone(), &message);
            None
        }
    }
}

/// Removes 【 】 and says what stood between them.
fn unmark(text: &str) -> (String, Option<std::ops::Range<usize>>) {
    let (Some(open), Some(close)) = (text.find('【'), text.rfind('】')) else {
        return (text.to_owned(), None);
    };
    if close < open {
        return (text.to_owned(), None);
    }
    let inside = text.get(open + '【'.len_utf8()..close).unwrap_or("");
    let (before, after) = (text.get(..open).unwrap_or(""), text.get(close + '】'.len_utf8()..).unwrap_or(""));
    (format!("{before}{inside}{after}"), Some(open..open + inside.len()))
}

/// `key` and `key_en`.
pub(super) fn bilingual(fields: &Fields<'_, '_>, zh: &'static str, en: &'static str) -> Bilingual {
    Bilingual { zh: fields.required(zh).text, en: fields.string(en) }
}

/// Parses one pattern, with a picture of the very characters where it is wrong.
pub(super) fn pattern(fields: &Fields<'_, '_>, text: &Text, words: &Words) -> Option<Pattern> {
    match parse(&text.text, words) {
        Ok(pattern) => Some(pattern),
        Err(error) => {
            // The value's span includes its opening quote.
            let at = text.span.start + 1 + error.at.start..text.span.start + 1 + error.at.end;
            let key = format!("pattern.{}", error.code);
            fields.file.slip(at, &Message::new(key).arg("detail", error.detail).arg("pattern", &text.text));
            None
        }
    }
}

/// A list of patterns under `key`.
pub(super) fn patterns(fields: &Fields<'_, '_>, key: &'static str, words: &Words) -> Vec<Pattern> {
    fields.strings(key).iter().filter_map(|text| pattern(fields, text, words)).collect()
}

/// `severity`, or the default of the kind.
pub(super) fn severity(fields: &Fields<'_, '_>, default: Severity) -> Severity {
    match fields.text("severity") {
        None => default,
        Some(text) => match text.text.as_str() {
            "error" => Severity::Error,
            "warning" => Severity::Warning,
            "note" => Severity::Note,
            other => {
                let message =
                    Message::new("pack.choice").arg("value", other).arg("known", "error warning note");
                fields.file.slip(text.span, &message);
                default
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_removed_and_measured() {
        let (text, excerpt) = unmark("哎，你【急啥】啊");
        assert_eq!(text, "哎，你急啥啊");
        assert_eq!(&text[excerpt.unwrap()], "急啥");
        assert_eq!(unmark("无").1, None);
    }
}
