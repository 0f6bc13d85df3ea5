//! The card under a conversation: its score in a line or, when asked, line by line; phrases used; warnings.

use super::{Style, wording};
use crate::diagnostic::{Message, Paint, Severity, columns, fold, one_line, pad};
use crate::report::{Approved, Conversation, Score, ScoreLine, Stage};

/// The card; one line where there is nothing to add.
pub(super) fn card(one: &Conversation, style: &Style) -> String {
    let mut lines = Vec::new();
    if style.show_score {
        lines.extend(table(&one.score, style));
    }
    if !one.approved.is_empty() {
        let used: Vec<String> = one.approved.iter().map(|approved| phrase(approved, style)).collect();
        let text = style.say(&Message::new("render.approved").arg("list", used.join("  ")));
        lines.extend(hanging("", &text, style));
    }
    for warning in &one.warnings {
        let lead = style.look.paint(Paint::Level(Severity::Warning), "! ");
        lines.extend(hanging(&lead, &one_line(&warning.message), style));
    }
    lines.extend(unchecked(one, style));
    let lines: String = lines.into_iter().map(|line| format!("  {line}\n")).collect();
    format!("{}{lines}", headline(one, style))
}

fn headline(one: &Conversation, style: &Style) -> String {
    let path = wording::path(one, style);
    let score = match one.score.total {
        Some(total) => style.say(
            &Message::new("render.score.total")
                .arg("total", format!("{total:.1}").replace('-', "−"))
                .arg("out_of", one.score.out_of),
        ),
        None => style.word("render.score.none"),
    };
    let reviewed = one.reviewed.as_ref().and_then(|score| score.total).map(|total| {
        let total = format!("{total:.1}");
        style.say(&Message::new("render.score.reviewed").arg("total", total))
    });
    let score = score + &reviewed.unwrap_or_default();
    let turns = Message::new("render.card.turns").arg("turns", one.turns).arg("staff_turns", one.staff_turns);
    format!("{}  {score} · {}\n", style.look.paint(Paint::Strong, &path), style.say(&turns))
}

/// `A05 50%（缺“登记”）`
fn phrase(approved: &Approved, style: &Style) -> String {
    if approved.missing.is_empty() {
        return one_line(&approved.rule);
    }
    let missing: Vec<String> =
        approved.missing.iter().map(|name| wording::quoted(name, style).into_owned()).collect();
    style.say(
        &Message::new("render.approved.part")
            .arg("rule", one_line(&approved.rule))
            .arg("credit", percent(approved.credit))
            .arg("missing", missing.join("")),
    )
}

fn percent(part: f64) -> String {
    format!("{:.0}%", part * 100.0)
}

/// Rules that could not be checked: their ids, and with the score the reasons.
fn unchecked(one: &Conversation, style: &Style) -> Vec<String> {
    if one.not_evaluated.is_empty() {
        return Vec::new();
    }
    let item = |entry: &crate::report::NotEvaluated| match style.show_score {
        true => format!("{}: {}", one_line(&entry.rule), one_line(&entry.why)),
        false => one_line(&entry.rule),
    };
    let list: Vec<String> = one.not_evaluated.iter().map(item).collect();
    let joint = if style.show_score { "\n" } else { "  " };
    let text = style.say(&Message::new("render.unchecked").arg("list", list.join(joint)));
    hanging("", &text, style).into_iter().map(|line| style.look.paint(Paint::Dim, &line)).collect()
}

/// `text` folded, its first line after `lead`, the others set in by two columns.
fn hanging(lead: &str, text: &str, style: &Style) -> Vec<String> {
    let lines = fold(text, style.look.width.saturating_sub(6));
    let set = |(i, line): (usize, String)| format!("{}{line}", if i == 0 { lead } else { "  " });
    lines.into_iter().enumerate().map(set).collect()
}

/// The stages, then the arithmetic.
fn table(score: &Score, style: &Style) -> Vec<String> {
    let names = score.stages.iter().map(|stage| columns(&stage.name)).max().unwrap_or(0);
    let mut lines: Vec<String> = score.stages.iter().map(|s| stage(s, names, style)).collect();
    let turns = score.lines.iter().map(|line| columns(&turn(line, style))).max().unwrap_or(0);
    lines.extend(score.lines.iter().map(|line| sum(line, turns, style)));
    lines
}

/// `迎接   6.0/10  A01 100%  A02 50%`
fn stage(stage: &Stage, width: usize, style: &Style) -> String {
    let name = pad(&one_line(&stage.name), width);
    if stage.expected.is_empty() {
        return format!(
            "{name}  {}",
            style.look.paint(Paint::Dim, &style.word("render.score.not-applicable"))
        );
    }
    let items = stage.expected.iter().map(|item| {
        let paint = if item.credit >= 1.0 { Paint::Good } else { Paint::Dim };
        let text = format!("{} {}", item.any_of.join("/"), percent(item.credit));
        style.look.paint(paint, &text)
    });
    let points = format!("{:>5.1}/{:<3}", stage.points, stage.weight);
    format!("{name}  {points}  {}", items.collect::<Vec<_>>().join("  ")).trim_end().to_owned()
}

/// ` -10.0  第7轮  B20 嫌群众着急  附件2第20项`
fn sum(line: &ScoreLine, width: usize, style: &Style) -> String {
    let label = one_line(&line.label);
    let rule = line.rule.as_deref().filter(|rule| !label.contains(rule)).map(one_line).unwrap_or_default();
    let points = if line.points == 0.0 { "0.0".to_owned() } else { format!("{:+.1}", line.points) };
    let source = style.look.paint(Paint::Dim, &one_line(&line.source));
    let words = format!("{rule} {label}");
    format!("{points:>7}  {}  {}  {source}", pad(&turn(line, style), width), words.trim())
        .trim_end()
        .to_owned()
}

fn turn(line: &ScoreLine, style: &Style) -> String {
    line.turn.map(|turn| style.say(&Message::new("render.turn").arg("number", turn))).unwrap_or_default()
}
