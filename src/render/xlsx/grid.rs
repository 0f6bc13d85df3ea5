//! A sheet that is filled row by row: headings that stay, filters, columns as wide as what stands in them.

use super::super::columns::{Cell, is_like_a_formula};
use super::Paper;
use crate::diagnostic::columns;
use rust_xlsxwriter::{ColNum, Format, RowNum, Worksheet, XlsxError};

/// What a cell of Excel holds, in UTF-16 units.
const LONGEST: usize = 32_767;

/// Stands where text was cut.
const CUT: &str = "…✂";

/// Display columns of the narrowest and the widest column.
const WIDTHS: (usize, usize) = (5, 34);

/// Wide characters do not fill a line to its end.
const LOOSE: usize = 4;

/// Points of a line of text, and the lines of the highest row.
const LINE: (f64, usize) = (15.0, 12);

pub(super) struct Grid<'a> {
    pub(super) sheet: Worksheet,
    paper: Paper<'a>,
    widths: Vec<usize>,
    /// Whether something stands in a column below its heading.
    filled: Vec<bool>,
    next: RowNum,
}

impl<'a> Grid<'a> {
    pub(super) fn new(paper: Paper<'a>, name: &str) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        Ok(Grid { sheet, paper, widths: Vec::new(), filled: Vec::new(), next: 0 })
    }

    /// Headings that stay in view and on every printed page.
    pub(super) fn heading(&mut self, names: &[String]) -> Result<(), XlsxError> {
        self.sheet.set_freeze_panes(self.next + 1, 0)?.set_repeat_rows(self.next, self.next)?;
        let format = self.paper.looks.heading.clone();
        for (at, name) in names.iter().enumerate() {
            self.put(self.next, at, &Cell::Text(name.clone()), &format)?;
            self.widen(at, columns(name) + FILTER);
        }
        self.next += 1;
        Ok(())
    }

    /// The number of the next row.
    pub(super) fn next(&self) -> RowNum {
        self.next
    }

    pub(super) fn is_full(&self) -> bool {
        self.next >= self.paper.limits.rows
    }

    /// Whether something stands in that column below its heading.
    pub(super) fn has_content(&self, at: usize) -> bool {
        self.filled.get(at).copied().unwrap_or(false)
    }

    /// One row, each cell with its look, as high as its longest text needs it.
    pub(super) fn row(&mut self, cells: &[(Cell, &Format)]) -> Result<RowNum, XlsxError> {
        self.filled.resize(self.filled.len().max(cells.len()), false);
        let mut lines = 1;
        for (at, (cell, format)) in cells.iter().enumerate() {
            self.put(self.next, at, cell, format)?;
            let width = width(cell);
            self.widen(at, width);
            lines = lines.max(width.div_ceil(WIDTHS.1 - LOOSE));
            if let Some(filled) = self.filled.get_mut(at) {
                *filled |= *cell != Cell::Empty;
            }
        }
        if lines > 1 {
            self.sheet.set_row_height(self.next, LINE.0 * lines.min(LINE.1) as f64)?;
        }
        self.next += 1;
        Ok(self.next - 1)
    }

    /// A line over the table, as wide as it is.
    pub(super) fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        let format = self.paper.looks.title.clone();
        self.put(self.next, 0, &Cell::Text(text.to_owned()), &format)?;
        self.next += 1;
        Ok(())
    }

    /// Widths, and a filter over what was written below the headings in row `top`.
    pub(super) fn finish(mut self, filter: Option<RowNum>) -> Result<Worksheet, XlsxError> {
        for (at, width) in self.widths.iter().enumerate() {
            self.sheet.set_column_width(column(at), (*width as f64).min(WIDTHS.1 as f64) + 1.0)?;
        }
        if let Some(top) = filter
            && !self.widths.is_empty()
        {
            let last = (self.next - 1).max(top);
            self.sheet.autofilter(top, 0, last, column(self.widths.len() - 1))?;
        }
        Ok(self.sheet)
    }

    /// Makes a column at least so wide.
    pub(super) fn widen(&mut self, at: usize, width: usize) {
        if self.widths.len() <= at {
            self.widths.resize(at + 1, WIDTHS.0);
        }
        if let Some(widest) = self.widths.get_mut(at) {
            *widest = (*widest).max(width);
        }
    }

    fn put(&mut self, row: RowNum, at: usize, cell: &Cell, format: &Format) -> Result<(), XlsxError> {
        let at = column(at);
        match cell {
            Cell::Empty => self.sheet.write_blank(row, at, format)?,
            Cell::Number(number) => self.sheet.write_number_with_format(row, at, *number, format)?,
            // Typed anew by an editor, such text would become a formula: the mark keeps it text.
            Cell::Text(text) if is_like_a_formula(text) => {
                let format = format.clone().set_quote_prefix();
                self.sheet.write_string_with_format(row, at, fitting(text), &format)?
            }
            Cell::Text(text) => self.sheet.write_string_with_format(row, at, fitting(text), format)?,
        };
        Ok(())
    }
}

/// Room for the button of the filter.
const FILTER: usize = 3;

fn width(cell: &Cell) -> usize {
    match cell {
        Cell::Empty => 0,
        Cell::Number(number) => number.to_string().len(),
        Cell::Text(text) => columns(text),
    }
}

pub(super) fn column(at: usize) -> ColNum {
    ColNum::try_from(at).unwrap_or(ColNum::MAX)
}

/// The text, or as much of it as a cell holds, with a mark where it was cut.
pub(super) fn fitting(text: &str) -> String {
    if text.encode_utf16().count() <= LONGEST {
        return text.to_owned();
    }
    let room = LONGEST - CUT.encode_utf16().count();
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= room
    };
    let mut out: String = text.chars().take_while(fits).collect();
    out.push_str(CUT);
    out
}
