//! Which hits stand and which are excused, with the reason. What is excused is kept.

mod approved;
mod context;
mod wording;

pub use approved::{Credit, credits};
pub use wording::{finding_message, rule_basis};

use crate::detect::{Act, Heard, Hit};
use crate::standard::{Excuse, Standard};
use crate::text::{Said, Span};
use crate::transcript::Role;

/// One turn as the verdict sees it.
pub struct Spoken<'a> {
    /// Who speaks.
    pub role: Role,
    /// The speaker, to tell turns of unknown roles apart.
    pub speaker: Option<u32>,
    /// The words.
    pub said: &'a str,
    /// What was heard in them.
    pub heard: Heard,
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

/// Judges every banned hit of a conversation, in order.
pub fn judge(standard: &Standard, turns: &[Spoken<'_>]) -> Vec<Judged> {
    let mut out = Vec::new();
    for i in 0..turns.len() {
        out.extend(judge_turn(standard, turns, i));
    }
    out
}

fn judge_turn(standard: &Standard, turns: &[Spoken<'_>], i: usize) -> Vec<Judged> {
    let mut here: Vec<Judged> = Vec::new();
    let Some(turn) = turns.get(i) else { return here };
    for hit in &turn.heard.hits {
        let Act::Banned(rule) = hit.act else { continue };
        if unlike(turn, hit).is_some() || !is_called(turns, i, hit) {
            continue;
        }
        let Some(banned) = standard.banned.get(usize::from(rule)) else { continue };
        let excused = excusal(turn, hit, &banned.excuses);
        here.push(Judged { turn: i, rule: usize::from(rule), hit: hit.clone(), excused });
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
    if let Some(other) = turns.get(i).and_then(|turn| unlike(turn, hit)) {
        return Ruling::Unlike(other);
    }
    if !is_called(turns, i, hit) {
        return Ruling::NotBefore;
    }
    let standing = judge_turn(standard, turns, i).into_iter().find(|judged| judged.hit == *hit);
    standing.map_or(Ruling::Outdone, |judged| Ruling::Stands(judged.excused))
}

/// The look-alike of the hit's rule that overlaps it.
fn unlike<'t>(turn: &'t Spoken<'_>, hit: &Hit) -> Option<&'t Hit> {
    let Act::Banned(rule) = hit.act else { return None };
    turn.heard.hits.iter().find(|h| h.act == Act::Unless(rule) && h.span.overlaps(hit.span))
}

/// Whether the hit's condition is met.
fn is_called(turns: &[Spoken<'_>], i: usize, hit: &Hit) -> bool {
    hit.before.is_empty() || came_before(turns, i, &hit.before)
}

/// Whether one of the other side's last three turns matches one of the situations.
fn came_before(turns: &[Spoken<'_>], i: usize, situations: &[usize]) -> bool {
    let here = turns.get(i).map(|t| (t.role, t.speaker));
    let wanted = |act: Act| matches!(act, Act::Situation(s) if situations.contains(&usize::from(s)));
    turns
        .get(..i)
        .unwrap_or(&[])
        .iter()
        .rev()
        .filter(|t| t.role != Role::Staff && Some((t.role, t.speaker)) != here)
        .take(LOOK_BACK)
        .any(|t| t.heard.hits.iter().any(|h| wanted(h.act)))
}

/// The first reason that excuses a hit.
fn excusal(turn: &Spoken<'_>, hit: &Hit, excuses: &[Excuse]) -> Option<Excusal> {
    if turn.role == Role::Visitor {
        return Some(Excusal { why: "visitor", span: None });
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

/// Words that are part of a longer phrase of another rule are judged with it, not once more by themselves
/// (你自己看着办 inside 别拿死吓唬人，你自己看着办).
fn not_nested(here: Vec<Judged>) -> Vec<Judged> {
    let inside = |small: &Judged, large: &Judged| {
        let (s, l) = (small.hit.span, large.hit.span);
        small.rule != large.rule && l.contains(s) && l.len() > s.len() && large.excused.is_none()
    };
    let keep: Vec<bool> = here.iter().map(|small| !here.iter().any(|large| inside(small, large))).collect();
    here.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(judged, _)| judged).collect()
}

/// One verdict for each rule and place: what counts before what is excused, then the surest.
fn one_a_place(mut here: Vec<Judged>) -> Vec<Judged> {
    here.sort_by(|a, b| {
        let counts = a.excused.is_some().cmp(&b.excused.is_some());
        let surest = b.hit.confidence.cmp(&a.hit.confidence);
        a.rule.cmp(&b.rule).then(counts).then(surest).then(b.hit.span.len().cmp(&a.hit.span.len()))
    });
    let mut out: Vec<Judged> = Vec::new();
    for judged in here {
        if !out.iter().any(|j| j.rule == judged.rule && j.hit.span.overlaps(judged.hit.span)) {
            out.push(judged);
        }
    }
    out.sort_by(|a, b| a.hit.span.cmp(&b.hit.span).then(a.rule.cmp(&b.rule)));
    out
}
