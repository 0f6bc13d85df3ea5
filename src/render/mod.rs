//! Reports as bytes: one file a format. Pure: no clock, no environment, no file is opened.
//!
//! [`render`] writes a whole report. The command line streams instead: [`conversation`] as each is done, then
//! [`summary`]; what failed goes elsewhere by [`failure`].

mod audit;
mod card;
mod compare;
mod concise;
mod coverage;
mod full;
mod hearing;
mod inspected;
mod json;
mod markup;
mod page;
mod review;
mod rule;
mod score;
mod stress;
mod table;
mod wording;

#[cfg(test)]
mod nasty;
#[cfg(test)]
mod tests;

pub use audit::audit;
pub use compare::{compare, compare_markdown};
pub use coverage::{coverage, coverage_markdown};
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
    pub const CHECK: &'static [Format] =
        &[Format::Full, Format::Concise, Format::Json, Format::Jsonl, Format::Page];
    /// Those of `wuxin score`.
    pub const SCORE: &'static [Format] = &[Format::Card, Format::Json, Format::Markdown, Format::Html];

    /// As it is written on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Full => "full",
            Format::Concise => "concise",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Card => "card",
            Format::Markdown => "md",
            Format::Html | Format::Page => "html",
        }
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
    if format == Format::Json {
        return json::document(report, out);
    }
    if format == Format::Page {
        return page::whole(report, style, out);
    }
    let mut printer = Printer::new(format, &report.rules, style);
    printer.start(out)?;
    for one in &report.files {
        printer.conversation(one, out)?;
    }
    printer.end(out)?;
    if !matches!(format, Format::Full | Format::Concise) {
        return Ok(());
    }
    for one in &report.errors {
        printer.failure(one, out)?;
    }
    printer.summary(&report.summary, out)
}

/// Writes conversations as they are done. It only remembers where a blank line is due.
#[derive(Debug)]
pub struct Printer<'a> {
    format: Format,
    rules: &'a Rules,
    style: &'a Style,
    tight: bool,
}

impl<'a> Printer<'a> {
    /// Nothing is written yet.
    pub fn new(format: Format, rules: &'a Rules, style: &'a Style) -> Self {
        Printer { format, rules, style, tight: false }
    }

    /// Writes what comes before the first conversation.
    pub fn start(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.format == Format::Html {
            out.write_all(card::html_start(self.style).as_bytes())
        } else {
            Ok(())
        }
    }

    /// Writes what comes after the last.
    pub fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.format == Format::Html { out.write_all(card::html_end().as_bytes()) } else { Ok(()) }
    }

    /// Writes one conversation; in [`Format::Json`], which is one document, its element alone.
    pub fn conversation(&mut self, one: &Conversation, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            Format::Full => {
                let card = score::card(one, self.style);
                let drawn =
                    full::findings(one, self.rules, self.style) + &inspected::inspected(one, self.style);
                if self.tight && !drawn.is_empty() {
                    writeln!(out)?;
                }
                out.write_all(drawn.as_bytes())?;
                out.write_all(card.as_bytes())?;
                let roomy = !drawn.is_empty() || card.lines().count() > 1;
                self.tight = !roomy;
                if roomy { writeln!(out) } else { Ok(()) }
            }
            Format::Concise => {
                concise::conversation(one, self.rules, self.style, out)?;
                out.write_all(inspected::inspected(one, self.style).as_bytes())
            }
            Format::Json | Format::Jsonl => json::line(one, out),
            Format::Card => out.write_all(card::terminal(one, self.rules, self.style).as_bytes()),
            Format::Markdown => out.write_all(card::markdown(one, self.rules, self.style).as_bytes()),
            Format::Html => out.write_all(card::html(one, self.rules, self.style).as_bytes()),
            // The page sums up before it shows: it is written whole, or by [`pages`].
            Format::Page => Ok(()),
        }
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

    /// Writes the closing line: what was found in how much.
    pub fn summary(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.gap(out)?;
        writeln!(out, "{}", wording::summary(summary, self.style))
    }

    fn gap(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::take(&mut self.tight) { writeln!(out) } else { Ok(()) }
    }
}
