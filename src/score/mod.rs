//! The score of one conversation: pure arithmetic in tenths of a point. Every line names its source.

mod card;
mod points;

pub use card::{Score, ScoreLine, Stage, StageItem};
pub use points::{Tenths, shares};

use crate::diagnostic::{Lang, Message, Severity};
use crate::standard::{Approved, Scoring, StageWeight, Standard};
use crate::transcript::Channel;
use crate::verdict::{Credit, Judged, rule_basis};
use std::collections::BTreeMap;

/// What the score is made from.
pub struct Evidence<'a> {
    /// The standard.
    pub standard: &'a Standard,
    /// Banned phrases that count, with their severity.
    pub banned: Vec<(&'a Judged, Severity)>,
    /// Approved phrases that were used.
    pub credits: &'a [Credit],
    /// How the visitor came; a visit where nobody says.
    pub channel: Channel,
    /// Whether any staff turn was found.
    pub staff: bool,
    /// The language of the lines.
    pub lang: Lang,
}

/// Scores one conversation.
pub fn score(evidence: &Evidence<'_>) -> Score {
    let full = Tenths::FULL;
    if !evidence.staff {
        return Score { total: None, out_of: full.points(), stages: Vec::new(), lines: Vec::new() };
    }
    let mut lines =
        vec![line(full, None, None, Message::new("score.start").words(evidence.lang), own(evidence))];
    let stages = evidence.standard.scoring.stages.iter();
    let stages: Vec<Stage> = stages.map(|stage| cover(evidence, stage, &mut lines)).collect();
    deduct(evidence, &mut lines);
    let sum: Tenths = lines.iter().map(|l| Tenths::of_points(l.points)).sum();
    if sum < Tenths::ZERO {
        lines.push(line(-sum, None, None, Message::new("score.floor").words(evidence.lang), own(evidence)));
    }
    let total: Tenths = lines.iter().map(|l| Tenths::of_points(l.points)).sum();
    Score { total: Some(total.points()), out_of: full.points(), stages, lines }
}

fn own(evidence: &Evidence<'_>) -> String {
    evidence.standard.scoring.source.pick(evidence.lang).to_owned()
}

fn line(
    points: Tenths,
    rule: Option<String>,
    turn: Option<usize>,
    label: String,
    source: String,
) -> ScoreLine {
    ScoreLine { points: points.points(), rule, turn: turn.map(|t| t as u32 + 1), label, source }
}

/// The stage's expected phrases: what was said, and a line for what was not.
fn cover(evidence: &Evidence<'_>, stage: &StageWeight, lines: &mut Vec<ScoreLine>) -> Stage {
    let groups: Vec<Vec<(usize, &Approved)>> =
        stage.expected.iter().map(|ids| applicable(evidence, ids)).filter(|g| !g.is_empty()).collect();
    let mut out = Stage {
        id: stage.id.clone(),
        name: stage.name.pick(evidence.lang).to_owned(),
        weight: 0.0,
        points: 0.0,
        expected: Vec::new(),
    };
    if groups.is_empty() {
        return out;
    }
    let (mut weight, mut earned) = (Tenths::ZERO, Tenths::ZERO);
    for (group, share) in groups.iter().zip(shares(Tenths::new(stage.weight), groups.len())) {
        let best = best_credit(evidence, group);
        let credit = best.map_or(0.0, |c| c.credit);
        let lost = share.part(1.0 - credit);
        weight = weight + share;
        earned = earned + (share - lost);
        if lost > Tenths::ZERO {
            lines.push(missing_line(evidence, &out.name, group, credit, lost));
        }
        out.expected.push(StageItem {
            any_of: group.iter().map(|(_, rule)| rule.id.clone()).collect(),
            credit,
            turn: best.map(|c| c.turn as u32 + 1),
        });
    }
    (out.weight, out.points) = (weight.points(), earned.points());
    out
}

fn applicable<'a>(evidence: &Evidence<'a>, ids: &[String]) -> Vec<(usize, &'a Approved)> {
    let rules = evidence.standard.approved.iter().enumerate();
    rules.filter(|(_, rule)| ids.contains(&rule.id) && rule.channels.contains(&evidence.channel)).collect()
}

fn best_credit<'a>(evidence: &Evidence<'a>, group: &[(usize, &Approved)]) -> Option<&'a Credit> {
    let of_group = evidence.credits.iter().filter(|c| group.iter().any(|(i, _)| *i == c.rule));
    of_group.fold(None, |best: Option<&Credit>, c| match best {
        Some(old) if old.credit >= c.credit => Some(old),
        _ => Some(c),
    })
}

fn missing_line(
    evidence: &Evidence<'_>,
    stage: &str,
    group: &[(usize, &Approved)],
    credit: f64,
    lost: Tenths,
) -> ScoreLine {
    let lang = evidence.lang;
    let or = Message::new("score.or").words(lang);
    let rules = group.iter().map(|(_, r)| r.id.as_str()).collect::<Vec<_>>().join(&or);
    let what = match credit > 0.0 {
        true => Message::new("score.partly").arg("credit", credit).words(lang),
        false => Message::new("score.not-said").words(lang),
    };
    let label =
        Message::new("score.missing").arg("stage", stage).arg("rules", rules).arg("what", what).words(lang);
    let (rule, source) = match group {
        [(_, only)] => (Some(only.id.clone()), rule_basis(1, only.item, &only.text, lang)),
        _ => (None, own(evidence)),
    };
    line(-lost, rule, None, label, source)
}

/// A line for every banned phrase that counts, up to the cap of its rule.
fn deduct(evidence: &Evidence<'_>, lines: &mut Vec<ScoreLine>) {
    let scoring = &evidence.standard.scoring;
    let mut spent: BTreeMap<usize, Tenths> = BTreeMap::new();
    for (judged, severity) in &evidence.banned {
        let Some(rule) = evidence.standard.banned.get(judged.rule) else { continue };
        let whole = deduction(scoring, &rule.id);
        let points = if *severity == Severity::Error { whole } else { whole.part(scoring.warning_share) };
        let before = spent.entry(judged.rule).or_insert(Tenths::ZERO);
        let points = points.min(Tenths::new(scoring.cap) - *before).max(Tenths::ZERO);
        *before = *before + points;
        let key = if *severity == Severity::Error { "score.banned" } else { "score.banned-warning" };
        let label = Message::new(key).arg("rule", &rule.id).arg("text", &rule.text).words(evidence.lang);
        let source = rule_basis(2, rule.item, &rule.text, evidence.lang);
        lines.push(line(-points, Some(rule.id.clone()), Some(judged.turn), label, source));
    }
}

fn deduction(scoring: &Scoring, rule: &str) -> Tenths {
    let points = scoring.deductions.get(rule).or_else(|| scoring.deductions.get(""));
    Tenths::new(points.copied().unwrap_or(0))
}
