//! Excel workbooks, cell by cell: a sheet's declared size is never believed.

use super::super::error::ReadError;
use super::super::sites::Made;
use super::super::table::Table;
use super::package::Package;
use super::sheets::Sheets;
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use std::io::Cursor;

const KIND: &str = "xlsx";
/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;

/// The sheets of a workbook.
pub(super) fn tables(bytes: &[u8]) -> Result<(Made, Vec<Table>), ReadError> {
    Package::open(bytes, KIND)?.sound()?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|wrong| error(&wrong))?;
    let mut sheets = Sheets::default();
    for name in book.sheet_names() {
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            // A chart or a macro has a sheet of its own.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(wrong) => return Err(error(&wrong)),
        };
        sheets.sheet(&name);
        while let Some(cell) = cells.next_cell().map_err(|wrong| error(&wrong))? {
            let (row, column) = cell.get_position();
            let (words, time) = said(cell.get_value());
            sheets.cell(row, column, &words, time)?;
        }
    }
    Ok(sheets.finish())
}

fn error(error: &XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::Encrypted { kind: KIND },
        _ => ReadError::Package { kind: KIND },
    }
}

/// What a cell says, and the time that it holds.
fn said(value: &DataRef<'_>) -> (String, Option<u64>) {
    match value {
        DataRef::DateTime(time) => dated(time),
        DataRef::Empty | DataRef::Error(_) => (String::new(), None),
        DataRef::Int(number) => (number.to_string(), None),
        DataRef::Float(number) => (number.to_string(), None),
        DataRef::Bool(truth) => (truth.to_string(), None),
        DataRef::SharedString(words) => ((*words).to_owned(), None),
        DataRef::String(words) | DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => {
            (words.clone(), None)
        }
    }
}

/// A day, a time, or both; the time is that of the day.
fn dated(time: &ExcelDateTime) -> (String, Option<u64>) {
    let value = time.as_f64();
    let length = time.is_duration() || value < 1.0;
    let of_day = if length { value } else { value.fract() };
    let ms = super::super::clock::milliseconds(of_day * DAY);
    let clock = ms.map(written).unwrap_or_default();
    if length {
        return (clock, ms);
    }
    let (year, month, day, ..) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if ms == Some(0) { (date, ms) } else { (format!("{date} {clock}"), ms) }
}

/// `00:01:02`, with milliseconds where there are any.
fn written(ms: u64) -> String {
    let (h, m, s, rest) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000);
    let clock = format!("{h:02}:{m:02}:{s:02}");
    if rest == 0 { clock } else { format!("{clock}.{rest:03}") }
}
