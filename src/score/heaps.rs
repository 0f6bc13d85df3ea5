//! Heaps: several approved phrases in one turn that nothing called for.

use super::Material;
use std::collections::BTreeSet;

/// A heap.
#[derive(Clone, Debug)]
pub(super) struct Heap {
    /// Index of the turn.
    pub(super) turn: usize,
    /// Indices of the rules that nothing called for.
    pub(super) rules: BTreeSet<usize>,
}

/// The heaps of a conversation; `called` says whether something called for a credit (by index) where it stands.
pub(super) fn heaps(material: &Material<'_>, called: impl Fn(usize) -> bool) -> Vec<Heap> {
    let method = &material.standard.scoring.phrases;
    let mut out: Vec<Heap> = Vec::new();
    for (i, credit) in material.credits.iter().enumerate() {
        if called(i) || super::draft::hundredths(credit.credit) < method.met_from {
            continue;
        }
        match out.last_mut().filter(|heap| heap.turn == credit.turn) {
            Some(heap) => drop(heap.rules.insert(credit.rule)),
            None => out.push(Heap { turn: credit.turn, rules: BTreeSet::from([credit.rule]) }),
        }
    }
    out.retain(|heap| heap.rules.len() >= method.heap);
    out
}
