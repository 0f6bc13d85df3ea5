//! The times of a table's rows.

use super::super::clock::{milliseconds, range, seconds};
use super::columns::Layout;
use super::{Row, Table};

/// Whole numbers that grow by more than this a row, on the average, are milliseconds.
const MS_A_ROW: f64 = 100.0;

/// How the columns of times are read.
pub(super) struct Times {
    start: Option<u32>,
    end: Option<u32>,
    /// Bare numbers are milliseconds.
    ms: bool,
}

/// What a cell says of time.
enum Said {
    Nothing,
    /// In milliseconds, with an end where the cell names both.
    At(u64, Option<u64>),
    Unclear,
}

impl Times {
    /// Told by the header (`start_ms`, `开始（秒）`), else by the numbers: fractions are seconds, and whole numbers
    /// that grow fast are milliseconds.
    pub(super) fn of(source: &str, table: &Table, layout: &Layout) -> Self {
        let header = layout.from.checked_sub(1).and_then(|i| table.rows.get(i));
        let name = header.map(|row| row.text(source, layout.start.or(layout.end)).to_lowercase());
        let name = name.unwrap_or_default();
        let numbers: Vec<f64> = table
            .rows
            .iter()
            .skip(layout.from)
            .filter_map(|row| row.text(source, layout.start.or(layout.end)).parse().ok())
            .collect();
        let latest = numbers.iter().copied().fold(0.0, f64::max);
        let whole = numbers.iter().all(|number| number.fract() == 0.0);
        #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
        let fast = latest / numbers.len().max(1) as f64 > MS_A_ROW;
        let ms = match () {
            () if name.contains("ms") || name.contains("毫秒") => true,
            () if name.contains('秒') || name.contains("sec") || name.contains("(s)") => false,
            () => whole && fast,
        };
        Times { start: layout.start, end: layout.end, ms }
    }

    /// Start and end of a row, and whether something there could not be understood.
    pub(super) fn of_row(&self, source: &str, row: &Row) -> (Option<(u64, Option<u64>)>, bool) {
        match (self.cell(source, row, self.start), self.cell(source, row, self.end)) {
            (Said::At(start, end), Said::Nothing) => (Some((start, end)), false),
            (Said::At(start, _), Said::At(end, _)) => (Some((start, Some(end))), false),
            (Said::At(start, end), Said::Unclear) => (Some((start, end)), true),
            (Said::Nothing, Said::Nothing) => (None, false),
            _ => (None, true),
        }
    }

    fn cell(&self, source: &str, row: &Row, column: Option<u32>) -> Said {
        let Some(cell) = column.and_then(|column| row.cell(column)) else { return Said::Nothing };
        if let Some(time) = cell.time {
            return Said::At(time, None);
        }
        let text = cell.cut.text(source);
        let text = text.trim();
        if text.is_empty() {
            return Said::Nothing;
        }
        if let Ok(number) = text.trim_end_matches(['s', 'S', '秒']).parse::<f64>() {
            let read = if self.ms { milliseconds(number) } else { seconds(number) };
            return read.map_or(Said::Unclear, |at| Said::At(at, None));
        }
        let bare = text.trim_start_matches(['[', '(']);
        let bare =
            bare.split_once(' ').filter(|(day, _)| day.contains(['-', '/'])).map_or(bare, |(_, time)| time);
        range(bare).map_or(Said::Unclear, |(start, end, _)| Said::At(start, end))
    }
}
