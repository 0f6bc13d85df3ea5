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

/// Characters before a hit that count as an answer.
const ANSWER: usize = 8;

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
        if !applies(before, turn, hit, rule) {
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

/// Whether a hit is one at all: its condition is met and no look-alike overlaps it.
fn applies(before: &[Spoken<'_>], turn: &Spoken<'_>, hit: &Hit, rule: u16) -> bool {
    let unlike = |h: &&Hit| h.act == Act::Unless(rule) && h.span.overlaps(hit.span);
    if turn.heard.hits.iter().any(|h| unlike(&h)) {
        return false;
    }
    hit.before.is_empty() || came_before(before, turn, &hit.before)
}

/// Whether the speaker has said something of substance in the same turn before the hit, in clauses without a banned
/// phrase of their own.
fn answered_before(turn: &Spoken<'_>, hit: &Hit) -> bool {
    let clauses = turn.heard.clauses.iter().filter(|c| c.end <= hit.span.start);
    let banned = |c: &Span<Said>| {
        turn.heard.hits.iter().any(|h| matches!(h.act, Act::Banned(_)) && h.span.overlaps(*c))
    };
    clauses.filter(|c| !banned(c)).map(|c| c.slice(turn.said).chars().count()).sum::<usize>() >= ANSWER
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
