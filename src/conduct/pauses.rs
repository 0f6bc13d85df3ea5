//! Silences inside staff turns.

use super::units::{gap, units};
use super::{Scene, Unmeasured};

/// The pauses of staff speech.
#[derive(Clone, Debug, Default)]
pub struct Pauses {
    /// In order.
    pub pauses: Vec<Pause>,
}

/// One silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// Index of the turn.
    pub turn: usize,
    /// How long.
    pub ms: u64,
}

impl Pauses {
    /// The longest of them; the first of equals.
    pub fn longest(&self) -> Option<Pause> {
        self.pauses.iter().copied().rev().max_by_key(|pause| pause.ms)
    }
}

pub(super) fn pauses(scene: &Scene<'_>) -> Result<Pauses, Unmeasured> {
    scene.known(false)?;
    scene.timed()?;
    let mut out = Pauses::default();
    for i in scene.staff() {
        let units = scene.turns.get(i).map(|turn| units(turn, scene.words(i))).unwrap_or_default();
        for pair in units.windows(2) {
            if let [before, after] = pair
                && gap(before, after) >= scene.limits.pause_ms
            {
                out.pauses.push(Pause { turn: i, ms: gap(before, after) });
            }
        }
    }
    Ok(out)
}
