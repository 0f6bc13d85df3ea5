//! Who speaks how much.

use super::spoken::spoken;
use super::{Scene, Unmeasured};
use crate::transcript::Role;

/// How much of the talk is staff's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Talk {
    /// Syllables that staff said.
    pub staff: usize,
    /// Syllables that all said.
    pub all: usize,
}

impl Talk {
    /// Hundredths, rounded.
    pub fn share(self) -> i64 {
        ((self.staff * 200 + self.all) / (self.all * 2).max(1)) as i64
    }
}

/// The longest staff turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Monologue {
    /// Index of the turn.
    pub turn: usize,
    /// Its syllables.
    pub syllables: usize,
    /// Its length in time, where the input has times.
    pub ms: Option<u64>,
}

/// The syllables of every turn.
pub(super) fn syllables(scene: &Scene<'_>) -> Vec<usize> {
    (0..scene.turns.len()).map(|turn| spoken(scene.words(turn))).collect()
}

pub(super) fn talk(scene: &Scene<'_>, syllables: &[usize]) -> Result<Talk, Unmeasured> {
    scene.known(true)?;
    if scene.turns.len() < scene.limits.talk_share_turns {
        return Err(Unmeasured::TooShort);
    }
    let by_staff = |(i, _): &(usize, &usize)| scene.roles.get(*i) != Some(&Role::Visitor);
    let all = syllables.iter().sum();
    let staff = syllables.iter().enumerate().filter(by_staff).map(|(_, syllables)| syllables).sum();
    if all == 0 { Err(Unmeasured::TooShort) } else { Ok(Talk { staff, all }) }
}

pub(super) fn monologue(scene: &Scene<'_>, syllables: &[usize]) -> Result<Monologue, Unmeasured> {
    scene.known(true)?;
    let of_turn = |i: usize| {
        let clock = scene.turns.get(i).and_then(|turn| turn.clock());
        let ms = clock.map(|c| c.end.saturating_sub(c.start));
        Monologue { turn: i, syllables: syllables.get(i).copied().unwrap_or(0), ms }
    };
    // The first of equals.
    let longest = scene.staff().map(of_turn).collect::<Vec<_>>().into_iter().rev();
    longest.max_by_key(|one| one.syllables).ok_or(Unmeasured::TooShort)
}
