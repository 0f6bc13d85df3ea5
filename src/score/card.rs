//! The shape of the score card. Points are integer tenths inside, numbers with one decimal outside.

use serde::Serialize;

/// The score card of one conversation.
#[derive(Clone, Debug, Serialize)]
pub struct Score {
    /// Null where no staff turn was found.
    pub total: Option<f64>,
    /// The most that can be had: 100.
    pub out_of: f64,
    /// How much of each stage was covered.
    pub stages: Vec<Stage>,
    /// The arithmetic: starts with 100, sums to the total.
    pub lines: Vec<ScoreLine>,
}

/// Coverage of one stage.
#[derive(Clone, Debug, Serialize)]
pub struct Stage {
    /// Such as `greeting`.
    pub id: String,
    /// Its name in the run's language.
    pub name: String,
    /// Points to be had.
    pub weight: f64,
    /// Points earned.
    pub points: f64,
    /// Phrases expected and their credit 0..1.
    pub expected: Vec<StageItem>,
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
}

/// One line of the arithmetic.
#[derive(Clone, Debug, Serialize)]
pub struct ScoreLine {
    /// Signed points, one decimal.
    pub points: f64,
    /// The rule, if the line is about one.
    pub rule: Option<String>,
    /// The turn, if the line is about one.
    pub turn: Option<u32>,
    /// In words, in the run's language.
    pub label: String,
    /// The item, the article, or this tool's own method.
    pub source: String,
}
