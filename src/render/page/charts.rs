//! Charts as inline SVG. Their figures stand beside them as text, so nothing is in a picture alone.

use super::digest::{Counts, StageSum, Sums};
use super::{Message, Setting, escape};

/// The classes of errors, warnings and notes.
const LEVELS: [&str; 3] = ["error", "warning", "note"];

/// Findings by rule, the most frequent first. Each row is a button that shows only its rule.
pub(super) fn by_rule(sums: &Sums, buttons: bool, set: Setting<'_>) -> String {
    let most = sums.by_rule.iter().map(|(_, counts)| counts.iter().sum()).max().unwrap_or(0usize);
    let row = |(rule, counts): &(String, Counts)| {
        let (id, sum) = (escape(rule), counts.iter().sum::<usize>());
        let inside = format!(
            "<span class=\"name\"><b>{id}</b> {}</span>{}<span class=\"figure\">{sum}</span>",
            set.title(rule),
            bar(&shares(counts, most))
        );
        match buttons {
            true => {
                format!(
                    "<li><button type=\"button\" class=\"row\" data-rule=\"{id}\" aria-pressed=\"false\">{inside}</button></li>\n"
                )
            }
            false => format!("<li><span class=\"row\">{inside}</span></li>\n"),
        }
    };
    let rows: String = sums.by_rule.iter().map(row).collect();
    if rows.is_empty() {
        return chart("render.page.chart.rules", &quiet("render.page.no-findings", set), set);
    }
    chart("render.page.chart.rules", &format!("<ol class=\"rows\">\n{rows}</ol>\n{}", legend(set)), set)
}

/// How much of each stage was earned.
pub(super) fn stages(sums: &Sums, set: Setting<'_>) -> String {
    let row = |(stage, conversations): &(StageSum, usize)| {
        let name = escape(&stage.name);
        if stage.weight <= 0.0 {
            let none = set.word("render.score.not-applicable");
            return format!(
                "<li><span class=\"row\"><span class=\"name\">{name}</span>{}<span class=\"figure soft\">{none}</span></span></li>\n",
                bar(&[])
            );
        }
        let share = (stage.points / stage.weight).clamp(0.0, 1.0);
        let about = Message::new("render.page.stage-of").arg("count", conversations);
        format!(
            "<li><span class=\"row\" title=\"{}\"><span class=\"name\">{name}</span>{}<span class=\"figure\">{:.0}%</span></span></li>\n",
            set.say(&about),
            bar(&[("fill", share)]),
            share * 100.0
        )
    };
    let rows: String = sums.stages.iter().map(row).collect();
    let body = match rows.is_empty() {
        true => quiet("render.page.no-scores", set),
        false => format!("<ol class=\"rows\">\n{rows}</ol>\n"),
    };
    chart("render.page.chart.stages", &body, set)
}

/// How the totals are spread.
pub(super) fn scores(sums: &Sums, set: Setting<'_>) -> String {
    if sums.totals.is_empty() {
        return chart("render.page.chart.scores", &quiet("render.page.no-scores", set), set);
    }
    let bins = bins(&sums.totals);
    let most = bins.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let (wide, high) = (300.0 / bins.len() as f64, 96.0);
    let column = |(i, (name, count)): (usize, &(String, usize))| {
        let (left, tall) = (i as f64 * wide, *count as f64 / most as f64 * high);
        let middle = left + wide / 2.0;
        let number = match count {
            0 => String::new(),
            _ => format!("<text class=\"number\" x=\"{middle:.1}\" y=\"{:.1}\">{count}</text>", 112.0 - tall),
        };
        format!(
            "<rect class=\"fill\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{tall:.1}\" rx=\"2\"/>{number}\
             <text x=\"{middle:.1}\" y=\"132\">{name}</text>\n",
            left + 2.0,
            116.0 - tall,
            wide - 4.0
        )
    };
    let columns: String = bins.iter().enumerate().map(column).collect();
    let told: Vec<String> =
        bins.iter().filter(|(_, n)| *n > 0).map(|(name, n)| format!("{name}: {n}")).collect();
    let body = format!(
        "<svg class=\"columns\" viewBox=\"0 0 300 138\" role=\"img\" aria-labelledby=\"scores-title scores-said\">\n\
         <title id=\"scores-title\">{}</title><desc id=\"scores-said\">{}</desc>\n\
         <path class=\"axis\" d=\"M0 116.5H300\"/>\n{columns}</svg>\n<p class=\"soft\">{}</p>\n",
        set.word("render.page.chart.scores"),
        told.join("; "),
        set.say(&spread(&sums.totals)),
    );
    chart("render.page.chart.scores", &body, set)
}

fn spread(totals: &[f64]) -> Message {
    let mut sorted = totals.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |i: usize| sorted.get(i).copied().unwrap_or_default();
    let middle = (at((sorted.len() - 1) / 2) + at(sorted.len() / 2)) / 2.0;
    let figure = |value: f64| super::super::card::Card::signed(value);
    Message::new("render.page.spread")
        .arg("count", sorted.len())
        .arg("median", figure(middle))
        .arg("low", figure(at(0)))
        .arg("high", figure(at(sorted.len() - 1)))
}

/// Ten points a bin; what is below zero is one, and so is what is above a hundred, with a hundred itself, the last.
fn bins(totals: &[f64]) -> Vec<(String, usize)> {
    let mut out: Vec<(String, usize)> = (0..10).map(|tens| ((tens * 10).to_string(), 0)).collect();
    let mut below = 0;
    for total in totals {
        match *total < 0.0 {
            true => below += 1,
            false => {
                if let Some((_, count)) = out.get_mut(((total / 10.0) as usize).min(9)) {
                    *count += 1;
                }
            }
        }
    }
    if below > 0 {
        out.insert(0, ("&lt;0".into(), below));
    }
    out
}

fn shares(counts: &Counts, most: usize) -> Vec<(&'static str, f64)> {
    LEVELS.into_iter().zip(counts).map(|(level, count)| (level, *count as f64 / most.max(1) as f64)).collect()
}

/// A bar of parts, each a share of the whole width.
pub(super) fn bar(parts: &[(&str, f64)]) -> String {
    let mut left = 0.0;
    let mut drawn = String::new();
    for (class, share) in parts.iter().filter(|(_, share)| *share > 0.0) {
        let width = share * 100.0;
        drawn.push_str(&format!(
            "<rect class=\"{class}\" x=\"{left:.2}\" width=\"{width:.2}\" height=\"8\"/>"
        ));
        left += width;
    }
    format!(
        "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">\
         <rect class=\"ground\" width=\"100\" height=\"8\"/>{drawn}</svg>"
    )
}

fn legend(set: Setting<'_>) -> String {
    use crate::diagnostic::Severity;
    let one =
        |(class, severity)| format!("<span><i class=\"dot {class}\"></i>{}</span>", set.severity(severity));
    let all = LEVELS.into_iter().zip([Severity::Error, Severity::Warning, Severity::Note]);
    format!("<p class=\"legend\">{}</p>\n", all.map(one).collect::<String>())
}

fn quiet(key: &'static str, set: Setting<'_>) -> String {
    format!("<p class=\"soft\">{}</p>\n", set.word(key))
}

fn chart(key: &'static str, body: &str, set: Setting<'_>) -> String {
    format!(
        "<section class=\"chart {}\"><h2>{}</h2>\n{body}</section>\n",
        key.rsplit('.').next().unwrap_or_default(),
        set.word(key)
    )
}

#[cfg(test)]
mod tests {
    use super::bins;

    #[test]
    fn every_total_is_in_one_bin() {
        let of = |totals: &[f64]| bins(totals).into_iter().filter(|(_, n)| *n > 0).collect::<Vec<_>>();
        assert_eq!(of(&[0.0, 9.9, 10.0, 100.0, 99.9]), [("0".into(), 2), ("10".into(), 1), ("90".into(), 2)]);
        assert_eq!(of(&[-3.4, -80.0]), [("&lt;0".into(), 2)]);
        assert_eq!(bins(&[5.0]).len(), 10);
    }
}
