//! The sums of a run, and the exit code they give.

use super::EXIT_FAILED;
use super::piece::{Piece, Sums};
use wuxin::diagnostic::Severity;
use wuxin::report::{Failure, Summary};

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
    /// Counts some of what became of one input.
    pub(super) fn piece(&mut self, piece: &Piece) {
        for reason in &piece.skipped {
            *self.summary.skipped.entry(reason.clone()).or_default() += 1;
        }
        for told in &piece.told {
            self.conversation(&told.sums);
        }
    }

    /// Counts an input of which everything is known.
    pub(super) fn input(&mut self, read: usize, failed: usize, named: bool) {
        self.summary.files += read;
        (0..failed).for_each(|_| self.failed(named));
    }

    /// Counts an input that failed.
    pub(super) fn failed(&mut self, named: bool) {
        self.summary.failed += 1;
        self.named_failed |= named || self.chosen;
    }

    fn conversation(&mut self, sums: &Sums) {
        let (all, one) = (&mut self.summary, &sums.summary);
        all.conversations += one.conversations;
        all.turns += one.turns;
        all.staff_turns += one.staff_turns;
        all.findings += one.findings;
        all.excused += one.excused;
        for (rule, count) in &one.by_rule {
            match all.by_rule.get_mut(rule) {
                Some(sum) => *sum += count,
                None => _ = all.by_rule.insert(rule.clone(), *count),
            }
        }
        self.worst = self.worst.max(sums.worst);
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
