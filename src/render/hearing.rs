//! How well labelled speech was heard: tables for people.

use super::table::{Align, table};
use super::{Style, wording};
use crate::diagnostic::{Message, Paint, one_line};
use crate::report::{Hearing, Misheard, Share};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Recall by rule, false alarms by kind, the sums; `misses` for each row that was not heard right.
pub fn hearing(hearing: &Hearing, misses: bool, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let parts = [
        shares("render.hearing.rule", "render.hearing.recall", (&hearing.by_rule, hearing.recall), style),
        shares(
            "render.hearing.kind",
            "render.hearing.alarms",
            (&hearing.by_kind, hearing.false_alarms),
            style,
        ),
        precision(hearing, style),
    ];
    let shown: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    out.write_all(shown.join("\n").as_bytes())?;
    if misses {
        for one in &hearing.misses {
            write!(out, "\n{}", misheard(one, style))?;
        }
    }
    Ok(())
}

/// One line a name, the sum last.
fn shares(
    name: &'static str,
    what: &'static str,
    (by_name, all): (&BTreeMap<String, Share>, Share),
    style: &Style,
) -> String {
    if by_name.is_empty() {
        return String::new();
    }
    let heading =
        [name, "render.hearing.count", what, "render.hearing.interval"].map(|key| style.word(key)).to_vec();
    let row = |name: &str, share: Share| {
        let (low, high) = share.wilson();
        let interval = format!("{}–{}", percent(low), percent(high));
        vec![one_line(name), format!("{}/{}", share.part, share.whole), percent(share.rate()), interval]
    };
    let mut rows: Vec<Vec<String>> = by_name.iter().map(|(name, share)| row(name, *share)).collect();
    rows.push(row(&style.word("render.hearing.all"), all));
    table(&heading, &[Align::Left, Align::Right, Align::Right, Align::Right], &rows, style)
}

fn precision(hearing: &Hearing, style: &Style) -> String {
    let (low, high) = hearing.precision.wilson();
    let Share { part, whole } = hearing.precision;
    let message = Message::new("render.hearing.precision")
        .arg("rate", percent(hearing.precision.rate()))
        .arg("part", part)
        .arg("whole", whole)
        .arg("interval", format!("{}–{}", percent(low), percent(high)));
    format!("{}\n", style.say(&message))
}

pub(super) fn percent(part: f64) -> String {
    format!("{:.1}%", part * 100.0)
}

fn misheard(one: &Misheard, style: &Style) -> String {
    let how = wording::known(&format!("render.hearing.{}", one.how.word()), one.how.word(), style.lang);
    let head = format!("{}  {how}", style.look.paint(Paint::Strong, &one_line(&one.id)));
    let note = style.look.paint(Paint::Dim, &one_line(&one.note));
    let found: Vec<String> = one
        .found
        .iter()
        .map(|f| format!("{} {} {:.2}", f.rule, wording::quoted(&f.text, style), f.confidence.value()))
        .collect();
    let mut lines = vec![format!("{head}  {note}")];
    let mut line = |key: &'static str, value: String| {
        if !value.is_empty() {
            lines.push(format!("  {}", style.say(&Message::new(key).arg("value", value))));
        }
    };
    line("render.hearing.before", one_line(&one.before));
    line("render.hearing.said", one_line(&one.text));
    line("render.hearing.want", one.want.join(" / "));
    line("render.hearing.found", found.join(&style.word("render.semicolon")));
    lines.join("\n") + "\n"
}
