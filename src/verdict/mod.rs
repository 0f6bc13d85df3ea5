//! Which hits stand and which are excused, with the reason. What is excused is kept.

mod approved;
mod articles;
mod context;
mod strayed;
mod wording;

pub use approved::{Credit, credits};
pub use articles::{Observed, observed};
pub use wording::{finding_message, rule_basis};

use crate::detect::{Act, Heard, Hit};
use crate::standard::{Excuse, Standard};
use crate::text::{Said, Span};
use crate::transcript::Role;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One turn as the verdict sees it.
pub struct Spoken<'a> {
    /// Who speaks.
    pub role: Role,
    /// The speaker, to tell turns of unknown roles apart.
    pub speaker: Option<u32>,
    /// The words.
    pub said: &'a str,
    /// What was heard in them.
    pub heard: Arc<Heard>,
    /// Whether the container marks the turn as examples to be avoided.
    pub mention: bool,
}

/// A banned phrase with its verdict.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Index of the turn.
    pub turn: usize,
    /// Index of the rule in `Standard::banned`.
    pub rule: usize,
    /// What was heard.
    pub hit: Hit,
    /// Why it does not count, if so.
    pub excused: Option<Excusal>,
}

/// Why a hit does not count.
#[derive(Clone, Debug, PartialEq)]
pub struct Excusal {
    /// The contract's word.
    pub why: &'static str,
    /// The words of the same turn that excuse it.
    pub span: Option<Span<Said>>,
}

/// The visitor's turns that a conditional pattern looks back on.
const LOOK_BACK: usize = 3;

/// Characters before a hit that count as an answer.
const ANSWER: usize = 8;

/// Clauses before a hit that are looked at for an answer.
const JUST_BEFORE: usize = 8;

/// Bytes before and behind a place in which what was heard may bear on it.
const NEAR: u32 = 600;

/// The share of its words that a hit has in common with another to be the same words: three in five.
const MOSTLY: (u32, u32) = (3, 5);
/// By how much one confidence must top another to be clearly surer, 0..1.
const CLEARLY: f64 = 0.06;

/// Judges every banned hit of a conversation, in order.
pub fn judge(standard: &Standard, turns: &[Spoken<'_>]) -> Vec<Judged> {
    let mut out = Vec::new();
    for (i, turn) in turns.iter().enumerate() {
        out.extend(judge_turn(standard, turns.get(..i).unwrap_or(&[]), turn));
    }
    out
}

/// Judges every banned hit of the turn that follows `before`.
pub fn judge_turn(standard: &Standard, before: &[Spoken<'_>], turn: &Spoken<'_>) -> Vec<Judged> {
    let mut here: Vec<Judged> = Vec::new();
    for hit in &turn.heard.hits {
        let Act::Banned(rule) = hit.act else { continue };
        if unlike(turn, hit).is_some() || !is_called(before, turn, hit) {
            continue;
        }
        let Some(banned) = standard.banned.get(usize::from(rule)) else { continue };
        let excused = excusal(turn, hit, &banned.excuses);
        let mut hit = hit.clone();
        if banned.after_answer > 0.0 && answered_before(turn, &hit) {
            hit.confidence = hit.confidence.less(banned.after_answer);
        }
        here.push(Judged { turn: before.len(), rule: usize::from(rule), hit, excused });
    }
    not_nested(one_a_place(here))
}

/// What became of one banned hit, and why.
#[derive(Clone, Debug, PartialEq)]
pub enum Ruling<'a> {
    /// It is none: this look-alike of the rule overlaps it.
    Unlike(&'a Hit),
    /// It is none: none of its situations came before.
    NotBefore,
    /// Another hit at the place is surer, or holds it.
    Outdone,
    /// It stands, with what excuses it.
    Stands(Option<Excusal>),
}

/// What becomes of a banned hit of turn `i`.
pub fn ruling<'t>(standard: &Standard, turns: &'t [Spoken<'_>], i: usize, hit: &Hit) -> Ruling<'t> {
    let (before, Some(turn)) = (turns.get(..i).unwrap_or(&[]), turns.get(i)) else {
        return Ruling::NotBefore;
    };
    if let Some(other) = unlike(turn, hit) {
        return Ruling::Unlike(other);
    }
    if !is_called(before, turn, hit) {
        return Ruling::NotBefore;
    }
    let standing = judge_turn(standard, before, turn).into_iter().find(|judged| {
        // The verdict may have lowered the confidence.
        judged.hit.span == hit.span && judged.hit.pattern == hit.pattern
    });
    standing.map_or(Ruling::Outdone, |judged| Ruling::Stands(judged.excused))
}

/// The look-alike of the hit's rule that overlaps it.
fn unlike<'t>(turn: &'t Spoken<'_>, hit: &Hit) -> Option<&'t Hit> {
    let Act::Banned(rule) = hit.act else { return None };
    around(turn, hit.span).iter().find(|h| h.act == Act::Unless(rule) && h.span.overlaps(hit.span))
}

/// What was heard near a span: hits stand in order of place, and none is longer than [`NEAR`]. A turn may be a whole
/// recording, so no question about one place may look at all of it.
fn around<'t>(turn: &'t Spoken<'_>, span: Span<Said>) -> &'t [Hit] {
    let hits = &turn.heard.hits;
    let from = hits.partition_point(|h| h.span.start.saturating_add(NEAR) < span.start);
    let to = hits.partition_point(|h| h.span.start <= span.end.saturating_add(NEAR));
    hits.get(from..to).unwrap_or(&[])
}

/// Whether the hit's condition is met.
fn is_called(before: &[Spoken<'_>], turn: &Spoken<'_>, hit: &Hit) -> bool {
    hit.before.is_empty() || came_before(before, turn, &hit.before)
}

/// Whether the speaker has just said something of substance in the same turn, in clauses without a banned phrase of
/// their own.
fn answered_before(turn: &Spoken<'_>, hit: &Hit) -> bool {
    let clauses = &turn.heard.clauses;
    let end = clauses.partition_point(|c| c.end <= hit.span.start);
    let just_before = clauses.get(end.saturating_sub(JUST_BEFORE)..end).unwrap_or(&[]);
    let banned = |c: &Span<Said>| {
        around(turn, *c).iter().any(|h| matches!(h.act, Act::Banned(_)) && h.span.overlaps(*c))
    };
    let own = just_before.iter().filter(|c| !banned(c));
    own.map(|c| c.slice(turn.said).chars().take(ANSWER).count()).sum::<usize>() >= ANSWER
}

/// Whether one of the other side's last three turns matches one of the situations.
fn came_before(before: &[Spoken<'_>], turn: &Spoken<'_>, situations: &[usize]) -> bool {
    let here = (turn.role, turn.speaker);
    let wanted = |act: Act| matches!(act, Act::Situation(s) if situations.contains(&usize::from(s)));
    before
        .iter()
        .rev()
        .filter(|t| t.role != Role::Staff && (t.role, t.speaker) != here)
        .take(LOOK_BACK)
        .any(|t| t.heard.hits.iter().any(|h| wanted(h.act)))
}

/// The first reason that excuses a hit.
fn excusal(turn: &Spoken<'_>, hit: &Hit, excuses: &[Excuse]) -> Option<Excusal> {
    if turn.role == Role::Visitor {
        return Some(Excusal { why: "visitor", span: None });
    }
    if let Some(claim) = strayed::visitors_words(turn, hit) {
        return Some(Excusal { why: "visitor", span: Some(claim) });
    }
    if turn.mention {
        return Some(Excusal { why: Excuse::Mentioned.word(), span: None });
    }
    let may = |excuse: &Excuse| match excuse {
        Excuse::Remedied => hit.remediable.unwrap_or_else(|| excuses.contains(excuse)),
        _ => excuses.contains(excuse),
    };
    Excuse::ALL.into_iter().filter(may).find_map(|excuse| {
        context::excuses(excuse, turn, hit).map(|span| Excusal { why: excuse.word(), span })
    })
}

/// Words that belong to a surer phrase of another rule are judged with it, not once more by themselves (你自己看着办
/// inside 别拿死吓唬人，你自己看着办; 你找领导去 that shares most of its words with 有意见你找领导).
fn not_nested(here: Vec<Judged>) -> Vec<Judged> {
    let keep: Vec<bool> =
        here.iter().map(|one| !beside(&here, one).any(|other| stands_for(other, one))).collect();
    here.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(judged, _)| judged).collect()
}

/// The verdicts near one, of a list in order of place.
fn beside<'j>(here: &'j [Judged], one: &Judged) -> impl Iterator<Item = &'j Judged> {
    let span = one.hit.span;
    let from = here.partition_point(|j| j.hit.span.start.saturating_add(NEAR) < span.start);
    here.iter().skip(from).take_while(move |j| j.hit.span.start <= span.end)
}

/// Whether the verdict `other`, of another rule, covers `one` as well.
fn stands_for(other: &Judged, one: &Judged) -> bool {
    let (outer, inner) = (other.hit.span, one.hit.span);
    // What only a visitor's words before make grave (a threat of suicide) is not taken for the plain act.
    let called = !one.hit.before.is_empty() && other.hit.before.is_empty();
    let shared = inner.end.min(outer.end).saturating_sub(inner.start.max(outer.start));
    if other.rule == one.rule
        || other.excused.is_some()
        || called
        || shared * MOSTLY.1 < inner.len() * MOSTLY.0
    {
        return false;
    }
    let (sure, surer) = (one.hit.confidence, other.hit.confidence);
    match outer.len().cmp(&inner.len()) {
        // Neither holds the other: only a clearly surer one speaks for both.
        _ if !outer.contains(inner) && !inner.contains(outer) => surer.value() >= sure.value() + CLEARLY,
        // Words that are surer by themselves than the longer ones around them name an act of their own.
        Ordering::Greater => surer >= sure,
        Ordering::Less => false,
        Ordering::Equal => one.excused.is_none() && (surer, one.rule) > (sure, other.rule),
    }
}

/// One verdict for each rule and place: what counts before what is excused, then the surest.
fn one_a_place(mut here: Vec<Judged>) -> Vec<Judged> {
    here.sort_by(|a, b| {
        let counts = a.excused.is_some().cmp(&b.excused.is_some());
        let surest = b.hit.confidence.cmp(&a.hit.confidence);
        a.rule.cmp(&b.rule).then(counts).then(surest).then(b.hit.span.len().cmp(&a.hit.span.len()))
    });
    let mut taken: BTreeSet<(usize, u32, u32)> = BTreeSet::new();
    let mut out: Vec<Judged> = Vec::new();
    for judged in here {
        let (rule, span) = (judged.rule, judged.hit.span);
        let before = taken.range(..(rule, span.end, 0)).next_back();
        let free = before.is_none_or(|(other, _, end)| *other != rule || *end <= span.start);
        if free {
            taken.insert((rule, span.start, span.end));
            out.push(judged);
        }
    }
    out.sort_by(|a, b| a.hit.span.cmp(&b.hit.span).then(a.rule.cmp(&b.rule)));
    out
}
