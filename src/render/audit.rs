//! What is doubtful about patterns: a table for people.

use super::rule::first_line;
use super::table::{Align, table};
use super::{Style, wording};
use crate::diagnostic::{Message, one_line};
use crate::report::{Audit, Doubt};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Columns of the widest cell of free text.
const WIDEST: usize = 44;

/// A line a doubt, then how many of each kind.
pub fn audit(audit: &Audit, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if !audit.doubts.is_empty() {
        let heading = ["rule", "doubt", "pattern", "with"].map(|key| style.say(&heading(key))).to_vec();
        let rows: Vec<Vec<String>> = audit.doubts.iter().map(|doubt| row(doubt, style)).collect();
        writeln!(out, "{}", table(&heading, &[Align::Left; 4], &rows, style))?;
    }
    let mut kinds: BTreeMap<_, usize> = BTreeMap::new();
    for doubt in &audit.doubts {
        *kinds.entry(doubt.kind).or_default() += 1;
    }
    for (kind, count) in kinds {
        let name = wording::known(&format!("render.doubt.{}", kind.word()), kind.word(), style.lang);
        let key = format!("render.doubt.{}.help", kind.word());
        writeln!(out, "{name} {count}  {}", wording::known(&key, "", style.lang))?;
    }
    let sum = Message::new("render.audit.sum")
        .arg("patterns", audit.patterns)
        .arg("doubts", audit.doubts.len())
        .arg("justified", audit.justified);
    writeln!(out, "{}", style.say(&sum))
}

fn heading(key: &str) -> Message {
    Message::new(format!("render.audit.{key}"))
}

fn row(doubt: &Doubt, style: &Style) -> Vec<String> {
    let kind = wording::known(&format!("render.doubt.{}", doubt.kind.word()), doubt.kind.word(), style.lang);
    let with: Vec<String> = doubt.with.iter().map(|text| one_line(text)).collect();
    let with = with.join(&style.word("render.list"));
    vec![one_line(&doubt.rule), kind, first_line(&doubt.pattern, WIDEST), first_line(&with, WIDEST)]
}
