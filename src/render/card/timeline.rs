//! The stages as a band over the conversation: which columns each takes, and where turns stand in it.

use crate::report::Stretch;

/// A stretch in columns.
pub(super) struct Column<'a> {
    pub(super) stretch: &'a Stretch,
    /// Columns before it.
    pub(super) from: usize,
    /// Columns that it takes.
    pub(super) width: usize,
}

/// Columns for an edge and a name of two characters.
const NAMED: usize = 5;

/// Gives every stretch of a band `width` columns wide its part, by turns, and room for its name where that can be.
pub(super) fn columns(timeline: &[Stretch], turns: usize, width: usize) -> Vec<Column<'_>> {
    let end_of = |turn: u32| (turn as usize * width).div_ceil(turns.max(1));
    let least = if timeline.len() * NAMED <= width { NAMED } else { 2 };
    let mut from = 0;
    let mut out = Vec::new();
    for (i, stretch) in timeline.iter().enumerate() {
        let behind = timeline.len() - 1 - i;
        let last = width.saturating_sub(behind * least).max(from + least);
        let to = end_of(stretch.last_turn).clamp(from + least, last);
        out.push(Column { stretch, from, width: to - from });
        from = to;
    }
    out
}

/// The column of a turn.
pub(super) fn column_of(columns: &[Column<'_>], turn: u32) -> Option<usize> {
    let inside = |c: &&Column<'_>| (c.stretch.first_turn..=c.stretch.last_turn).contains(&turn);
    let column = columns.iter().find(inside)?;
    let (first, last) = (column.stretch.first_turn, column.stretch.last_turn);
    let turns = (last - first + 1) as usize;
    Some(column.from + (turn - first) as usize * column.width / turns)
}
