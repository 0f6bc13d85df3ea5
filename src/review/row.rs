//! One human verdict, and what may be wrong with a line that should hold one.

use crate::diagnostic::{Explain, Message};
use crate::text::{Raw, Span};
use crate::transcript::Date;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// What a reviewer found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The finding is right.
    Confirmed,
    /// It is a false alarm.
    Dismissed,
    /// The words were said, and may stand here.
    Accepted,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Verdict; 3] = [Verdict::Confirmed, Verdict::Dismissed, Verdict::Accepted];

    /// As it is written in the store.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::Dismissed => "dismissed",
            Verdict::Accepted => "accepted",
        }
    }

    /// Whether the finding no longer counts.
    pub fn excuses(self) -> bool {
        self != Verdict::Confirmed
    }
}

/// One line of the store.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Of the finding: sixteen hexadecimal digits.
    pub fingerprint: String,
    /// What the reviewer found.
    pub verdict: Verdict,
    /// Who.
    pub reviewer: String,
    /// Why.
    pub reason: String,
    /// When.
    #[serde(serialize_with = "as_text")]
    pub date: Date,
    /// The last day on which it holds.
    #[serde(serialize_with = "as_optional_text", skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// The finding's rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The file it was found in: the verdict holds for files of that name only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The conversation in a file of many: the verdict holds for it only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
    /// The words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What else the line says: kept.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

fn as_text<S: Serializer>(date: &Date, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(date)
}

fn as_optional_text<S: Serializer>(date: &Option<Date>, out: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => out.collect_str(date),
        None => out.serialize_none(),
    }
}

/// A line that cannot be read as a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// From 1.
    pub line: u32,
    /// Its place in the file.
    pub span: Span<Raw>,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not JSON; what the parser says.
    Json(String),
    /// JSON, but no object.
    NotObject,
    /// A field that must be there and say something.
    Missing(&'static str),
    /// A field that must be a text.
    NotText(&'static str),
    /// Not one of the verdicts.
    Verdict(String),
    /// Not sixteen hexadecimal digits.
    Fingerprint(String),
    /// Not a day.
    Date(&'static str, String),
}

impl Explain for BadLine {
    fn code(&self) -> &'static str {
        match self.fault {
            Fault::Json(_) => "verdict-json",
            Fault::NotObject => "verdict-object",
            Fault::Missing(_) => "verdict-missing",
            Fault::NotText(_) => "verdict-text",
            Fault::Verdict(_) => "verdict-word",
            Fault::Fingerprint(_) => "verdict-fingerprint",
            Fault::Date(..) => "verdict-date",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        let (field, what) = match &self.fault {
            Fault::Json(what) | Fault::Verdict(what) | Fault::Fingerprint(what) => ("", what.as_str()),
            Fault::NotObject => ("", ""),
            Fault::Missing(field) | Fault::NotText(field) => (*field, ""),
            Fault::Date(field, what) => (*field, what.as_str()),
        };
        vec![("line", self.line.to_string()), ("field", field.to_owned()), ("what", what.to_owned())]
    }

    fn message(&self) -> Message {
        Message { key: format!("review.error.{}", self.code()).into(), args: self.args() }
    }

    fn cure(&self) -> Message {
        Message { key: format!("review.cure.{}", self.code()).into(), args: self.args() }
    }
}

/// Digits of a fingerprint.
const DIGITS: usize = 16;

/// Whether `text` can be a fingerprint.
pub fn is_fingerprint(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// Reads one line that is not blank.
pub(super) fn row(line: &str) -> Result<Row, Fault> {
    let value: Value = serde_json::from_str(line).map_err(|error| Fault::Json(error.to_string()))?;
    let Value::Object(mut fields) = value else { return Err(Fault::NotObject) };
    let fingerprint = required(&mut fields, "fingerprint")?.to_lowercase();
    if !is_fingerprint(&fingerprint) {
        return Err(Fault::Fingerprint(fingerprint));
    }
    let word = required(&mut fields, "verdict")?;
    let verdict = Verdict::ALL.into_iter().find(|verdict| verdict.word() == word);
    Ok(Row {
        fingerprint,
        verdict: verdict.ok_or(Fault::Verdict(word))?,
        reviewer: required(&mut fields, "reviewer")?,
        reason: required(&mut fields, "reason")?,
        date: date("date", required(&mut fields, "date")?)?,
        expires: text(&mut fields, "expires")?.map(|text| date("expires", text)).transpose()?,
        rule: text(&mut fields, "rule")?,
        path: text(&mut fields, "path")?,
        conversation: text(&mut fields, "conversation")?,
        text: text(&mut fields, "text")?,
        rest: fields,
    })
}

fn text(fields: &mut Map<String, Value>, key: &'static str) -> Result<Option<String>, Fault> {
    match fields.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Fault::NotText(key)),
    }
}

fn required(fields: &mut Map<String, Value>, key: &'static str) -> Result<String, Fault> {
    text(fields, key)?.filter(|text| !text.trim().is_empty()).ok_or(Fault::Missing(key))
}

fn date(key: &'static str, text: String) -> Result<Date, Fault> {
    text.parse().map_err(|_| Fault::Date(key, text))
}
