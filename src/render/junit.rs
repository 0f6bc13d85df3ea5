//! JUnit XML as Jenkins reads it (its `junit-10.xsd`): a suite a conversation, a case a finding. A note is a case that
//! passed with a remark; a conversation without findings is one case that passed.

use super::xml::escape;
use super::{Rules, Style, wording};
use crate::diagnostic::Severity;
use crate::report::{Conversation, Failure, Finding};
use std::io::{self, Write};

pub(super) fn start(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"wuxin\">\n")
}

pub(super) fn end(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"</testsuites>\n")
}

pub(super) fn conversation(
    one: &Conversation,
    rules: &Rules,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let found: Vec<&Finding> = wording::counted(one).collect();
    let failed = found.iter().filter(|finding| finding.severity != Severity::Note).count();
    let name = escape(&name(one));
    suite(&name, found.len().max(1), failed, 0, out)?;
    if found.is_empty() {
        writeln!(out, "    <testcase classname=\"{name}\" name=\"wuxin\"/>")?;
    }
    for finding in found {
        out.write_all(case(&name, one, finding, rules, style).as_bytes())?;
    }
    out.write_all(b"  </testsuite>\n")
}

pub(super) fn failure(failure: &Failure, out: &mut dyn Write) -> io::Result<()> {
    let name = escape(&failure.path);
    suite(&name, 1, 0, 1, out)?;
    let (code, place) = (escape(&failure.code), escape(&failure.place));
    writeln!(
        out,
        "    <testcase classname=\"{name}\" name=\"{}\">",
        [code.as_str(), &place].join(" ").trim()
    )?;
    let (message, cure) = (escape(&failure.message), escape(&failure.cure));
    writeln!(out, "      <error type=\"{code}\" message=\"{message}\">{cure}</error>")?;
    out.write_all(b"    </testcase>\n  </testsuite>\n")
}

/// The path, and the conversation in it where there are many.
fn name(one: &Conversation) -> String {
    let path = wording::plain_path(&one.path);
    match &one.conversation {
        Some(id) => format!("{path}#{id}"),
        None => path,
    }
}

fn suite(name: &str, tests: usize, failures: usize, errors: usize, out: &mut dyn Write) -> io::Result<()> {
    let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"");
    writeln!(out, "  <testsuite name=\"{name}\" {counts}>")
}

fn case(suite: &str, one: &Conversation, finding: &Finding, rules: &Rules, style: &Style) -> String {
    let title = wording::title(finding, rules);
    let name = match wording::position(finding, style) {
        place if place.is_empty() => title,
        place => format!("{title} @ {place}"),
    };
    let told = escape(&wording::told(one, finding, rules, style).join("\n"));
    let inner = if finding.severity == Severity::Note {
        format!("      <system-out>{told}</system-out>\n")
    } else {
        let (kind, message) = (finding.severity.word(), escape(&finding.message));
        format!("      <failure type=\"{kind}\" message=\"{message}\">{told}</failure>\n")
    };
    format!("    <testcase classname=\"{suite}\" name=\"{}\">\n{inner}    </testcase>\n", escape(&name))
}
