//! How well items are heard through a bad recogniser: a table for people.

use super::Style;
use super::hearing::percent;
use super::table::{Align, table};
use crate::diagnostic::{Message, one_line};
use crate::report::{Share, Stress};
use std::io::{self, Write};

/// A line a rule, a column a rate; the sum last, with its interval.
pub fn stress(stress: &Stress, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut heading = vec![style.word("render.hearing.rule"), style.word("render.stress.sentences")];
    heading.extend(stress.rates.iter().map(|rate| format!("{:.0}%", rate * 100.0)));
    let align: Vec<Align> =
        (0..heading.len()).map(|i| if i == 0 { Align::Left } else { Align::Right }).collect();
    let row = |name: String, sentences: usize, recall: &[Share]| -> Vec<String> {
        let shares = recall.iter().map(|share| percent(share.rate()));
        [name, sentences.to_string()].into_iter().chain(shares).collect()
    };
    let mut rows: Vec<Vec<String>> =
        stress.rules.iter().map(|rule| row(one_line(&rule.rule), rule.sentences, &rule.recall)).collect();
    let sentences = stress.rules.iter().map(|rule| rule.sentences).sum();
    rows.push(row(style.word("render.hearing.all"), sentences, &stress.all));
    write!(out, "{}", table(&heading, &align, &rows, style))?;
    writeln!(out, "\n{}", style.say(&Message::new("render.stress.note").arg("seed", stress.seed)))
}
