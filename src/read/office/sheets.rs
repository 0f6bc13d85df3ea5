//! The cells of a workbook as a text: a line a row, tabs between cells.

use super::super::cut::Cut;
use super::super::error::{ReadError, size};
use super::super::lines::offset;
use super::super::sites::{Made, Site};
use super::super::table::{Cell, Row, Table};

/// A workbook may hold so much text; a string that stands once in the file can be named a million times.
const TEXT: usize = 512 << 20;
/// And so many cells.
const CELLS: usize = 8_000_000;
/// Blank rows in a row that are kept.
const GAP: u32 = 100;

/// Sheets in the making.
#[derive(Default)]
pub(super) struct Sheets {
    made: Made,
    tables: Vec<Table>,
    sheet: usize,
    row: Row,
    number: u32,
    cells: usize,
    /// Lines written.
    lines: u32,
}

impl Sheets {
    /// Begins a sheet.
    pub(super) fn sheet(&mut self, name: &str) {
        self.finish_row();
        self.sheet = self.made.sheet(name);
        self.tables.push(Table { name: Some(name.to_owned()), rows: Vec::new() });
    }

    /// Adds a cell; row and column count from 0. Blank ones are left out.
    pub(super) fn cell(
        &mut self,
        row: u32,
        column: u32,
        words: &str,
        time: Option<u64>,
    ) -> Result<(), ReadError> {
        if words.trim().is_empty() {
            return Ok(());
        }
        self.cells += 1;
        if self.cells > CELLS || self.made.text.len() + words.len() > TEXT {
            return Err(ReadError::Inflated { limit: size(TEXT as u64) });
        }
        if row != self.number {
            self.finish_row();
        }
        self.number = row;
        if self.row.cells.is_empty() && self.tables.len() == 1 {
            // A line of the first sheet is its row, unless rows are far apart.
            for _ in self.lines..row.min(self.lines + GAP) {
                self.made.line();
                self.lines += 1;
            }
        }
        match self.row.cells.is_empty() {
            true => self.row.at = offset(self.made.text.len()),
            false => self.made.text.push('\t'),
        }
        let span = self.made.words(words, Site::Cell { sheet: self.sheet, row, column });
        let mut cut = Cut::default();
        cut.plain(span);
        self.row.cells.push(Cell { column, cut, time });
        Ok(())
    }

    fn finish_row(&mut self) {
        let mut row = std::mem::take(&mut self.row);
        if row.cells.is_empty() {
            return;
        }
        row.cells.sort_by_key(|cell| cell.column);
        self.made.line();
        self.lines += 1;
        if let Some(table) = self.tables.last_mut() {
            table.rows.push(row);
        }
    }

    pub(super) fn finish(mut self) -> (Made, Vec<Table>) {
        self.finish_row();
        (self.made, self.tables)
    }
}
