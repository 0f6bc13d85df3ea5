//! Workflow commands of GitHub Actions: a line a finding, shown beside the file in a pull request.
//! <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>

use super::{Rules, Style, wording};
use crate::diagnostic::{Severity, one_line};
use crate::report::{Conversation, Failure, Finding};
use std::io::{self, Write};

pub(super) fn conversation(
    one: &Conversation,
    rules: &Rules,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    for finding in wording::counted(one) {
        let mut properties = vec![("file", wording::plain_path(&one.path))];
        properties.extend(region(finding));
        properties.push(("title", wording::title(finding, rules)));
        let said = wording::told(one, finding, rules, style).join("\n");
        writeln!(out, "{}", command(word(finding.severity), &properties, &said))?;
    }
    Ok(())
}

pub(super) fn failure(failure: &Failure, out: &mut dyn Write) -> io::Result<()> {
    let properties = [("file", wording::plain_path(&failure.path)), ("title", failure.code.clone())];
    let place = if failure.place.is_empty() { String::new() } else { format!("{}: ", failure.place) };
    let said = format!("{place}{}\n{}", failure.message, failure.cure);
    writeln!(out, "{}", command("error", &properties, &said))
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// Columns mean something within one line only.
fn region(finding: &Finding) -> Vec<(&'static str, String)> {
    let (Some(start), Some(end)) = (finding.start, finding.end) else { return Vec::new() };
    let mut out = vec![("line", start.line.to_string()), ("endLine", end.line.to_string())];
    if start.line == end.line {
        out.push(("col", start.column.to_string()));
        out.push(("endColumn", end.column.to_string()));
    }
    out
}

fn command(word: &str, properties: &[(&'static str, String)], said: &str) -> String {
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    format!("::{word} {}::{}", properties.join(","), data(said))
}

/// The text of a command. Line breaks are ours; what else would steer the log is made visible.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(one_line).collect();
    lines.join("\n").replace('%', "%25").replace('\n', "%0A")
}

/// The value of a property: what divides properties is escaped too.
fn property(text: &str) -> String {
    one_line(text).replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}
