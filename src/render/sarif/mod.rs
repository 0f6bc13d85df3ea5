//! SARIF 2.1.0: one run, one result a finding. Columns count characters (`unicodeCodePoints`), as they do everywhere in
//! the report. What does not count is a result with a suppression.

mod model;
mod rules;

use self::model::{
    Artifact, Change, Content, Descriptor, Finding, Fix, Inserted, Invocation, Location, Log, Logical,
    Notification, Physical, Properties, Region, Replacement, Run, Suppression, Text, Uri,
};
use super::fix::fixes;
use super::{Style, json, review, uri, wording};
use crate::diagnostic::{Lang, Severity, one_line};
use crate::report::{self, Conversation, Failure, Report};
use crate::text::{Raw, Span};
use std::collections::BTreeMap;
use std::io::{self, Write};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn document(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let writer = Writer { report, style, indices: indices(report) };
    json::pretty(&writer.log(), out)
}

/// The number of each file, in order of appearance.
fn indices(report: &Report) -> BTreeMap<&str, usize> {
    let mut out = BTreeMap::new();
    for one in &report.files {
        let next = out.len();
        out.entry(one.path.as_str()).or_insert(next);
    }
    out
}

struct Writer<'a> {
    report: &'a Report,
    style: &'a Style,
    indices: BTreeMap<&'a str, usize>,
}

impl<'a> Writer<'a> {
    fn log(&self) -> Log<'a> {
        let findings = self.report.files.iter().flat_map(|one| one.findings.iter().map(move |f| (one, f)));
        Log {
            schema: SCHEMA,
            version: "2.1.0",
            runs: [Run {
                tool: rules::tool(self.report, self.style),
                invocations: [self.invocation()],
                language: if self.style.lang == Lang::En { "en" } else { "zh-CN" },
                column_kind: "unicodeCodePoints",
                artifacts: self.artifacts(),
                results: findings.map(|(one, finding)| self.result(one, finding)).collect(),
            }],
        }
    }

    fn invocation(&self) -> Invocation<'a> {
        let failed = self.report.errors.iter().map(|failure| self.failed(failure));
        let about = |one: &'a Conversation| one.warnings.iter().map(move |warning| (one, warning));
        let warned = self.report.files.iter().flat_map(about).map(|(one, warning)| Notification {
            descriptor: Descriptor { id: &warning.code },
            level: "warning",
            message: Text::plain(warning.message.clone()),
            locations: vec![self.file(one)],
        });
        let whole = self.report.warnings.iter().map(|warning| Notification {
            descriptor: Descriptor { id: &warning.code },
            level: "warning",
            message: Text::plain(warning.message.clone()),
            locations: Vec::new(),
        });
        Invocation {
            execution_successful: self.report.errors.is_empty(),
            tool_execution_notifications: failed.chain(warned).chain(whole).collect(),
        }
    }

    fn failed(&self, failure: &'a Failure) -> Notification<'a> {
        let place = if failure.place.is_empty() { String::new() } else { format!("{}: ", failure.place) };
        let uri = Uri { uri: uri::of(&failure.path), index: None };
        Notification {
            descriptor: Descriptor { id: &failure.code },
            level: "error",
            message: Text::plain(format!("{place}{}\n{}", failure.message, failure.cure)),
            locations: vec![Location {
                physical_location: Some(Physical { artifact_location: uri, region: None }),
                ..Location::default()
            }],
        }
    }

    /// Each file once; a file of many conversations has no hash of its own in the report.
    fn artifacts(&self) -> Vec<Artifact<'a>> {
        let mut out: Vec<Artifact<'a>> = Vec::new();
        for one in &self.report.files {
            if self.indices.get(one.path.as_str()) == Some(&out.len()) {
                let hash = one.sha256.as_deref();
                out.push(Artifact {
                    location: Uri { uri: uri::of(&one.path), index: None },
                    roles: ["analysisTarget"],
                    encoding: Some(one.encoding.as_str()).filter(|name| !name.is_empty()),
                    hashes: hash.map(|hash| BTreeMap::from([("sha-256", hash)])),
                });
            }
        }
        out
    }

    fn result(&self, one: &'a Conversation, finding: &'a report::Finding) -> Finding<'a> {
        Finding {
            rule_id: &finding.rule,
            rule_index: self.report.rules.keys().position(|id| *id == finding.rule),
            level: level(finding.severity),
            rank: finding.confidence.value() * 100.0,
            message: Text::plain(wording::told(one, finding, &self.report.rules, self.style).join("\n")),
            locations: [self.place(one, finding)],
            related_locations: self.reason(one, finding).into_iter().collect(),
            partial_fingerprints: BTreeMap::from([("wuxin/v1", finding.fingerprint.as_str())]),
            fixes: self.fixes(one, finding),
            suppressions: self.suppression(finding).map(|one| [one]),
            properties: Properties {
                speaker: finding.speaker.as_deref(),
                role: finding.role,
                turn: finding.turn,
                time_ms: finding.time_ms,
                confidence: finding.confidence,
                how: &finding.how,
                review: finding.review.as_ref(),
            },
        }
    }

    fn uri(&self, one: &Conversation) -> Uri {
        Uri { uri: uri::of(&one.path), index: self.indices.get(one.path.as_str()).copied() }
    }

    /// The file as a whole, and the conversation in it.
    fn file(&self, one: &Conversation) -> Location<'a> {
        let within = one.conversation.as_ref().map(|id| Logical {
            name: id.clone(),
            fully_qualified_name: format!("{}#{id}", one.path),
            kind: "conversation",
        });
        Location {
            physical_location: Some(Physical { artifact_location: self.uri(one), region: None }),
            logical_locations: within.into_iter().collect(),
            ..Location::default()
        }
    }

    /// The words: a region, or, where no text can be pointed at, a paragraph or a cell by name.
    fn place(&self, one: &'a Conversation, finding: &'a report::Finding) -> Location<'a> {
        let mut out = self.file(one);
        let pieces = finding.pieces.as_deref().unwrap_or_default();
        if let (Some(span), Some(physical)) = (finding.span, &mut out.physical_location) {
            physical.region = Some(region(one, span));
        }
        if let Some(place) = &finding.place {
            let name = wording::place(place, self.style);
            let whole = format!("{}#{place}", one.path);
            out.message = Some(Text::plain(name.clone()));
            out.logical_locations.push(Logical { name, fully_qualified_name: whole, kind: "element" });
        }
        if pieces.len() > 1 {
            out.annotations = pieces.iter().map(|piece| region(one, *piece)).collect();
        }
        out
    }

    /// The words that excuse it.
    fn reason(&self, one: &'a Conversation, finding: &report::Finding) -> Option<Location<'a>> {
        let excused = finding.excused.as_ref()?;
        let region = region(one, excused.span?);
        Some(Location {
            physical_location: Some(Physical { artifact_location: self.uri(one), region: Some(region) }),
            message: Some(Text::plain(wording::excuse(excused.why, self.style))),
            ..Location::default()
        })
    }

    fn fixes(&self, one: &'a Conversation, finding: &report::Finding) -> Vec<Fix<'a>> {
        let fix = |fix: super::fix::Fix| Fix {
            description: Text::plain(format!("{} {}", fix.rule, wording::quoted(&fix.text, self.style))),
            artifact_changes: [Change {
                artifact_location: self.uri(one),
                replacements: [Replacement {
                    deleted_region: region(one, fix.span),
                    inserted_content: Inserted { text: fix.text },
                }],
            }],
        };
        fixes(one, finding, &self.report.rules).into_iter().map(fix).collect()
    }

    /// A comment stands in the file; a person's verdict and the context itself do not.
    fn suppression(&self, finding: &report::Finding) -> Option<Suppression> {
        let excused = finding.excused.as_ref()?;
        let justification = match &finding.review {
            Some(said) => review::verdict(said, self.style),
            None => one_line(&wording::excuse(excused.why, self.style)),
        };
        let kind = if excused.why == "suppressed" { "inSource" } else { "external" };
        Some(Suppression { kind, status: "accepted", justification })
    }
}

/// A stretch of the decoded file, with its text.
fn region(one: &Conversation, span: Span<Raw>) -> Region<'_> {
    let (start, end) = (one.source.position(span.start), one.source.position(span.end));
    let text = one.source.slice(span);
    Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        snippet: (!text.is_empty()).then_some(Content { text }),
    }
}

/// The level of a severity (§3.27.10): the same words.
fn level(severity: Severity) -> &'static str {
    severity.word()
}
