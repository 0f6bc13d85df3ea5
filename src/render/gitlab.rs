//! GitLab's code quality report. <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use super::{Style, json, wording};
use crate::diagnostic::{Severity, one_line};
use crate::report::{Conversation, Finding, fingerprint};
use crate::text::Position;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<Lines>,
    #[serde(skip_serializing_if = "Option::is_none")]
    positions: Option<Positions>,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

#[derive(Serialize)]
struct Positions {
    begin: Position,
    end: Position,
}

pub(super) fn conversation(
    one: &Conversation,
    style: &Style,
    begun: &mut bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    for finding in wording::counted(one) {
        json::element(&issue(one, finding, style), begun, out)?;
    }
    Ok(())
}

fn issue(one: &Conversation, finding: &Finding, style: &Style) -> Issue {
    Issue {
        description: description(finding, style),
        check_name: finding.rule.clone(),
        fingerprint: fingerprint_in_project(one, finding),
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location: location(one, finding),
    }
}

/// One line: what it is, where no line can be named, and the words.
fn description(finding: &Finding, style: &Style) -> String {
    let place = if finding.start.is_none() { wording::position(finding, style) } else { String::new() };
    let parts = [one_line(&finding.message), place, wording::quoted(&finding.text, style).into_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The same words in two files are two issues.
fn fingerprint_in_project(one: &Conversation, finding: &Finding) -> String {
    let conversation = one.conversation.as_deref().unwrap_or_default();
    fingerprint(&finding.fingerprint, &wording::plain_path(&one.path), conversation, 0)
}

/// The report demands `lines` or `positions`; where there are neither, the first line is named.
fn location(one: &Conversation, finding: &Finding) -> Location {
    let path = wording::plain_path(&one.path);
    match (finding.start, finding.end) {
        (Some(begin), Some(end)) => Location { path, lines: None, positions: Some(Positions { begin, end }) },
        _ => Location { path, lines: Some(Lines { begin: 1, end: 1 }), positions: None },
    }
}
