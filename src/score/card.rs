//! The shape of the score card. Points are integer tenths inside, numbers with one decimal outside.

use super::ledger::Ledger;
use crate::text::{Raw, Said, Span};
use crate::transcript::{Channel, Clock};
use serde::Serialize;

/// The score card of one conversation.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Score {
    /// Null where no staff turn was found. Below zero where more was lost than there is.
    pub total: Option<f64>,
    /// The most that can be had: 100.
    pub out_of: f64,
    /// The weight that is left once what is not applicable or not evaluated has gone, of `out_of`.
    pub applicable: f64,
    /// The grade; null where there is no total.
    pub band: Option<Grade>,
    /// Findings that fail the card whatever its total.
    pub failed_by: Vec<RedLine>,
    /// How the visitor came, and how that is known.
    pub channel: ChannelFound,
    /// What each stage earned.
    pub stages: Vec<Stage>,
    /// What the articles ask, rule by rule.
    pub conduct: Vec<ConductItem>,
    /// What was measured from times and turns.
    pub measures: Vec<Measure>,
    /// Every turn that called for a phrase, in order.
    pub opportunities: Vec<Opportunity>,
    /// The stages over the conversation, in order.
    pub timeline: Vec<Stretch>,
    /// The arithmetic: starts with 100, sums to the total.
    pub lines: Vec<ScoreLine>,
    /// What every single piece of evidence is worth.
    pub evidence: Vec<Worth>,
    /// Turns with a heap of phrases that nothing called for.
    pub stuffed: Vec<Stuffed>,
    /// What nothing called for, or what the channel does not have.
    pub not_applicable: Vec<LeftOut>,
    /// What the input did not allow to check.
    pub not_evaluated: Vec<LeftOut>,
    /// The smallest set of changes that reaches the next grade; null where there is none above.
    pub what_if: Option<WhatIf>,
    /// What the card was reckoned from, to reckon it anew (a reviewed score, say); not part of the JSON.
    #[serde(skip)]
    pub ledger: Ledger,
}

/// A grade.
#[derive(Clone, Debug, Serialize)]
pub struct Grade {
    /// Such as `good`.
    pub id: String,
    /// In the run's language.
    pub name: String,
    /// The least total.
    pub from: f64,
}

/// A finding that fails the card.
#[derive(Clone, Debug, Serialize)]
pub struct RedLine {
    /// Rule id.
    pub rule: String,
    /// From 1.
    pub turn: u32,
    /// Of the finding.
    pub fingerprint: Option<String>,
}

/// How the visitor came.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ChannelFound {
    /// `visit`, `phone` or `letter`.
    pub is: Channel,
    /// How that is known.
    pub how: ChannelKnown,
}

/// How the channel is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChannelKnown {
    /// The input says so.
    Given,
    /// The settings say so.
    Configured,
    /// By what was said.
    Heard,
    /// Nothing says so: a visit is assumed.
    Assumed,
}

impl Default for ChannelFound {
    fn default() -> Self {
        ChannelFound { is: Channel::Visit, how: ChannelKnown::Assumed }
    }
}

/// What one stage earned.
#[derive(Clone, Debug, Serialize)]
pub struct Stage {
    /// Such as `greeting`.
    pub id: String,
    /// Its name in the run's language.
    pub name: String,
    /// Points to be had here; 0 where nothing was applicable.
    pub weight: f64,
    /// Points earned.
    pub points: f64,
    /// Phrases expected in every reception, and their credit 0..1.
    pub expected: Vec<StageItem>,
    /// Opportunities of this stage, as indices into `opportunities`.
    pub opportunities: Vec<usize>,
}

/// One expected phrase (or a choice of phrases) of a stage.
#[derive(Clone, Debug, Serialize)]
pub struct StageItem {
    /// The rules of which one is enough.
    pub any_of: Vec<String>,
    /// The best credit found, 0..1.
    pub credit: f64,
    /// Where, if found.
    pub turn: Option<u32>,
    /// Points to be had.
    pub weight: f64,
    /// Points earned.
    pub points: f64,
}

/// A turn that called for a phrase.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Opportunity {
    /// Id of the stage it counts in.
    pub stage: String,
    /// The situation's id.
    pub situation: String,
    /// What it is, in the run's language.
    pub title: String,
    /// The rules of which one answers it.
    pub any_of: Vec<String>,
    /// From 1.
    pub turn: u32,
    /// The words that call for it, in the turn's text; none for a silence or a crowd.
    #[serde(skip)]
    pub said: Option<Span<Said>>,
    /// The same, bytes into the decoded file.
    pub span: Option<Span<Raw>>,
    /// The words.
    pub text: String,
    /// When.
    pub time_ms: Option<Clock>,
    /// The best credit of an answer in time, 0..1.
    pub credit: f64,
    /// The turn of that answer, from 1.
    pub met_turn: Option<u32>,
    /// The rule that answered.
    pub met_by: Option<String>,
    /// Whether the answer is less than enough.
    pub missed: bool,
    /// Points to be had.
    pub weight: f64,
    /// Points earned.
    pub points: f64,
}

/// What an article asks, and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct ConductItem {
    /// Rule id.
    pub rule: String,
    /// In the run's language.
    pub title: String,
    /// What became of it.
    pub status: Status,
    /// 0..1 where it counts.
    pub credit: Option<f64>,
    /// Points to be had; 0 where it does not count.
    pub weight: f64,
    /// Points earned.
    pub points: f64,
    /// The turns that met it, or broke it, from 1.
    pub turns: Vec<u32>,
    /// The rule that counts the same evidence.
    pub through: Option<String>,
    /// Why it is not applicable, or could not be checked.
    pub why: Option<String>,
}

/// What became of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// As it should be.
    Met,
    /// Partly.
    Partly,
    /// Not.
    Unmet,
    /// A hint without points.
    Hint,
    /// Nothing called for it.
    NotApplicable,
    /// The input does not allow it.
    NotEvaluated,
}

/// One measured figure.
#[derive(Clone, Debug, Serialize)]
pub struct Measure {
    /// `pace`, `pauses`, `interruptions`, `talk-share`, `monologue`.
    pub id: &'static str,
    /// In the run's language.
    pub name: String,
    /// The rule that reads it, if one does.
    pub rule: Option<String>,
    /// The figure; null where it could not be measured.
    pub value: Option<f64>,
    /// Not less than this.
    pub least: Option<f64>,
    /// Not more than this.
    pub most: Option<f64>,
    /// `characters/minute`, `count`, `share`, `characters`.
    pub unit: &'static str,
    /// The turns outside the limits, from 1.
    pub turns: Vec<u32>,
    /// Why there is no figure: `no-times`, `no-overlap-information`, `too-short`, `roles-unknown`.
    pub why: Option<&'static str>,
}

/// One stage over some turns.
#[derive(Clone, Debug, Serialize)]
pub struct Stretch {
    /// Id of the stage.
    pub stage: String,
    /// Its name in the run's language.
    pub name: String,
    /// From 1.
    pub first_turn: u32,
    /// The last turn of it.
    pub last_turn: u32,
    /// When, where the input has times.
    pub time_ms: Option<Clock>,
}

/// What a line is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    /// The 100 to begin with.
    #[default]
    Start,
    /// An expected phrase.
    Expected,
    /// An opportunity.
    Opportunity,
    /// What an article asks.
    Conduct,
    /// A banned phrase.
    Banned,
}

/// One line of the arithmetic.
#[derive(Clone, Debug, Serialize)]
pub struct ScoreLine {
    /// What it is about.
    pub kind: LineKind,
    /// Signed points, one decimal.
    pub points: f64,
    /// The rule, if the line is about one.
    pub rule: Option<String>,
    /// All rules of which one would have been enough.
    pub any_of: Vec<String>,
    /// The turn, if the line is about one.
    pub turn: Option<u32>,
    /// In words, in the run's language.
    pub label: String,
    /// The item, the article, or this tool's own method.
    pub source: String,
}

/// What one piece of evidence is worth: `total - without`.
#[derive(Clone, Debug, Serialize)]
pub struct Worth {
    /// Rule id.
    pub rule: String,
    /// From 1; null for what is measured over the whole conversation.
    pub turn: Option<u32>,
    /// Credit 0..1; 0 for a banned phrase.
    pub credit: f64,
    /// Signed points: what the total would lose (or, for a banned phrase, win) without it.
    pub worth: f64,
    /// The total without it.
    pub without: f64,
    /// Of the finding, for a banned phrase.
    pub fingerprint: Option<String>,
}

/// A turn with a heap of phrases.
#[derive(Clone, Debug, Serialize)]
pub struct Stuffed {
    /// From 1.
    pub turn: u32,
    /// The phrases that nothing called for.
    pub rules: Vec<String>,
}

/// A rule that left the denominator.
#[derive(Clone, Debug, Serialize)]
pub struct LeftOut {
    /// The rules, any one of which would have been enough.
    pub rules: Vec<String>,
    /// What is asked, in the run's language.
    pub title: String,
    /// Its raw weight, of 100.
    pub weight: f64,
    /// In the run's language.
    pub why: String,
}

/// The way to the next grade.
#[derive(Clone, Debug, Serialize)]
pub struct WhatIf {
    /// The grade to be reached.
    pub band: Grade,
    /// The changes, the largest first; a red line before all others.
    pub changes: Vec<Change>,
    /// Whether these changes reach it.
    pub reached: bool,
}

/// One change.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// The rules of which one is to be said, or the one to be left.
    pub rules: Vec<String>,
    /// Where, from 1, if it is about one turn.
    pub turn: Option<u32>,
    /// In words, in the run's language.
    pub label: String,
    /// Approved phrases to say.
    pub say: Vec<String>,
    /// Points won.
    pub gain: f64,
    /// The total after this change and those before it.
    pub total: f64,
}
