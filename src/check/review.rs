//! Human verdicts laid on findings: what they excuse, and what the score is without it.

use crate::diagnostic::{Lang, Message};
use crate::report::{Basis, Excused, Finding, Reviewed, Warning};
use crate::review::{Place, Row, Said, Verdicts};
use crate::score::{Excepted, Score};

/// The contract's words for what people excuse: a reviewer, and the author of the transcript.
const ACCEPTED: &str = "accepted";
pub(super) const SUPPRESSED: &str = "suppressed";

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
    /// The card without those that count no more, where there are any.
    pub(super) score: Option<Score>,
    /// Verdicts that have expired, and marks in the transcript that do nothing.
    pub(super) warnings: Vec<Warning>,
}

impl Hearing<'_> {
    /// Writes each verdict beside its finding. One that the context excuses already keeps that reason.
    pub(super) fn lay_on(&self, findings: &mut [Finding]) -> Vec<Warning> {
        let mut out = Vec::new();
        for finding in findings.iter_mut() {
            match self.verdicts.store.say(&self.place(finding), self.verdicts.today) {
                Said::Nothing => {}
                Said::Expired(row) => out.push(self.expired(row, finding)),
                Said::Holds(row) => {
                    finding.review = Some(reviewed(row));
                    if row.verdict.excuses() && finding.excused.is_none() {
                        finding.excused =
                            Some(Excused { why: ACCEPTED, span: None, reason: None, said: Vec::new() });
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

/// The card without what people excuse, where there is any.
pub(super) fn without(findings: &[Finding], score: &Score, lang: Lang) -> Option<Score> {
    let excepted = excepted(findings);
    let why = Message::new("score.why.reviewed").words(lang);
    (!excepted.is_empty()).then(|| score.ledger.without(&excepted, &why).card())
}

/// What the ledger no longer counts. An article is asked once for the whole conversation: it goes when nothing that was
/// found against it stands.
fn excepted(findings: &[Finding]) -> Vec<Excepted> {
    let stands = |rule: &str| findings.iter().any(|f| f.rule == rule && f.excused.is_none());
    let people = |excused: &Excused| excused.why == ACCEPTED || excused.why == SUPPRESSED;
    let excused = findings.iter().filter(|f| f.excused.as_ref().is_some_and(people));
    excused
        .filter_map(|finding| match finding.basis {
            Basis::Item { appendix: 2, .. } => Some(Excepted::Banned(finding.fingerprint.clone())),
            Basis::Item { .. } => {
                Some(Excepted::Opportunity { rule: finding.rule.clone(), turn: finding.turn })
            }
            Basis::Article { .. } if stands(&finding.rule) => None,
            Basis::Article { .. } => Some(Excepted::Conduct(finding.rule.clone())),
        })
        .collect()
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
