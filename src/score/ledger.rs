//! What a card is reckoned from, as plain data, and the arithmetic over it: pure, additive, in whole tenths.
//!
//! An element is one thing to be earned; evidence serves elements, and the best counts. Elements know nothing of each
//! other and deductions have neither cap nor floor, so what one piece of evidence is worth is what the total loses
//! without it, exactly.

use super::card::{ChannelFound, ConductItem, LineKind, Measure, Opportunity, Stretch, Stuffed};
use super::points::{Tenths, apportion};
use crate::diagnostic::Lang;

/// Everything that one card is reckoned from.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The language of the card's words.
    pub lang: Lang,
    /// Whether any staff turn was found: without one there is no total.
    pub staff: bool,
    /// The part of the 100 that only banned phrases take from.
    pub base: Tenths,
    /// The stages in order, then conduct.
    pub areas: Vec<Area>,
    /// Everything that may be asked of a reception.
    pub groups: Vec<Group>,
    /// What is asked of this one.
    pub elements: Vec<Element>,
    /// What was heard or measured.
    pub evidence: Vec<Evidence>,
    /// Credit from which an opportunity is answered, in hundredths.
    pub met_from: i64,
    /// Grades, the best first.
    pub bands: Vec<Band>,
    /// How lines name this tool's own method.
    pub method: String,
    /// What the card shows besides its arithmetic.
    pub frame: Frame,
}

/// The parts of a card that its arithmetic only fills in.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// How the visitor came.
    pub channel: ChannelFound,
    /// What articles ask; credit and points are filled in.
    pub conduct: Vec<ConductItem>,
    /// Figures.
    pub measures: Vec<Measure>,
    /// Opportunities; credit and points are filled in.
    pub opportunities: Vec<Opportunity>,
    /// Stages over the turns.
    pub timeline: Vec<Stretch>,
    /// Heaps of phrases.
    pub stuffed: Vec<Stuffed>,
}

/// A part of the card with a weight of its own.
#[derive(Clone, Debug)]
pub struct Area {
    /// Id of a stage, or `conduct`.
    pub id: String,
    /// In the run's language.
    pub name: String,
    /// Of the 100.
    pub weight: Tenths,
}

/// A rule, or a choice of rules, that may be asked.
#[derive(Clone, Debug)]
pub struct Group {
    /// Index into [`Ledger::areas`].
    pub area: usize,
    /// Any one is enough.
    pub rules: Vec<String>,
    /// What it asks.
    pub title: String,
    /// Relative to the others of its area.
    pub weight: i64,
    /// Whether it counts here.
    pub state: State,
}

/// Whether a group counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It does.
    Counts,
    /// Nothing called for it; why, in words.
    NotApplicable(String),
    /// The input does not allow it; why, in words.
    NotEvaluated(String),
}

/// One thing to be earned.
#[derive(Clone, Debug)]
pub struct Element {
    /// Index into [`Ledger::groups`].
    pub group: usize,
    /// What it is.
    pub asked: Asked,
    /// The turn that called for it.
    pub turn: Option<u32>,
    /// In words, without what became of it.
    pub label: String,
    /// The item or article it rests on.
    pub source: String,
}

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Expected in every reception.
    Expected,
    /// Index into [`Frame::opportunities`].
    Opportunity(usize),
    /// Index into [`Frame::conduct`].
    Conduct(usize),
}

impl Asked {
    /// What a line about it is about.
    pub fn line(self) -> LineKind {
        match self {
            Asked::Expected => LineKind::Expected,
            Asked::Opportunity(_) => LineKind::Opportunity,
            Asked::Conduct(_) => LineKind::Conduct,
        }
    }
}

/// One piece of evidence.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Rule id.
    pub rule: String,
    /// From 1; `None` for what is measured over the whole.
    pub turn: Option<u32>,
    /// Credit in hundredths, for elements.
    pub credit: i64,
    /// Indices into [`Ledger::elements`].
    pub serves: Vec<usize>,
    /// What a banned phrase costs.
    pub deduction: Tenths,
    /// Whether it fails the card.
    pub red_line: bool,
    /// Of the finding, for a banned phrase.
    pub fingerprint: Option<String>,
    /// In words, for a banned phrase.
    pub label: String,
    /// The item it rests on.
    pub source: String,
}

/// A grade.
#[derive(Clone, Debug)]
pub struct Band {
    /// Such as `good`.
    pub id: String,
    /// In the run's language.
    pub name: String,
    /// The least total.
    pub from: Tenths,
}

impl Ledger {
    /// The points of every element: an area's weight goes to its elements; an area without any leaves its weight to
    /// the others.
    pub fn shares(&self) -> Vec<Tenths> {
        let counts =
            self.elements.iter().filter_map(|e| self.groups.get(e.group)).map(|g| (g.area, g.weight));
        let counts: Vec<(usize, i64)> = counts.collect();
        let mut asked = vec![false; self.areas.len()];
        for (area, _) in counts.iter().filter(|(_, weight)| *weight > 0) {
            asked.get_mut(*area).into_iter().for_each(|asked| *asked = true);
        }
        let weights = self.areas.iter().zip(asked);
        let weights: Vec<i64> =
            weights.map(|(area, asked)| if asked { area.weight.tenths() } else { 0 }).collect();
        let whole = self.areas.iter().map(|a| a.weight).sum();
        among(&counts, &apportion(whole, &weights))
    }

    /// The total with every piece of evidence.
    pub fn total(&self) -> Tenths {
        self.sums().total(None)
    }

    /// Shares, and which evidence serves what, found once for many questions.
    pub fn sums(&self) -> Sums<'_> {
        let mut serving = vec![Vec::new(); self.elements.len()];
        for (i, evidence) in self.evidence.iter().enumerate() {
            for element in &evidence.serves {
                if let Some(list) = serving.get_mut(*element) {
                    list.push(i);
                }
            }
        }
        Sums { ledger: self, shares: self.shares(), serving }
    }

    /// The raw weight of every group: its part of its area, whatever counts here.
    pub fn raw_weights(&self) -> Vec<Tenths> {
        let groups: Vec<(usize, i64)> = self.groups.iter().map(|g| (g.area, g.weight)).collect();
        let areas: Vec<Tenths> = self.areas.iter().map(|area| area.weight).collect();
        among(&groups, &areas)
    }

    /// The raw weight that is left in the denominator, of those of all groups.
    pub fn applicable(&self, raw_weights: &[Tenths]) -> Tenths {
        let counting = self.groups.iter().zip(raw_weights).filter(|(g, _)| g.state == State::Counts);
        self.base + counting.map(|(_, weight)| *weight).sum()
    }
}

/// The points of every area in parts for its members, each an area and a weight in it. Each area looks at its own
/// members only: there are many areas, and what has no weight gets nothing.
fn among(members: &[(usize, i64)], areas: &[Tenths]) -> Vec<Tenths> {
    let mut out = vec![Tenths::ZERO; members.len()];
    let (mut own, mut weights): (Vec<usize>, Vec<i64>) = (Vec::new(), Vec::new());
    for (area, points) in areas.iter().enumerate() {
        own.clear();
        own.extend((0..members.len()).filter(|i| members.get(*i).is_some_and(|(of, _)| *of == area)));
        weights.clear();
        weights.extend(own.iter().filter_map(|i| members.get(*i)).map(|(_, weight)| *weight));
        for (i, part) in own.iter().zip(apportion(*points, &weights)) {
            out.get_mut(*i).into_iter().for_each(|sum| *sum = part);
        }
    }
    out
}

/// The sums over one ledger.
#[derive(Clone, Debug)]
pub struct Sums<'a> {
    ledger: &'a Ledger,
    /// The points of every element.
    shares: Vec<Tenths>,
    /// For every element the evidence that serves it, in order.
    serving: Vec<Vec<usize>>,
}

impl Sums<'_> {
    /// The points to be had for an element.
    pub fn share(&self, element: usize) -> Tenths {
        self.shares.get(element).copied().unwrap_or(Tenths::ZERO)
    }

    /// The total, one piece of evidence left out or none.
    pub fn total(&self, left_out: Option<usize>) -> Tenths {
        let earned = (0..self.shares.len()).map(|i| self.earned(i, left_out));
        let asked: Tenths = self.shares.iter().copied().sum();
        let taken = self.ledger.evidence.iter().enumerate().filter(|(i, _)| Some(*i) != left_out);
        Tenths::FULL - asked + earned.sum() - taken.map(|(_, e)| e.deduction).sum()
    }

    /// The best evidence for an element, and its credit in hundredths; the earliest of equals.
    pub fn best(&self, element: usize, left_out: Option<usize>) -> (Option<usize>, i64) {
        let serving = self.serving.get(element).into_iter().flatten();
        let credits = serving.filter_map(|i| Some((*i, self.ledger.evidence.get(*i)?.credit)));
        credits
            .filter(|(i, _)| Some(*i) != left_out)
            .fold((None, 0), |best, (i, credit)| if credit > best.1 { (Some(i), credit) } else { best })
    }

    fn earned(&self, element: usize, left_out: Option<usize>) -> Tenths {
        self.share(element).part(self.best(element, left_out).1)
    }

    /// The card's line for one piece of evidence: what the elements it serves lose without it, less what it costs.
    pub fn worth(&self, evidence: usize) -> Tenths {
        let Some(one) = self.ledger.evidence.get(evidence) else { return Tenths::ZERO };
        let gain = |element: &usize| self.earned(*element, None) - self.earned(*element, Some(evidence));
        one.serves.iter().map(gain).sum::<Tenths>() - one.deduction
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_areas_own_members_get_what_they_would_among_all(
            members in proptest::collection::vec((0usize..4, 0i64..9), 0..20),
            areas in proptest::collection::vec(0i64..400, 0..5),
        ) {
            let areas: Vec<Tenths> = areas.into_iter().map(Tenths::new).collect();
            let mut plainly = vec![Tenths::ZERO; members.len()];
            for (area, points) in areas.iter().enumerate() {
                let inside = |(of, weight): &(usize, i64)| if *of == area { *weight } else { 0 };
                let parts = apportion(*points, &members.iter().map(inside).collect::<Vec<_>>());
                plainly.iter_mut().zip(parts).for_each(|(sum, part)| *sum = *sum + part);
            }
            prop_assert_eq!(among(&members, &areas), plainly);
        }
    }
}
