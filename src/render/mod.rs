//! Reports as bytes: one file a format. Pure: no clock, no environment, no file is opened.
//!
//! [`render`] writes a whole report. The command line streams instead: [`conversation`] as each is done, then
//! [`summary`]; what failed goes elsewhere by [`failure`].

mod audit;
mod card;
mod checkstyle;
mod columns;
mod compact;
mod compare;
mod concise;
mod coverage;
mod csv;
mod digest;
mod drawn;
mod fix;
mod full;
mod github;
mod gitlab;
mod hearing;
mod inspected;
mod json;
mod junit;
mod markup;
mod page;
mod rdjson;
mod review;
mod rule;
mod sarif;
mod score;
mod stress;
mod table;
mod uri;
mod wording;
#[cfg(feature = "xlsx")]
mod xlsx;
mod xml;

#[cfg(test)]
mod nasty;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_tools;

pub use audit::audit;
pub use compare::{compare, compare_markdown};
pub use coverage::{coverage, coverage_markdown};
pub use drawn::Drawn;
pub use hearing::hearing;
pub use page::{ON_ONE_PAGE, Shelf, pages};
pub use review::reviews;
pub use rule::{rule, rules};
pub use stress::stress;
pub use wording::skipped;

use crate::diagnostic::{Lang, Look, Message, Picture, Severity};
use crate::report::{Conversation, Failure, Report, RuleInfo, Summary, Warning};
use crate::text::SourceText;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The rules that ran, by id.
pub type Rules = BTreeMap<String, RuleInfo>;

/// A form of output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Pictures, for people.
    #[default]
    Full,
    /// One line a finding.
    Concise,
    /// One document.
    Json,
    /// One conversation a line.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit XML, as Jenkins defines it.
    Junit,
    /// Checkstyle XML.
    Checkstyle,
    /// Reviewdog's diagnostics.
    Rdjson,
    /// A table for spreadsheets.
    Csv,
    /// The findings in Markdown, for a comment or a job's summary.
    Digest,
    /// A workbook for auditors.
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// The score card, for a terminal.
    Card,
    /// The score card in Markdown.
    Markdown,
    /// The score card as a page.
    Html,
    /// The conversations with what was found in them, as a page.
    Page,
}

impl Format {
    /// Those of `wuxin check`, in the order in which help names them.
    pub const CHECK: &'static [Format] = &[
        Format::Full,
        Format::Concise,
        Format::Json,
        Format::Jsonl,
        Format::Sarif,
        Format::Github,
        Format::Gitlab,
        Format::Junit,
        Format::Checkstyle,
        Format::Rdjson,
        Format::Csv,
        Format::Digest,
        Format::Page,
        #[cfg(feature = "xlsx")]
        Format::Xlsx,
    ];
    /// Those of `wuxin score`.
    pub const SCORE: &'static [Format] = &[Format::Card, Format::Json, Format::Markdown, Format::Html];

    /// As it is written on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Full => "full",
            Format::Concise => "concise",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Sarif => "sarif",
            Format::Github => "github",
            Format::Gitlab => "gitlab",
            Format::Junit => "junit",
            Format::Checkstyle => "checkstyle",
            Format::Rdjson => "rdjson",
            Format::Csv => "csv",
            Format::Digest => "markdown",
            #[cfg(feature = "xlsx")]
            Format::Xlsx => "xlsx",
            Format::Card => "card",
            Format::Markdown => "md",
            Format::Html | Format::Page => "html",
        }
    }

    /// Whether it is one document that needs the whole report; the others are written conversation by conversation.
    pub fn is_document(self) -> bool {
        match self {
            Format::Json | Format::Sarif | Format::Digest | Format::Page => true,
            #[cfg(feature = "xlsx")]
            Format::Xlsx => true,
            _ => false,
        }
    }

    /// Whether such a document looks into the decoded files.
    pub fn reads_sources(self) -> bool {
        self == Format::Sarif
    }

    /// Whether it is no text.
    pub fn is_binary(self) -> bool {
        match self {
            #[cfg(feature = "xlsx")]
            Format::Xlsx => true,
            _ => false,
        }
    }

    /// Whether it is for people, who are told on standard error what failed.
    pub fn is_for_people(self) -> bool {
        matches!(self, Format::Full | Format::Concise)
    }
}

/// What a reader asked to see.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// The language of what the renderer itself says.
    pub lang: Lang,
    /// Colours, symbols, width.
    pub look: Look,
    /// Whether findings that do not count are shown (people's formats; JSON always has them).
    pub show_excused: bool,
    /// Whether the score card is shown line by line.
    pub show_score: bool,
}

impl Style {
    fn say(&self, message: &Message) -> String {
        message.words(self.lang)
    }

    /// Words without arguments.
    fn word(&self, key: &'static str) -> String {
        Message::new(key).words(self.lang)
    }
}

/// Writes the whole of `report`.
pub fn render(format: Format, report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Json => return json::document(report, out),
        Format::Sarif => return sarif::document(report, style, out),
        Format::Digest => return digest::document(report, style, out),
        Format::Page => return page::whole(report, style, out),
        #[cfg(feature = "xlsx")]
        Format::Xlsx => return xlsx::document(report, style, out),
        _ => {}
    }
    let mut printer = Printer::new(format, &report.rules, style);
    printer.start(out)?;
    for one in &report.files {
        printer.conversation(one, out)?;
    }
    for one in &report.errors {
        printer.failed(one, out)?;
    }
    printer.end(out)?;
    printer.sums(&report.summary, out)
}

/// Writes conversations as they are done. It remembers where a blank line or a comma is due.
#[derive(Debug)]
pub struct Printer<'a> {
    format: Format,
    rules: &'a Rules,
    style: &'a Style,
    tight: bool,
    /// Whether the list that is being written has an element.
    begun: bool,
}

impl<'a> Printer<'a> {
    /// Nothing is written yet.
    pub fn new(format: Format, rules: &'a Rules, style: &'a Style) -> Self {
        Printer { format, rules, style, tight: false, begun: false }
    }

    /// Writes what comes before the first conversation.
    pub fn start(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            Format::Gitlab => out.write_all(b"["),
            Format::Rdjson => rdjson::start(out),
            Format::Junit => junit::start(out),
            Format::Checkstyle => checkstyle::start(out),
            Format::Csv => csv::start(self.style, out),
            Format::Html => out.write_all(card::html_start(self.style).as_bytes()),
            _ => Ok(()),
        }
    }

    /// Writes what comes after the last.
    pub fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            Format::Gitlab => out.write_all(b"\n]\n"),
            Format::Rdjson => rdjson::end(out),
            Format::Junit => junit::end(out),
            Format::Checkstyle => checkstyle::end(out),
            Format::Html => out.write_all(card::html_end().as_bytes()),
            _ => Ok(()),
        }
    }

    /// Writes one conversation; in [`Format::Json`], which is one document, its element alone.
    pub fn conversation(&mut self, one: &Conversation, out: &mut dyn Write) -> io::Result<()> {
        let drawn = self.draw(one)?;
        self.put(&drawn, out)
    }

    /// Writes what a person should know about `one` besides its findings, where the format does not say it itself.
    pub fn warnings(&self, one: &Conversation, out: &mut dyn Write) -> io::Result<()> {
        if self.format != Format::Concise {
            return Ok(());
        }
        for Warning { code, message } in &one.warnings {
            let (path, tag) = (wording::path(one, self.style), Severity::Warning.word());
            writeln!(out, "{path}: {tag}[{code}] {}", crate::diagnostic::one_line(message))?;
        }
        Ok(())
    }

    /// Writes an input that failed: what, where, and the cure.
    pub fn failure(&mut self, failure: &Failure, out: &mut dyn Write) -> io::Result<()> {
        let place = if failure.place.is_empty() { String::new() } else { format!(":{}", failure.place) };
        let picture = Picture {
            name: format!("{}{place}", failure.path),
            source: SourceText::default(),
            code: failure.code.clone(),
            severity: Severity::Error,
            message: failure.message.clone(),
            help: failure.cure.clone(),
            labels: Vec::new(),
        };
        self.gap(out)?;
        writeln!(out, "{}", picture.draw(&self.style.look))
    }

    /// Writes an input that failed where the report itself has a word for it, and not only standard error.
    pub fn failed(&mut self, failure: &Failure, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            Format::Full | Format::Concise => self.failure(failure, out),
            Format::Github => github::failure(failure, out),
            Format::Junit => junit::failure(failure, out),
            Format::Checkstyle => checkstyle::failure(failure, out),
            Format::Rdjson => rdjson::failure(failure, &mut self.begun, out),
            _ => Ok(()),
        }
    }

    /// Writes the closing line into a report that stands by itself.
    pub fn sums(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        if self.format.is_for_people() { self.summary(summary, out) } else { Ok(()) }
    }

    /// Writes the closing line: what was found in how much.
    pub fn summary(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.gap(out)?;
        writeln!(out, "{}", wording::summary(summary, self.style))
    }

    fn gap(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::take(&mut self.tight) { writeln!(out) } else { Ok(()) }
    }
}
