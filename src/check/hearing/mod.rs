//! How well labelled speech is heard: recall by rule, false alarms by kind, precision.

mod cases;

pub use cases::{BadRow, Case, Fault, HEADER, cases};

use super::Checker;
use crate::report::{HEARING_SCHEMA, Hearing, Misheard, Mishearing, Share, Sounded};
use crate::transcript::Role;
use crate::verdict::{Spoken, judge};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// So many rules besides the expected ones may be found in a right row: one sentence may break two items.
const OTHERS: usize = 1;

impl Checker {
    /// Judges every row as a conversation of two turns, and sums up.
    pub fn measure(&self, cases: &[Case]) -> Hearing {
        let found: Vec<Vec<Sounded>> = cases.par_iter().map(|case| self.sounded(case)).collect();
        let mut out = Hearing {
            schema: HEARING_SCHEMA,
            rows: cases.len(),
            recall: Share::default(),
            by_rule: BTreeMap::new(),
            false_alarms: Share::default(),
            by_kind: BTreeMap::new(),
            precision: Share::default(),
            misses: Vec::new(),
        };
        for (case, found) in cases.iter().zip(found) {
            count(&mut out, case, found);
        }
        out
    }

    /// What stands in the row's second turn, sure enough to be shown by default.
    fn sounded(&self, case: &Case) -> Vec<Sounded> {
        let other = if case.role == Role::Visitor { Role::Staff } else { Role::Visitor };
        let turn = |role, said| Spoken {
            role,
            speaker: None,
            said,
            heard: self.detector.hear(said, &[]),
            mention: false,
        };
        let turns = [turn(other, case.before.as_str()), turn(case.role, case.text.as_str())];
        judge(&self.standard, &turns)
            .iter()
            .filter(|j| j.turn == 1 && j.excused.is_none())
            .filter(|j| j.hit.confidence.value() >= self.standard.scoring.minimum)
            .filter_map(|j| {
                let rule = self.standard.banned.get(j.rule)?.id.clone();
                let text = j.hit.span.slice(&case.text).to_owned();
                Some(Sounded { rule, text, confidence: j.hit.confidence })
            })
            .collect()
    }
}

/// What is wrong with what was found, if anything.
fn mishearing(want: &[String], found: &BTreeSet<&str>) -> Option<Mishearing> {
    let expected = found.iter().filter(|rule| want.iter().any(|w| w == *rule)).count();
    match (want.is_empty(), expected) {
        (true, _) => (!found.is_empty()).then_some(Mishearing::Noisy),
        (false, 0) if found.is_empty() => Some(Mishearing::Missing),
        (false, 0) => Some(Mishearing::Wrong),
        (false, _) => (found.len() - expected > OTHERS).then_some(Mishearing::Crowded),
    }
}

fn count(out: &mut Hearing, case: &Case, found: Vec<Sounded>) {
    let rules: BTreeSet<&str> = found.iter().map(|f| f.rule.as_str()).collect();
    let how = mishearing(&case.want, &rules);
    for rule in &rules {
        out.precision.count(case.want.iter().any(|want| want == rule));
    }
    match case.want.first() {
        Some(rule) => {
            out.recall.count(how.is_none());
            out.by_rule.entry(rule.clone()).or_default().count(how.is_none());
        }
        None => {
            out.false_alarms.count(how.is_some());
            out.by_kind.entry(case.kind().to_owned()).or_default().count(how.is_some());
        }
    }
    if let Some(how) = how {
        let Case { id, before, text, want, note, .. } = case.clone();
        out.misses.push(Misheard { id, how, before, text, want, note, found });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(want: &[&str], found: &[&str]) -> Option<Mishearing> {
        let want: Vec<String> = want.iter().map(|w| (*w).to_owned()).collect();
        mishearing(&want, &found.iter().copied().collect())
    }

    #[test]
    fn one_other_rule_is_let_pass() {
        assert_eq!(of(&["B01", "B10"], &["B10"]), None);
        assert_eq!(of(&["B01"], &["B01", "B10"]), None);
        assert_eq!(of(&["B01"], &["B01", "B10", "B20"]), Some(Mishearing::Crowded));
        assert_eq!(of(&["B01"], &["B10"]), Some(Mishearing::Wrong));
        assert_eq!(of(&["B01"], &[]), Some(Mishearing::Missing));
        assert_eq!(of(&[], &["B01"]), Some(Mishearing::Noisy));
        assert_eq!(of(&[], &[]), None);
    }
}
