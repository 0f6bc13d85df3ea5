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

/// The points of every speaker.
pub(super) fn points(standard: &Standard, lines: &[Line<'_>]) -> BTreeMap<u32, Points> {
    let mut of: BTreeMap<u32, Vec<Line<'_>>> = BTreeMap::new();
    for line in lines {
        if let Some(speaker) = line.speaker {
            of.entry(speaker).or_default().push(*line);
        }
    }
    let first = lines.iter().find_map(|line| line.speaker);
    of.into_iter()
        .map(|(speaker, lines)| {
            let mut points = said(standard, &lines);
            points.sum += asked(&lines) + if first == Some(speaker) { FIRST } else { 0.0 };
            (speaker, points)
        })
        .collect()
}

/// The sum of what was heard. A kind of evidence soon adds nothing more: a habit of speech is one habit.
fn said(standard: &Standard, lines: &[Line<'_>]) -> Points {
    let mut kinds: BTreeMap<(Act, u32), (f64, i32)> = BTreeMap::new();
    for line in lines {
        for hit in &line.heard.hits {
            let Some(weight) = weight(standard, line.heard, hit) else { continue };
            // Patterns of roles.toml are kinds by themselves; other acts are, whatever pattern heard them.
            let pattern = if matches!(hit.act, Act::Telling(..)) { hit.pattern } else { 0 };
            kinds.entry((hit.act, pattern)).or_insert((weight, 0)).1 += 1;
        }
    }
    let sum = |times: i32| (0..times.min(TIMES)).map(|i| 0.5_f64.powi(i)).sum::<f64>();
    let clear = |sign: f64| kinds.values().filter(|(weight, _)| weight * sign >= WEAK).count();
    Points {
        sum: kinds.values().map(|(weight, times)| weight * sum(*times)).sum(),
        staff: clear(1.0),
        visitor: clear(-1.0),
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
fn asked(lines: &[Line<'_>]) -> f64 {
    let asks = |line: &&Line<'_>| line.said.trim_end().ends_with(['？', '?']);
    let share = lines.iter().filter(asks).count() as f64 / (lines.len() + TURNS_BEFORE) as f64;
    QUESTIONS * share
}
