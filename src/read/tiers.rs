//! What TextGrid and EAF share: a tier for each speaker, put together by time.

use super::cut::Cut;
use super::turns::{Join, Turns, Who};
use crate::transcript::Transcript;

/// What is written over a stretch of time.
#[derive(Debug)]
pub(super) struct Annotation {
    /// Index of its tier.
    pub(super) tier: usize,
    /// Start and end in milliseconds, where they are known.
    pub(super) time: Option<(u64, u64)>,
    pub(super) cut: Cut,
    /// Where it stands in the file.
    pub(super) at: u32,
}

/// Makes turns of annotations; nothing where nobody says a word. Tiers stand in the file one after the other: the turns
/// are in the order of time, not of the file.
pub(super) fn turns(text: &str, names: &[String], mut all: Vec<Annotation>) -> Option<Transcript> {
    all.retain(|one| !one.cut.text(text).trim().is_empty());
    // Without a time, an annotation stays behind the one before it in its tier.
    let mut last = (usize::MAX, 0);
    let mut keyed: Vec<(u64, u32, Annotation)> = Vec::with_capacity(all.len());
    for one in all {
        let before = if last.0 == one.tier { last.1 } else { 0 };
        let start = one.time.map_or(before, |(start, _)| start);
        last = (one.tier, start);
        keyed.push((start, one.at, one));
    }
    keyed.sort_by_key(|(start, at, _)| (*start, *at));
    let mut turns = Turns::new(text);
    for (_, at, one) in &keyed {
        let name = names.get(one.tier).map_or("", |name| name.trim());
        let speaker = (!name.is_empty()).then(|| turns.speaker(name));
        let clock = one.time.map(|(start, end)| turns.clock(start, Some(end), *at));
        turns.say(Who { speaker, clock, join: Join::Close, ..Who::default() }, &one.cut, &[]);
    }
    turns.finish()
}
