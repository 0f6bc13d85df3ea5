//! Which parts of a line a picture shows.

use super::visible::columns;
use std::ops::Range;

/// Characters shown at most on each side of a label in a line that is too long.
const SIDE: usize = 60;
/// Columns shown at least on each side, however many labels share the line.
const SIDE_MIN: usize = 16;

/// What is shown of a line: all of it, or the neighbourhood of each label.
pub(super) fn windows(
    text: &str,
    line: &Range<usize>,
    labels: &[Range<usize>],
    budget: usize,
) -> Vec<Range<usize>> {
    let whole = text.get(line.clone()).unwrap_or("");
    if whole.len() <= budget * 4 && columns(whole) <= budget {
        return vec![line.clone()];
    }
    if labels.is_empty() {
        let end = right(text, line, line.start, budget - 1);
        return std::iter::once(line.start..end).collect();
    }
    let edges = edges(text, labels, budget);
    let side = side(text, &edges, budget);
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in edges {
        let start = left(text, line, range.start, side);
        let spare = side - columns(text.get(start..range.start).unwrap_or("")).min(side);
        let end = right(text, line, range.end, side + spare);
        match out.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => out.push(start..end),
        }
    }
    out
}

/// What must be seen: each label, or both ends of one that is itself too long.
fn edges(text: &str, labels: &[Range<usize>], budget: usize) -> Vec<Range<usize>> {
    let long = |range: &Range<usize>| {
        range.len() > budget && columns(text.get(range.clone()).unwrap_or("")) > budget
    };
    labels
        .iter()
        .cloned()
        .flat_map(|at| if long(&at) { vec![at.start..at.start, at.end..at.end] } else { vec![at] })
        .collect()
}

/// Columns for each side of each edge, when all share what the edges leave.
fn side(text: &str, edges: &[Range<usize>], budget: usize) -> usize {
    let taken: usize = edges.iter().filter_map(|at| text.get(at.clone())).map(columns).sum();
    (budget.saturating_sub(taken + 2) / (2 * edges.len().max(1))).max(SIDE_MIN)
}

fn left(text: &str, line: &Range<usize>, from: usize, side: usize) -> usize {
    let before = text.get(line.start..from).unwrap_or("");
    let kept = reach(before.chars().rev(), side);
    from - kept
}

fn right(text: &str, line: &Range<usize>, from: usize, side: usize) -> usize {
    let after = text.get(from..line.end).unwrap_or("");
    from + reach(after.chars(), side)
}

/// Bytes of the characters that fit into `side` columns, [`SIDE`] of them at most.
fn reach(chars: impl Iterator<Item = char>, side: usize) -> usize {
    let (mut bytes, mut taken) = (0, 0);
    for c in chars.take(SIDE) {
        taken += columns(c.encode_utf8(&mut [0; 4]));
        if taken > side {
            break;
        }
        bytes += c.len_utf8();
    }
    bytes
}
