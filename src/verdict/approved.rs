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
    let mut out = Vec::new();
    for (i, turn) in turns.iter().enumerate().filter(|(_, t)| t.role != Role::Visitor) {
        let mut by_variant: BTreeMap<(u16, u8), Vec<(u8, &Hit)>> = BTreeMap::new();
        for hit in &turn.heard.hits {
            if let Act::Part(rule, variant, part) = hit.act {
                by_variant.entry((rule, variant)).or_default().push((part, hit));
            }
        }
        let mut here: BTreeMap<u16, Credit> = BTreeMap::new();
        for ((rule, variant), parts) in by_variant {
            let Some(approved) = standard.approved.get(usize::from(rule)) else { continue };
            let Some(candidate) = approved.variants.get(usize::from(variant)) else { continue };
            let counted = counted(approved, candidate, channel);
            let place = Place { rule: usize::from(rule), variant: usize::from(variant), turn: i };
            let Some(best) = best(candidate, &counted, place, turn.said, &parts) else { continue };
            let better = here.get(&rule).is_none_or(|old| best.credit > old.credit);
            if better {
                here.insert(rule, best);
            }
        }
        out.extend(here.into_values());
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
