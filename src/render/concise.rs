//! One line a finding: `path:line:column: error[B20] 你急什么 — 嫌群众着急`.

use super::{Rules, Style, review, wording};
use crate::diagnostic::{Message, Paint, one_line};
use crate::report::{Conversation, Finding};
use std::io::{self, Write};

/// Words longer than this are cut.
const LONGEST: usize = 40;

pub(super) fn conversation(
    one: &Conversation,
    rules: &Rules,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    for finding in one.findings.iter().filter(|f| f.excused.is_none() || style.show_excused) {
        writeln!(out, "{}", line(one, finding, rules, style))?;
    }
    Ok(())
}

fn line(one: &Conversation, finding: &Finding, rules: &Rules, style: &Style) -> String {
    let place = match wording::position(finding, style) {
        place if place.is_empty() => place,
        place => format!(":{place}"),
    };
    let tag = format!("{}[{}]", finding.severity.word(), finding.rule);
    let title = rules.get(&finding.rule).map_or(&finding.message, |rule| &rule.title);
    let excused = finding.excused.as_ref().map(|excused| {
        let why = match &finding.review {
            Some(said) => review::verdict(said, style),
            None => wording::excuse(excused.why, style),
        };
        let why = Message::new("render.excused").arg("why", why);
        format!(" ({})", style.say(&why))
    });
    let paint = if finding.excused.is_some() { Paint::Dim } else { Paint::Level(finding.severity) };
    format!(
        "{}{place}: {} {} — {}{}",
        wording::path(one, style),
        style.look.paint(paint, &tag),
        short(&finding.text),
        one_line(title),
        excused.unwrap_or_default()
    )
}

fn short(text: &str) -> String {
    let mut shown: String = one_line(text).chars().take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}
