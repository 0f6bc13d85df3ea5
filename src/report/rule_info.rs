//! What a renderer or a front end needs to know about a rule, copied out of the standard.

use crate::diagnostic::Severity;
use serde::Serialize;

/// A rule as `wuxin rules` and `wuxin explain` show it. Language is chosen already.
#[derive(Clone, Debug, Serialize)]
pub struct RuleInfo {
    /// `B01`, `A07`, `S04-interruption`.
    pub id: String,
    /// `banned`, `approved` or `article`.
    pub kind: &'static str,
    /// The item's text, word for word (an article's text for an article rule).
    pub text: String,
    /// The act in a few words.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// Default severity.
    pub severity: Severity,
    /// The item or article.
    pub basis: Basis,
    /// The stage of the reception (approved phrases only).
    pub stage: Option<String>,
    /// Approved phrases to say instead (banned phrases only).
    pub say_instead: Vec<String>,
    /// The context that excuses a hit.
    pub excuses: Vec<String>,
    /// The patterns as the author wrote them, by tier.
    pub patterns: Vec<(String, String)>,
    /// What the rule finds.
    pub hits: Vec<Example>,
    /// What it must not find.
    pub passes: Vec<Example>,
    /// Why speech alone cannot show it; null where it can.
    pub not_observable: Option<String>,
}

/// One example inside a rule.
#[derive(Clone, Debug, Serialize)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// The exact excerpts that are found in it (hits only).
    pub excerpts: Vec<String>,
}

/// Where a rule stands in the standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Basis {
    /// An item of an appendix.
    Item {
        /// 1 (approved) or 2 (banned).
        appendix: u8,
        /// From 1.
        item: u8,
        /// Word for word.
        text: String,
    },
    /// An article.
    Article {
        /// From 1.
        article: u8,
        /// Word for word.
        text: String,
    },
}
