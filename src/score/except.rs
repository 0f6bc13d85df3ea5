//! A ledger without what a reviewer no longer counts.

use super::card::Status;
use super::ledger::{Asked, Ledger, State};

/// Something that no longer counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Excepted {
    /// The banned phrase of this fingerprint.
    Banned(String),
    /// The opportunity of a turn (from 1) whose first rule this is.
    Opportunity {
        /// Rule id.
        rule: String,
        /// From 1.
        turn: u32,
    },
    /// What an article rule asks.
    Conduct(String),
}

impl Ledger {
    /// The same without `excepted`: deductions go; what is no longer asked leaves the denominator, and `why` says so.
    pub fn without(&self, excepted: &[Excepted], why: &str) -> Ledger {
        let mut out = self.clone();
        out.evidence.retain(|e| match &e.fingerprint {
            Some(fingerprint) => !excepted.contains(&Excepted::Banned(fingerprint.clone())),
            None => true,
        });
        let stays: Vec<bool> = self.elements.iter().map(|e| !self.is_excepted(e.asked, excepted)).collect();
        out.keep_elements(&stays);
        out.forget_opportunities();
        out.close_groups(why);
        out
    }

    fn is_excepted(&self, asked: Asked, excepted: &[Excepted]) -> bool {
        let is = |wanted: Excepted| excepted.contains(&wanted);
        match asked {
            Asked::Expected => false,
            Asked::Opportunity(i) => self.frame.opportunities.get(i).is_some_and(|one| {
                let rule = one.any_of.first().cloned().unwrap_or_default();
                is(Excepted::Opportunity { rule, turn: one.turn })
            }),
            Asked::Conduct(i) => {
                self.frame.conduct.get(i).is_some_and(|one| is(Excepted::Conduct(one.rule.clone())))
            }
        }
    }

    /// Drops elements; evidence points at the others where they stand now.
    fn keep_elements(&mut self, stays: &[bool]) {
        let now = numbered(stays);
        let mut stay = stays.iter().copied();
        self.elements.retain(|_| stay.next().unwrap_or(true));
        for evidence in &mut self.evidence {
            evidence.serves = evidence.serves.iter().filter_map(|i| *now.get(*i)?).collect();
        }
    }

    /// Drops opportunities that no element asks about.
    fn forget_opportunities(&mut self) {
        let asked = |i: usize| self.elements.iter().any(|e| e.asked == Asked::Opportunity(i));
        let stays: Vec<bool> = (0..self.frame.opportunities.len()).map(asked).collect();
        let now = numbered(&stays);
        let mut stay = stays.iter().copied();
        self.frame.opportunities.retain(|_| stay.next().unwrap_or(true));
        for element in &mut self.elements {
            if let Asked::Opportunity(i) = &mut element.asked {
                *i = now.get(*i).copied().flatten().unwrap_or(*i);
            }
        }
    }

    /// A group of which nothing is asked any more is not applicable, and so is its article.
    fn close_groups(&mut self, why: &str) {
        let asked: Vec<bool> =
            (0..self.groups.len()).map(|i| self.elements.iter().any(|e| e.group == i)).collect();
        for (group, asked) in self.groups.iter_mut().zip(asked) {
            if asked || group.state != State::Counts {
                continue;
            }
            group.state = State::NotApplicable(why.to_owned());
            for item in self.frame.conduct.iter_mut().filter(|item| group.rules.contains(&item.rule)) {
                item.status = Status::NotApplicable;
                item.why = Some(why.to_owned());
            }
        }
    }
}

/// Of everything that stays, its new index.
fn numbered(stays: &[bool]) -> Vec<Option<usize>> {
    let mut next = 0..;
    stays.iter().map(|stays| if *stays { next.next() } else { None }).collect()
}
