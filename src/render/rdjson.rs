//! Reviewdog's diagnostics. Columns count bytes of UTF-8 there, from 1.
//! <https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto>

use super::fix::{Fix, fixes};
use super::{Rules, Style, json, wording};
use crate::diagnostic::Severity;
use crate::report::{Conversation, Failure, Finding};
use crate::text::{Raw, SourceText, Span};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Diagnostic {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Code {
    value: String,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

pub(super) fn start(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"source\":{\"name\":\"wuxin\"},\"severity\":\"WARNING\",\"diagnostics\":[")
}

pub(super) fn end(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"\n]}\n")
}

pub(super) fn conversation(
    one: &Conversation,
    rules: &Rules,
    style: &Style,
    begun: &mut bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    for finding in wording::counted(one) {
        json::element(&diagnostic(one, finding, rules, style), begun, out)?;
    }
    Ok(())
}

pub(super) fn failure(failure: &Failure, begun: &mut bool, out: &mut dyn Write) -> io::Result<()> {
    let said = format!("{} {}\n{}", failure.place, failure.message, failure.cure);
    let diagnostic = Diagnostic {
        message: said.trim().to_owned(),
        location: Location { path: wording::plain_path(&failure.path), range: None },
        severity: "ERROR",
        code: Code { value: failure.code.clone() },
        suggestions: Vec::new(),
    };
    json::element(&diagnostic, begun, out)
}

fn diagnostic(one: &Conversation, finding: &Finding, rules: &Rules, style: &Style) -> Diagnostic {
    let range = |span| range(&one.source, span);
    let suggestion = |fix: Fix| Suggestion { range: range(fix.span), text: fix.text };
    Diagnostic {
        message: wording::told(one, finding, rules, style).join("\n"),
        location: Location {
            path: wording::plain_path(&one.path),
            range: finding.span.filter(|_| finding.start.is_some()).map(range),
        },
        severity: match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Note => "INFO",
        },
        code: Code { value: finding.rule.clone() },
        suggestions: fixes(one, finding, rules).into_iter().map(suggestion).collect(),
    }
}

fn range(source: &SourceText, span: Span<Raw>) -> Range {
    Range { start: position(source, span.start), end: position(source, span.end) }
}

fn position(source: &SourceText, offset: u32) -> Position {
    let line = source.position(offset).line;
    Position { line, column: offset.saturating_sub(source.line_span(line).start).saturating_add(1) }
}
