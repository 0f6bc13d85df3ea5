//! Verdicts for people: of a finding what is shown beside it, and lists.

use super::{Style, wording};
use crate::diagnostic::{Message, Paint, columns, fold, one_line, pad};
use crate::report::{ReviewRow, Reviewed, Reviews};
use std::io::{self, Write};

/// `不成立 — 张三 2026-01-05：误听（有效至 2026-12-31）`
pub(super) fn verdict(review: &Reviewed, style: &Style) -> String {
    let said = Message::new("review.said")
        .arg("verdict", state(review.verdict, style))
        .arg("reviewer", one_line(&review.reviewer))
        .arg("date", &review.date)
        .arg("reason", one_line(&review.reason));
    let until = review.expires.as_ref().map(|day| Message::new("review.until").arg("day", day));
    style.say(&said) + &until.map(|until| style.say(&until)).unwrap_or_default()
}

pub(super) fn state(word: &str, style: &Style) -> String {
    wording::known(&format!("review.state.{word}"), word, style.lang)
}

/// Two lines a row: the finding, and what was said of it.
pub fn reviews(reviews: &Reviews, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let width = |of: &dyn Fn(&ReviewRow) -> String| {
        reviews.rows.iter().map(|row| columns(&of(row))).max().unwrap_or(0)
    };
    let rule = |row: &ReviewRow| row.rule.as_deref().map(one_line).unwrap_or_default();
    let states = width(&|row| state(row.state, style));
    let rules = width(&rule);
    for row in &reviews.rows {
        let name = pad(&state(row.state, style), states);
        let shown = style.look.paint(paint(row.state), &name);
        let words = row.text.as_ref().map(|text| wording::quoted(text, style).into_owned());
        let place = row.place.as_deref().map(one_line);
        let about: Vec<String> = place.into_iter().chain(words).collect();
        let line = format!("{}  {shown}  {}  {}", row.fingerprint, pad(&rule(row), rules), about.join("  "));
        writeln!(out, "{}", line.trim_end())?;
        for line in row.review.iter().flat_map(|review| fold(&verdict(review, style), style.look.width - 4)) {
            writeln!(out, "    {}", style.look.paint(Paint::Dim, &line))?;
        }
    }
    writeln!(out, "{}", style.say(&sums(reviews)))
}

fn paint(state: &str) -> Paint {
    match state {
        "open" | "expired" => Paint::Strong,
        "confirmed" => Paint::Second,
        _ => Paint::Good,
    }
}

fn sums(reviews: &Reviews) -> Message {
    let open = reviews.rows.iter().filter(|row| row.state == "open").count();
    Message::new("review.sums").arg("count", reviews.rows.len()).arg("open", open)
}
