//! A view with its pauses written in, for regular expressions: `、` an edge, `，` a weak pause, `。` a strong one.

use crate::normalize::{Normalized, Strength};
use crate::text::{Norm, Span};

/// Every mark is three bytes long, so offsets are counted, not stored one by one.
const MARK: usize = '，'.len_utf8();

/// The text of a view with marks.
pub(super) struct Window {
    /// The text.
    pub(super) text: String,
    /// Byte offsets of the marks, in order.
    marks: Vec<usize>,
    /// The same places in the view.
    pauses: Vec<u32>,
}

impl Window {
    pub(super) fn new(view: &Normalized) -> Self {
        let mut text = String::with_capacity(view.text.len() + MARK * view.breaks.len());
        let mut marks = Vec::with_capacity(view.breaks.len());
        let mut from = 0;
        for pause in &view.breaks {
            let at = pause.at as usize;
            text.push_str(view.text.get(from..at).unwrap_or(""));
            marks.push(text.len());
            text.push(match pause.strength {
                Strength::Edge => '、',
                Strength::Weak => '，',
                Strength::Strong => '。',
            });
            from = at;
        }
        text.push_str(view.text.get(from..).unwrap_or(""));
        Window { text, marks, pauses: view.breaks.iter().map(|b| b.at).collect() }
    }

    /// The window's offset of the character at `norm` in the view.
    pub(super) fn offset(&self, norm: u32) -> usize {
        norm as usize + MARK * self.pauses.partition_point(|pause| *pause <= norm)
    }

    /// The view's span under a range of the window; marks at its ends fall away.
    pub(super) fn norm(&self, range: std::ops::Range<usize>) -> Span<Norm> {
        Span::of(self.before(range.start)..self.before(range.end))
    }

    fn before(&self, at: usize) -> usize {
        at - MARK * self.marks.partition_point(|mark| *mark < at)
    }

    /// Marks inside a range: (edges, weak, strong).
    pub(super) fn marks_in(&self, range: std::ops::Range<usize>) -> (usize, usize, usize) {
        let inside = self.text.get(range).unwrap_or("");
        let count = |c: char| inside.matches(c).count();
        (count('、'), count('，'), count('。'))
    }

    /// The slice to search for a match that holds `at` and reaches `reach` characters either way, and whether its end
    /// was cut inside a clause: then no match that ends there ends a clause.
    pub(super) fn around(&self, at: std::ops::Range<usize>, reach: usize) -> (std::ops::Range<usize>, bool) {
        // A lead-in of two words may stand before, particles behind; four bytes a character at the most.
        let bytes = (reach + 16) * 4 + MARK * 8;
        let mut start = at.start.saturating_sub(bytes);
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        let mut end = (at.end + bytes).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let cut = end < self.text.len() && self.marks.binary_search(&(end - MARK)).is_err();
        (start..end, cut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::plain;

    #[test]
    fn offsets_go_there_and_back() {
        let view = plain("喂！你急什么，等着。嗯", &[]);
        let window = Window::new(&view);
        assert_eq!(window.text, "喂。你急什么，等着。嗯");
        for (at, _) in view.text.char_indices() {
            let there = window.offset(at as u32);
            assert_eq!(window.text[there..].chars().next(), view.text[at..].chars().next());
            assert_eq!(window.norm(there..there + 3), Span::new(at as u32, at as u32 + 3));
        }
        let all = window.norm(6..window.text.len());
        assert_eq!(all.slice(&view.text), "你急什么等着嗯");
    }
}
