//! How a standard is checked, article by article and item by item, as data.

use super::StandardInfo;
use serde::Serialize;

/// The name of the shape.
pub const COVERAGE_SCHEMA: &str = "wuxin.coverage/1";

/// The coverage matrix of a standard.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// [`COVERAGE_SCHEMA`].
    pub schema: &'static str,
    /// Which standard.
    pub standard: StandardInfo,
    /// The articles, then the items of appendix 1 and of appendix 2, each in order.
    pub rows: Vec<Provision>,
}

impl Coverage {
    /// The provisions that nothing accounts for.
    pub fn missing(&self) -> impl Iterator<Item = &Provision> {
        self.rows.iter().filter(|row| row.reach == Reach::Missing)
    }
}

/// One article or item.
#[derive(Clone, Debug, Serialize)]
pub struct Provision {
    /// `article`, `approved` (appendix 1) or `banned` (appendix 2).
    pub kind: &'static str,
    /// From 1.
    pub number: u8,
    /// An article's heading, an item's act.
    pub title: String,
    /// Word for word; empty where the pack does not hold it.
    pub text: String,
    /// How far a transcript shows it.
    pub reach: Reach,
    /// What checks it, or why nothing can.
    pub checks: Vec<ProvisionCheck>,
    /// What of it speech cannot show, where the checks hear only a part.
    pub rest: Option<String>,
}

/// How far a transcript shows what a provision asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// All that it asks of speech is checked.
    Checked,
    /// A part is; the rest cannot be heard.
    Partly,
    /// Nothing of it can be heard.
    NotObservable,
    /// The pack forgets it.
    Missing,
}

impl Reach {
    /// All of them, the best first.
    pub const ALL: [Reach; 4] = [Reach::Checked, Reach::Partly, Reach::NotObservable, Reach::Missing];

    /// As it is written in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Reach::Checked => "checked",
            Reach::Partly => "partly",
            Reach::NotObservable => "not-observable",
            Reach::Missing => "missing",
        }
    }
}

/// One rule's part in checking a provision.
#[derive(Clone, Debug, Serialize)]
pub struct ProvisionCheck {
    /// The rule's id.
    pub rule: String,
    /// `expected`, `called`, `banned`, `said`, `unsaid`, `conduct`, `elsewhere` or `not-observable`.
    pub how: &'static str,
    /// Rules that hear the same evidence.
    pub see: Vec<String>,
    /// When, or why not, in the run's language.
    pub detail: String,
}
