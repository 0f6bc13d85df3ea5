//! The top of the page: what was checked, the figures, the charts, what could not be read.

use super::digest::{Digest, Sums};
use super::{Message, Setting, charts, escape, wording};
use crate::report::Report;

pub(super) fn overview(report: &Report, digests: &[Digest], set: Setting<'_>) -> String {
    of(report, digests, true, set)
}

/// `buttons`: whether the charts choose among the findings of the same page.
pub(super) fn of(report: &Report, digests: &[Digest], buttons: bool, set: Setting<'_>) -> String {
    let sums = Sums::of(digests);
    format!(
        "<section class=\"overview\" aria-labelledby=\"title\">\n<h1 id=\"title\">{}</h1>\n<p class=\"soft\">{}</p>\n\
         <p>{}</p>\n{}{}<div class=\"charts\">\n{}{}{}</div>\n</section>\n",
        set.word("render.page.title"),
        standard(report, set),
        escape(&wording::summary(&report.summary, set.style)),
        failures(report, set),
        tiles(digests.len(), &sums, set),
        charts::by_rule(&sums, buttons, set),
        charts::scores(&sums, set),
        charts::stages(&sums, set),
    )
}

/// What it was checked by.
fn standard(report: &Report, set: Setting<'_>) -> String {
    let (tool, standard) = (&report.tool, &report.tool.standard);
    let about = Message::new("render.page.standard")
        .arg("title", &standard.title)
        .arg("number", &standard.number)
        .arg("version", tool.version);
    set.say(&about)
}

fn tiles(conversations: usize, sums: &Sums, set: Setting<'_>) -> String {
    let mean = match sums.totals.len() {
        0 => "—".to_owned(),
        count => super::super::card::Card::signed(sums.totals.iter().sum::<f64>() / count as f64),
    };
    let [errors, warnings, notes] = sums.counts;
    let tiles = [
        ("", conversations.to_string(), "render.page.tile.conversations"),
        ("error", errors.to_string(), "render.page.tile.errors"),
        ("warning", warnings.to_string(), "render.page.tile.warnings"),
        ("note", notes.to_string(), "render.page.tile.notes"),
        ("", mean, "render.page.tile.mean"),
        (if sums.failed > 0 { "error" } else { "" }, sums.failed.to_string(), "render.page.tile.red-line"),
    ];
    let tile = |(class, figure, key): (&str, String, &'static str)| {
        format!("<div class=\"tile {class}\"><dt>{}</dt><dd>{}</dd></div>\n", set.word(key), escape(&figure))
    };
    format!("<dl class=\"tiles\">\n{}</dl>\n", tiles.into_iter().map(tile).collect::<String>())
}

/// Inputs that could not be read, each with its cure, and what is to be known of the whole run.
fn failures(report: &Report, set: Setting<'_>) -> String {
    let failure = |one: &crate::report::Failure| {
        let place = if one.place.is_empty() { String::new() } else { format!(":{}", one.place) };
        let name = escape(&format!("{}{place}", one.path));
        format!(
            "<li><b>{name}</b> {} <span class=\"soft\">{}</span></li>\n",
            escape(&one.message),
            escape(&one.cure)
        )
    };
    let warning = |one: &crate::report::Warning| format!("<li>{}</li>\n", escape(&one.message));
    let items: String =
        report.errors.iter().map(failure).chain(report.warnings.iter().map(warning)).collect();
    match items.is_empty() {
        true => items,
        false => format!(
            "<ul class=\"failures\" aria-label=\"{}\">\n{items}</ul>\n",
            set.word("render.page.failures")
        ),
    }
}
