//! The sums of a run, and the exit code they give.

use super::EXIT_FAILED;
use super::engine::Checked;
use wuxin::diagnostic::Severity;
use wuxin::report::{Conversation, Failure, Summary};

/// What has been counted so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) summary: Summary,
    worst: Option<Severity>,
    named_failed: bool,
    /// Whether the files were chosen one by one, by git or by what runs wuxin: that none of them is a transcript is no
    /// mistake then, and one that cannot be read is as good as named.
    pub(super) chosen: bool,
}

impl Tally {
    /// Counts what became of one input.
    pub(super) fn input(&mut self, checked: &Checked, named: bool) {
        if let Some(reason) = checked.skipped {
            *self.summary.skipped.entry(reason.to_owned()).or_default() += 1;
            return;
        }
        self.summary.files += usize::from(checked.read);
        for conversation in &checked.conversations {
            self.conversation(conversation);
        }
        if !checked.failures.is_empty() {
            self.failed(named);
        }
    }

    /// Counts an input that failed.
    pub(super) fn failed(&mut self, named: bool) {
        self.summary.failed += 1;
        self.named_failed |= named || self.chosen;
    }

    fn conversation(&mut self, one: &Conversation) {
        let summary = &mut self.summary;
        summary.conversations += 1;
        summary.turns += one.turns;
        summary.staff_turns += one.staff_turns;
        for finding in &one.findings {
            if finding.excused.is_some() {
                summary.excused += 1;
                continue;
            }
            summary.findings += 1;
            *summary.by_rule.entry(finding.rule.clone()).or_default() += 1;
            self.worst = self.worst.max(Some(finding.severity));
        }
    }

    /// Whether not a single input could be checked.
    pub(super) fn nothing(&self) -> bool {
        self.summary.files == 0
    }

    /// What was left out and why, for a person who wonders.
    pub(super) fn exit(&self, fail_on: Option<Severity>) -> u8 {
        if self.named_failed || self.nothing() && !self.chosen {
            return EXIT_FAILED;
        }
        u8::from(fail_on.is_some_and(|least| self.worst >= Some(least)))
    }
}

/// Failures in the order of their paths: those met while walking come before those met while reading.
pub(super) fn by_path(failures: &mut [Failure]) {
    failures.sort_by(|a, b| a.path.cmp(&b.path));
}
