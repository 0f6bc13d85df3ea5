//! From offsets in one text to offsets in another, by segments.
//!
//! A segment is either exact (byte for byte, so a span inside it maps inside it) or opaque (n bytes became m bytes: a
//! span that cuts it grows to the whole). Segments cover the text mapped from without a gap; the text mapped to may
//! have gaps between them (what was dropped).

use super::Span;
use std::marker::PhantomData;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    from: u32,
    from_len: u32,
    to: u32,
    to_len: u32,
    exact: bool,
}

impl Segment {
    fn source_end(self) -> u32 {
        self.from + self.from_len
    }

    fn to_end(self) -> u32 {
        self.to + self.to_len
    }

    /// Where a start at `at` (inside, or at the segment's first byte) lands.
    fn start(self, at: u32) -> u32 {
        if self.exact { self.to + (at - self.from) } else { self.to }
    }

    /// Where an end at `at` (inside, or one past the segment's last byte) lands.
    fn end(self, at: u32) -> u32 {
        if self.exact { self.to + (at - self.from) } else { self.to_end() }
    }
}

/// Maps spans of `F` to spans of `T`.
///
/// Laws, held by property tests: a span maps to a span with start not after end; mapping is monotone; the pieces of a
/// span are disjoint, in order, and their hull is what the span maps to; `a.then(&b)` equals mapping by `a`, then `b`.
pub struct OffsetMap<F, T> {
    segments: Vec<Segment>,
    texts: PhantomData<fn(F) -> T>,
}

impl<F, T> Clone for OffsetMap<F, T> {
    fn clone(&self) -> Self {
        OffsetMap { segments: self.segments.clone(), texts: PhantomData }
    }
}

impl<F, T> std::fmt::Debug for OffsetMap<F, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.segments).finish()
    }
}

impl<F, T> OffsetMap<F, T> {
    /// The map of a text of `len` bytes that stands unchanged at `to`.
    pub fn shift(len: u32, to: u32) -> Self {
        let mut builder = MapBuilder::default();
        builder.exact(len, to);
        builder.finish()
    }

    /// Length in bytes of the text mapped from.
    pub fn from_len(&self) -> u32 {
        self.segments.last().map_or(0, |s| s.source_end())
    }

    /// The smallest span of `T` that holds what `span` came from.
    pub fn hull(&self, span: Span<F>) -> Span<T> {
        if span.is_empty() {
            return Span::point(self.point(span.start));
        }
        let (Some(first), Some(last)) = (self.at(span.start), self.at(span.end - 1)) else {
            return Span::point(self.point(span.start));
        };
        Span::new(first.start(span.start), last.end(span.end.min(last.source_end())))
    }

    /// What `span` came from, piece by piece: disjoint, in order, neighbours that touch joined.
    pub fn pieces(&self, span: Span<F>) -> Vec<Span<T>> {
        if span.is_empty() {
            return vec![Span::point(self.point(span.start))];
        }
        let mut out: Vec<Span<T>> = Vec::new();
        for segment in self.touching(span) {
            let start = segment.start(span.start.max(segment.from));
            let end = segment.end(span.end.min(segment.source_end()));
            match out.last_mut() {
                Some(last) if start <= last.end => *last = Span::new(last.start, last.end.max(end)),
                _ => out.push(Span::new(start, end)),
            }
        }
        if out.is_empty() {
            out.push(Span::point(self.point(span.start)));
        }
        out
    }

    /// The map that does this one, then `next`.
    pub fn then<U>(&self, next: &OffsetMap<T, U>) -> OffsetMap<F, U> {
        let mut builder = MapBuilder::default();
        for segment in &self.segments {
            compose(*segment, next, &mut builder);
        }
        builder.finish()
    }

    fn touching(&self, span: Span<F>) -> impl Iterator<Item = Segment> + '_ {
        let first = self.segments.partition_point(|s| s.source_end() <= span.start);
        self.segments.get(first..).unwrap_or(&[]).iter().copied().take_while(move |s| s.from < span.end)
    }

    fn at(&self, offset: u32) -> Option<Segment> {
        let i = self.segments.partition_point(|s| s.source_end() <= offset);
        self.segments.get(i).copied().filter(|s| s.from <= offset)
    }

    fn point(&self, at: u32) -> u32 {
        match self.at(at) {
            Some(segment) => segment.start(at),
            None => self.segments.last().map_or(0, |s| s.to_end()),
        }
    }
}

/// Adds to `builder` what `segment` followed by `next` does.
fn compose<T, U>(segment: Segment, next: &OffsetMap<T, U>, builder: &mut MapBuilder) {
    let to: Span<T> = Span::new(segment.to, segment.to_end());
    if !segment.exact || segment.from_len == 0 {
        let hull = next.hull(to);
        builder.opaque(segment.from_len, hull.start, hull.len());
        return;
    }
    for part in next.touching(to) {
        let start = part.from.max(to.start);
        let end = part.source_end().min(to.end);
        if part.exact {
            builder.exact(end - start, part.start(start));
        } else {
            builder.opaque(end - start, part.to, part.to_len);
        }
    }
}

/// Builds an [`OffsetMap`] from left to right.
#[derive(Default)]
pub struct MapBuilder {
    segments: Vec<Segment>,
    from: u32,
}

impl MapBuilder {
    /// The next `len` bytes stand unchanged at `to`.
    pub fn exact(&mut self, len: u32, to: u32) {
        if len == 0 {
            return;
        }
        if let Some(last) = self.segments.last_mut()
            && last.exact
            && last.to_end() == to
        {
            last.from_len += len;
            last.to_len += len;
        } else {
            self.segments.push(Segment { from: self.from, from_len: len, to, to_len: len, exact: true });
        }
        self.from += len;
    }

    /// The next `len` bytes came from the `to_len` bytes (at least one) at `to` as a whole.
    pub fn opaque(&mut self, len: u32, to: u32, to_len: u32) {
        if len == 0 {
            return;
        }
        self.segments.push(Segment { from: self.from, from_len: len, to, to_len, exact: false });
        self.from += len;
    }

    /// All that `map` maps comes next.
    pub fn append<F, T>(&mut self, map: &OffsetMap<F, T>) {
        for segment in &map.segments {
            match segment.exact {
                true => self.exact(segment.from_len, segment.to),
                false => self.opaque(segment.from_len, segment.to, segment.to_len),
            }
        }
    }

    /// Bytes mapped so far.
    pub fn len(&self) -> u32 {
        self.from
    }

    /// Whether nothing is mapped yet.
    pub fn is_empty(&self) -> bool {
        self.from == 0
    }

    /// The finished map.
    pub fn finish<F, T>(self) -> OffsetMap<F, T> {
        OffsetMap { segments: self.segments, texts: PhantomData }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Norm, Raw, Said};
    use super::*;
    use proptest::prelude::*;

    /// Segments as (exact, length, gap before in the text mapped to, opaque length there).
    type Plan = Vec<(bool, u32, u32, u32)>;

    fn build<F, T>(plan: &Plan) -> (OffsetMap<F, T>, u32) {
        let (mut builder, mut to) = (MapBuilder::default(), 0);
        for &(exact, len, gap, to_len) in plan {
            to += gap;
            if exact {
                builder.exact(len, to);
                to += len;
            } else {
                builder.opaque(len, to, to_len);
                to += to_len;
            }
        }
        (builder.finish(), to)
    }

    fn plan() -> impl Strategy<Value = Plan> {
        prop::collection::vec((any::<bool>(), 1u32..5, 0u32..3, 1u32..5), 1..8)
    }

    proptest! {
        #[test]
        fn pieces_and_hull_agree(plan in plan(), a in 0u32..40, b in 0u32..40) {
            let (map, to_len): (OffsetMap<Said, Raw>, u32) = build(&plan);
            let (a, b) = (a.min(b).min(map.from_len()), a.max(b).min(map.from_len()));
            let hull = map.hull(Span::new(a, b));
            prop_assert!(hull.start <= hull.end && hull.end <= to_len);
            let pieces = map.pieces(Span::new(a, b));
            prop_assert_eq!(pieces[0].start, hull.start);
            prop_assert_eq!(pieces[pieces.len() - 1].end, hull.end);
            prop_assert!(pieces.windows(2).all(|w| w[0].end < w[1].start));
            prop_assert!(a != b || hull.is_empty());
        }

        #[test]
        fn mapping_is_monotone(plan in plan(), a in 0u32..40, b in 0u32..40) {
            let (map, _): (OffsetMap<Said, Raw>, u32) = build(&plan);
            let (a, b) = (a.min(b), a.max(b));
            prop_assert!(map.hull(Span::new(a, a + 1)).start <= map.hull(Span::new(b, b + 1)).start);
            prop_assert!(map.hull(Span::new(a, a + 1)).end <= map.hull(Span::new(b, b + 1)).end);
        }

        #[test]
        fn then_is_doing_both(first in plan(), second in plan(), a in 0u32..40, b in 0u32..40) {
            let (one, to_len): (OffsetMap<Norm, Said>, u32) = build(&first);
            let mut second = second;
            second.push((true, to_len + 1, 0, 0));
            let (two, _): (OffsetMap<Said, Raw>, u32) = build(&second);
            let (a, b) = (a.min(b).min(one.from_len()), a.max(b).min(one.from_len()));
            prop_assume!(a < b);
            let both = one.then(&two);
            prop_assert_eq!(both.from_len(), one.from_len());
            let middle = one.hull(Span::new(a, b));
            prop_assume!(!middle.is_empty());
            let stepwise = two.hull(middle);
            let at_once = both.hull(Span::new(a, b));
            prop_assert_eq!(at_once, stepwise);
        }
    }

    #[test]
    fn a_span_that_cuts_an_opaque_segment_grows() {
        let mut builder = MapBuilder::default();
        builder.exact(3, 10);
        builder.opaque(1, 13, 3);
        builder.exact(3, 20);
        let map: OffsetMap<Norm, Said> = builder.finish();
        assert_eq!(map.hull(Span::new(2, 4)), Span::new(12, 16));
        assert_eq!(map.pieces(Span::new(0, 7)), vec![Span::new(10, 16), Span::new(20, 23)]);
    }
}
