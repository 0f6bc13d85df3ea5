//! Verdicts that a reviewer wrote into a workbook of findings. Columns are known by their headings, in either language;
//! a sheet without them is passed over, a row without a verdict too.

use super::row::{Fault, Row, Verdict, is_fingerprint};
use crate::diagnostic::{Explain, Lang, Message};
use crate::transcript::Date;
use calamine::{DataRef, Reader, Xlsx};
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

/// Larger workbooks are not opened, nor such as grow beyond this.
const LARGEST: u64 = 1 << 29;
/// Headings stand within so many rows.
const TOP: u32 = 20;

/// What the workbook leaves open.
#[derive(Clone, Debug)]
pub struct Defaults {
    /// Who judged, where a row does not say.
    pub reviewer: Option<String>,
    /// When, where a row does not say.
    pub date: Date,
}

/// A row that was filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// What it says.
    pub row: Row,
    /// Whether the row itself says when.
    pub dated: bool,
}

/// What a workbook says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filling {
    /// The rows with a verdict, in order.
    pub rows: Vec<Filled>,
    /// Cells that cannot be understood.
    pub bad: Vec<BadCell>,
    /// Rows without a verdict.
    pub open: usize,
}

/// A cell that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCell {
    /// Such as `发现!S7`.
    pub place: String,
    /// What is wrong.
    pub fault: Fault,
}

impl Explain for BadCell {
    fn code(&self) -> &'static str {
        match self.fault {
            Fault::Verdict(_) => "cell-verdict",
            Fault::Fingerprint(_) => "cell-fingerprint",
            Fault::Date(..) => "cell-date",
            _ => "cell-missing",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        let what = match &self.fault {
            Fault::Verdict(what) | Fault::Fingerprint(what) | Fault::Date(_, what) => what.clone(),
            _ => String::new(),
        };
        vec![("place", self.place.clone()), ("what", what)]
    }

    fn message(&self) -> Message {
        Message { key: format!("review.error.{}", self.code()).into(), args: self.args() }
    }

    fn cure(&self) -> Message {
        Message { key: format!("review.cure.{}", self.code()).into(), args: self.args() }
    }
}

/// Why a workbook cannot be read at all.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum WorkbookError {
    /// No workbook, or a damaged one.
    #[error("not a readable workbook: {0}")]
    Broken(String),
    /// Larger than anything that is opened.
    #[error("too large")]
    TooLarge,
    /// No sheet has the headings.
    #[error("no sheet with fingerprints and verdicts")]
    NoTable,
}

impl Explain for WorkbookError {
    fn code(&self) -> &'static str {
        match self {
            WorkbookError::Broken(_) => "workbook-broken",
            WorkbookError::TooLarge => "workbook-too-large",
            WorkbookError::NoTable => "workbook-no-table",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            WorkbookError::Broken(what) => vec![("what", what.clone())],
            _ => Vec::new(),
        }
    }

    fn message(&self) -> Message {
        Message { key: format!("review.error.{}", self.code()).into(), args: self.args() }
    }

    fn cure(&self) -> Message {
        Message { key: format!("review.cure.{}", self.code()).into(), args: self.args() }
    }
}

/// The columns that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Fingerprint,
    Verdict,
    Reviewer,
    Reason,
    Reviewed,
    Expires,
    Rule,
    File,
    Conversation,
    Text,
}

impl Field {
    const ALL: [(Field, &'static str); 10] = [
        (Field::Fingerprint, "sheet.fingerprint"),
        (Field::Verdict, "sheet.verdict"),
        (Field::Reviewer, "sheet.reviewer"),
        (Field::Reason, "sheet.reason"),
        (Field::Reviewed, "sheet.reviewed"),
        (Field::Expires, "sheet.expires"),
        (Field::Rule, "sheet.rule"),
        (Field::File, "sheet.file"),
        (Field::Conversation, "sheet.conversation"),
        (Field::Text, "sheet.text"),
    ];

    /// The column that a heading names.
    fn of(heading: &str) -> Option<Field> {
        let named = |key: &'static str| LANGS.iter().any(|lang| Message::new(key).words(*lang) == heading);
        Field::ALL.iter().find(|(_, key)| named(key)).map(|(field, _)| *field)
    }
}

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];

/// Reads the verdicts of a workbook.
///
/// # Errors
/// Where it is no workbook, too large, or has no sheet of findings. What is wrong in single cells stands in the filling.
pub fn filled_in(bytes: &[u8], defaults: &Defaults) -> Result<Filling, WorkbookError> {
    measure(bytes)?;
    let broken = |error: calamine::XlsxError| WorkbookError::Broken(error.to_string());
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let (mut out, mut tables) = (Filling::default(), 0);
    for name in book.sheet_names() {
        let mut table = Table { name: &name, heads: BTreeMap::new(), defaults, out: &mut out };
        let mut cells = book.worksheet_cells_reader(&name).map_err(broken)?;
        let mut row: (u32, Cells) = (0, Cells::new());
        while let Some(cell) = cells.next_cell().map_err(broken)? {
            let (at, column) = cell.get_position();
            if at != row.0 {
                table.row(row.0, &std::mem::take(&mut row.1));
                row.0 = at;
            }
            if table.heads.is_empty() && at >= TOP {
                break;
            }
            if table.heads.is_empty() || table.heads.contains_key(&column) {
                row.1.insert(column, said(cell.get_value()));
            }
        }
        table.row(row.0, &row.1);
        tables += usize::from(!table.heads.is_empty());
    }
    if tables == 0 { Err(WorkbookError::NoTable) } else { Ok(out) }
}

/// How much the archive grows to is counted, not believed.
fn measure(bytes: &[u8]) -> Result<(), WorkbookError> {
    let broken = |error: &dyn std::fmt::Display| WorkbookError::Broken(error.to_string());
    if bytes.len() as u64 > LARGEST {
        return Err(WorkbookError::TooLarge);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut left = LARGEST;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|error| broken(&error))?;
        let grown = io::copy(&mut entry.take(left + 1), &mut io::sink()).map_err(|error| broken(&error))?;
        left = left.checked_sub(grown).ok_or(WorkbookError::TooLarge)?;
    }
    Ok(())
}

/// A cell's text; days by their number are written out.
fn said(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.trim().to_owned()
        }
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::DateTime(time) => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// Texts by column.
type Cells = BTreeMap<u32, String>;

/// A sheet under way.
struct Table<'a> {
    name: &'a str,
    /// What the columns are, once the headings were met.
    heads: BTreeMap<u32, Field>,
    defaults: &'a Defaults,
    out: &'a mut Filling,
}

impl Table<'_> {
    fn row(&mut self, at: u32, cells: &Cells) {
        if self.heads.is_empty() {
            let heads: BTreeMap<u32, Field> =
                cells.iter().filter_map(|(column, text)| Some((*column, Field::of(text)?))).collect();
            let has = |field| heads.values().any(|head| *head == field);
            if has(Field::Fingerprint) && has(Field::Verdict) {
                self.heads = heads;
            }
            return;
        }
        let line = Line { table: self, at, cells };
        if line.get(Field::Fingerprint).is_none() && line.get(Field::Verdict).is_none() {
            return;
        }
        if line.get(Field::Verdict).is_none() && line.get(Field::Reason).is_none() {
            self.out.open += 1;
            return;
        }
        match line.filled() {
            Ok(filled) => self.out.rows.push(filled),
            Err(bad) => self.out.bad.push(bad),
        }
    }
}

/// A row below the headings.
struct Line<'a> {
    table: &'a Table<'a>,
    at: u32,
    cells: &'a Cells,
}

impl Line<'_> {
    fn get(&self, field: Field) -> Option<&str> {
        let column = self.table.heads.iter().find(|(_, head)| **head == field)?.0;
        self.cells.get(column).map(String::as_str).filter(|text| !text.is_empty())
    }

    fn bad(&self, field: Field, fault: Fault) -> BadCell {
        let column = self.table.heads.iter().find(|(_, head)| **head == field).map_or(0, |(at, _)| *at);
        BadCell { place: format!("{}!{}{}", self.table.name, letters(column), self.at + 1), fault }
    }

    fn filled(&self) -> Result<Filled, BadCell> {
        let missing = |field, name| self.bad(field, Fault::Missing(name));
        let owned = |field| self.get(field).map(str::to_owned);
        let fingerprint = self.get(Field::Fingerprint).unwrap_or_default().to_lowercase();
        if !is_fingerprint(&fingerprint) {
            return Err(self.bad(Field::Fingerprint, Fault::Fingerprint(fingerprint)));
        }
        let verdict = self.get(Field::Verdict).ok_or_else(|| missing(Field::Verdict, "verdict"))?;
        let reviewer = owned(Field::Reviewer).or_else(|| self.table.defaults.reviewer.clone());
        let date = self.day(Field::Reviewed, "date")?;
        let row = Row {
            fingerprint,
            verdict: verdict_of(verdict)
                .ok_or_else(|| self.bad(Field::Verdict, Fault::Verdict(verdict.to_owned())))?,
            reviewer: reviewer.ok_or_else(|| missing(Field::Reviewer, "reviewer"))?,
            reason: owned(Field::Reason).ok_or_else(|| missing(Field::Reason, "reason"))?,
            date: date.unwrap_or(self.table.defaults.date),
            expires: self.day(Field::Expires, "expires")?,
            rule: owned(Field::Rule),
            path: owned(Field::File),
            conversation: owned(Field::Conversation),
            text: owned(Field::Text),
            rest: serde_json::Map::new(),
        };
        Ok(Filled { row, dated: date.is_some() })
    }

    fn day(&self, field: Field, name: &'static str) -> Result<Option<Date>, BadCell> {
        let Some(text) = self.get(field) else { return Ok(None) };
        match Date::found_in(text) {
            Some(day) => Ok(Some(day)),
            None => Err(self.bad(field, Fault::Date(name, text.to_owned()))),
        }
    }
}

/// The verdict that a word names, in either language or as the store writes it.
fn verdict_of(text: &str) -> Option<Verdict> {
    let names = |verdict: &Verdict| {
        let shown = Message::new(format!("review.state.{}", verdict.word()));
        verdict.word().eq_ignore_ascii_case(text) || LANGS.iter().any(|lang| shown.words(*lang) == text)
    };
    Verdict::ALL.into_iter().find(names)
}

/// The letters of a column, from 0: `A`, …, `Z`, `AA`.
fn letters(column: u32) -> String {
    let (rest, last) = (column / 26, column % 26);
    let last = char::from(b'A' + u8::try_from(last).unwrap_or(0));
    if rest == 0 { last.to_string() } else { letters(rest - 1) + &last.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (column, wanted) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
        {
            assert_eq!(letters(column), wanted);
        }
    }

    #[test]
    fn verdicts_are_known_in_both_languages() {
        for (text, wanted) in [
            ("属实", Some(Verdict::Confirmed)),
            ("dismissed", Some(Verdict::Dismissed)),
            ("Accepted", Some(Verdict::Accepted)),
            ("也许", None),
        ] {
            assert_eq!(verdict_of(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        let defaults = Defaults { reviewer: None, date: Date::of_days(0) };
        for bytes in [&b""[..], b"PK\x03\x04", b"\xd0\xcf\x11\xe0 an old workbook", &[0; 100]] {
            assert!(matches!(filled_in(bytes, &defaults), Err(WorkbookError::Broken(_))));
        }
    }
}
