//! What excuses a hit inside its own turn (design: speech §3).

use super::{Spoken, around};
use crate::detect::{Act, Hit};
use crate::standard::Excuse;
use crate::text::{Said, Span, is_word};

/// Words that introduce a quotation end at most this many bytes before it (two characters and a mark).
const NEAR: u32 = 9;
/// Words about phrases stand at most this many bytes from the phrase (about a dozen characters).
const ABOUT: u32 = 42;
/// A next step begins at most this many bytes after the hit, and within [`STEP_CLAUSES`].
const STEP_WITHIN: u32 = 150;
/// Bytes that a quotation is long at the most, on either side of the hit.
const QUOTATION: usize = 600;
/// Clauses after the hit's own in which a next step counts.
const STEP_CLAUSES: usize = 2;
/// A clause of so many characters at the most is a sigh or a call, and none of those.
const SIGH: usize = 3;

/// The words that excuse `hit` for this reason: `Some(None)` where the reason has no words of its own.
pub(super) fn excuses(excuse: Excuse, turn: &Spoken<'_>, hit: &Hit) -> Option<Option<Span<Said>>> {
    match excuse {
        Excuse::Covered => {
            let formula = |act: Act| matches!(act, Act::Cover | Act::Polite(_));
            find(turn, hit, |h| formula(h.act) && h.span.contains(hit.span)).map(Some)
        }
        Excuse::Question => {
            // 我说，不清楚 is no enquiry that began before the pause.
            let begins = |h: &Hit| match h.span.start < hit.span.start {
                true => !behind_a_pause(turn.said, hit.span.start),
                // Nor does 不知道，您别问了 go on as one.
                false => h.span.end <= hit.span.end || !before_a_pause(turn.said, hit.span.end),
            };
            find(turn, hit, |h| h.act == Act::Question && h.span.overlaps(hit.span) && begins(h)).map(Some)
        }
        Excuse::Comfort => find(turn, hit, |h| h.act == Act::Comfort && h.span.overlaps(hit.span)).map(Some),
        Excuse::Quoted => quoted(turn, hit),
        Excuse::Mentioned => {
            let about = |h: &Hit| distance(h.span, hit.span) <= ABOUT && !h.span.overlaps(hit.span);
            find(turn, hit, |h| h.act == Act::Mention && about(h)).map(Some)
        }
        Excuse::Remedied => remedied(turn, hit).map(Some),
    }
}

/// Whether punctuation stands right before `at`.
fn behind_a_pause(said: &str, at: u32) -> bool {
    let before = said.get(..at as usize).and_then(|text| text.chars().next_back());
    before.is_some_and(|c| !is_word(c))
}

/// Whether punctuation stands right behind `at`.
fn before_a_pause(said: &str, at: u32) -> bool {
    let after = said.get(at as usize..).and_then(|text| text.chars().next());
    after.is_some_and(|c| !is_word(c))
}

fn find(turn: &Spoken<'_>, hit: &Hit, wanted: impl Fn(&Hit) -> bool) -> Option<Span<Said>> {
    around(turn, hit.span).iter().find(|h| wanted(h)).map(|h| h.span)
}

/// Bytes between two spans; 0 where they touch or overlap.
fn distance(a: Span<Said>, b: Span<Said>) -> u32 {
    b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end))
}

/// Another's words: between quotation marks, right after words that introduce them, right before words that hand them
/// back, or, a little farther off, between the two.
fn quoted(turn: &Spoken<'_>, hit: &Hit) -> Option<Option<Span<Said>>> {
    if let Some(marks) = quotation(turn.said, hit.span) {
        return Some(Some(marks));
    }
    let introduces = |h: &Hit| {
        h.act == Act::QuoteBefore && h.span.start < hit.span.start && !own_opinion(turn, h.span, hit.span)
    };
    let right_before = |h: &Hit| introduces(h) && near(h.span.end, hit.span.start);
    let right_after = |h: &Hit| h.act == Act::QuoteAfter && near(hit.span.end, h.span.start);
    let follows = |h: &Hit| h.span.end > hit.span.end && distance(hit.span, h.span) <= ABOUT;
    let at_once = find(turn, hit, |h| right_before(h) || right_after(h));
    let between = || {
        find(turn, hit, |h| matches!(h.act, Act::QuoteAfter | Act::QuoteAlong) && follows(h))?;
        find(turn, hit, |h| introduces(h) && distance(h.span, hit.span) <= ABOUT)
    };
    at_once.or_else(between).map(Some)
}

/// Whether words that seem to introduce another's speech give one's own opinion, or the office's, as far as the hit.
fn own_opinion(turn: &Spoken<'_>, words: Span<Said>, hit: Span<Said>) -> bool {
    let own = |h: &Hit| h.act == Act::NoQuote && h.span.overlaps(words) && h.span.start < hit.start;
    around(turn, words).iter().any(own)
}

fn near(end: u32, start: u32) -> bool {
    start.saturating_sub(end) <= NEAR && end <= start + NEAR
}

/// The pair of quotation marks around `span`, marks included.
fn quotation(said: &str, span: Span<Said>) -> Option<Span<Said>> {
    const PAIRS: [(char, char); 6] =
        [('“', '”'), ('「', '」'), ('『', '』'), ('‘', '’'), ('"', '"'), ('《', '》')];
    let before = said.get(left(said, span.start as usize)..span.start as usize)?;
    let after = said.get(span.end as usize..)?;
    PAIRS.iter().find_map(|(open, close)| {
        let from = before.rfind(*open)?;
        let inside = before.get(from + open.len_utf8()..)?;
        let even = open != close || before.matches(*open).count() % 2 == 1;
        if inside.contains(*close) || !even {
            return None;
        }
        let to = span.end as usize + after.get(..right(after, QUOTATION))?.find(*close)? + close.len_utf8();
        Some(Span::of(span.start as usize - before.len() + from..to))
    })
}

/// The character boundary [`QUOTATION`] bytes to the left of `at`, or near it.
fn left(said: &str, at: usize) -> usize {
    let mut from = at.saturating_sub(QUOTATION);
    while !said.is_char_boundary(from) {
        from += 1;
    }
    from
}

/// The character boundary at `at` or before it, inside `text`.
fn right(text: &str, at: usize) -> usize {
    let mut to = at.min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    to
}

/// A real next step outside the matched words, in the same or the next few clauses.
fn remedied(turn: &Spoken<'_>, hit: &Hit) -> Option<Span<Said>> {
    let within = last_clause(turn, hit);
    let own_words = |span: Span<Said>| {
        around(turn, span)
            .iter()
            .any(|h| matches!(h.act, Act::Banned(_) | Act::NoRemedy) && h.span.contains(span))
    };
    find(turn, hit, |h| {
        h.act == Act::Remedy
            && h.span.end > hit.span.end
            && !h.span.overlaps(hit.span)
            && h.span.start < within
            && distance(hit.span, h.span) <= STEP_WITHIN
            && !own_words(h.span)
    })
}

/// The end of the clauses in which a next step counts. A sigh (嗯，这样吧) and calming words are no clauses of their own.
fn last_clause(turn: &Spoken<'_>, hit: &Hit) -> u32 {
    let clauses = &turn.heard.clauses;
    let after = clauses.partition_point(|c| c.end < hit.span.end);
    let calming =
        |c: &Span<Said>| around(turn, *c).iter().any(|h| h.act == Act::Comfort && h.span.overlaps(*c));
    let sighs = |c: &Span<Said>| c.slice(turn.said).chars().filter(|c| is_word(*c)).count() <= SIGH;
    let counts = clauses.iter().skip(after + 1).filter(|c| !sighs(c) && !calming(c));
    counts.take(STEP_CLAUSES).last().map_or(u32::MAX, |c| c.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_are_paired() {
        let said = "您说“找领导去”，是谁说的？你急什么";
        let of = |words: &str| {
            let start = said.find(words).unwrap();
            quotation(said, Span::of(start..start + words.len()))
        };
        assert_eq!(of("找领导去").unwrap().slice(said), "“找领导去”");
        assert_eq!(of("你急什么"), None);
    }
}
