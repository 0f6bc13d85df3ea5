//! Checkstyle XML, which most servers read: a file, and the findings in it.

use super::xml::escape;
use super::{Rules, Style, wording};
use crate::diagnostic::Severity;
use crate::report::{Conversation, Failure, Finding};
use std::io::{self, Write};

pub(super) fn start(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n")
}

pub(super) fn end(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"</checkstyle>\n")
}

pub(super) fn conversation(
    one: &Conversation,
    rules: &Rules,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "  <file name=\"{}\">", escape(&wording::plain_path(&one.path)))?;
    for finding in wording::counted(one) {
        writeln!(out, "    <error {}/>", attributes(one, finding, rules, style))?;
    }
    out.write_all(b"  </file>\n")
}

pub(super) fn failure(failure: &Failure, out: &mut dyn Write) -> io::Result<()> {
    let said = format!("{} {}\n{}", failure.place, failure.message, failure.cure);
    let (file, said) = (escape(&wording::plain_path(&failure.path)), escape(said.trim()));
    writeln!(out, "  <file name=\"{file}\">")?;
    let source = escape(&failure.code);
    writeln!(out, "    <error line=\"1\" severity=\"error\" message=\"{said}\" source=\"wuxin.{source}\"/>")?;
    out.write_all(b"  </file>\n")
}

/// A line is demanded: where there is none, the first is named and the message says the place.
fn attributes(one: &Conversation, finding: &Finding, rules: &Rules, style: &Style) -> String {
    let place = match finding.start {
        Some(start) => format!("line=\"{}\" column=\"{}\"", start.line, start.column),
        None => "line=\"1\"".to_owned(),
    };
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "info",
    };
    let told = escape(&wording::told(one, finding, rules, style).join("\n"));
    let source = escape(&finding.rule);
    format!("{place} severity=\"{severity}\" message=\"{told}\" source=\"wuxin.{source}\"")
}
