//! Where staff begins while the visitor is still speaking, and goes on.

use super::units::{Unit, units};
use super::{Scene, Unmeasured};
use crate::text::{Said, Span, is_word};
use crate::transcript::{Clock, Role};

/// Turns on either side in which the visitor's speech is looked for: turns stand in order of their beginnings.
const NEAR: usize = 4;

/// One interruption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interruption {
    /// Index of the staff turn.
    pub turn: usize,
    /// Index of the visitor's turn.
    pub of: usize,
    /// What staff said meanwhile.
    pub span: Span<Said>,
    /// Milliseconds in which both spoke.
    pub ms: u64,
    /// Syllables that staff said meanwhile.
    pub syllables: usize,
}

pub(super) fn interruptions(scene: &Scene<'_>) -> Result<Vec<Interruption>, Unmeasured> {
    scene.known(true)?;
    scene.timed()?;
    if !scene.overlap {
        return Err(Unmeasured::NoOverlap);
    }
    Ok(scene.staff().filter_map(|turn| interruption(scene, turn)).collect())
}

/// The worst interruption by one staff turn.
fn interruption(scene: &Scene<'_>, turn: usize) -> Option<Interruption> {
    let said = scene.words(turn);
    let bare: String = said.chars().filter(|c| is_word(*c)).collect();
    if scene.limits.backchannels.contains(&bare) {
        return None;
    }
    let units = units(scene.turns.get(turn)?, said);
    let near = turn.saturating_sub(NEAR)..(turn + NEAR + 1).min(scene.turns.len());
    let visitors = near.filter(|i| scene.roles.get(*i) == Some(&Role::Visitor));
    let all = visitors.filter_map(|of| meanwhile(scene, turn, &units, of));
    let enough = |one: &Interruption| {
        one.ms >= scene.limits.interruption_ms && one.syllables >= scene.limits.interruption_chars
    };
    all.filter(enough).max_by_key(|one| one.ms)
}

/// What staff said while the visitor was speaking, where the visitor had begun before.
fn meanwhile(scene: &Scene<'_>, turn: usize, staff: &[Unit], of: usize) -> Option<Interruption> {
    let visitor = scene.turns.get(of)?.clock()?;
    let begun = scene.turns.get(turn)?.clock()?.start;
    if visitor.start >= begun || begun >= visitor.end {
        return None;
    }
    let speech = units(scene.turns.get(of)?, scene.words(of));
    let shared = |unit: &Unit| speech.iter().map(|s| overlap(unit.clock, s.clock)).sum::<u64>();
    let during: Vec<&Unit> = staff.iter().filter(|unit| shared(unit) > 0).collect();
    let part = |unit: &Unit| {
        let whole = unit.clock.end.saturating_sub(unit.clock.start).max(1);
        unit.syllables as u64 * shared(unit).min(whole) / whole
    };
    Some(Interruption {
        turn,
        of,
        span: during.iter().map(|unit| unit.span).reduce(Span::hull)?,
        ms: during.iter().map(|unit| shared(unit)).sum(),
        syllables: during.iter().map(|unit| part(unit)).sum::<u64>() as usize,
    })
}

fn overlap(a: Clock, b: Clock) -> u64 {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}
