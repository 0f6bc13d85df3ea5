//! The report of `wuxin check` as one page by itself, or as an index and a page for each conversation.
//!
//! No page loads anything: styles and script stand in it and are named by hash in its policy, so that nothing else can
//! run. Without script everything can still be read.

mod charts;
mod digest;
mod findings;
mod frame;
mod index;
mod leaves;
mod overview;
mod side;
mod talk;

#[cfg(test)]
mod parsed;
#[cfg(test)]
mod tests;

pub use leaves::{ON_ONE_PAGE, Shelf, pages};

use super::{Rules, Style, markup, review, wording};
use crate::diagnostic::{Message, Severity};
use crate::report::{Conversation, Report};
use crate::transcript::Role;
use digest::Digest;
use frame::Frame;
use markup::escape;
use std::io::{self, Write};

/// What every part of a page needs.
#[derive(Clone, Copy)]
struct Setting<'a> {
    rules: &'a Rules,
    style: &'a Style,
    /// From the report to the working folder.
    links: &'a str,
}

impl Setting<'_> {
    /// Words of the catalogue, as markup.
    fn word(&self, key: &'static str) -> String {
        escape(&self.style.word(key))
    }

    /// A message, as markup.
    fn say(&self, message: &Message) -> String {
        escape(&self.style.say(message))
    }

    /// The title of a rule, as markup.
    fn title(&self, rule: &str) -> String {
        self.rules.get(rule).map(|rule| escape(&rule.title)).unwrap_or_default()
    }

    fn severity(&self, severity: Severity) -> String {
        self.word(match severity {
            Severity::Error => "render.page.severity.error",
            Severity::Warning => "render.page.severity.warning",
            Severity::Note => "render.page.severity.note",
        })
    }

    fn role(&self, role: Role) -> String {
        self.word(match role {
            Role::Staff => "render.role.staff",
            Role::Visitor => "render.role.visitor",
            Role::Unknown => "render.role.unknown",
        })
    }
}

/// The word for a role in the page's own names.
fn role_name(role: Role) -> &'static str {
    match role {
        Role::Staff => "staff",
        Role::Visitor => "visitor",
        Role::Unknown => "unknown",
    }
}

/// The whole report on one page.
pub(super) fn whole(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let set = Setting { rules: &report.rules, style, links: &report.links };
    let digests: Vec<Digest> = report.files.iter().map(|one| Digest::of(one, style)).collect();
    let talks: Vec<&Conversation> = report.files.iter().collect();
    let body = overview::overview(report, &digests, set) + &conversations(&talks, set);
    let title = escape(&style.word("render.page.title"));
    let data = side::data(&talks);
    out.write_all(Frame { title: &title, body: &body, data: &data, set }.page().as_bytes())
}

/// The conversations beside what was found in them.
fn conversations(talks: &[&Conversation], set: Setting<'_>) -> String {
    let drawn: String = talks.iter().enumerate().map(|(i, one)| talk::talk(i + 1, one, set)).collect();
    format!(
        "<div class=\"split\">\n{}<div class=\"talks\" id=\"talks\">\n{drawn}<p class=\"none\" id=\"none\" hidden>{}</p>\n</div>\n</div>\n",
        side::side(talks, set),
        set.word("render.page.nothing-shown"),
    )
}
