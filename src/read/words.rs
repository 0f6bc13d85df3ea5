//! Words with times of their own: where in the said text they stand.

use crate::text::Span;
use crate::transcript::{Clock, TimedWord};

/// How far ahead a word is looked for, in bytes: recognisers drop a mark or a blank, seldom more.
const AHEAD: usize = 48;

/// Finds `word` in `said` at byte `from` or shortly after.
pub(super) fn locate(said: &str, from: usize, word: &str) -> Option<(usize, usize)> {
    let word = word.trim();
    let rest = said.get(from..).filter(|_| !word.is_empty())?;
    let skipped = rest.len() - rest.trim_start().len();
    if rest.get(skipped..)?.starts_with(word) {
        return Some((from + skipped, from + skipped + word.len()));
    }
    let mut end = (AHEAD + word.len()).min(rest.len());
    while !rest.is_char_boundary(end) {
        end += 1;
    }
    let found = from + rest.get(..end)?.find(word)?;
    Some((found, found + word.len()))
}

/// Gives each token of `said` (a Chinese character, or a run of Latin letters and digits) its stretch of time; nothing
/// where the numbers do not agree.
pub(super) fn tokens(said: &str, times: &[Clock]) -> Vec<TimedWord> {
    let mut spans = Vec::with_capacity(times.len());
    let mut run: Option<usize> = None;
    for (at, c) in said.char_indices() {
        let latin = c.is_ascii_alphanumeric() || c == '\'' && run.is_some();
        if let (Some(start), false) = (run, latin) {
            spans.push(start..at);
            run = None;
        }
        if latin {
            run = run.or(Some(at));
        } else if c.is_alphanumeric() {
            spans.push(at..at + c.len_utf8());
        }
    }
    spans.extend(run.map(|start| start..said.len()));
    if spans.len() != times.len() {
        return Vec::new();
    }
    spans
        .into_iter()
        .zip(times)
        .map(|(span, clock)| TimedWord {
            span: Span::of(span),
            clock: *clock,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_order() {
        let said = "您好, ok 请坐";
        assert_eq!(locate(said, 0, "您"), Some((0, 3)));
        assert_eq!(locate(said, 3, " ok"), Some((8, 10)));
        assert_eq!(locate(said, 3, "没有"), None);
        assert_eq!(locate(said, 3, " "), None);
    }

    #[test]
    fn tokens_are_characters_and_latin_words() {
        let times: Vec<_> = (0..4)
            .map(|i| Clock {
                start: i * 100,
                end: i * 100 + 90,
            })
            .collect();
        let found: Vec<_> = tokens("您好，JJ吗？", &times)
            .iter()
            .map(|word| word.span.range())
            .collect();
        assert_eq!(found, [0..3, 3..6, 9..11, 11..14]);
        assert!(tokens("您好", &times).is_empty());
    }
}
