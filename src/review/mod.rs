//! Human verdicts on findings: one store, `verdicts.jsonl`, a verdict a line, keyed by fingerprint.
//!
//! Of several lines about a finding the last one holds. A line that cannot be read is named with its cure, and the
//! others stand: a verdict that is not understood never excuses anything.
//!
//! What an author marks in the transcript itself is a suppression: the same promise, kept beside the words.

mod row;
mod suppress;
#[cfg(feature = "xlsx")]
mod workbook;
mod write;

pub use row::{BadLine, Fault, Row, Verdict, is_fingerprint};
pub use suppress::{Misuse, Suppression, Suppressions, Wrong};
#[cfg(feature = "xlsx")]
pub use workbook::{BadCell, Defaults, Filled, Filling, WorkbookError, filled_in};
pub use write::{WriteError, append, update};

use crate::text::{SourceText, Span};
use crate::transcript::Date;
use std::collections::{BTreeSet, HashMap};

/// The name that is looked for.
pub const FILE_NAME: &str = "verdicts.jsonl";

/// A verdict and the line it stands on.
#[derive(Clone, Debug, PartialEq)]
pub struct Lined {
    /// From 1.
    pub line: u32,
    /// Where in the file.
    pub span: Span<crate::text::Raw>,
    /// The verdict.
    pub row: Row,
}

/// Every verdict of a file, in its order.
#[derive(Clone, Debug, Default)]
pub struct Store {
    /// The file's text, for pictures.
    pub source: SourceText,
    lines: Vec<Lined>,
}

/// A store as it stands on a day.
#[derive(Clone, Debug)]
pub struct Verdicts {
    /// What reviewers said.
    pub store: Store,
    /// The day by which verdicts expire.
    pub today: Date,
}

/// A finding, as far as verdicts ask.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Of the finding.
    pub fingerprint: String,
    /// Of its file, as in the report.
    pub path: String,
    /// Its conversation in a file of many.
    pub conversation: Option<String>,
}

/// What the store says of a finding on a given day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Said<'a> {
    /// Nothing.
    Nothing,
    /// This verdict holds.
    Holds(&'a Row),
    /// This verdict has held.
    Expired(&'a Row),
}

impl Store {
    /// Reads what can be read; the lines that cannot, in order.
    pub fn parse(text: &str) -> (Store, Vec<BadLine>) {
        let (mut lines, mut bad, mut at) = (Vec::new(), Vec::new(), 0);
        for (i, whole) in text.split_inclusive('\n').enumerate() {
            let (line, from) = (i as u32 + 1, at);
            at += whole.len();
            let said = whole.trim_start_matches('\u{feff}').trim();
            if said.is_empty() {
                continue;
            }
            let span = Span::of(from..from + whole.trim_end_matches(['\n', '\r']).len());
            match row::row(said) {
                Ok(row) => lines.push(Lined { line, span, row }),
                Err(fault) => bad.push(BadLine { line, span, fault }),
            }
        }
        (Store { source: SourceText::new(text.to_owned()), lines }, bad)
    }

    /// The verdict on a finding: of the lines that fit it, the last.
    pub fn say(&self, place: &Place, today: Date) -> Said<'_> {
        match self.lines.iter().rev().find(|lined| lined.row.fits(place)) {
            None => Said::Nothing,
            Some(lined) if lined.row.has_expired(today) => Said::Expired(&lined.row),
            Some(lined) => Said::Holds(&lined.row),
        }
    }

    /// Whether the store already ends with that verdict on the row's finding. Where the day is not stated, any will do.
    pub fn holds(&self, row: &Row, dated: bool) -> bool {
        let place = Place {
            fingerprint: row.fingerprint.clone(),
            path: row.path.clone().unwrap_or_default(),
            conversation: row.conversation.clone(),
        };
        let last = self.lines.iter().rev().find(|one| one.row.fits(&place));
        last.is_some_and(|Lined { row: said, .. }| {
            said.verdict == row.verdict
                && (&said.reviewer, &said.reason, said.expires) == (&row.reviewer, &row.reason, row.expires)
                && (!dated || said.date == row.date)
        })
    }

    /// The verdicts that no later line about the same finding replaces, by path, rule and fingerprint.
    pub fn current(&self) -> Vec<&Lined> {
        let mut later: HashMap<&str, Vec<&Row>> = HashMap::new();
        let mut out: Vec<&Lined> = Vec::new();
        for one in self.lines.iter().rev() {
            let about = later.entry(&one.row.fingerprint).or_default();
            if about.iter().any(|row| row.replaces(&one.row)) {
                continue;
            }
            // What a replaced line would replace, the one that replaces it does too.
            about.push(&one.row);
            out.push(one);
        }
        out.sort_by_key(|one| (&one.row.path, &one.row.rule, &one.row.fingerprint, one.line));
        out
    }

    /// The current verdicts whose file was checked (`paths`) and which none of the findings there fit, by line. A
    /// verdict that names no file is stale where nothing at all fits it.
    pub fn stale(&self, paths: &[String], found: &[Place]) -> Vec<&Lined> {
        let names: BTreeSet<&str> = paths.iter().map(|path| file_name(path)).collect();
        let checked = |row: &Row| row.path.as_deref().is_none_or(|path| names.contains(file_name(path)));
        let found = by_fingerprint(found);
        let mut out = self.current();
        out.retain(|one| checked(&one.row) && !is_found(&found, &one.row));
        out.sort_by_key(|one| one.line);
        out
    }

    /// Every line that accepts what is no longer found, replaced ones too, in order: the file that it names was checked,
    /// or is `gone`. A line that names no file says nothing of what was not checked, and stays.
    pub fn outlived(&self, paths: &[String], found: &[Place], gone: impl Fn(&str) -> bool) -> Vec<&Lined> {
        let checked: BTreeSet<&str> = paths.iter().map(|path| file_name(path)).collect();
        let looked_for = |path: &str| checked.contains(file_name(path)) || gone(path);
        let accepts = |one: &&Lined| {
            one.row.verdict == Verdict::Accepted && one.row.path.as_deref().is_some_and(looked_for)
        };
        let found = by_fingerprint(found);
        self.lines.iter().filter(accepts).filter(|one| !is_found(&found, &one.row)).collect()
    }
}

impl Verdicts {
    /// Everything that may be said of findings in a file on that day: the same text, the same answers.
    pub fn about(&self, path: &str) -> String {
        let here = |row: &Row| row.path.as_deref().is_none_or(|one| file_name(one) == file_name(path));
        let said = self.store.lines.iter().filter(|lined| here(&lined.row));
        said.map(|lined| {
            let line = self.store.source.slice(lined.span);
            format!("{line}{}\n", if lined.row.has_expired(self.today) { " expired" } else { "" })
        })
        .collect()
    }
}

fn by_fingerprint(found: &[Place]) -> HashMap<&str, Vec<&Place>> {
    let mut out: HashMap<&str, Vec<&Place>> = HashMap::new();
    for place in found {
        out.entry(&place.fingerprint).or_default().push(place);
    }
    out
}

fn is_found(found: &HashMap<&str, Vec<&Place>>, row: &Row) -> bool {
    found.get(row.fingerprint.as_str()).is_some_and(|places| places.iter().any(|place| row.fits(place)))
}

impl Row {
    /// Whether it is about that finding. Folders may be moved; a file is known by its name.
    pub fn fits(&self, place: &Place) -> bool {
        self.fingerprint == place.fingerprint
            && self.path.as_deref().is_none_or(|path| file_name(path) == file_name(&place.path))
            && (self.conversation.is_none() || self.conversation == place.conversation)
    }

    /// Whether it no longer holds.
    pub fn has_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|last| today > last)
    }

    /// Whether, standing later, it says something of everything that `earlier` is about.
    fn replaces(&self, earlier: &Row) -> bool {
        let path = |row: &Row| row.path.as_deref().map(|path| file_name(path).to_owned());
        let covers = |wide: &Option<String>, narrow: &Option<String>| wide.is_none() || wide == narrow;
        self.fingerprint == earlier.fingerprint
            && covers(&path(self), &path(earlier))
            && covers(&self.conversation, &earlier.conversation)
    }
}

/// The last part of a path, on whatever system it was written.
pub fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests;
