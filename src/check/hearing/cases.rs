//! Labelled speech: `id before text want note`, tab-separated, one conversation of two turns a row.

use crate::diagnostic::{Explain, Message};
use crate::text::{Raw, Span};
use crate::transcript::Role;
use std::collections::BTreeSet;

/// The first line of such a file.
pub const HEADER: [&str; 5] = ["id", "before", "text", "want", "note"];
/// A note that begins so says that the visitor speaks.
const VISITOR: &str = "visitor";

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its name.
    pub id: String,
    /// What the other side said before.
    pub before: String,
    /// What is said.
    pub text: String,
    /// The rules of which one must be found; none where nothing may be.
    pub want: Vec<String>,
    /// Its kind first, then whatever its author noted.
    pub note: String,
    /// Who says it.
    pub role: Role,
}

impl Case {
    /// The first word of the note.
    pub fn kind(&self) -> &str {
        self.note.split([',', ' ', '，']).next().unwrap_or("")
    }
}

/// A row that cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub struct BadRow {
    /// The line.
    pub line: u32,
    /// Its place in the file.
    pub span: Span<Raw>,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The first line is not the header.
    Header,
    /// So many columns.
    Columns(usize),
    /// A column that must not be empty.
    Empty(&'static str),
    /// An id that stands twice.
    Twice(String),
    /// No such banned rule.
    NoRule(String),
}

impl Explain for BadRow {
    fn code(&self) -> &'static str {
        match self.fault {
            Fault::Header => "row-header",
            Fault::Columns(_) => "row-columns",
            Fault::Empty(_) => "row-empty",
            Fault::Twice(_) => "row-twice",
            Fault::NoRule(_) => "row-rule",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        let what = match &self.fault {
            Fault::Header => HEADER.join(" "),
            Fault::Columns(count) => count.to_string(),
            Fault::Empty(name) => (*name).to_owned(),
            Fault::Twice(what) | Fault::NoRule(what) => what.clone(),
        };
        vec![("line", self.line.to_string()), ("what", what)]
    }

    fn message(&self) -> Message {
        Message { key: format!("hearing.error.{}", self.code()).into(), args: self.args() }
    }

    fn cure(&self) -> Message {
        Message { key: format!("hearing.cure.{}", self.code()).into(), args: self.args() }
    }
}

/// Reads the rows of a file; every bad row at once. `rules` are the ids that a row may want.
pub fn cases(text: &str, rules: &[&str]) -> Result<Vec<Case>, Vec<BadRow>> {
    let (mut out, mut bad, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut at = 0;
    for (i, whole) in text.split_inclusive('\n').enumerate() {
        let line = whole.trim_end_matches(['\n', '\r']);
        let span = Span::of(at..at + line.len());
        at += whole.len();
        match row(i, line, rules) {
            Ok(None) => {}
            Ok(Some(case)) if seen.insert(case.id.clone()) => out.push(case),
            Ok(Some(case)) => bad.push((i, span, Fault::Twice(case.id))),
            Err(fault) => bad.push((i, span, fault)),
        }
    }
    if at == 0 {
        bad.push((0, Span::point(0), Fault::Header));
    }
    let bad: Vec<BadRow> =
        bad.into_iter().map(|(i, span, fault)| BadRow { line: i as u32 + 1, span, fault }).collect();
    if bad.is_empty() { Ok(out) } else { Err(bad) }
}

/// One line: nothing for the header and for empty lines.
fn row(i: usize, line: &str, rules: &[&str]) -> Result<Option<Case>, Fault> {
    let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
    if i == 0 {
        return if columns == HEADER { Ok(None) } else { Err(Fault::Header) };
    }
    if line.trim().is_empty() {
        return Ok(None);
    }
    let [id, before, text, want, note] = columns.as_slice() else {
        return Err(Fault::Columns(columns.len()));
    };
    for (name, value) in [("id", id), ("text", text)] {
        if value.is_empty() {
            return Err(Fault::Empty(name));
        }
    }
    let want: Vec<String> =
        want.split('/').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect();
    if let Some(unknown) = want.iter().find(|id| !rules.contains(&id.as_str())) {
        return Err(Fault::NoRule(unknown.clone()));
    }
    let own = |text: &&str| (*text).to_owned();
    let role = if note.starts_with(VISITOR) { Role::Visitor } else { Role::Staff };
    Ok(Some(Case { id: own(id), before: own(before), text: own(text), want, note: own(note), role }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &str) -> Result<Vec<Case>, Vec<(u32, Fault)>> {
        let text = format!("id\tbefore\ttext\twant\tnote\n{rows}");
        cases(&text, &["B01", "B20"]).map_err(|bad| bad.into_iter().map(|b| (b.line, b.fault)).collect())
    }

    #[test]
    fn reads_rows() {
        let rows =
            read("p1\t怎么办？\t不知道。\tB01/B20\tnear, slip\r\n\nv1\t您好\t我急什么\t\tvisitor words\n")
                .unwrap();
        assert_eq!((rows[0].want.len(), rows[0].kind(), rows[0].role), (2, "near", Role::Staff));
        assert_eq!((rows[1].want.len(), rows[1].kind(), rows[1].role), (0, "visitor", Role::Visitor));
    }

    #[test]
    fn every_bad_row_is_named_with_its_line() {
        let bad = read("a\tb\n\tb\tc\t\t\nx\t\tc\tB99\t\ny\t\tc\t\t\ny\t\tc\t\t\n").unwrap_err();
        let wanted = [
            (2, Fault::Columns(2)),
            (3, Fault::Empty("id")),
            (4, Fault::NoRule("B99".into())),
            (6, Fault::Twice("y".into())),
        ];
        assert_eq!(bad, wanted);
        assert_eq!(cases("", &[]).unwrap_err()[0].fault, Fault::Header);
        assert_eq!(cases("a\tb", &[]).unwrap_err()[0].fault, Fault::Header);
    }
}
