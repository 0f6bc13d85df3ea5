//! The figures of one conversation: all that charts and the index need of it.

use super::super::card::Card;
use super::super::wording;
use super::{Rules, Style};
use crate::diagnostic::Severity;
use crate::report::Conversation;
use std::collections::BTreeMap;

/// Findings that count: errors, warnings, notes.
pub(super) type Counts = [usize; 3];

/// One conversation in figures.
#[derive(Clone, Debug)]
pub(super) struct Digest {
    /// Its file, and its id where there are many in it.
    pub(super) name: String,
    pub(super) staff: String,
    pub(super) date: String,
    pub(super) counts: Counts,
    pub(super) by_rule: BTreeMap<String, Counts>,
    pub(super) total: Option<f64>,
    /// The total as it is written.
    pub(super) points: String,
    pub(super) band: String,
    /// Whether a red line was crossed.
    pub(super) failed: bool,
    pub(super) stages: Vec<StageSum>,
}

/// What a stage earned of what it could.
#[derive(Clone, Debug)]
pub(super) struct StageSum {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) points: f64,
    pub(super) weight: f64,
}

/// Where a severity stands in [`Counts`].
pub(super) fn column(severity: Severity) -> usize {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Note => 2,
    }
}

fn count(counts: &mut Counts, severity: Severity) {
    if let Some(cell) = counts.get_mut(column(severity)) {
        *cell += 1;
    }
}

impl Digest {
    pub(super) fn of(one: &Conversation, style: &Style) -> Digest {
        let none = Rules::new();
        let card = Card::of(one, &none, style);
        let mut digest = Digest {
            name: wording::path(one, style),
            staff: one.meta.staff.clone().unwrap_or_default(),
            date: one.meta.date.clone().unwrap_or_default(),
            counts: Counts::default(),
            by_rule: BTreeMap::new(),
            total: one.score.total,
            points: card.total(),
            band: card.band(),
            failed: !one.score.failed_by.is_empty(),
            stages: Vec::new(),
        };
        for finding in one.findings.iter().filter(|finding| finding.excused.is_none()) {
            count(&mut digest.counts, finding.severity);
            count(digest.by_rule.entry(finding.rule.clone()).or_default(), finding.severity);
        }
        if one.score.total.is_some() {
            let stages = one.score.stages.iter();
            digest.stages = stages
                .map(|s| StageSum {
                    id: s.id.clone(),
                    name: s.name.clone(),
                    points: s.points,
                    weight: s.weight,
                })
                .collect();
        }
        digest
    }
}

/// The figures of many together.
pub(super) struct Sums {
    pub(super) counts: Counts,
    /// By how often, then by id.
    pub(super) by_rule: Vec<(String, Counts)>,
    pub(super) totals: Vec<f64>,
    pub(super) failed: usize,
    /// In the order of a reception, with how many conversations each counts in.
    pub(super) stages: Vec<(StageSum, usize)>,
}

impl Sums {
    pub(super) fn of(digests: &[Digest]) -> Sums {
        let mut counts = Counts::default();
        let mut by_rule: BTreeMap<String, Counts> = BTreeMap::new();
        let mut stages: Vec<(StageSum, usize)> = Vec::new();
        for one in digests {
            add(&mut counts, &one.counts);
            for (rule, of_rule) in &one.by_rule {
                add(by_rule.entry(rule.clone()).or_default(), of_rule);
            }
            for stage in &one.stages {
                add_stage(&mut stages, stage);
            }
        }
        let mut by_rule: Vec<(String, Counts)> = by_rule.into_iter().collect();
        by_rule.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<usize>()));
        Sums {
            counts,
            by_rule,
            totals: digests.iter().filter_map(|one| one.total).collect(),
            failed: digests.iter().filter(|one| one.failed).count(),
            stages,
        }
    }
}

fn add(to: &mut Counts, more: &Counts) {
    to.iter_mut().zip(more).for_each(|(cell, more)| *cell += more);
}

fn add_stage(stages: &mut Vec<(StageSum, usize)>, more: &StageSum) {
    let counts = usize::from(more.weight > 0.0);
    match stages.iter_mut().find(|(stage, _)| stage.id == more.id) {
        Some((stage, conversations)) => {
            stage.points += more.points;
            stage.weight += more.weight;
            *conversations += counts;
        }
        None => stages.push((more.clone(), counts)),
    }
}
