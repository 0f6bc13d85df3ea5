//! What could stand in place of a finding's words. Only in a script that somebody wrote: a transcript of what was said
//! is evidence. And only where the words are a clause of their own, so that a sentence can take their place.

use super::Rules;
use crate::report::{Basis, Conversation, Finding};
use crate::text::{Raw, SourceText, Span};
use crate::transcript::Times;

/// Marks that end a clause or stand around it, those of Markdown among them.
const MARKS: &str = "*_~`>|#，。、；：？！,.;:?!…“”‘’\"'「」『』（）()《》—";

/// One possible replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fix {
    /// The rule whose phrase it is.
    pub(super) rule: String,
    /// What goes.
    pub(super) span: Span<Raw>,
    /// What comes.
    pub(super) text: String,
}

/// The alternatives; none where a replacement would make no sense.
pub(super) fn fixes(one: &Conversation, finding: &Finding, rules: &Rules) -> Vec<Fix> {
    let Some(span) = replaceable(one, finding) else { return Vec::new() };
    let followed = one.source.text().get(span.end as usize..).and_then(|rest| rest.chars().next());
    let closed = followed.is_some_and(|c| MARKS.contains(c));
    let fix = |id: &String| {
        let text = rules.get(id)?.text.as_str();
        // A blank to be filled in, or a choice: a person has to write it.
        let ready = !text.contains(['×', '/', '…', '\n']) && !text.contains("某某");
        let text = if closed { text.trim_end_matches(['。', '.', '!', '！']) } else { text };
        ready.then(|| Fix { rule: id.clone(), span, text: text.to_owned() })
    };
    finding.say_instead.iter().filter_map(fix).collect()
}

fn replaceable(one: &Conversation, finding: &Finding) -> Option<Span<Raw>> {
    let [span] = finding.pieces.as_deref()? else { return None };
    let banned = matches!(finding.basis, Basis::Item { appendix: 2, .. });
    // A text with labels may be what a recogniser wrote; one without is taken for a script.
    let script = one.format == "md" || (one.format == "txt" && finding.speaker.is_none());
    let written = script && matches!(one.capabilities.times, Times::None) && finding.time_ms.is_none();
    let plain = one.source.slice(*span) == finding.text && !finding.text.is_empty();
    (banned && written && plain && finding.excused.is_none() && is_clause(&one.source, *span))
        .then_some(*span)
}

/// Whether marks, spaces or the line's ends stand on both sides.
fn is_clause(source: &SourceText, span: Span<Raw>) -> bool {
    let text = source.text();
    let free = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || MARKS.contains(c));
    free(text.get(..span.start as usize).and_then(|before| before.chars().next_back()))
        && free(text.get(span.end as usize..).and_then(|after| after.chars().next()))
}
