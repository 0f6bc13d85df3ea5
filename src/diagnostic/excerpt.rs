//! The part of a source that a picture shows: a few lines, shortened around the labels and made visible, that still
//! know their line numbers and columns.

use super::picture::{Label, Picture};
use super::visible::visible;
use super::window::windows;
use crate::text::{Raw, SourceText, Span};
use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};
use std::fmt;
use std::ops::Range;

/// So many unlabelled lines between two labelled ones are shown rather than left out (a cue break of SubRip has three).
const BRIDGE: u32 = 3;
/// Lines shown of one label that covers many, at each of its ends.
const ENDS: u32 = 3;

/// What miette draws.
#[derive(Debug)]
pub(super) struct Excerpt<'a> {
    picture: &'a Picture,
    text: String,
    lines: Vec<Line>,
    marks: Vec<Mark>,
}

/// One line of the excerpt.
#[derive(Debug)]
struct Line {
    /// Its number in the source, from 1.
    number: u32,
    /// Its place in the excerpt.
    at: Range<usize>,
}

/// One label, or the part of it that stands in one line.
#[derive(Clone, Debug)]
struct Mark {
    line: u32,
    /// In the source, then (once its line is written) in the excerpt.
    at: Range<usize>,
    column: u32,
    text: String,
    primary: bool,
}

impl<'a> Excerpt<'a> {
    /// Cuts what `picture` shows, lines no wider than `width` columns where that can be done.
    pub(super) fn of(picture: &'a Picture, width: usize) -> Self {
        let mut excerpt = Excerpt { picture, text: String::new(), lines: Vec::new(), marks: Vec::new() };
        let marks = disjoint(picture.labels.iter().flat_map(|label| parts(label, &picture.source)).collect());
        let numbers = shown_lines(&marks);
        let digits = numbers.last().map_or(1, |n| n.to_string().len());
        for number in numbers {
            let of_line = marks.iter().filter(|mark| mark.line == number).cloned().collect();
            excerpt.push(number, of_line, width.saturating_sub(digits + 5).max(40));
        }
        excerpt
    }

    /// The styles of the labels in the order in which miette meets them: whether each is primary.
    pub(super) fn primaries(&self) -> impl Iterator<Item = bool> + '_ {
        self.marks.iter().map(|mark| mark.primary)
    }

    fn push(&mut self, number: u32, mut marks: Vec<Mark>, budget: usize) {
        let text = self.picture.source.text();
        let line = self.picture.source.line_span(number).range();
        marks.sort_by_key(|mark| (mark.at.start, mark.at.end));
        let places: Vec<Range<usize>> = marks.iter().map(|mark| mark.at.clone()).collect();
        let windows = windows(text, &line, &places, budget);
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        let mut placed: Vec<(Range<usize>, usize)> = Vec::new();
        for window in windows {
            let after = placed.last().map_or(line.start, |(last, _)| last.end);
            if window.start > after {
                self.text.push('…');
            }
            placed.push((window.clone(), self.text.len()));
            self.text.push_str(&visible(text.get(window).unwrap_or("")));
        }
        if placed.last().is_some_and(|(last, _)| last.end < line.end) {
            self.text.push('…');
        }
        if self.text.len() == start {
            self.text.push(' ');
        }
        for mark in &mut marks {
            mark.at = place(text, &placed, mark.at.start)..place(text, &placed, mark.at.end);
        }
        self.lines.push(Line { number, at: start..self.text.len() });
        self.marks.append(&mut marks);
    }

    fn line_of(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.at.end < offset)
    }
}

/// Where byte `offset` of the source stands in the excerpt.
fn place(text: &str, placed: &[(Range<usize>, usize)], offset: usize) -> usize {
    let at = placed.partition_point(|(window, _)| window.end < offset).min(placed.len().saturating_sub(1));
    let Some((window, shown)) = placed.get(at) else {
        return 0;
    };
    shown + text.get(window.start..offset.max(window.start)).map_or(0, |before| visible(before).len())
}

/// A label, line by line; a label over many lines keeps its ends.
fn parts(label: &Label, source: &SourceText) -> Vec<Mark> {
    let first = source.lines().line(label.span.start);
    let last = source.lines().line(label.span.end.saturating_sub(1).max(label.span.start));
    let mut out: Vec<Mark> = Vec::new();
    for number in (first..=last).filter(|n| *n < first + ENDS || *n + ENDS > last) {
        let line: Span<Raw> = source.line_span(number);
        let start = label.span.start.max(line.start).min(line.end);
        let end = label.span.end.min(line.end).max(start);
        if start < end || first == last {
            let column = source.position(start).column;
            out.push(Mark {
                line: number,
                at: start as usize..end as usize,
                column,
                text: String::new(),
                primary: label.primary,
            });
        }
    }
    if let Some(mark) = out.first_mut() {
        mark.text = visible(&label.text).into_owned();
    }
    out
}

/// miette moves a label that overlaps another to the right, away from its characters. So secondary labels give way:
/// they keep what no other covers, and pass their words on where nothing is left.
fn disjoint(marks: Vec<Mark>) -> Vec<Mark> {
    let (primary, secondary): (Vec<Mark>, Vec<Mark>) = marks.into_iter().partition(|mark| mark.primary);
    let mut kept: Vec<Mark> = Vec::new();
    for mark in primary.into_iter().chain(secondary) {
        let mut rest = vec![mark.at.clone()];
        for other in kept.iter().filter(|other| !other.at.is_empty()) {
            rest = rest.into_iter().flat_map(|range| without(range, &other.at)).collect();
        }
        let Some(longest) = rest.iter().max_by_key(|range| range.len()).cloned() else {
            if let Some(cover) = kept.iter_mut().find(|other| other.at.contains(&mark.at.start)) {
                let joint = if cover.text.is_empty() || mark.text.is_empty() { "" } else { " · " };
                cover.text = format!("{}{joint}{}", cover.text, mark.text);
            }
            continue;
        };
        for at in rest {
            let text = if at == longest { mark.text.clone() } else { String::new() };
            kept.push(Mark { at, text, ..mark.clone() });
        }
    }
    kept
}

fn without(range: Range<usize>, hole: &Range<usize>) -> Vec<Range<usize>> {
    if hole.end <= range.start || range.end <= hole.start || range.is_empty() {
        return vec![range];
    }
    [range.start..hole.start.max(range.start), hole.end.min(range.end)..range.end]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect()
}

/// The labelled lines, and the few that stand between two of them.
fn shown_lines(marks: &[Mark]) -> Vec<u32> {
    let mut labelled: Vec<u32> = marks.iter().map(|mark| mark.line).collect();
    labelled.sort_unstable();
    labelled.dedup();
    let mut out: Vec<u32> = Vec::new();
    for number in labelled {
        if let Some(last) = out.last().copied()
            && number - last <= BRIDGE + 1
        {
            out.extend(last + 1..number);
        }
        out.push(number);
    }
    out
}

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Excerpt<'_> {}

impl Diagnostic for Excerpt<'_> {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.marks.iter().map(|mark| {
            let text = (!mark.text.is_empty()).then(|| mark.text.clone());
            let span = SourceSpan::new(mark.at.start.into(), mark.at.len());
            if mark.primary {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        })))
    }
}

impl SourceCode for Excerpt<'_> {
    /// Whole lines. Line and column are those of the source, the column in characters (miette itself counts bytes).
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let (first, last) = (self.line_of(span.offset()), self.line_of(span.offset() + span.len()));
        let lines = self.lines.get(first..=last).ok_or(MietteError::OutOfBounds)?;
        let (Some(head), Some(tail)) = (lines.first(), lines.last()) else {
            return Err(MietteError::OutOfBounds);
        };
        if tail.number - head.number != (last - first) as u32 {
            return Err(MietteError::OutOfBounds);
        }
        let column =
            self.marks.iter().find(|mark| mark.at.start == span.offset()).map_or(1, |mark| mark.column);
        let at = head.at.start..tail.at.end;
        Ok(Box::new(MietteSpanContents::new_named(
            visible(&self.picture.name).into_owned(),
            self.text.get(at.clone()).unwrap_or("").as_bytes(),
            SourceSpan::new(at.start.into(), at.len()),
            head.number as usize - 1,
            column as usize - 1,
            // miette joins pictures whose lines would touch by this count; whether they can be joined is asked above.
            lines.len() + BRIDGE as usize,
        )))
    }
}
