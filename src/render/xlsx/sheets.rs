//! The other sheets: sums, scores, rules, staff, and what could not be read.

use super::super::columns::Cell;
use super::super::wording;
use super::Paper;
use super::grid::Grid;
use crate::diagnostic::{Severity, one_line};
use crate::report::{Conversation, Finding, Score};
use rust_xlsxwriter::{Worksheet, XlsxError};
use std::collections::{BTreeMap, BTreeSet};

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(one_line(text)) }
}

fn count(count: usize) -> Cell {
    Cell::Number(count as f64)
}

fn total(score: &Score) -> Cell {
    score.total.map_or(Cell::Empty, Cell::Number)
}

/// The sums, with what ran.
pub(super) fn summary(paper: &Paper<'_>) -> Result<Worksheet, XlsxError> {
    let (style, looks, report) = (paper.style, paper.looks, paper.report);
    let mut grid = Grid::new(*paper, &style.word("sheet.name.summary"))?;
    let standard = &report.tool.standard;
    grid.title(&one_line(&standard.title))?;
    let tool = format!("{} {}", report.tool.name, report.tool.version);
    let mut lines = vec![("sheet.tool", text(&tool)), ("sheet.standard", text(&standard.number))];
    lines.push(("sheet.sha256", text(&standard.sha256)));
    let sums = &report.summary;
    lines.extend([
        ("sheet.files", count(sums.files)),
        ("sheet.failed", count(sums.failed)),
        ("sheet.conversations", count(sums.conversations)),
        ("sheet.turns", count(sums.turns)),
        ("sheet.staff-turns", count(sums.staff_turns)),
        ("sheet.findings", count(sums.findings)),
        ("sheet.not-counted", count(sums.excused)),
    ]);
    for (key, cell) in lines {
        grid.row(&[(text(&style.word(key)), &looks.plain), (cell, &looks.sum)])?;
    }
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let of = |one: &&Finding| one.excused.is_none() && one.severity == severity;
        let found = report.files.iter().flat_map(|one| &one.findings).filter(of).count();
        let word = style.say(&crate::diagnostic::Message::new(format!("sheet.severity.{}", severity.word())));
        grid.row(&[(text(&word), looks.severity(severity)), (count(found), &looks.sum)])?;
    }
    grid.finish(None)
}

/// A table over as many sheets as it needs.
fn table(
    paper: &Paper<'_>,
    name: &'static str,
    headings: &[&'static str],
    rows: &[Vec<Cell>],
) -> Result<Vec<Worksheet>, XlsxError> {
    let room = paper.limits.rows.saturating_sub(1).max(1) as usize;
    let name = paper.style.word(name);
    let headings: Vec<String> = headings.iter().map(|key| paper.style.word(key)).collect();
    let mut out = Vec::new();
    let empty: &[Vec<Cell>] = &[];
    let pages: Vec<&[Vec<Cell>]> = if rows.is_empty() { vec![empty] } else { rows.chunks(room).collect() };
    for (at, rows) in pages.into_iter().enumerate() {
        let name = if at == 0 { name.clone() } else { format!("{name} {}", at + 1) };
        let mut grid = Grid::new(*paper, &name)?;
        grid.heading(&headings)?;
        for row in rows {
            let cells: Vec<_> = row.iter().map(|cell| (cell.clone(), &paper.looks.plain)).collect();
            grid.row(&cells)?;
        }
        out.push(grid.finish(Some(0))?);
    }
    Ok(out)
}

/// The scores, a conversation a row.
pub(super) fn conversations(paper: &Paper<'_>) -> Result<Vec<Worksheet>, XlsxError> {
    let headings = [
        "sheet.file",
        "sheet.conversation",
        "sheet.staff",
        "sheet.date",
        "sheet.total",
        "sheet.band",
        "sheet.reviewed-total",
        "sheet.red-line",
        "sheet.banned",
        "sheet.missed",
        "sheet.articles",
        "sheet.turns",
        "sheet.staff-turns",
        "sheet.remarks",
    ];
    let row = |one: &Conversation| {
        let kind = kinds(one);
        let band = one.score.band.as_ref().map(|band| band.name.as_str()).unwrap_or_default();
        let lines: BTreeSet<&str> = one.score.failed_by.iter().map(|line| line.rule.as_str()).collect();
        let remarks: Vec<&str> = one.warnings.iter().map(|warning| warning.message.as_str()).collect();
        vec![
            text(&one.path),
            text(one.conversation.as_deref().unwrap_or_default()),
            text(one.meta.staff.as_deref().unwrap_or_default()),
            text(one.meta.date.as_deref().unwrap_or_default()),
            total(&one.score),
            text(band),
            one.reviewed.as_ref().map_or(Cell::Empty, total),
            text(&lines.into_iter().collect::<Vec<_>>().join(" ")),
            count(kind.0),
            count(kind.1),
            count(kind.2),
            count(one.turns),
            count(one.staff_turns),
            text(&remarks.join(&paper.style.word("render.semicolon"))),
        ]
    };
    let rows: Vec<Vec<Cell>> = paper.report.files.iter().map(row).collect();
    table(paper, "sheet.name.conversations", &headings, &rows)
}

/// Banned phrases, missed ones, and what articles ask, of the findings that count.
fn kinds(one: &Conversation) -> (usize, usize, usize) {
    let of = |letter| wording::counted(one).filter(|finding| finding.rule.starts_with(letter)).count();
    let (banned, missed) = (of('B'), of('A'));
    (banned, missed, wording::counted(one).count() - banned - missed)
}

/// Every rule, how often it was broken and in how many conversations.
pub(super) fn rules(paper: &Paper<'_>) -> Result<Vec<Worksheet>, XlsxError> {
    let mut found: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for one in &paper.report.files {
        let mut here = BTreeSet::new();
        for finding in &one.findings {
            let sums = found.entry(&finding.rule).or_default();
            match finding.excused {
                Some(_) => sums.1 += 1,
                None => sums.0 += 1,
            }
            if finding.excused.is_none() && here.insert(&finding.rule) {
                sums.2 += 1;
            }
        }
    }
    let rows: Vec<Vec<Cell>> = paper
        .report
        .rules
        .values()
        .map(|rule| {
            let sums = found.get(rule.id.as_str()).copied().unwrap_or_default();
            vec![
                text(&rule.id),
                text(&rule.title),
                text(&wording::basis(&rule.basis, paper.style)),
                count(sums.0),
                count(sums.1),
                count(sums.2),
                text(&rule.say_instead.join(" ")),
            ]
        })
        .collect();
    let headings = [
        "sheet.rule",
        "sheet.title",
        "sheet.basis",
        "sheet.count",
        "sheet.not-counted",
        "sheet.conversations",
        "sheet.instead",
    ];
    table(paper, "sheet.name.rules", &headings, &rows)
}

/// What is known of one member of staff.
#[derive(Default)]
struct Member {
    conversations: usize,
    kinds: (usize, usize, usize),
    totals: Vec<f64>,
}

/// Members of staff, where the recordings say who it was.
pub(super) fn staff(paper: &Paper<'_>) -> Result<Vec<Worksheet>, XlsxError> {
    let mut members: BTreeMap<&str, Member> = BTreeMap::new();
    for one in &paper.report.files {
        let member = members.entry(one.meta.staff.as_deref().unwrap_or_default()).or_default();
        let kinds = kinds(one);
        member.conversations += 1;
        member.kinds = (member.kinds.0 + kinds.0, member.kinds.1 + kinds.1, member.kinds.2 + kinds.2);
        member.totals.extend(one.reviewed.as_ref().unwrap_or(&one.score).total);
    }
    let unnamed = paper.style.word("sheet.unnamed");
    let row = |(name, member): (&&str, &Member)| {
        let totals = &member.totals;
        let mean = totals.iter().sum::<f64>() / totals.len().max(1) as f64;
        let least = totals.iter().copied().reduce(f64::min);
        vec![
            text(if name.is_empty() { &unnamed } else { name }),
            count(member.conversations),
            if totals.is_empty() { Cell::Empty } else { Cell::Number((mean * 10.0).round() / 10.0) },
            least.map_or(Cell::Empty, Cell::Number),
            count(member.kinds.0),
            count(member.kinds.1),
            count(member.kinds.2),
        ]
    };
    let rows: Vec<Vec<Cell>> = members.iter().map(row).collect();
    let headings = [
        "sheet.staff",
        "sheet.conversations",
        "sheet.mean",
        "sheet.least",
        "sheet.banned",
        "sheet.missed",
        "sheet.articles",
    ];
    table(paper, "sheet.name.staff", &headings, &rows)
}

/// Inputs that could not be read; no sheet where there are none.
pub(super) fn errors(paper: &Paper<'_>) -> Result<Vec<Worksheet>, XlsxError> {
    let row = |one: &crate::report::Failure| {
        [&one.path, &one.place, &one.code, &one.message, &one.cure].map(|part| text(part)).to_vec()
    };
    let rows: Vec<Vec<Cell>> = paper.report.errors.iter().map(row).collect();
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let headings = ["sheet.file", "sheet.place", "sheet.code", "sheet.what", "sheet.cure"];
    table(paper, "sheet.name.errors", &headings, &rows)
}
