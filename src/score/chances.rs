//! Opportunities: turns that call for a phrase, and the turns in which it may be said.

use super::Material;
use crate::detect::Act;
use crate::standard::{Approved, When};
use crate::text::{Said, Span};
use crate::transcript::Role;
use crate::verdict::Spoken;
use std::collections::BTreeSet;

/// Rules of which one answers, and the situations that call for them.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// Indices into `Standard::approved`.
    pub(super) rules: Vec<usize>,
    /// Indices into `Standard::situations`.
    pub(super) situations: Vec<usize>,
}

/// One opportunity.
#[derive(Clone, Debug)]
pub(super) struct Chance {
    /// The situation; none for what a scenario plants.
    pub(super) situation: Option<usize>,
    /// The turn that shows it.
    pub(super) turn: usize,
    /// Its words; none for a silence or a crowd.
    pub(super) span: Option<Span<Said>>,
    /// The turns in which it may be answered.
    pub(super) window: Vec<usize>,
}

/// Every rule that only some conversations call for, in the standard's order; rules that answer for each other
/// together.
pub(super) fn calls(material: &Material<'_>) -> Vec<Call> {
    let one_of = &material.standard.scoring.phrases.one_of;
    let mut out: Vec<Call> = Vec::new();
    for (i, rule) in material.standard.approved.iter().enumerate() {
        let When::Called(situations) = &rule.when else { continue };
        if situations.is_empty() {
            continue;
        }
        let together = |call: &&mut Call| {
            let id = |i: &usize| material.standard.approved.get(*i).map(|r: &Approved| &r.id);
            let among = |list: &&Vec<String>| {
                list.contains(&rule.id) && call.rules.iter().filter_map(id).any(|other| list.contains(other))
            };
            one_of.iter().any(|list| among(&list))
        };
        match out.iter_mut().find(together) {
            Some(call) => call.rules.push(i),
            None => out.push(Call { rules: vec![i], situations: situations.clone() }),
        }
    }
    out
}

/// The opportunities for one call. What is repeated while an opportunity is open is part of it.
pub(super) fn chances(material: &Material<'_>, shown: &[usize], call: &Call) -> Vec<Chance> {
    let conduct = &material.standard.scoring.conduct;
    let measured = [conduct.long_wait, conduct.group].iter().flatten().any(|s| call.situations.contains(s));
    match measured {
        true => chances_in(material, 0..material.turns.len(), call),
        false => chances_in(material, shown.iter().copied(), call),
    }
}

/// The turns in which a situation is heard, in order.
pub(super) fn shown(material: &Material<'_>) -> Vec<usize> {
    let shows = |turn: &Spoken<'_>| turn.heard.hits.iter().any(|hit| matches!(hit.act, Act::Situation(_)));
    let turns = material.turns.iter().enumerate();
    turns.filter(|(_, turn)| shows(turn)).map(|(i, _)| i).collect()
}

fn chances_in(material: &Material<'_>, turns: impl Iterator<Item = usize>, call: &Call) -> Vec<Chance> {
    let mut out: Vec<Chance> = Vec::new();
    for turn in turns {
        let Some((situation, span)) = trigger(material, call, turn) else { continue };
        let open = out.last().is_some_and(|last| last.window.last().is_none_or(|end| turn <= *end));
        if !open {
            out.push(Chance { situation: Some(situation), turn, span, window: window(material, turn) });
        }
    }
    out
}

/// What in a turn calls: words, a long silence before staff speaks, or the speaker who makes the visitors a group.
fn trigger(material: &Material<'_>, call: &Call, turn: usize) -> Option<(usize, Option<Span<Said>>)> {
    let wanted = |s: &usize| call.situations.contains(s) && material.may_show(*s, turn);
    let hits = material.turns.get(turn)?.heard.hits.iter();
    let mut words = hits.filter_map(|hit| match hit.act {
        Act::Situation(s) => Some((usize::from(s), hit.span)),
        _ => None,
    });
    if let Some((situation, span)) = words.find(|(s, _)| wanted(s)) {
        return Some((situation, Some(span)));
    }
    let conduct = &material.standard.scoring.conduct;
    let waited = conduct.long_wait.filter(|s| call.situations.contains(s) && waited(material, turn));
    let group = conduct.group.filter(|s| call.situations.contains(s) && makes_a_group(material, turn));
    Some((waited.or(group)?, None))
}

/// Whether staff lets the visitor wait long before a turn or inside it.
fn waited(material: &Material<'_>, turn: usize) -> bool {
    if !material.speaks_for_office(turn) {
        return false;
    }
    let turns = &material.transcript.turns;
    let mut before = turn.checked_sub(1).and_then(|i| turns.get(i)).and_then(|t| t.clock());
    let segments = turns.get(turn).map_or(&[][..], |t| t.segments.as_slice());
    let long = material.standard.scoring.conduct.long_wait_ms;
    segments.iter().filter_map(|segment| segment.clock).any(|b| {
        let a = before.replace(b);
        a.is_some_and(|a| a.end > a.start && b.start.saturating_sub(a.end) >= long)
    })
}

/// Whether a turn is the first of the speaker with whom the visitors are a group.
fn makes_a_group(material: &Material<'_>, turn: usize) -> bool {
    let visitor = |t: &usize| material.turns.get(*t).is_some_and(|t| t.role == Role::Visitor);
    let size = material.standard.scoring.conduct.group_size;
    if material.transcript.speakers.len() < size || !visitor(&turn) {
        return false;
    }
    let speakers = |to: usize| -> BTreeSet<u32> {
        (0..to).filter(visitor).filter_map(|t| material.turns.get(t)?.speaker).collect()
    };
    speakers(turn).len() + 1 == size && speakers(turn + 1).len() == size
}

/// The turn itself where staff speaks it, then the next staff turns.
pub(super) fn window(material: &Material<'_>, turn: usize) -> Vec<usize> {
    let itself = material.speaks_for_office(turn).then_some(turn);
    let after = (turn + 1..material.turns.len()).filter(|i| material.speaks_for_office(*i));
    itself.into_iter().chain(after.take(material.standard.scoring.phrases.window)).collect()
}
