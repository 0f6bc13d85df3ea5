//! How grave a finding is.

use serde::{Deserialize, Serialize};

/// Ordered: a note is less than a warning, a warning less than an error (contract, "Severity").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Likely a violation, to be looked at.
    Warning,
    /// A violation.
    Error,
}

impl Severity {
    /// The word of the contract: `note`, `warning`, `error`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}
