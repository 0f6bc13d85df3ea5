//! Word boundaries: a hit whose edge cuts a word of the dictionary is another reading of the same characters.

use crate::normalize::Normalized;
use crate::segment::Segmenter;
use crate::text::{Norm, Span};

/// A hit of this many characters is too specific to be a chance: a cut edge costs confidence, no more.
const LONG: usize = 7;
/// What a cut edge of a long hit costs, 0..1.
const COST: f64 = 0.08;

/// The words of a view, clause by clause, found when first asked for.
pub(super) struct Words<'a> {
    segmenter: &'a Segmenter,
    view: &'a Normalized,
    words: Option<Vec<Span<Norm>>>,
}

/// How a hit sits among the words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fit {
    /// Both edges are word boundaries.
    Whole,
    /// An edge cuts a word, but the hit is long: what it costs.
    Cut(f64),
    /// An edge cuts a word: no hit.
    Rival,
}

impl<'a> Words<'a> {
    pub(super) fn new(segmenter: &'a Segmenter, view: &'a Normalized) -> Self {
        Words { segmenter, view, words: None }
    }

    /// How `span` sits among the words.
    pub(super) fn fit(&mut self, span: Span<Norm>) -> Fit {
        let length = span.slice(&self.view.text).chars().count();
        match self.cut(span).is_empty() {
            true => Fit::Whole,
            false if length >= LONG => Fit::Cut(COST),
            false => Fit::Rival,
        }
    }

    /// Whether the view begins, ends or pauses at a byte.
    fn pauses(&self, at: u32) -> bool {
        at == 0
            || at as usize >= self.view.text.len()
            || self.view.breaks.binary_search_by_key(&at, |pause| pause.at).is_ok()
    }

    /// The word that holds the byte at `at`.
    pub(super) fn word_at(&mut self, at: u32) -> Option<Span<Norm>> {
        let words = self.words.get_or_insert_with(|| words(self.segmenter, self.view));
        words.get(words.partition_point(|w| w.end <= at)).copied()
    }

    /// The words that an edge of `span` cuts. Where speech pauses no word is cut, and nobody need know the words.
    pub(super) fn cut(&mut self, span: Span<Norm>) -> Vec<Span<Norm>> {
        let edges = [span.start, span.end].into_iter().filter(|at| !self.pauses(*at)).collect::<Vec<_>>();
        if edges.is_empty() {
            return Vec::new();
        }
        let words = self.words.get_or_insert_with(|| words(self.segmenter, self.view));
        let cut = |at: u32| words.get(words.partition_point(|w| w.end <= at)).filter(|w| w.start < at);
        let mut out: Vec<Span<Norm>> = edges.into_iter().filter_map(cut).copied().collect();
        out.dedup();
        out
    }
}

/// The words of every clause: a pause is always a boundary.
pub(super) fn words(segmenter: &Segmenter, view: &Normalized) -> Vec<Span<Norm>> {
    let mut out = Vec::new();
    let mut from = 0;
    let end = u32::try_from(view.text.len()).unwrap_or(u32::MAX);
    for at in view.breaks.iter().map(|b| b.at).chain([end]) {
        if at > from {
            out.extend(segmenter.words(&view.text, Span::new(from, at)));
        }
        from = at;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::plain;

    #[test]
    fn a_whole_clause_needs_no_dictionary() {
        let segmenter = Segmenter::default();
        let view = plain("没有，你急什么。", &[]);
        let mut words = Words::new(&segmenter, &view);
        assert_eq!(words.fit(Span::new(0, 6)), Fit::Whole);
        assert_eq!(words.fit(Span::new(6, 18)), Fit::Whole);
        assert!(words.words.is_none());
        words.fit(Span::new(9, 18));
        assert!(words.words.is_some());
    }

    #[test]
    fn rivals_are_told_from_hits() {
        let segmenter = Segmenter::default();
        let fit = |text: &str, hit: &str| {
            let view = plain(text, &[]);
            let start = view.text.find(hit).unwrap() as u32;
            Words::new(&segmenter, &view).fit(Span::new(start, start + hit.len() as u32))
        };
        assert_eq!(fit("我很着急什么时候能办", "急什么"), Fit::Rival);
        assert_eq!(fit("你急什么", "急什么"), Fit::Whole);
        assert_eq!(fit("您自己看病的票放左边", "自己看"), Fit::Rival);
    }
}
