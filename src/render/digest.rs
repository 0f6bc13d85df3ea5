//! The findings in Markdown, for a comment or a job's summary: the sums, the rules, then each file that has findings.

use super::columns::severity;
use super::{Style, wording};
use crate::diagnostic::{Message, one_line};
use crate::report::{Conversation, Finding, Report};
use std::io::{self, Write};

pub(super) fn document(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let digest = Digest { report, style };
    let mut parts = vec![digest.head(), digest.by_rule()];
    parts.extend(report.files.iter().map(|one| digest.conversation(one)));
    parts.push(digest.failures());
    parts.retain(|part| !part.is_empty());
    out.write_all(parts.join("\n").as_bytes())
}

struct Digest<'a> {
    report: &'a Report,
    style: &'a Style,
}

impl Digest<'_> {
    fn head(&self) -> String {
        let standard = &self.report.tool.standard;
        let title = format!("{}（{}）", standard.title, standard.number);
        let sums = wording::summary(&self.report.summary, self.style);
        format!("# wuxin\n\n{}\n\n{}\n", wording::markdown(&title), wording::markdown(&sums))
    }

    /// How often each rule was broken.
    fn by_rule(&self) -> String {
        let title = |rule: &String| self.report.rules.get(rule).map(|rule| rule.title.clone());
        let row = |(rule, count): (&String, &usize)| {
            vec![rule.clone(), title(rule).unwrap_or_default(), count.to_string()]
        };
        let rows: Vec<Vec<String>> = self.report.summary.by_rule.iter().map(row).collect();
        self.table(["sheet.rule", "sheet.title", "sheet.count"], &rows)
    }

    fn conversation(&self, one: &Conversation) -> String {
        let shown = |finding: &&Finding| finding.excused.is_none() || self.style.show_excused;
        let rows: Vec<Vec<String>> = one.findings.iter().filter(shown).map(|f| self.row(f)).collect();
        if rows.is_empty() {
            return String::new();
        }
        let heading = wording::markdown(&wording::path(one, self.style));
        let columns =
            ["sheet.place", "sheet.severity", "sheet.rule", "sheet.text", "sheet.what", "sheet.instead"];
        format!("## {heading}\n\n{}", self.table(columns, &rows))
    }

    fn row(&self, finding: &Finding) -> Vec<String> {
        let why = finding.excused.as_ref().map(|excused| wording::excuse(excused.why, self.style));
        let why = why.map(|why| self.style.say(&Message::new("render.excused").arg("why", why)));
        vec![
            wording::position(finding, self.style),
            severity(finding, self.style),
            finding.rule.clone(),
            finding.text.clone(),
            [finding.message.clone()].into_iter().chain(why).collect::<Vec<_>>().join(" "),
            wording::instead(finding, &self.report.rules, self.style)
                .join(&self.style.word("render.semicolon")),
        ]
    }

    /// Inputs that could not be read.
    fn failures(&self) -> String {
        let place = |path: &str, place: &str| {
            if place.is_empty() { path.to_owned() } else { format!("{path}:{place}") }
        };
        let errors = self.report.errors.iter();
        let rows: Vec<Vec<String>> = errors
            .map(|one| vec![place(&one.path, &one.place), one.message.clone(), one.cure.clone()])
            .collect();
        match rows.is_empty() {
            true => String::new(),
            false => {
                let heading = self.style.word("sheet.name.errors");
                format!("## {heading}\n\n{}", self.table(["sheet.file", "sheet.what", "sheet.cure"], &rows))
            }
        }
    }

    fn table<const N: usize>(&self, heading: [&'static str; N], rows: &[Vec<String>]) -> String {
        if rows.is_empty() {
            return String::new();
        }
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let head = line(heading.iter().map(|key| self.style.word(key)).collect());
        let rule = line(vec!["---".to_owned(); N]);
        let cell = |text: &String| wording::markdown(&one_line(text));
        head + &rule + &rows.iter().map(|row| line(row.iter().map(cell).collect())).collect::<String>()
    }
}
