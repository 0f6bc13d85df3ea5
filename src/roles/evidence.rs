//! What speakers say that tells on which side of the counter they sit.

use crate::detect::{Act, Heard, Hit};
use crate::standard::{Check, Standard};
use crate::transcript::Role;
use std::collections::BTreeMap;

/// One turn as it is weighed.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    /// The speaker.
    pub speaker: Option<u32>,
    /// The words.
    pub said: &'a str,
    /// What was heard in them.
    pub heard: &'a Heard,
}

/// A pattern of `roles.toml` under `strong`.
const STRONG: f64 = 2.0;
/// A pattern of `roles.toml` under `weak`.
const WEAK: f64 = 1.0;
/// What an article asks of staff: visitors, too, give their names and say goodbye.
const ARTICLE: f64 = 0.5;
/// A key part of an approved phrase: visitors, too, say 您好 and 没关系.
const PART: f64 = 0.25;
/// What only a visitor's turn may call for: staff echoes some of it.
const SITUATION: f64 = 0.5;
/// Who speaks first: a clerk oftener than not.
const FIRST: f64 = 0.5;
/// All turns against none ending in a question: clerks ask, visitors tell.
const QUESTIONS: f64 = 2.0;
/// Turns without a question that every speaker is given beforehand: a share of one turn is none.
const TURNS_BEFORE: usize = 3;
/// Hits of one kind that count, each for half of the one before.
const TIMES: i32 = 3;

/// What one speaker's turns say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Points {
    /// Above zero where they speak like staff, below where like a visitor.
    pub(super) sum: f64,
    /// Kinds of evidence for staff.
    pub(super) staff: usize,
    /// Kinds of evidence for a visitor.
    pub(super) visitor: usize,
}

/// A kind of evidence: a speaker's habit of speech.
type Kind = (u32, Act, u32);

/// What one speaker's turns are counted to.
#[derive(Clone, Copy, Default)]
struct Turns {
    all: usize,
    questions: usize,
}

/// The points of every speaker.
pub(super) fn points(standard: &Standard, lines: &[Line<'_>]) -> BTreeMap<u32, Points> {
    let mut turns: BTreeMap<u32, Turns> = BTreeMap::new();
    let mut kinds: Vec<(Kind, f64)> = Vec::new();
    for (speaker, line) in lines.iter().filter_map(|line| Some((line.speaker?, line))) {
        let own = turns.entry(speaker).or_default();
        own.all += 1;
        own.questions += usize::from(line.said.trim_end().ends_with(['？', '?']));
        kinds.extend(line.heard.hits.iter().filter_map(|hit| kind(standard, speaker, line.heard, hit)));
    }
    let first = lines.iter().find_map(|line| line.speaker);
    let begins = |speaker: u32| if first == Some(speaker) { FIRST } else { 0.0 };
    let mut out: BTreeMap<u32, Points> = turns.keys().map(|speaker| (*speaker, Points::default())).collect();
    said(kinds, &mut out);
    for ((speaker, turns), points) in turns.iter().zip(out.values_mut()) {
        points.sum += asked(*turns) + begins(*speaker);
    }
    out
}

/// The kind of evidence that a hit is, and its weight.
fn kind(standard: &Standard, speaker: u32, heard: &Heard, hit: &Hit) -> Option<(Kind, f64)> {
    let weight = weight(standard, heard, hit)?;
    // Patterns of roles.toml are kinds by themselves; other acts are, whatever pattern heard them.
    let pattern = if matches!(hit.act, Act::Telling(..)) { hit.pattern } else { 0 };
    Some(((speaker, hit.act, pattern), weight))
}

/// The sums of what was heard. A kind of evidence soon adds nothing more: a habit of speech is one habit.
fn said(mut kinds: Vec<(Kind, f64)>, out: &mut BTreeMap<u32, Points>) {
    kinds.sort_unstable_by_key(|(kind, _)| *kind);
    let sum = |times: usize| (0..TIMES).take(times).map(|i| 0.5_f64.powi(i)).sum::<f64>();
    for equal in kinds.chunk_by(|a, b| a.0 == b.0) {
        let Some(((speaker, ..), weight)) = equal.first() else { continue };
        let Some(points) = out.get_mut(speaker) else { continue };
        points.sum += weight * sum(equal.len());
        points.staff += usize::from(*weight >= WEAK);
        points.visitor += usize::from(-*weight >= WEAK);
    }
}

/// What one hit says: above zero for staff; `None` where it says nothing.
fn weight(standard: &Standard, heard: &Heard, hit: &Hit) -> Option<f64> {
    let sign = |role| if role == Role::Staff { 1.0 } else { -1.0 };
    match hit.act {
        Act::Telling(role, strong) => Some(sign(role) * if strong { STRONG } else { WEAK }),
        Act::Part(..) => Some(PART),
        Act::Article(rule) => {
            let asked = standard.article_rules.get(usize::from(rule)).is_some_and(|r| r.check == Check::Said);
            let unlike = |h: &Hit| h.act == Act::ArticleUnless(rule) && h.span.overlaps(hit.span);
            (asked && !heard.hits.iter().any(unlike)).then_some(ARTICLE)
        }
        Act::Situation(i) => {
            let from = &standard.situations.get(usize::from(i))?.from;
            match (from.contains(&Role::Staff), from.is_empty() || from.contains(&Role::Visitor)) {
                (true, false) => Some(SITUATION),
                (false, true) => Some(-SITUATION),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The share of turns that end in a question. Texts without any question mark say nothing.
fn asked(turns: Turns) -> f64 {
    let share = turns.questions as f64 / (turns.all + TURNS_BEFORE) as f64;
    QUESTIONS * share
}
