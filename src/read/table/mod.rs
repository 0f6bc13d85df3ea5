//! Tables: a row for each segment, columns told by their header.
//!
//! - The header is the first of the first twenty rows that names a column of words and another one; what stands above
//!   it are header fields. `--columns` names columns itself.
//! - Rows with an id are conversations, in order of first appearance; without, each sheet is one.
//! - Columns named by those who speak (`客服 | 客户`) are read a row at a time, from left to right.
//! - With a column of speakers, adjacent rows of one speaker are one turn; an empty cell (the rest of a merged one) goes
//!   on with the speaker above. Without, labels are looked for in the words, as in subtitles.

mod columns;
mod times;

pub use columns::Columns;

use super::cues::{self, Cue, CueLine};
use super::cut::Cut;
use super::error::{ReadError, shown};
use super::labels::header_field;
use super::sites::BREAK;
use super::turns::{Turns, Who};
use crate::transcript::{Meta, Transcript};
use columns::Layout;
use std::collections::HashMap;
use times::Times;

/// Rows in which a header is looked for.
const HEAD: usize = 20;

/// One cell.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Its column, from 0.
    pub(super) column: u32,
    pub(super) cut: Cut,
    /// The time that it holds, where the file keeps times as such.
    pub(super) time: Option<u64>,
}

/// A row: its cells that are not empty, in order, and where it begins in the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) at: u32,
    pub(super) cells: Vec<Cell>,
}

impl Row {
    fn cell(&self, column: u32) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        self.cells.get(at)
    }

    fn text(&self, source: &str, column: Option<u32>) -> String {
        let cell = column.and_then(|column| self.cell(column));
        cell.map(|cell| cell.cut.text(source).trim().to_owned()).unwrap_or_default()
    }
}

/// One table of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// The sheet's name.
    pub(super) name: Option<String>,
    pub(super) rows: Vec<Row>,
}

/// Whether a table is one of speech: its header says who or when, or the words are labelled.
pub(super) fn is_known(source: &str, table: &Table) -> bool {
    let Ok(layout) = columns::layout(source, table, &Columns::default()) else { return false };
    if layout.says_who_or_when() {
        return true;
    }
    let rows = table.rows.get(layout.from..).unwrap_or_default().iter();
    let words: Vec<String> = rows.map(|row| row.text(source, Some(layout.text))).collect();
    let mut census = super::labels::Census::default();
    words.iter().for_each(|words| {
        census.count(super::labels::lead(words).as_ref());
    });
    census.decide();
    census.people() >= 2
}

/// Whether a line of a file is a header: it names a column of words and one of who or when.
pub(super) fn is_header(line: &str, delimiter: u8) -> bool {
    // It takes two names, and most lines have no such mark.
    line.as_bytes().contains(&delimiter)
        && columns::is_header(line.split(char::from(delimiter)).map(|name| name.trim().trim_matches('"')))
}

/// Reads the conversations of `tables`; none where nobody says a word. Tables without a header are left out where
/// another has one.
pub(super) fn read(source: &str, tables: &[Table], columns: &Columns) -> Result<Vec<Transcript>, ReadError> {
    let (mut known, mut error) = (Vec::new(), None);
    for table in tables.iter().filter(|table| !table.rows.is_empty()) {
        match columns::layout(source, table, columns) {
            Ok(layout) => known.push((table, layout)),
            Err(wrong) => error = error.or(Some(wrong)),
        }
    }
    match error {
        Some(error) if known.is_empty() => Err(error),
        _ => Ok(conversations(source, &known)),
    }
}

fn conversations(source: &str, tables: &[(&Table, Layout)]) -> Vec<Transcript> {
    let mut found: Vec<Transcript> = Vec::new();
    for (table, layout) in tables {
        let before = found.len();
        for gathered in gather(source, table, layout) {
            found.extend(gathered.read(source));
        }
        if let (None, Some(name), [one]) =
            (layout.id, &table.name, found.get_mut(before..).unwrap_or_default())
        {
            one.id = Some(name.clone());
        }
    }
    if let [only] = found.as_mut_slice()
        && tables.iter().all(|(_, layout)| layout.id.is_none())
    {
        only.id = None;
    }
    found
}

/// The rows of one conversation.
struct Gathered<'t> {
    id: Option<String>,
    meta: Meta,
    /// Whether a column says who speaks.
    labelled: bool,
    rows: Vec<Spoken<'t>>,
}

/// What a row says.
struct Spoken<'t> {
    label: String,
    words: &'t Cell,
    time: Option<(u64, Option<u64>)>,
    unclear: bool,
    at: u32,
}

fn gather<'t>(source: &str, table: &'t Table, layout: &Layout) -> Vec<Gathered<'t>> {
    let above = above(source, table, layout);
    let times = Times::of(source, table, layout);
    let (mut out, mut known): (Vec<Gathered<'t>>, HashMap<String, usize>) = (Vec::new(), HashMap::new());
    let mut now = String::new();
    let mut label: HashMap<usize, String> = HashMap::new();
    for row in table.rows.get(layout.from..).unwrap_or_default() {
        let id = row.text(source, layout.id);
        if !id.is_empty() {
            now = id;
        }
        let index = *known.entry(now.clone()).or_insert_with(|| {
            let id = layout.id.map(|_| now.clone());
            out.push(Gathered { id, meta: above.clone(), labelled: layout.labels(), rows: Vec::new() });
            out.len() - 1
        });
        let Some(gathered) = out.get_mut(index) else { continue };
        for (field, column) in &layout.meta {
            field.keep(&mut gathered.meta, &row.text(source, Some(*column)));
        }
        let given = row.text(source, layout.role);
        let label = label.entry(index).or_default();
        if !given.is_empty() {
            *label = given;
        }
        let (time, unclear) = times.of_row(source, row);
        let one = layout.voices.is_empty().then_some((layout.text, &*label));
        for (column, label) in layout.voices.iter().map(|(column, name)| (*column, name)).chain(one) {
            if let Some(words) = row.cell(column) {
                gathered.rows.push(Spoken { label: label.clone(), words, time, unclear, at: row.at });
            }
        }
    }
    out
}

/// Header fields above the header: `日期 | 2025-09-01`.
fn above(source: &str, table: &Table, layout: &Layout) -> Meta {
    let mut meta = Meta::default();
    let rows = table.rows.get(..layout.from.saturating_sub(1)).unwrap_or_default();
    for pair in rows.iter().flat_map(|row| row.cells.windows(2)) {
        if let [key, value] = pair
            && let Some(field) = header_field(key.cut.text(source).trim_end_matches(['：', ':']))
        {
            field.keep(&mut meta, &value.cut.text(source));
        }
    }
    meta
}

impl Gathered<'_> {
    fn read(self, source: &str) -> Option<Transcript> {
        let found = if self.labelled { self.with_labels(source) } else { self.as_cues(source) };
        found.map(|one| Transcript { id: self.id, meta: one.meta.or(self.meta), ..one })
    }

    fn with_labels(&self, source: &str) -> Option<Transcript> {
        let mut turns = Turns::new(source);
        for row in &self.rows {
            let speaker = (!row.label.is_empty()).then(|| turns.speaker(&row.label));
            let clock = row.time.map(|(start, end)| turns.clock(start, end, row.at));
            if row.unclear {
                turns.unclear_time(row.at);
            }
            for line in lines(source, &row.words.cut) {
                turns.say(Who { speaker, clock, ..Who::default() }, &line, &[]);
            }
        }
        turns.finish()
    }

    fn as_cues(&self, source: &str) -> Option<Transcript> {
        let cue = |row: &Spoken<'_>| Cue {
            at: row.at,
            time: row.time.map(|(start, end)| (start, end.unwrap_or(start))),
            untimed: row.time.is_none() && !row.unclear,
            lines: lines(source, &row.words.cut)
                .into_iter()
                .map(|cut| CueLine { cut, ..CueLine::default() })
                .collect(),
        };
        cues::turns(source, &self.rows.iter().map(cue).collect::<Vec<_>>())
    }
}

/// The lines of a cell that hold words.
fn lines(source: &str, cut: &Cut) -> Vec<Cut> {
    let text = cut.text(source);
    let (mut out, mut start) = (Vec::new(), 0);
    for part in text.split_inclusive(['\n', '\r', BREAK]) {
        let end = start + u32::try_from(part.len()).unwrap_or(0);
        if !part.trim().is_empty() {
            let bare = u32::try_from(part.trim_end().len()).unwrap_or(0);
            out.push(cut.slice(start, start + bare));
        }
        start = end;
    }
    out
}

/// The cells of a row, for a message.
fn named(source: &str, row: Option<&Row>) -> String {
    let cells = row.map(|row| row.cells.as_slice()).unwrap_or_default().iter().take(8);
    cells.map(|cell| shown(cell.cut.text(source).trim(), 12)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::oracle::{checked, lines};

    #[test]
    fn a_column_for_each_speaker_is_read_by_rows() {
        let text = "序号,客服,客户\n1,您好，请坐。,我来问补助\n2,急什么,\n3,,好\n";
        assert_eq!(
            lines(text, "a.csv"),
            ["客服: 您好，请坐。", "客户: 我来问补助", "客服: 急什么", "客户: 好"]
        );
        let text = "工作人员\t来访人\n您好\t我问\n";
        assert_eq!(lines(text, "a.txt"), ["工作人员: 您好", "来访人: 我问"]);
        // A table of people is none of speech.
        assert!(checked("客户,主任,余额\n张三,李四,1\n".as_bytes(), "a.csv").is_err());
    }
}
