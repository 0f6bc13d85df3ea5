//! What a run found, as data: the shapes of the contract, every place resolved once. Renderers read nothing else.

mod audit;
mod compare;
mod coverage;
mod fingerprint;
mod hearing;
mod inspected;
mod reviewed;
mod rule_info;
mod said;
mod share;
mod stress;
mod whole;

pub use crate::score::{
    Change, ChannelFound, ChannelKnown, ConductItem, Grade, Ledger, LeftOut, LineKind, Measure, Opportunity,
    RedLine, Score, ScoreLine, Stage, StageItem, Status, Stretch, Stuffed, WhatIf, Worth,
};
pub use audit::{AUDIT_SCHEMA, Audit, Doubt, DoubtKind};
pub use compare::{COMPARE_SCHEMA, Compare, CompareRow, Group, RowKind, Session, Shift, Trend, compare};
pub use coverage::{COVERAGE_SCHEMA, Coverage, Provision, ProvisionCheck, Reach};
pub use fingerprint::fingerprint;
pub use hearing::{HEARING_SCHEMA, Hearing, Misheard, Mishearing, Sounded};
pub use inspected::{Considered, Inspected, Ruled, Sum};
pub use reviewed::{REVIEWS_SCHEMA, ReviewRow, Reviewed, Reviews};
pub use rule_info::{Basis, Example, RuleInfo};
pub use said::{Line, Mark, SaidAt};
pub use share::{Difference, Share};
pub use stress::{STRESS_SCHEMA, Stress, Stressed};

use crate::diagnostic::{Confidence, Severity};
use crate::text::{Position, Raw, SourceText, Span};
use crate::transcript::{Clock, Meta, Role, Times};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name of the report's shape, raised when a field changes its meaning.
pub const SCHEMA: &str = "wuxin.report/1";

/// One run.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// What ran.
    pub tool: Tool,
    /// The conversations, by path and position.
    pub files: Vec<Conversation>,
    /// Inputs that could not be read.
    pub errors: Vec<Failure>,
    /// What a person should know about the run as a whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
    /// The sums.
    pub summary: Summary,
    /// The rules of the standard that ran, by id: for renderers, not part of the JSON.
    #[serde(skip)]
    pub rules: BTreeMap<String, RuleInfo>,
    /// What leads from the folder of the written report to the paths in it, such as `../`; not part of the JSON.
    #[serde(skip)]
    pub links: String,
}

/// What ran, with what.
#[derive(Clone, Debug, Serialize)]
pub struct Tool {
    /// `wuxin`.
    pub name: &'static str,
    /// The crate's version.
    pub version: &'static str,
    /// The settings in force that change results.
    pub settings: serde_json::Value,
    /// The rule pack.
    pub standard: StandardInfo,
}

/// The rule pack that ran.
#[derive(Clone, Debug, Serialize)]
pub struct StandardInfo {
    /// `changzhou-2019`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its number, such as 常信[2019]24号.
    pub number: String,
    /// Over all files of the pack.
    pub sha256: String,
}

/// One conversation: an element of `files` in the contract.
#[derive(Clone, Debug, Serialize)]
pub struct Conversation {
    /// The file as given on the command line or found below a folder.
    pub path: String,
    /// Its id in a file of many.
    pub conversation: Option<String>,
    /// `txt`, `srt`, `funasr` …
    pub format: String,
    /// `UTF-8`, `GB18030` …
    pub encoding: String,
    /// Of the file's bytes; null where one file holds many conversations.
    pub sha256: Option<String>,
    /// What is known about the recording.
    pub meta: Meta,
    /// Number of turns.
    pub turns: usize,
    /// Number of turns that were judged as staff speech.
    pub staff_turns: usize,
    /// What the input allowed to check.
    pub capabilities: Capabilities,
    /// What a person should know about this conversation.
    pub warnings: Vec<Warning>,
    /// What could not be checked, and why.
    pub not_evaluated: Vec<NotEvaluated>,
    /// By position.
    pub findings: Vec<Finding>,
    /// Approved phrases that earned credit, by position.
    pub approved: Vec<Approved>,
    /// The score card, as wuxin has it by itself.
    pub score: Score,
    /// The score card without what reviewers dismissed or accepted and what the transcript marks as to be ignored, where
    /// there is any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Score>,
    /// Turns that were looked into (`--why`, `--inspect`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inspected: Vec<Inspected>,
    /// The decoded file, for pictures; not part of the JSON.
    #[serde(skip)]
    pub source: SourceText,
    /// The turns with their words, where a report that shows them is asked for; not part of the JSON.
    #[serde(skip)]
    pub said: Vec<Line>,
    /// The path of its recording from the working folder, parts joined by `/`, where there is one; not part of the JSON.
    #[serde(skip)]
    pub audio: Option<String>,
}

/// What the input allowed to check.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Capabilities {
    /// How roles are known.
    pub roles: RolesKnown,
    /// The finest times.
    pub times: Times,
    /// Whether speakers have times of their own.
    pub overlap: bool,
}

/// How the roles of a conversation are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RolesKnown {
    /// By well-known labels or stated by the input.
    Labelled,
    /// By `--staff`, `--visitor` or `wuxin.toml`.
    Configured,
    /// Told from what they say.
    Inferred,
    /// Not known.
    Unknown,
}

/// A stable code and words.
#[derive(Clone, Debug, Serialize)]
pub struct Warning {
    /// Such as `roles-unknown`.
    pub code: String,
    /// In the run's language.
    pub message: String,
}

/// A rule that could not be checked here.
#[derive(Clone, Debug, Serialize)]
pub struct NotEvaluated {
    /// The rule's id.
    pub rule: String,
    /// Why, in the run's language.
    pub why: String,
}

/// One finding. `span`, `pieces`, `start` and `end` are null where only `place` can point.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// Rule id.
    pub rule: String,
    /// As judged here (configuration, confidence and role considered).
    pub severity: Severity,
    /// 0..1.
    pub confidence: Confidence,
    /// How the words were heard: `exact`, `variant`, `homophone` …
    pub how: Vec<&'static str>,
    /// Null, or why the finding does not count.
    pub excused: Option<Excused>,
    /// The speaker's label as written.
    pub speaker: Option<String>,
    /// Whose words.
    pub role: Role,
    /// 1-based turn.
    pub turn: u32,
    /// All turns the match touches.
    pub turns: Vec<u32>,
    /// The hull, bytes into the decoded file.
    pub span: Option<Span<Raw>>,
    /// The pieces, in order.
    pub pieces: Option<Vec<Span<Raw>>>,
    /// Where the hull starts.
    pub start: Option<Position>,
    /// Where the hull ends.
    pub end: Option<Position>,
    /// Where no text bytes can be pointed at.
    pub place: Option<serde_json::Value>,
    /// Where [`Conversation::source`] shows it, if only `place` can point; for pictures, not part of the JSON.
    #[serde(skip)]
    pub drawn: Option<Drawn>,
    /// When it was said, milliseconds.
    pub time_ms: Option<Clock>,
    /// The words: pieces unescaped and joined.
    pub text: String,
    /// Where they stand in the turns' own text; not part of the JSON.
    #[serde(skip)]
    pub said: Vec<SaidAt>,
    /// Survives edits elsewhere in the file.
    pub fingerprint: String,
    /// One sentence, in the run's language.
    pub message: String,
    /// Approved phrases that would have fitted.
    pub say_instead: Vec<String>,
    /// The item or article.
    pub basis: Basis,
    /// What a reviewer said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<Reviewed>,
}

/// Stretches of a text that was made from a document to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The words.
    pub pieces: Vec<Span<Raw>>,
    /// The words that excuse it.
    pub excuse: Option<Span<Raw>>,
}

/// Why a finding does not count, and where the reason stands.
#[derive(Clone, Debug, Serialize)]
pub struct Excused {
    /// `visitor`, `covered`, `question`, `quoted`, `mentioned`, `remedied`, `comfort`, `suppressed`, `accepted`.
    pub why: &'static str,
    /// The words that excuse it.
    pub span: Option<Span<Raw>>,
    /// Why its author says that it may stand, where the transcript is marked so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where they stand in the turns' own text; not part of the JSON.
    #[serde(skip)]
    pub said: Vec<SaidAt>,
}

/// An approved phrase that was used.
#[derive(Clone, Debug, Serialize)]
pub struct Approved {
    /// Rule id.
    pub rule: String,
    /// 0..1.
    pub credit: f64,
    /// 1-based turn.
    pub turn: u32,
    /// The hull of the parts that were found.
    pub span: Option<Span<Raw>>,
    /// Names of the key parts that were not said.
    pub missing: Vec<String>,
}

/// An input that could not be read (contract: `errors[]`).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Failure {
    /// The input.
    pub path: String,
    /// Where in it, such as `12:5` or a record's id; empty for the whole.
    pub place: String,
    /// Stable code.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub cure: String,
}

/// The sums of a run.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Summary {
    /// Conversations' files that were checked.
    pub files: usize,
    /// Inputs that failed.
    pub failed: usize,
    /// Skipped below folders, by reason.
    pub skipped: BTreeMap<String, usize>,
    /// Conversations.
    pub conversations: usize,
    /// Turns.
    pub turns: usize,
    /// Staff turns.
    pub staff_turns: usize,
    /// Findings that count.
    pub findings: usize,
    /// Findings that were excused.
    pub excused: usize,
    /// Findings that count, by rule.
    pub by_rule: BTreeMap<String, usize>,
}
