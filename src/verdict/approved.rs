//! Approved phrases: which key parts were said close together, and what credit that earns.

use super::Spoken;
use crate::detect::{Act, Hit};
use crate::standard::{Approved, Standard, Variant};
use crate::text::{Said, Span};
use crate::transcript::{Channel, Role};
use std::collections::BTreeMap;

/// Credit for one approved phrase in one turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Credit {
    /// Index of the rule in `Standard::approved`.
    pub rule: usize,
    /// Index of the variant that fits best.
    pub variant: usize,
    /// Index of the turn.
    pub turn: usize,
    /// 0..1, in hundredths.
    pub credit: f64,
    /// From the first part found to the last, in the turn's text.
    pub span: Span<Said>,
    /// Indices of the parts that were not said.
    pub missing: Vec<usize>,
}

/// Every approved phrase that staff used, by turn and rule.
pub fn credits(standard: &Standard, turns: &[Spoken<'_>], channel: Channel) -> Vec<Credit> {
    let mut out: Vec<Credit> = Vec::new();
    let (mut said, mut parts) = (Vec::new(), Vec::new());
    for (i, turn) in turns.iter().enumerate().filter(|(_, t)| t.role != Role::Visitor) {
        said.clear();
        said.extend(turn.heard.hits.iter().filter_map(|hit| match hit.act {
            Act::Part(rule, variant, part) => Some(((rule, variant), (part, hit))),
            _ => None,
        }));
        // By rule and variant, and inside one in order of place as they were.
        said.sort_by_key(|(variant, _)| *variant);
        for of_variant in said.chunk_by(|a, b| a.0 == b.0) {
            let Some(((rule, variant), _)) = of_variant.first().copied() else { continue };
            parts.clear();
            parts.extend(of_variant.iter().map(|(_, part)| *part));
            let Some(approved) = standard.approved.get(usize::from(rule)) else { continue };
            let Some(candidate) = approved.variants.get(usize::from(variant)) else { continue };
            let counted = counted(approved, candidate, channel);
            let place = Place { rule: usize::from(rule), variant: usize::from(variant), turn: i };
            let Some(best) = best(candidate, &counted, place, turn.said, &parts) else { continue };
            // A rule's variants follow each other.
            match out.last_mut().filter(|last| last.turn == i && last.rule == best.rule) {
                Some(old) if best.credit > old.credit => *old = best,
                Some(_) => {}
                None => out.push(best),
            }
        }
    }
    out
}

/// Bytes in the longest character.
const LONGEST: u32 = 4;

/// Which rule, variant and turn a credit is about.
#[derive(Clone, Copy)]
struct Place {
    rule: usize,
    variant: usize,
    turn: usize,
}

/// The parts that count: by phone only those that the rule names, where it names any.
fn counted(approved: &Approved, variant: &Variant, channel: Channel) -> Vec<usize> {
    let all = variant.parts.iter().enumerate();
    if channel != Channel::Phone || approved.phone_parts.is_empty() {
        return all.map(|(i, _)| i).collect();
    }
    all.filter(|(_, part)| approved.phone_parts.contains(&part.name.zh)).map(|(i, _)| i).collect()
}

/// The window of parts that earns most; the earliest of equals.
fn best(
    variant: &Variant,
    counted: &[usize],
    place: Place,
    said: &str,
    parts: &[(u8, &Hit)],
) -> Option<Credit> {
    let mut found: Option<Credit> = None;
    // Hits stand in order: what begins too far behind the first part need not be looked at.
    let farthest = variant.within.saturating_mul(LONGEST);
    for (i, (_, first)) in parts.iter().enumerate() {
        let mut inside: BTreeMap<u8, Span<Said>> = BTreeMap::new();
        let near = parts.iter().skip(i).take_while(|(_, hit)| hit.span.start - first.span.start <= farthest);
        for (part, hit) in near.filter(|(part, _)| counted.contains(&usize::from(*part))) {
            let span = Span::<Said>::new(first.span.start, hit.span.end);
            if span.slice(said).chars().count() <= variant.within as usize {
                inside.entry(*part).or_insert(hit.span);
            }
        }
        let Some(credit) = weigh(variant, counted, &inside) else { continue };
        if found.as_ref().is_none_or(|best| credit > best.credit) {
            let span = inside.values().copied().reduce(Span::hull).unwrap_or(first.span);
            let missing = counted.iter().copied().filter(|i| !inside.contains_key(&(*i as u8))).collect();
            let Place { rule, variant, turn } = place;
            found = Some(Credit { rule, variant, turn, credit, span, missing });
        }
    }
    found
}

/// Weight of the parts found over the weight of all, in hundredths; none without the parts that must be said.
fn weigh(variant: &Variant, counted: &[usize], inside: &BTreeMap<u8, Span<Said>>) -> Option<f64> {
    let has = |i: usize| inside.contains_key(&(i as u8));
    let parts = || counted.iter().filter_map(|i| variant.parts.get(*i).map(|part| (*i, part)));
    if parts().any(|(i, part)| part.must && !has(i)) {
        return None;
    }
    let all: f64 = parts().map(|(_, p)| p.weight).sum();
    let got: f64 = parts().filter(|(i, _)| has(*i)).map(|(_, p)| p.weight).sum();
    (all > 0.0 && got > 0.0).then(|| (got / all * 100.0).round() / 100.0)
}
