//! Sessions side by side: a table for the terminal, one for Markdown.

use super::table::{Align, table};
use super::{Rules, Style, wording};
use crate::diagnostic::{Message, Paint, columns, fold, one_line};
use crate::report::{Compare, CompareRow, RowKind, Session, Share, Shift, Trend};
use std::io::{self, Write};

/// Names of rows are cut at so many columns.
const NAME: usize = 26;

/// A comparison with what its words need.
struct Sheet<'a> {
    compare: &'a Compare,
    rules: &'a Rules,
    style: &'a Style,
}

/// Tables as wide as the terminal, one below the other where there are many sessions; then what may be said.
pub fn compare(compare: &Compare, rules: &Rules, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let sheet = Sheet { compare, rules, style };
    let (heading, rows) = sheet.cells();
    for columns in sheet.blocks(&heading, &rows) {
        let pick = |row: &Vec<String>| columns.iter().filter_map(|i| row.get(*i).cloned()).collect();
        let rows: Vec<Vec<String>> = rows.iter().map(pick).collect();
        let align: Vec<Align> = columns
            .iter()
            .map(|i| if *i == 0 || *i == heading.len() - 1 { Align::Left } else { Align::Right })
            .collect();
        writeln!(out, "{}", table(&pick(&heading), &align, &rows, style))?;
    }
    for line in sheet.notes().iter().flat_map(|note| fold(note, style.look.width)) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The same in Markdown.
pub fn compare_markdown(
    compare: &Compare,
    rules: &Rules,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let sheet = Sheet { compare, rules, style };
    let (heading, rows) = sheet.cells();
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| wording::markdown(cell.trim_start())).collect();
        format!("| {} |", cells.join(" | "))
    };
    writeln!(out, "{}\n|{}", line(&heading), "---|".repeat(heading.len()))?;
    for row in &rows {
        writeln!(out, "{}", line(row))?;
    }
    writeln!(out)?;
    for note in sheet.notes() {
        writeln!(out, "- {}", wording::markdown(&note))?;
    }
    Ok(())
}

impl Sheet<'_> {
    /// A row a figure, a column a session; the last column says what changed, where anything can.
    fn cells(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let mut heading = vec![self.style.word("render.compare.what")];
        heading.extend(self.compare.sessions.iter().map(|session| one_line(&session.name)));
        heading.push(if self.compare.ordered {
            self.style.word("render.compare.change")
        } else {
            String::new()
        });
        let mut rows = vec![self.facts(), self.totals()];
        rows.extend(self.compare.rows.iter().map(|row| self.row(row)));
        (heading, rows)
    }

    fn facts(&self) -> Vec<String> {
        let fact = |session: &Session| {
            let counts = Message::new("render.compare.counts")
                .arg("conversations", session.conversations)
                .arg("turns", session.staff_turns);
            self.style.say(&counts)
        };
        self.across("render.compare.scope", fact)
    }

    fn totals(&self) -> Vec<String> {
        let total = |session: &Session| match (session.total, session.reviewed) {
            (Some(total), Some(reviewed)) => {
                let both = Message::new("render.compare.reviewed")
                    .arg("total", format!("{total:.1}"))
                    .arg("reviewed", format!("{reviewed:.1}"));
                self.style.say(&both)
            }
            (Some(total), None) => format!("{total:.1}"),
            (None, _) => "—".to_owned(),
        };
        self.across("render.compare.total", total)
    }

    fn across(&self, key: &'static str, cell: impl Fn(&Session) -> String) -> Vec<String> {
        let cells = self.compare.sessions.iter().map(cell);
        std::iter::once(self.style.word(key)).chain(cells).chain([String::new()]).collect()
    }

    fn row(&self, row: &CompareRow) -> Vec<String> {
        let change = row.change.map(|change| self.change(change)).unwrap_or_default();
        let figures = row.figures.iter().map(|share| figure(*share));
        std::iter::once(self.name(row)).chain(figures).chain([change]).collect()
    }

    fn name(&self, row: &CompareRow) -> String {
        let first = row.id.split('/').next().unwrap_or("");
        let title = self.rules.get(first).map_or("", |rule| rule.title.as_str());
        let (indent, name) = match row.kind {
            RowKind::Phrases => ("", self.style.word("render.compare.phrases")),
            RowKind::Banned => ("", self.style.word("render.compare.banned")),
            RowKind::Stage => ("  ", one_line(&row.name)),
            RowKind::Phrase | RowKind::Article | RowKind::Act => {
                ("  ", format!("{} {}", one_line(&row.id), one_line(title)))
            }
        };
        super::rule::first_line(&format!("{indent}{}", name.trim_end()), NAME)
    }

    /// `提高 +24%（+3%…+42%）`
    fn change(&self, change: Shift) -> String {
        let word = self.style.say(&Message::new(format!("render.compare.trend.{}", change.is.word())));
        if change.is == Trend::TooFew {
            return word;
        }
        let points = |value: f64| format!("{:+.0}%", value * 100.0);
        let said = Message::new("render.compare.by")
            .arg("trend", word)
            .arg("by", points(change.difference.by))
            .arg("low", points(change.difference.low))
            .arg("high", points(change.difference.high));
        self.style.say(&said)
    }

    /// Which columns stand in which table: the first one in each, the last one in the last.
    fn blocks(&self, heading: &[String], rows: &[Vec<String>]) -> Vec<Vec<usize>> {
        let width = |i: usize| {
            let cells = rows.iter().map(Vec::as_slice).chain([heading]).filter_map(|row| row.get(i));
            cells.map(|cell| columns(cell)).max().unwrap_or(0) + 2
        };
        let room = self.style.look.width.max(60) + 2;
        let mut out: Vec<Vec<usize>> = vec![vec![0]];
        let mut taken = width(0);
        for i in 1..heading.len() {
            if taken + width(i) > room && out.last().is_some_and(|block| block.len() > 1) {
                out.push(vec![0]);
                taken = width(0);
            }
            taken += width(i);
            if let Some(block) = out.last_mut() {
                block.push(i);
            }
        }
        out
    }

    /// What became better, what worse, and what cannot be told; how to read it.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.compare.ordered {
            let named = |trend: Trend| -> Vec<String> {
                let rows = self.compare.rows.iter();
                let of = rows.filter(|row| row.change.is_some_and(|change| change.is == trend));
                of.map(|row| self.name(row).trim().to_owned()).collect()
            };
            let comma = self.style.word("render.list");
            for (key, trend) in
                [("render.compare.better", Trend::Better), ("render.compare.worse", Trend::Worse)]
            {
                let rows = named(trend);
                let list = if rows.is_empty() {
                    self.style.word("render.compare.nothing")
                } else {
                    rows.join(&comma)
                };
                notes.push(self.style.say(&Message::new(key).arg("list", list)));
            }
            let message = Message::new("render.compare.untold")
                .arg("unclear", named(Trend::Unclear).len())
                .arg("few", named(Trend::TooFew).len())
                .arg("least", self.compare.least_chances);
            notes.push(self.style.say(&message));
        } else {
            let least = self.compare.least_chances;
            notes.push(self.style.say(&Message::new("render.compare.unranked").arg("least", least)));
        }
        notes.push(self.style.word("render.compare.legend"));
        let paint = |note: String| self.style.look.paint(Paint::Dim, &note);
        let last = notes.pop().map(paint);
        notes.into_iter().chain(last).collect()
    }
}

/// `9/15 60% [36–80]`; a dash where there was no chance.
fn figure(share: Share) -> String {
    if share.whole == 0 {
        return "—".to_owned();
    }
    let (low, high) = share.wilson();
    let percent = |value: f64| format!("{:.0}", value * 100.0);
    let Share { part, whole } = share;
    format!("{part}/{whole} {}% [{}–{}]", percent(share.rate()), percent(low), percent(high))
}
