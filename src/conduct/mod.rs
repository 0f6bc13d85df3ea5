//! Pace, pauses, interruptions, shares of talk: measured from times and turns only. What could not be measured says
//! why.

mod interruptions;
mod listening;
mod pace;
mod pauses;
mod spoken;
mod units;

pub use interruptions::Interruption;
pub use listening::{Monologue, Talk};
pub use pace::{Pace, Window};
pub use pauses::{Pause, Pauses};

use crate::standard::Limits;
use crate::transcript::{Clock, Role, Times, Turn};

/// One conversation as it is measured.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The turns, with their times.
    pub turns: &'a [Turn],
    /// Their words.
    pub said: &'a [&'a str],
    /// Who speaks.
    pub roles: &'a [Role],
    /// The finest times.
    pub times: Times,
    /// Whether speakers have times of their own.
    pub overlap: bool,
    /// What is too much and too little.
    pub limits: &'a Limits,
}

/// Why something was not measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmeasured {
    /// The input carries no times.
    NoTimes,
    /// Speakers have no times of their own.
    NoOverlap,
    /// Too little was said.
    TooShort,
    /// Who speaks is not known.
    RolesUnknown,
}

impl Unmeasured {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Unmeasured::NoTimes => "no-times",
            Unmeasured::NoOverlap => "no-overlap-information",
            Unmeasured::TooShort => "too-short",
            Unmeasured::RolesUnknown => "roles-unknown",
        }
    }
}

/// What was measured.
#[derive(Clone, Debug)]
pub struct Conduct {
    /// The syllables of every turn, by index.
    pub syllables: Vec<usize>,
    /// How fast staff speaks.
    pub pace: Result<Pace, Unmeasured>,
    /// Silences inside staff turns.
    pub pauses: Result<Pauses, Unmeasured>,
    /// Where staff cuts the visitor short.
    pub interruptions: Result<Vec<Interruption>, Unmeasured>,
    /// How much of the talk is staff's.
    pub talk: Result<Talk, Unmeasured>,
    /// The longest staff turn.
    pub monologue: Result<Monologue, Unmeasured>,
}

/// Measures one conversation.
pub fn measure(scene: &Scene<'_>) -> Conduct {
    let syllables = listening::syllables(scene);
    Conduct {
        pace: pace::pace(scene),
        pauses: pauses::pauses(scene),
        interruptions: interruptions::interruptions(scene),
        talk: listening::talk(scene, &syllables),
        monologue: listening::monologue(scene, &syllables),
        syllables,
    }
}

impl<'a> Scene<'a> {
    /// Indices of staff turns.
    fn staff(&self) -> impl Iterator<Item = usize> + 'a {
        let roles = self.roles;
        (0..self.turns.len()).filter(move |i| roles.get(*i) == Some(&Role::Staff))
    }

    /// Whether anybody is known as staff; with `both`, somebody as visitor too.
    fn known(&self, both: bool) -> Result<(), Unmeasured> {
        let has = |role| self.roles.contains(&role);
        let known = has(Role::Staff) && (!both || has(Role::Visitor));
        if known { Ok(()) } else { Err(Unmeasured::RolesUnknown) }
    }

    fn timed(&self) -> Result<(), Unmeasured> {
        let lasts = |clock: Clock| clock.end > clock.start;
        let has_length = |turn: &Turn| {
            let segments = turn.segments.iter().filter_map(|s| s.clock);
            segments.chain(turn.words.iter().map(|w| w.clock)).any(lasts)
        };
        // Times of beginnings alone tell no pace and no silence.
        let timed = self.times != Times::None && self.turns.iter().any(has_length);
        if timed { Ok(()) } else { Err(Unmeasured::NoTimes) }
    }

    fn words(&self, turn: usize) -> &'a str {
        self.said.get(turn).copied().unwrap_or("")
    }
}
