//! The table of findings, as a spreadsheet has it: which columns, and what stands in them.

use super::{Rules, Style, review, wording};
use crate::diagnostic::{Message, one_line};
use crate::report::{Conversation, Finding, Reviewed};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Empty,
    Number(f64),
    /// One line, nothing in it invisible.
    Text(String),
}

/// A finding with what it stands in.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) one: &'a Conversation,
    pub(super) finding: &'a Finding,
    pub(super) rules: &'a Rules,
    pub(super) style: &'a Style,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    File,
    Conversation,
    Line,
    /// Within the line.
    Offset,
    Place,
    Turn,
    Time,
    Rule,
    Severity,
    Text,
    What,
    Basis,
    Instead,
    Speaker,
    Role,
    Confidence,
    How,
    Excused,
    Verdict,
    Reviewer,
    Reason,
    Reviewed,
    Expires,
    Staff,
    Date,
    Recording,
    Channel,
    Case,
    Fingerprint,
}

impl Column {
    /// All of them, in the order of a table for programs.
    pub(super) const ALL: [Column; 29] = [
        Column::File,
        Column::Conversation,
        Column::Line,
        Column::Offset,
        Column::Place,
        Column::Turn,
        Column::Time,
        Column::Rule,
        Column::Severity,
        Column::Text,
        Column::What,
        Column::Basis,
        Column::Instead,
        Column::Speaker,
        Column::Role,
        Column::Confidence,
        Column::How,
        Column::Excused,
        Column::Verdict,
        Column::Reviewer,
        Column::Reason,
        Column::Reviewed,
        Column::Expires,
        Column::Staff,
        Column::Date,
        Column::Recording,
        Column::Channel,
        Column::Case,
        Column::Fingerprint,
    ];

    /// Those of a sheet, where the reviewer's columns stand beside the words; the first [`Column::PRINTED`] are printed.
    #[cfg(feature = "xlsx")]
    pub(super) const SHEET: [Column; 27] = [
        Column::File,
        Column::Conversation,
        Column::Place,
        Column::Time,
        Column::Rule,
        Column::Severity,
        Column::Text,
        Column::What,
        Column::Verdict,
        Column::Reviewer,
        Column::Reason,
        Column::Reviewed,
        Column::Expires,
        Column::Instead,
        Column::Basis,
        Column::Speaker,
        Column::Role,
        Column::Turn,
        Column::Confidence,
        Column::How,
        Column::Excused,
        Column::Staff,
        Column::Date,
        Column::Recording,
        Column::Channel,
        Column::Case,
        Column::Fingerprint,
    ];
    /// As many as fit on paper.
    #[cfg(feature = "xlsx")]
    pub(super) const PRINTED: usize = 15;

    /// Whether a reviewer fills it in.
    #[cfg(feature = "xlsx")]
    pub(super) fn is_field(self) -> bool {
        use Column::{Expires, Reason, Reviewed, Reviewer, Verdict};
        matches!(self, Verdict | Reviewer | Reason | Reviewed | Expires)
    }

    /// Its heading's key in the catalogue.
    fn key(self) -> &'static str {
        match self {
            Column::File => "sheet.file",
            Column::Conversation => "sheet.conversation",
            Column::Line => "sheet.line",
            Column::Offset => "sheet.column",
            Column::Place => "sheet.place",
            Column::Turn => "sheet.turn",
            Column::Time => "sheet.time",
            Column::Rule => "sheet.rule",
            Column::Severity => "sheet.severity",
            Column::Text => "sheet.text",
            Column::What => "sheet.what",
            Column::Basis => "sheet.basis",
            Column::Instead => "sheet.instead",
            Column::Speaker => "sheet.speaker",
            Column::Role => "sheet.role",
            Column::Confidence => "sheet.confidence",
            Column::How => "sheet.how",
            Column::Excused => "sheet.excused",
            Column::Verdict => "sheet.verdict",
            Column::Reviewer => "sheet.reviewer",
            Column::Reason => "sheet.reason",
            Column::Reviewed => "sheet.reviewed",
            Column::Expires => "sheet.expires",
            Column::Staff => "sheet.staff",
            Column::Date => "sheet.date",
            Column::Recording => "sheet.recording",
            Column::Channel => "sheet.channel",
            Column::Case => "sheet.case",
            Column::Fingerprint => "sheet.fingerprint",
        }
    }

    pub(super) fn heading(self, style: &Style) -> String {
        style.word(self.key())
    }

    /// What stands there for one finding.
    pub(super) fn cell(self, row: &Row<'_>) -> Cell {
        let Row { one, finding, style, .. } = *row;
        match self {
            Column::Line => finding.start.map_or(Cell::Empty, |start| Cell::Number(start.line.into())),
            Column::Offset => finding.start.map_or(Cell::Empty, |start| Cell::Number(start.column.into())),
            Column::Turn => Cell::Number(finding.turn.into()),
            Column::Confidence => Cell::Number(finding.confidence.value()),
            Column::Verdict | Column::Reviewer | Column::Reason | Column::Reviewed | Column::Expires => {
                finding.review.as_ref().map_or(Cell::Empty, |said| text(self.said(said, style)))
            }
            Column::Staff | Column::Date | Column::Recording | Column::Channel | Column::Case => {
                text(self.meta(one, style).unwrap_or_default())
            }
            _ => text(self.words(row)),
        }
    }

    /// The finding in words.
    fn words(self, row: &Row<'_>) -> String {
        let Row { one, finding, rules, style } = *row;
        match self {
            Column::File => one.path.clone(),
            Column::Conversation => one.conversation.clone().unwrap_or_default(),
            Column::Place => wording::position(finding, style),
            Column::Time => finding.time_ms.map(|time| wording::clock(time.start)).unwrap_or_default(),
            Column::Rule => finding.rule.clone(),
            Column::Severity => severity(finding, style),
            Column::Text => finding.text.clone(),
            Column::What => finding.message.clone(),
            Column::Basis => wording::basis(&finding.basis, style),
            Column::Instead => wording::instead(finding, rules, style).join(&style.word("render.semicolon")),
            Column::Speaker => finding.speaker.clone().unwrap_or_default(),
            Column::Role => wording::speaker(None, finding.role, style),
            Column::How => wording::how(finding, style),
            Column::Excused => finding
                .excused
                .as_ref()
                .map(|excused| wording::excuse(excused.why, style))
                .unwrap_or_default(),
            Column::Fingerprint => finding.fingerprint.clone(),
            _ => String::new(),
        }
    }

    /// What a reviewer said.
    fn said(self, said: &Reviewed, style: &Style) -> String {
        match self {
            Column::Verdict => review::state(said.verdict, style),
            Column::Reviewer => said.reviewer.clone(),
            Column::Reason => said.reason.clone(),
            Column::Reviewed => said.date.clone(),
            _ => said.expires.clone().unwrap_or_default(),
        }
    }

    /// What is known of the recording.
    fn meta(self, one: &Conversation, style: &Style) -> Option<String> {
        let meta = &one.meta;
        match self {
            Column::Staff => meta.staff.clone(),
            Column::Date => meta.date.clone(),
            Column::Recording => meta.recording.clone(),
            Column::Channel => meta.channel.map(|channel| {
                wording::known(&format!("render.channel.{}", channel.word()), channel.word(), style.lang)
            }),
            _ => meta.case.clone(),
        }
    }
}

/// Severity in the run's language.
pub(super) fn severity(finding: &Finding, style: &Style) -> String {
    let word = finding.severity.word();
    style.say(&Message::new(format!("sheet.severity.{word}")))
}

fn text(text: String) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(one_line(&text)) }
}

/// The findings of a table: those that count, those that somebody judged, and the others where they are asked for.
pub(super) fn listed<'a>(one: &'a Conversation, style: &Style) -> impl Iterator<Item = &'a Finding> {
    let all = style.show_excused;
    one.findings.iter().filter(move |finding| finding.excused.is_none() || finding.review.is_some() || all)
}

/// Whether a spreadsheet could take the text for a formula: the full-width forms are taken too, in some languages.
pub(super) fn is_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}
