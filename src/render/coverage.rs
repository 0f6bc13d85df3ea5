//! The coverage matrix: a table for the terminal, one for Markdown.

use super::table::{Align, table};
use super::{Style, wording};
use crate::diagnostic::{Message, Paint, columns, fold, one_line};
use crate::report::{Coverage, Provision, Reach};
use std::io::{self, Write};

/// The last column is folded, but never narrower than this.
const NARROWEST: usize = 24;

/// The column of subjects is folded to this.
const TITLE: usize = 20;

const HEADINGS: [&str; 5] = [
    "render.coverage.provision",
    "render.coverage.title",
    "render.coverage.how",
    "render.coverage.rule",
    "render.coverage.detail",
];

/// A row a check, the last column folded to the width, then the sums.
pub fn coverage(coverage: &Coverage, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let heading = HEADINGS.map(|key| style.word(key)).to_vec();
    let rows: Vec<Vec<String>> = coverage.rows.iter().flat_map(|row| cells(row, style)).collect();
    let rows = folded(&heading, &rows, style.look.width);
    let title = format!("{} {}", one_line(&coverage.standard.title), one_line(&coverage.standard.number));
    writeln!(out, "{}\n", style.look.paint(Paint::Strong, title.trim_end()))?;
    out.write_all(table(&heading, &[Align::Left; 5], &rows, style).as_bytes())?;
    writeln!(out, "\n{}", sums(coverage, style))
}

/// The same as a Markdown table.
pub fn coverage_markdown(coverage: &Coverage, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let title = format!("{} {}", coverage.standard.title, coverage.standard.number);
    writeln!(out, "# {}\n", wording::markdown(title.trim_end()))?;
    writeln!(out, "{}\n|---|---|---|---|---|", line(&HEADINGS.map(|key| style.word(key))))?;
    for row in coverage.rows.iter().flat_map(|row| cells(row, style)) {
        let cells: Vec<String> = row.iter().map(|cell| wording::markdown(cell)).collect();
        writeln!(out, "{}", line(&cells))?;
    }
    writeln!(out, "\n{}", sums(coverage, style))
}

/// A line a check; what cannot be heard besides, and what nothing accounts for, have lines of their own.
fn cells(row: &Provision, style: &Style) -> Vec<Vec<String>> {
    let how = |word: &str| wording::known(&format!("render.coverage.how.{word}"), word, style.lang);
    let mut lines: Vec<[String; 3]> = row
        .checks
        .iter()
        .map(|check| [how(check.how), one_line(&check.rule), detail(&check.detail, &check.see, style)])
        .collect();
    lines.extend(row.rest.iter().map(|rest| [how("rest"), String::new(), one_line(rest)]));
    if row.checks.is_empty() {
        lines.push([how("missing"), String::new(), style.word("render.coverage.missing")]);
    }
    let named = |i: usize| match i {
        0 => [provision(row, style), one_line(&row.title)],
        _ => [String::new(), String::new()],
    };
    lines.into_iter().enumerate().map(|(i, line)| named(i).into_iter().chain(line).collect()).collect()
}

/// The rules that hear the same evidence stand behind.
fn detail(detail: &str, see: &[String], style: &Style) -> String {
    let unnamed: Vec<&str> = see.iter().map(String::as_str).filter(|id| !detail.contains(id)).collect();
    if unnamed.is_empty() {
        return one_line(detail);
    }
    let rules = unnamed.join(" ");
    style.say(&Message::new("render.coverage.see").arg("detail", one_line(detail)).arg("rules", rules))
}

fn provision(row: &Provision, style: &Style) -> String {
    style.say(&Message::new(format!("render.coverage.{}", row.kind)).arg("number", row.number))
}

/// The rows with the second cell folded to [`TITLE`] columns and the last one to what the others leave of `width`.
fn folded(heading: &[String], rows: &[Vec<String>], width: usize) -> Vec<Vec<String>> {
    let widest = |i: usize| {
        let cells = rows.iter().map(Vec::as_slice).chain([heading]).filter_map(|row| row.get(i));
        cells.map(|cell| columns(cell)).max().unwrap_or(0)
    };
    let taken: usize = (0..4).map(|i| widest(i).min(if i == 1 { TITLE } else { usize::MAX }) + 2).sum();
    let room = width.saturating_sub(taken).max(NARROWEST);
    let limit = |i: usize| match i {
        1 => TITLE,
        4 => room,
        _ => usize::MAX,
    };
    rows.iter().flat_map(|row| fold_row(row, limit)).collect()
}

/// One row as the lines that its tallest cell needs.
fn fold_row(row: &[String], limit: impl Fn(usize) -> usize) -> Vec<Vec<String>> {
    let cells: Vec<Vec<String>> = row.iter().enumerate().map(|(i, cell)| fold(cell, limit(i))).collect();
    let lines = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |n: usize| cells.iter().map(|cell| cell.get(n).cloned().unwrap_or_default()).collect();
    (0..lines).map(line).collect()
}

/// `共 69 条：全部检查 52，部分检查 9，听不到 8`
fn sums(coverage: &Coverage, style: &Style) -> String {
    let count = |reach: Reach| coverage.rows.iter().filter(|row| row.reach == reach).count();
    let parts: Vec<String> = Reach::ALL
        .into_iter()
        .filter(|reach| count(*reach) > 0)
        .map(|reach| {
            let name =
                wording::known(&format!("render.coverage.reach.{}", reach.word()), reach.word(), style.lang);
            format!("{name} {}", count(reach))
        })
        .collect();
    let list = parts.join(&style.word("render.list"));
    style.say(&Message::new("render.coverage.sums").arg("count", coverage.rows.len()).arg("list", list))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Look;
    use crate::report::{COVERAGE_SCHEMA, ProvisionCheck, StandardInfo};

    fn small() -> Coverage {
        let check = |rule: &str, how, detail: &str| ProvisionCheck {
            rule: rule.into(),
            how,
            see: if rule == "S03-x" { vec!["A29".into()] } else { Vec::new() },
            detail: detail.into(),
        };
        let row = |kind, number, title: &str, reach, checks: Vec<ProvisionCheck>| Provision {
            rest: (reach == Reach::Partly).then(|| "笑脸|要\u{1b}[2J看".into()),
            text: title.into(),
            title: title.into(),
            kind,
            number,
            reach,
            checks,
        };
        let standard = StandardInfo {
            id: "x".into(),
            title: "标准".into(),
            number: "[1]".into(),
            sha256: String::new(),
        };
        let rows = vec![
            row("article", 3, "亲情服务", Reach::Partly, vec![check("S03-x", "said", "一句好话")]),
            row("approved", 1, &"长".repeat(15), Reach::Checked, vec![check("A01", "expected", "每次")]),
            row("banned", 2, "", Reach::Missing, Vec::new()),
        ];
        Coverage { schema: COVERAGE_SCHEMA, standard, rows }
    }

    fn drawn(width: usize) -> String {
        let style = Style { look: Look { width, ..Look::default() }, ..Style::default() };
        let mut out = Vec::new();
        coverage(&small(), &style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_stand_under_each_other_and_nothing_runs_over() {
        let out = drawn(80);
        let lines: Vec<&str> = out.lines().skip(2).take_while(|line| !line.is_empty()).collect();
        let at = |line: &str, word: &str| line.find(word).map(|byte| columns(&line[..byte]));
        let rule = at(lines[0], "规则").unwrap();
        for word in ["S03-x", "A01 "] {
            assert!(lines.iter().any(|line| at(line, word) == Some(rule)), "{word}: {out}");
        }
        assert!(lines.iter().all(|line| columns(line) <= 80), "{out}");
        assert!(lines.iter().any(|line| line.trim() == "长".repeat(5)), "a long title goes on below: {out}");
        assert!(out.contains("附件2第2项") && out.contains("未检查"), "{out}");
        assert!(lines.iter().all(|line| line.chars().all(|c| !c.is_control())));
    }

    #[test]
    fn a_markdown_table_has_five_cells_a_row_whatever_stands_in_them() {
        let mut out = Vec::new();
        coverage_markdown(&small(), &Style::default(), &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        let rows: Vec<&str> = out.lines().filter(|line| line.starts_with('|')).collect();
        assert_eq!(rows.len(), 2 + 4);
        for row in rows {
            assert_eq!(row.replace("\\|", "").matches('|').count(), 6, "{row}");
        }
        assert!(out.contains("\\[1\\]") && !out.contains('\u{1b}'));
    }
}
