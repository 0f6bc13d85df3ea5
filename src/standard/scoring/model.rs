//! Points and thresholds, read and valid: this tool's own method, not the standard's. Points are in tenths, shares in
//! hundredths.

use crate::diagnostic::Severity;
use crate::standard::Bilingual;
use std::collections::BTreeMap;

/// `scoring.toml`.
#[derive(Clone, Debug)]
pub struct Scoring {
    /// Stages in order.
    pub stages: Vec<StageWeight>,
    /// How approved phrases count.
    pub phrases: PhraseMethod,
    /// How stages are found.
    pub timeline: Timeline,
    /// What tells how the visitor came.
    pub channel: ChannelSigns,
    /// What articles ask.
    pub conduct: ConductMethod,
    /// What banned phrases cost.
    pub deduction: Deduction,
    /// What fails a card whatever its total.
    pub red_line: RedLineMethod,
    /// Grades, the best first.
    pub bands: Vec<BandFrom>,
    /// Fewer chances than this allow no verdict and no ranking.
    pub least_chances: usize,
    /// Confidence of each tier.
    pub tier: [f64; 3],
    /// What each step away from the item's words costs, by its `how` word.
    pub costs: BTreeMap<String, f64>,
    /// Findings below are left out by default.
    pub minimum: f64,
    /// Findings below are warnings.
    pub warning_below: f64,
    /// How scoring lines name their source.
    pub source: Bilingual,
}

/// One stage of a reception.
#[derive(Clone, Debug)]
pub struct StageWeight {
    /// `greeting`.
    pub id: String,
    /// 迎接.
    pub name: Bilingual,
    /// Points to be had.
    pub weight: i64,
    /// Phrases expected in every reception; of the ids in one entry any one is enough.
    pub expected: Vec<Vec<String>>,
    /// Where its expected phrases count.
    pub place: Place,
    /// Article rules that show it.
    pub articles: Vec<String>,
}

/// Where a stage's expected phrases count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// In the first staff turns.
    Opening,
    /// In the last staff turns.
    Ending,
    /// Where the stage is found.
    #[default]
    Stage,
}

/// How approved phrases count.
#[derive(Clone, Debug)]
pub struct PhraseMethod {
    /// Staff turns in which an opportunity may be answered.
    pub window: usize,
    /// Credit from which it is answered, in hundredths.
    pub met_from: i64,
    /// Rules of which one answers for all.
    pub one_of: Vec<Vec<String>>,
    /// Weight of a rule among those of its stage, where it is not 1.
    pub weights: BTreeMap<String, i64>,
    /// Staff turns that are the opening.
    pub opening: usize,
    /// Staff turns that are the ending.
    pub ending: usize,
    /// Last staff turns in which a rule of the ending counts, where they are fewer.
    pub last: BTreeMap<String, usize>,
    /// Phrases in one turn that nothing called for, from which on it is a heap.
    pub heap: usize,
}

/// How stages are found: points for what shows a stage, costs for moving between them.
#[derive(Clone, Copy, Debug)]
pub struct Timeline {
    /// An approved phrase of the stage.
    pub phrase: i64,
    /// An article rule of the stage.
    pub article: i64,
    /// A situation that calls for a phrase of the stage.
    pub situation: i64,
    /// A visitor's long turn, for the stage of listening.
    pub story: i64,
    /// Characters from which a visitor's turn is long.
    pub story_chars: usize,
    /// Index of the stage of listening.
    pub story_stage: usize,
    /// Cost of going on to a later stage.
    pub forward: i64,
    /// Cost of going back, for each stage.
    pub back: i64,
}

/// Situations (indices) that tell how the visitor came.
#[derive(Clone, Debug, Default)]
pub struct ChannelSigns {
    /// By telephone.
    pub phone: Vec<usize>,
    /// In person.
    pub visit: Vec<usize>,
}

/// What articles ask of speech, and the limits of what is measured.
#[derive(Clone, Debug)]
pub struct ConductMethod {
    /// Points to be had.
    pub weight: i64,
    /// Weight of each rule that counts.
    pub rules: BTreeMap<String, i64>,
    /// What one interruption takes from the credit, in hundredths.
    pub interruption_cost: i64,
    /// Limits of what is measured.
    pub limits: Limits,
    /// Silence of so long is a long wait, in milliseconds.
    pub long_wait_ms: u64,
    /// The situation that a long wait is.
    pub long_wait: Option<usize>,
    /// Speakers from whom on visitors are a group.
    pub group_size: usize,
    /// The situation that a group is.
    pub group: Option<usize>,
    /// First staff turns in which one says who one is.
    pub identity_turns: usize,
    /// Last staff turns in which one says goodbye.
    pub farewell_turns: usize,
}

/// Limits of what is measured from times and turns.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// Overlap with the visitor from which it is an interruption, in milliseconds.
    pub interruption_ms: u64,
    /// Characters said in the overlap from which it is one.
    pub interruption_chars: usize,
    /// Words that only show one listens.
    pub backchannels: Vec<String>,
    /// Characters a minute, not less.
    pub pace_min: u32,
    /// Characters a minute, not more.
    pub pace_max: u32,
    /// Characters that a window has at least.
    pub pace_window: usize,
    /// Share of windows that may lie outside, in hundredths.
    pub pace_tolerated: i64,
    /// Silence from which it is a pause, in milliseconds.
    pub pause_ms: u64,
    /// Share of staff speech, not more, in hundredths.
    pub talk_share_max: i64,
    /// Turns from which the share says something.
    pub talk_share_turns: usize,
    /// Characters said in one turn, not more.
    pub monologue_chars: usize,
    /// Milliseconds of one turn, not more.
    pub monologue_ms: u64,
}

/// What banned phrases cost.
#[derive(Clone, Debug, Default)]
pub struct Deduction {
    /// The part of the 100 that nothing else takes from.
    pub base: i64,
    /// For one finding.
    pub per_finding: i64,
    /// Share for a warning, in hundredths.
    pub warning: i64,
    /// By rule, where it differs.
    pub rules: BTreeMap<String, i64>,
}

/// What fails a card whatever its total.
#[derive(Clone, Debug)]
pub struct RedLineMethod {
    /// Rules.
    pub rules: Vec<String>,
    /// From this severity on.
    pub severity: Severity,
}

/// A grade.
#[derive(Clone, Debug)]
pub struct BandFrom {
    /// `good`.
    pub id: String,
    /// 良好.
    pub name: Bilingual,
    /// The least total.
    pub from: i64,
}

impl Deduction {
    /// What one finding costs.
    pub fn of(&self, rule: &str, severity: Severity) -> i64 {
        let whole = self.rules.get(rule).copied().unwrap_or(self.per_finding);
        if severity == Severity::Error { whole } else { (whole * self.warning + 50).div_euclid(100) }
    }
}
