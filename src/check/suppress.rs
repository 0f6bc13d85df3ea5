//! Suppressions laid on findings: a finding that the transcript itself marks as to be ignored counts no more.

use super::assemble::Assembly;
use super::review::SUPPRESSED;
use crate::diagnostic::Explain;
use crate::report::{Excused, Finding, Warning};
use crate::review::Suppressions;
use std::collections::BTreeSet;

impl Assembly<'_> {
    /// Marks what is suppressed; what is wrong with the comments. A finding that the context excuses already keeps that
    /// reason.
    pub(super) fn suppress(&self, findings: &mut [Finding]) -> Vec<Warning> {
        if self.transcript.remarks.is_empty() {
            return Vec::new();
        }
        let suppressions = Suppressions::new(self.transcript, &self.document.source, &self.rule_ids());
        let mut used = BTreeSet::new();
        for finding in findings.iter_mut().filter(|finding| finding.excused.is_none()) {
            let pieces = finding.pieces.as_deref().unwrap_or_default();
            let here = suppressions.on(&finding.rule, pieces);
            if let Some(one) = here.first().and_then(|i| suppressions.list.get(*i)) {
                let reason = Some(one.reason.clone());
                finding.excused =
                    Some(Excused { why: SUPPRESSED, span: Some(one.comment), reason, said: Vec::new() });
            }
            used.extend(here);
        }
        let misused = suppressions.misused(&used);
        misused.iter().map(|misuse| self.warning(misuse.code(), misuse.message())).collect()
    }

    fn rule_ids(&self) -> Vec<&str> {
        let standard = &self.checker.standard;
        let banned = standard.banned.iter().map(|rule| rule.id.as_str());
        let approved = standard.approved.iter().map(|rule| rule.id.as_str());
        banned.chain(approved).chain(standard.article_rules.iter().map(|rule| rule.id.as_str())).collect()
    }
}
