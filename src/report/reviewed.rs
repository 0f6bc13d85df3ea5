//! What a person said of a finding.

use serde::Serialize;

/// A reviewer's verdict on a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reviewed {
    /// `confirmed`, `dismissed` or `accepted`.
    pub verdict: &'static str,
    /// Who.
    pub reviewer: String,
    /// Why.
    pub reason: String,
    /// When, `YYYY-MM-DD`.
    pub date: String,
    /// The last day on which it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}

/// The name of the shape.
pub const REVIEWS_SCHEMA: &str = "wuxin.reviews/1";

/// Verdicts, or findings with the verdicts on them.
#[derive(Clone, Debug, Serialize)]
pub struct Reviews {
    /// [`REVIEWS_SCHEMA`].
    pub schema: &'static str,
    /// In order.
    pub rows: Vec<ReviewRow>,
}

/// A finding, or what is left of it in the store.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewRow {
    /// Of the finding.
    pub fingerprint: String,
    /// `open` (no verdict), `confirmed`, `dismissed`, `accepted`, or `expired`.
    pub state: &'static str,
    /// The finding's rule, where it is known.
    pub rule: Option<String>,
    /// Its file, and line and column where they are known.
    pub place: Option<String>,
    /// The words, where they are known.
    pub text: Option<String>,
    /// What the reviewer said.
    pub review: Option<Reviewed>,
}
