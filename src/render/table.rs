//! Plain tables, aligned by display width.

use super::Style;
use crate::diagnostic::{Paint, columns, pad};

/// A cell's place in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

/// Rows under a heading, two spaces between columns.
pub(super) fn table(heading: &[String], align: &[Align], rows: &[Vec<String>], style: &Style) -> String {
    let width = |i: usize| {
        let cells = rows.iter().map(Vec::as_slice).chain([heading]).filter_map(|row| row.get(i));
        cells.map(|cell| columns(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heading.len()).map(width).collect();
    let line = |cells: &[String]| {
        let cells = cells.iter().zip(&widths).enumerate().map(|(i, (cell, width))| match align.get(i) {
            Some(Align::Right) => format!("{}{cell}", " ".repeat(width.saturating_sub(columns(cell)))),
            _ => pad(cell, *width),
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut out = format!("{}\n", style.look.paint(Paint::Strong, &line(heading)));
    for row in rows {
        out.push_str(&line(row));
        out.push('\n');
    }
    out
}
