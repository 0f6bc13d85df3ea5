//! How well labelled speech was heard, as data.

use super::Share;
use crate::diagnostic::Confidence;
use serde::Serialize;
use std::collections::BTreeMap;

/// The name of the shape.
pub const HEARING_SCHEMA: &str = "wuxin.hearing/1";

/// How well a set of labelled rows was heard.
#[derive(Clone, Debug, Serialize)]
pub struct Hearing {
    /// [`HEARING_SCHEMA`].
    pub schema: &'static str,
    /// Rows.
    pub rows: usize,
    /// Rows that hold a banned phrase and were heard right.
    pub recall: Share,
    /// By the first rule that a row expects.
    pub by_rule: BTreeMap<String, Share>,
    /// Look-alikes in which something was found.
    pub false_alarms: Share,
    /// The same by kind: the first word of a row's note.
    pub by_kind: BTreeMap<String, Share>,
    /// Of the rules found (each once a row), those that the row expects.
    pub precision: Share,
    /// Every row that was not heard right, in order.
    pub misses: Vec<Misheard>,
}

/// A row that was not heard right.
#[derive(Clone, Debug, Serialize)]
pub struct Misheard {
    /// The row's id.
    pub id: String,
    /// What became of it.
    pub how: Mishearing,
    /// What the other side said before.
    pub before: String,
    /// What was said.
    pub text: String,
    /// The rules that should have been found.
    pub want: Vec<String>,
    /// What the row's author says of it.
    pub note: String,
    /// What was found.
    pub found: Vec<Sounded>,
}

/// How a row was misheard, from the author's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mishearing {
    /// Nothing was found.
    Missing,
    /// Only other rules were found.
    Wrong,
    /// The rule was found among several others.
    Crowded,
    /// Something was found where there is nothing.
    Noisy,
}

impl Mishearing {
    /// As it is written in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Mishearing::Missing => "missing",
            Mishearing::Wrong => "wrong",
            Mishearing::Crowded => "crowded",
            Mishearing::Noisy => "noisy",
        }
    }
}

/// One thing found in a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sounded {
    /// Rule id.
    pub rule: String,
    /// The words.
    pub text: String,
    /// How sure.
    pub confidence: Confidence,
}
