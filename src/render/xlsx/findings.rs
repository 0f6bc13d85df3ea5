//! The findings, one a row, on as many sheets as they need; `wuxin review import` reads the reviewer's columns back.

use super::super::columns::{Column, Row, listed};
use super::super::review;
use super::Paper;
use super::grid::{Grid, column};
use crate::diagnostic::one_line;
use crate::report::{Conversation, Finding};
use rust_xlsxwriter::{DataValidation, Format, RowNum, Worksheet, XlsxError};

/// The verdicts that can be chosen.
const VERDICTS: [&str; 3] = ["confirmed", "dismissed", "accepted"];

/// Columns of a reason that is to be written, and of the reviewer's other fields.
const REASON: usize = 28;
const FIELD: usize = 13;

/// Longer addresses Excel does not take.
const LONGEST_LINK: usize = 2_000;

pub(super) fn sheets(paper: &Paper<'_>) -> Result<Vec<Worksheet>, XlsxError> {
    let style = paper.style;
    let all = paper.report.files.iter().flat_map(|one| listed(one, style).map(move |finding| (one, finding)));
    let mut out = Vec::new();
    let mut page = Page::new(*paper, 1)?;
    for (one, finding) in all {
        if page.grid.is_full() {
            let next = Page::new(*paper, out.len() + 2)?;
            out.push(std::mem::replace(&mut page, next).finish()?);
        }
        page.finding(one, finding)?;
    }
    out.push(page.finish()?);
    Ok(out)
}

/// One sheet of findings.
struct Page<'a> {
    paper: Paper<'a>,
    grid: Grid<'a>,
    links: usize,
}

impl<'a> Page<'a> {
    fn new(paper: Paper<'a>, number: usize) -> Result<Self, XlsxError> {
        let name = paper.style.word("sheet.name.findings");
        let name = if number == 1 { name } else { format!("{name} {number}") };
        let mut grid = Grid::new(paper, &name)?;
        grid.heading(&Column::SHEET.map(|column| column.heading(paper.style)))?;
        for (at, one) in Column::SHEET.iter().enumerate().filter(|(_, one)| one.is_field()) {
            grid.widen(at, if *one == Column::Reason { REASON } else { FIELD });
        }
        Ok(Page { paper, grid, links: 0 })
    }

    fn finding(&mut self, one: &'a Conversation, finding: &'a Finding) -> Result<(), XlsxError> {
        let row = Row { one, finding, rules: &self.paper.report.rules, style: self.paper.style };
        let cells = Column::SHEET.map(|column| (column.cell(&row), self.look(column, finding)));
        let number = self.grid.row(&cells)?;
        self.link(number, one)
    }

    fn look(&self, column: Column, finding: &Finding) -> &'a Format {
        let looks = self.paper.looks;
        match column {
            _ if column.is_field() => &looks.field,
            _ if finding.excused.is_some() => &looks.faint,
            Column::Severity => looks.severity(finding.severity),
            _ => &looks.plain,
        }
    }

    /// The file's cell leads to the file; beyond what Excel takes it is text only.
    fn link(&mut self, row: RowNum, one: &Conversation) -> Result<(), XlsxError> {
        let Some(target) = target(&one.path, &self.paper.report.links) else { return Ok(()) };
        if self.links >= self.paper.limits.links || target.len() > LONGEST_LINK {
            return Ok(());
        }
        self.links += 1;
        let shown = super::grid::fitting(&one_line(&one.path));
        self.grid.sheet.write_url_with_options(
            row,
            0,
            target.as_str(),
            shown,
            "",
            Some(&self.paper.looks.link),
        )?;
        Ok(())
    }

    /// With the list of verdicts to choose from. What is empty, and what only programs need, is hidden.
    fn finish(mut self) -> Result<Worksheet, XlsxError> {
        let words = VERDICTS.map(|word| review::state(word, self.paper.style));
        let choice = DataValidation::new().allow_list_strings(&words)?.ignore_blank(true);
        let at = Column::SHEET.iter().position(|column| *column == Column::Verdict).map_or(0, column);
        let last = (self.grid.next() - 1).max(1);
        self.grid.sheet.add_data_validation(1, at, last, at, &choice)?;
        self.grid.sheet.set_print_area(0, 0, last, column(Column::PRINTED - 1))?;
        for (at, one) in Column::SHEET.iter().enumerate() {
            let empty = !one.is_field() && !self.grid.has_content(at);
            if *one == Column::Fingerprint || empty {
                self.grid.sheet.set_column_hidden(column(at))?;
            }
        }
        self.grid.finish(Some(0))
    }
}

/// What leads from the workbook to the file, or to the archive that holds it. The writer escapes what an address must
/// not hold and takes `file:///` off before a relative path; `#` it would take for a place within the file.
fn target(path: &str, links: &str) -> Option<String> {
    let path = path.split_once('!').map_or(path, |(archive, _)| archive);
    let rooted = path.starts_with(['/', '\\']) || path.as_bytes().get(1) == Some(&b':');
    let target = if rooted { path.to_owned() } else { format!("{links}{path}") };
    let plain = path != "-" && !target.contains('#') && one_line(&target) == target;
    plain.then(|| format!("file:///{target}"))
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn links_lead_to_files() {
        for (path, wanted) in [
            ("a b/甲.txt", Some("file:///../a b/甲.txt")),
            ("/x/甲.txt", Some("file:////x/甲.txt")),
            ("C:\\x\\甲.txt", Some("file:///C:\\x\\甲.txt")),
            ("a.zip!b.srt", Some("file:///../a.zip")),
            ("a#b.txt", None),
            ("a\u{1b}.txt", None),
            ("-", None),
        ] {
            assert_eq!(target(path, "../").as_deref(), wanted, "{path}");
        }
    }
}
