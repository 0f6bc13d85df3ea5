//! Staff told from visitors by what they say, and labels that say the opposite.

use super::evidence::{Line, Points, points};
use super::{Known, Roles};
use crate::standard::Standard;
use crate::transcript::{Role, Transcript};
use std::collections::BTreeMap;

/// Below this confidence nobody is taken as anything: a wrong guess hides every finding of the real clerk as a
/// visitor's words, while an unknown speaker is only judged more mildly.
const SURE: f64 = 0.9;
/// Fewer kinds of evidence are chance, however heavy each is.
const KINDS: usize = 4;
/// Points of difference that multiply the odds by e.
const SCALE: f64 = 2.0;

/// Who was taken as staff, and how sure that is.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The label, as written.
    pub staff: String,
    /// 0..1.
    pub confidence: f64,
}

/// Fills in the roles of a conversation whose labels say nothing, if its speakers differ clearly enough.
pub fn tell(standard: &Standard, transcript: &Transcript, lines: &[Line<'_>], known: Roles) -> Roles {
    if known.known != Known::Unknown {
        return known;
    }
    let points = points(standard, lines);
    let Some((staff, confidence)) = clearest(&points) else { return known };
    let (Some(label), true) = (transcript.speakers.get(staff as usize), confidence >= SURE) else {
        return known;
    };
    let role = |speaker: Option<u32>| match speaker {
        Some(speaker) if speaker == staff => Role::Staff,
        // Who also speaks like staff, though less, may be a colleague.
        Some(speaker) if points.get(&speaker).is_some_and(|p| p.sum <= 0.0 || points.len() == 2) => {
            Role::Visitor
        }
        _ => Role::Unknown,
    };
    Roles {
        turns: lines.iter().map(|line| role(line.speaker)).collect(),
        known: Known::Inferred,
        unknown_labels: Vec::new(),
        told: Some(Told { staff: label.clone(), confidence }),
    }
}

/// The speaker most like staff, and how clearly more so than the next.
fn clearest(points: &BTreeMap<u32, Points>) -> Option<(u32, f64)> {
    let mut list: Vec<(u32, Points)> = points.iter().map(|(speaker, points)| (*speaker, *points)).collect();
    list.sort_by(|a, b| b.1.sum.total_cmp(&a.1.sum));
    let [(first, most), others @ ..] = list.as_slice() else { return None };
    let next = others.first()?.1;
    let kinds = most.staff + others.iter().map(|(_, other)| other.visitor).sum::<usize>();
    (kinds >= KINDS).then(|| (*first, odds(most.sum - next.sum)))
}

/// Points of difference as a confidence, in hundredths.
fn odds(difference: f64) -> f64 {
    let sure = 1.0 / (1.0 + (-difference / SCALE).exp());
    (sure * 100.0).floor() / 100.0
}

/// Whether the labelled visitors clearly speak like staff, and the labelled staff like visitors.
pub fn looks_swapped(standard: &Standard, lines: &[Line<'_>], known: &Roles) -> bool {
    if !matches!(known.known, Known::Labelled | Known::Configured) {
        return false;
    }
    let sides: Vec<Line<'_>> = lines
        .iter()
        .zip(&known.turns)
        .filter(|(_, role)| **role != Role::Unknown)
        .map(|(line, role)| Line { speaker: Some(u32::from(*role == Role::Visitor)), ..*line })
        .collect();
    clearest(&points(standard, &sides)).is_some_and(|(side, confidence)| side == 1 && confidence >= SURE)
}
