//! Which steps lie between what was said and what the pattern says.

use super::how::{How, HowSet};
use super::lexicon::Entry;
use crate::normalize::{Step, View, fold, steps};
use crate::standard::Tier;

/// Everything that is known about a match when its steps are told.
pub(super) struct Trace<'a> {
    /// The entry that matched.
    pub(super) entry: &'a Entry,
    /// Whether its pattern has a gap.
    pub(super) gap: bool,
    /// The view it matched in.
    pub(super) view: View,
    /// The words as said.
    pub(super) said: &'a str,
    /// Pauses inside that the pattern did not ask for.
    pub(super) stumbles: usize,
    /// Whether one of the pauses inside is the edge of a cue.
    pub(super) edge: bool,
}

/// The steps of a match.
pub(super) fn steps_of(trace: &Trace<'_>) -> HowSet {
    let mut how = HowSet::default();
    let folded = steps(trace.said);
    how.add_if(folded.contains(&Step::Case), How::Case);
    how.add_if(folded.contains(&Step::Script), How::Script);
    how.add_if(folded.contains(&Step::Width), How::Width);
    // The item itself may hold a character of a group (罗嗦): then it is no step.
    let foreign = |c: char| fold(c) != c && !trace.entry.pattern.source.contains(c);
    how.add_if(folded.contains(&Step::Variant) && trace.said.chars().any(foreign), How::Variant);
    how.add_if(folded.contains(&Step::Space), How::Spacing);
    how.add_if(matches!(trace.view, View::NoSounds | View::NoFillers), How::Filler);
    how.add_if(trace.view == View::NoRepeats, How::Repeat);
    how.add_if(trace.gap, How::Gap);
    how.add_if(trace.stumbles > 0 || trace.edge, How::Split);
    match trace.entry.tier {
        Tier::Item => how.add_if(how == HowSet::default(), How::Exact),
        Tier::Variant => how.add(How::Variant),
        Tier::Paraphrase => how.add(How::Paraphrase),
    }
    how
}
