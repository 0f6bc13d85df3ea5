//! The score of one conversation: what was heard becomes a ledger, the ledger is reckoned into a card. Every line names
//! its source.

mod articles;
mod card;
mod chances;
mod channel;
mod draft;
mod except;
mod heaps;
mod ledger;
mod measures;
mod planted;
mod points;
mod reckon;
mod stages;

pub use card::{
    Change, ChannelFound, ChannelKnown, ConductItem, Grade, LeftOut, LineKind, Measure, Opportunity, RedLine,
    Score, ScoreLine, Stage, StageItem, Status, Stretch, Stuffed, WhatIf, Worth,
};
pub use channel::channel;
pub use except::Excepted;
pub use ledger::{Area, Asked, Band, Element, Evidence, Frame, Group, Ledger, State, Sums};
pub use planted::SCENARIO;
pub use points::{Tenths, apportion};

use crate::conduct::Conduct;
use crate::diagnostic::{Lang, Severity};
use crate::standard::{Scenario, Standard};
use crate::transcript::{Role, Transcript};
use crate::verdict::{Credit, Observed, Spoken};

/// What a card is made from.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// The standard.
    pub standard: &'a Standard,
    /// The turns, with their times.
    pub transcript: &'a Transcript,
    /// What was heard in them.
    pub turns: &'a [Spoken<'a>],
    /// Approved phrases that were used.
    pub credits: &'a [Credit],
    /// What articles ask, as far as words show it.
    pub observed: &'a [Observed],
    /// Banned phrases that count.
    pub banned: &'a [Charge],
    /// What was measured.
    pub conduct: &'a Conduct,
    /// What was planted, in place of the opportunities that are heard.
    pub scenario: Option<&'a Scenario>,
    /// How the visitor came.
    pub channel: ChannelFound,
    /// The language of the card.
    pub lang: Lang,
}

/// A banned phrase that counts.
#[derive(Clone, Debug)]
pub struct Charge {
    /// Rule id.
    pub rule: String,
    /// Index of the turn.
    pub turn: usize,
    /// As judged here.
    pub severity: Severity,
    /// Of the finding.
    pub fingerprint: String,
}

/// Scores one conversation.
pub fn score(material: &Material<'_>) -> Score {
    draft::ledger(material).card()
}

impl Material<'_> {
    fn speaks_for_office(&self, turn: usize) -> bool {
        self.turns.get(turn).is_some_and(|t| t.role != Role::Visitor)
    }

    /// Indices of the turns that are judged as staff speech.
    fn staff(&self) -> Vec<usize> {
        (0..self.turns.len()).filter(|i| self.speaks_for_office(*i)).collect()
    }

    /// Indices of the credits of one turn: they stand in order of turns.
    fn credits_of(&self, turn: usize) -> std::ops::Range<usize> {
        let before = |turn: usize| self.credits.partition_point(|credit| credit.turn < turn);
        before(turn)..before(turn.saturating_add(1))
    }

    fn visitors_known(&self) -> bool {
        self.turns.iter().any(|t| t.role == Role::Visitor)
    }

    /// Whether turn `i` may show the situation.
    fn may_show(&self, situation: usize, turn: usize) -> bool {
        let from = self.standard.situations.get(situation).map_or(&[][..], |s| s.from.as_slice());
        let role = self.turns.get(turn).map(|t| t.role);
        match role {
            Some(role) if from.is_empty() => role == Role::Visitor,
            // Who may speak for staff is judged as staff.
            Some(Role::Unknown) => from.contains(&Role::Staff),
            Some(role) => from.contains(&role),
            None => false,
        }
    }
}

/// Turns are counted from 1 outside.
fn number(turn: usize) -> u32 {
    u32::try_from(turn).unwrap_or(u32::MAX).saturating_add(1)
}
