//! Human verdicts laid on findings: what they excuse, and what the score is without it.

use crate::diagnostic::{Lang, Message};
use crate::report::{Excused, Finding, Reviewed, Warning};
use crate::review::{Place, Row, Said, Verdicts};
use crate::text::{Raw, Span};

/// What reviewers said of one conversation's findings.
pub(super) struct Hearing<'a> {
    pub(super) verdicts: &'a Verdicts,
    pub(super) path: &'a str,
    pub(super) conversation: Option<&'a str>,
    pub(super) lang: Lang,
}

/// What became of a conversation's findings.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Rule and place of those that count no more.
    pub(super) excused: Vec<(String, Option<Span<Raw>>)>,
    /// Verdicts that have expired.
    pub(super) warnings: Vec<Warning>,
}

impl Hearing<'_> {
    /// Writes each verdict beside its finding. One that the context excuses already keeps that reason.
    pub(super) fn lay_on(&self, findings: &mut [Finding]) -> Outcome {
        let mut out = Outcome::default();
        for finding in findings {
            match self.verdicts.store.say(&self.place(finding), self.verdicts.today) {
                Said::Nothing => {}
                Said::Expired(row) => out.warnings.push(self.expired(row, finding)),
                Said::Holds(row) => {
                    finding.review = Some(reviewed(row));
                    if row.verdict.excuses() && finding.excused.is_none() {
                        finding.excused = Some(Excused { why: "accepted", span: None });
                        out.excused.push((finding.rule.clone(), finding.span));
                    }
                }
            }
        }
        out
    }

    fn place(&self, finding: &Finding) -> Place {
        Place {
            fingerprint: finding.fingerprint.clone(),
            path: self.path.to_owned(),
            conversation: self.conversation.map(str::to_owned),
        }
    }

    fn expired(&self, row: &Row, finding: &Finding) -> Warning {
        let message = Message::new("review.expired")
            .arg("rule", &finding.rule)
            .arg("turn", finding.turn)
            .arg("reviewer", &row.reviewer)
            .arg("date", row.date)
            .arg("expires", row.expires.map(|day| day.to_string()).unwrap_or_default());
        Warning { code: "verdict-expired".to_owned(), message: message.words(self.lang) }
    }
}

fn reviewed(row: &Row) -> Reviewed {
    Reviewed {
        verdict: row.verdict.word(),
        reviewer: row.reviewer.clone(),
        reason: row.reason.clone(),
        date: row.date.to_string(),
        expires: row.expires.map(|day| day.to_string()),
    }
}
