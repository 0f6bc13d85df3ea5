//! How fast staff speaks: syllables a minute over windows of a turn, pauses left out.

use super::units::{Unit, gap, units};
use super::{Scene, Unmeasured};
use crate::text::{Said, Span};

/// The pace of staff speech.
#[derive(Clone, Debug)]
pub struct Pace {
    /// Every window, in order.
    pub windows: Vec<Window>,
}

/// A stretch of one turn that is long enough to have a pace.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// Index of the turn.
    pub turn: usize,
    /// Its words.
    pub span: Span<Said>,
    /// Syllables said.
    pub syllables: usize,
    /// Milliseconds of speech, pauses left out.
    pub ms: u64,
}

impl Window {
    /// Syllables a minute.
    pub fn per_minute(&self) -> f64 {
        self.syllables as f64 * 60_000.0 / self.ms.max(1) as f64
    }
}

impl Pace {
    /// Syllables a minute over all windows.
    pub fn per_minute(&self) -> f64 {
        let sum = |of: fn(&Window) -> u64| self.windows.iter().map(of).sum::<u64>() as f64;
        sum(|w| w.syllables as u64) * 60_000.0 / sum(|w| w.ms).max(1.0)
    }

    /// Windows faster or slower than the limits.
    pub fn outside(&self, least: u32, most: u32) -> impl Iterator<Item = &Window> {
        let inside = move |w: &Window| (f64::from(least)..=f64::from(most)).contains(&w.per_minute());
        self.windows.iter().filter(move |w| !inside(w))
    }
}

pub(super) fn pace(scene: &Scene<'_>) -> Result<Pace, Unmeasured> {
    scene.known(false)?;
    scene.timed()?;
    let of_turn = |i: usize| {
        let units = scene.turns.get(i).map(|turn| units(turn, scene.words(i))).unwrap_or_default();
        windows(i, &units, scene.limits.pace_window, scene.limits.pause_ms)
    };
    let windows: Vec<Window> = scene.staff().flat_map(of_turn).collect();
    if windows.is_empty() { Err(Unmeasured::TooShort) } else { Ok(Pace { windows }) }
}

/// Windows of at least `least` syllables each; what is left over at the end belongs to the last.
fn windows(turn: usize, units: &[Unit], least: usize, pause: u64) -> Vec<Window> {
    let mut out: Vec<Window> = Vec::new();
    let mut open: Option<Window> = None;
    let mut before: Option<&Unit> = None;
    for unit in units {
        // Inside a window a short silence is part of speaking; a pause is not.
        let silence = if open.is_some() { before.map_or(0, |b| gap(b, unit)) } else { 0 };
        let ms = unit.clock.end.saturating_sub(unit.clock.start) + if silence < pause { silence } else { 0 };
        let window = open.get_or_insert(Window { turn, span: unit.span, syllables: 0, ms: 0 });
        window.span = window.span.hull(unit.span);
        window.syllables += unit.syllables;
        window.ms += ms;
        if window.syllables >= least {
            out.extend(open.take());
        }
        before = Some(unit);
    }
    if let (Some(rest), Some(last)) = (open, out.last_mut()) {
        last.span = last.span.hull(rest.span);
        last.syllables += rest.syllables;
        last.ms += rest.ms;
    }
    out.retain(|window| window.ms > 0);
    out
}
