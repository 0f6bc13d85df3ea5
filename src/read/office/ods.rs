//! OpenDocument spreadsheets: the cells of `content.xml`.
//!
//! Equal neighbours are written once with a count; a count says nothing of the file's size, so it is not trusted far.

use super::super::clock::milliseconds;
use super::super::error::ReadError;
use super::super::sites::Made;
use super::super::table::Table;
use super::super::xml::{Node, Xml, attribute, local};
use super::package::Package;
use super::sheets::Sheets;
use quick_xml::events::BytesStart;

const KIND: &str = "ods";
/// Equal rows that are read.
const ROWS: u32 = 10_000;
/// Equal cells that are read.
const COLUMNS: u32 = 64;

/// The sheets of a workbook.
pub(super) fn tables(bytes: &[u8]) -> Result<(Made, Vec<Table>), ReadError> {
    let mut package = Package::open(bytes, KIND)?;
    if package.part("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(ReadError::Encrypted { kind: KIND });
    }
    let text = package.part("content.xml")?.ok_or(ReadError::Package { kind: KIND })?;
    let mut xml = Xml::new(&text, KIND);
    let mut walker = Walker::default();
    loop {
        match xml.next()? {
            Node::Start(start) => walker.start(&start),
            Node::End(name) => walker.end(local(&name))?,
            Node::Text(range) => walker.say(text.get(range).unwrap_or("")),
            Node::Char(c, _) => walker.say(c.encode_utf8(&mut [0; 4])),
            Node::Eof => return Ok(walker.sheets.finish()),
        }
    }
}

/// A cell that is open or done.
#[derive(Clone, Default)]
struct Cell {
    words: String,
    time: Option<u64>,
    repeated: u32,
    /// Paragraphs begun in it.
    paragraphs: u32,
}

#[derive(Default)]
struct Walker {
    sheets: Sheets,
    /// Tables inside a cell are none of ours.
    depth: u32,
    row: u32,
    repeated: u32,
    cells: Vec<(u32, Cell)>,
    column: u32,
    cell: Option<Cell>,
    /// Inside a paragraph of a cell.
    said: bool,
    /// Elements deep in a comment.
    mute: u32,
}

impl Walker {
    fn start(&mut self, start: &BytesStart<'_>) {
        let value = |name: &str| attribute(start, name);
        let count = |name: &str| value(name).and_then(|value| value.parse().ok()).unwrap_or(1).max(1);
        let name = start.local_name();
        if self.mute > 0 || matches!(name.as_ref(), "annotation" | "shapes" | "tracked-changes") {
            self.mute += 1;
            return;
        }
        match name.as_ref() {
            "table" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.sheets.sheet(&value("name").unwrap_or_default());
                    self.row = 0;
                }
            }
            "table-row" => (self.repeated, self.column) = (count("number-rows-repeated"), 0),
            "table-cell" | "covered-table-cell" => {
                let time = value("time-value").and_then(|time| duration(&time));
                self.cell =
                    Some(Cell { time, repeated: count("number-columns-repeated"), ..Cell::default() });
            }
            "p" => {
                self.said = self.cell.is_some();
                if let Some(cell) = &mut self.cell {
                    cell.paragraphs += 1;
                    if cell.paragraphs > 1 {
                        cell.words.push('\n');
                    }
                }
            }
            "s" => self.say(&" ".repeat(count("c").min(256) as usize)),
            "tab" => self.say("\t"),
            "line-break" => self.say("\n"),
            _ => {}
        }
    }

    fn say(&mut self, words: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|_| self.said && self.mute == 0) {
            cell.words.push_str(words);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        if self.mute > 0 {
            self.mute -= 1;
            return Ok(());
        }
        match name {
            "table" => self.depth = self.depth.saturating_sub(1),
            "p" => self.said = false,
            "table-cell" | "covered-table-cell" => {
                if let Some(cell) = self.cell.take() {
                    let column = self.column;
                    self.column = column.saturating_add(cell.repeated);
                    if !cell.words.trim().is_empty() {
                        self.cells.push((column, cell));
                    }
                }
            }
            "table-row" => self.finish_row()?,
            _ => {}
        }
        Ok(())
    }

    fn finish_row(&mut self) -> Result<(), ReadError> {
        let cells = std::mem::take(&mut self.cells);
        let times = if cells.is_empty() { 0 } else { self.repeated.min(ROWS) };
        for row in 0..times {
            for (column, cell) in &cells {
                for nth in 0..cell.repeated.min(COLUMNS) {
                    self.sheets.cell(
                        self.row.saturating_add(row),
                        column.saturating_add(nth),
                        &cell.words,
                        cell.time,
                    )?;
                }
            }
        }
        self.row = self.row.saturating_add(self.repeated);
        Ok(())
    }
}

/// `PT00H01M02.5S` in milliseconds.
fn duration(text: &str) -> Option<u64> {
    let mut rest = text.strip_prefix("PT")?;
    let mut seconds = 0.0;
    for (unit, worth) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((number, after)) = rest.split_once(unit) {
            seconds += number.replace(',', ".").parse::<f64>().ok()? * worth;
            rest = after;
        }
    }
    milliseconds(seconds * 1000.0).filter(|_| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_milliseconds() {
        assert_eq!(duration("PT00H01M02.5S"), Some(62_500));
        assert_eq!(duration("PT36H00M00S"), Some(129_600_000));
        assert_eq!((duration("00:01"), duration("PT1X")), (None, None));
    }
}
