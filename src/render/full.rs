//! Pictures, for people: each finding at its place.

use super::{Rules, Style, review, wording};
use crate::diagnostic::{Label, Look, Message, Paint, Picture, Severity, columns, one_line};
use crate::report::{Conversation, Finding};
use crate::text::{Raw, Span};

/// The pictures, each followed by a blank line.
pub(super) fn findings(one: &Conversation, rules: &Rules, style: &Style) -> String {
    let shown = one.findings.iter().filter(|f| f.excused.is_none() || style.show_excused);
    let (notes, drawn): (Vec<&Finding>, Vec<&Finding>) = shown.partition(|finding| is_note(finding));
    let drawn: String =
        drawn.into_iter().map(|finding| format!("{}\n", self::drawn(one, finding, rules, style))).collect();
    drawn + &listed(&notes, style)
}

/// A note on what was not said or done: many of them must not hide what was.
fn is_note(finding: &Finding) -> bool {
    finding.severity == Severity::Note && !finding.rule.starts_with('B')
}

/// So many notes are listed.
const NOTES: usize = 8;

/// Notes, a line each.
fn listed(notes: &[&Finding], style: &Style) -> String {
    if notes.is_empty() {
        return String::new();
    }
    let mut lines = vec![style.say(&Message::new("render.notes").arg("count", notes.len()))];
    lines.extend(notes.iter().take(NOTES).map(|finding| format!("  {}", line(finding, style))));
    if let Some(more) = notes.len().checked_sub(NOTES).filter(|more| *more > 0) {
        lines.push(format!("  {}", style.say(&Message::new("render.notes.more").arg("count", more))));
    }
    lines.iter().map(|line| format!("{line}\n")).collect::<String>() + "\n"
}

/// `第14轮 00:33.1  A14 扬言轻生，没有回应：…`
fn line(finding: &Finding, style: &Style) -> String {
    let time = finding.time_ms.map(|time| format!(" {}", wording::clock(time.start)));
    let place = format!("{}{}", turns(finding, style), time.unwrap_or_default());
    let rule = style.look.paint(Paint::Level(finding.severity), &one_line(&finding.rule));
    let text = format!("{}  {}", one_line(&finding.message), wording::quoted(&finding.text, style));
    let room = style.look.width.saturating_sub(columns(&place) + columns(&finding.rule) + 5);
    format!("{place}  {rule} {}", cut(&text, room))
}

/// The beginning of `text` that fits.
fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if columns(&out) + columns(&c.to_string()) + 1 > width {
            break;
        }
        out.push(c);
    }
    out + "…"
}

/// A finding that does not count is drawn without its colours, all of it dim.
fn drawn(one: &Conversation, finding: &Finding, rules: &Rules, style: &Style) -> String {
    let picture = picture(one, finding, rules, style);
    let draw = |look: &Look| match finding.place {
        Some(_) => picture.draw_placed(look),
        None => picture.draw(look),
    };
    if finding.excused.is_none() {
        return draw(&style.look);
    }
    let plain = draw(&style.look.plain());
    plain.lines().map(|line| format!("{}\n", style.look.paint(Paint::Dim, line))).collect()
}

fn picture(one: &Conversation, finding: &Finding, rules: &Rules, style: &Style) -> Picture {
    let labels = labels(finding, rules, style);
    let name = match &finding.place {
        Some(place) => format!("{}:{}", one.path, wording::place(place, style)),
        None => one.path.clone(),
    };
    Picture {
        name,
        source: one.source.clone(),
        code: finding.rule.clone(),
        severity: finding.severity,
        message: finding.message.clone(),
        help: notes(one, finding, rules, style).join("\n"),
        labels,
    }
}

fn labels(finding: &Finding, rules: &Rules, style: &Style) -> Vec<Label> {
    let title = rules.get(&finding.rule).map_or("", |rule| rule.title.as_str());
    let mut labels: Vec<Label> =
        pieces(finding).map(|span| Label { span, text: String::new(), primary: true }).collect();
    // What the headline says already is not said again.
    if let Some(first) = labels.first_mut()
        && !finding.message.contains(title)
    {
        first.text = one_line(title);
    }
    if let Some(excused) = &finding.excused
        && let Some(span) = excused.span.or(finding.drawn.as_ref().and_then(|drawn| drawn.excuse))
        && !labels.is_empty()
    {
        labels.push(Label { span, text: wording::excuse(excused.why, style), primary: false });
    }
    labels
}

/// The `=` lines: why it does not count, the basis, what to say instead, who and when.
fn notes(one: &Conversation, finding: &Finding, rules: &Rules, style: &Style) -> Vec<String> {
    let mut notes = Vec::new();
    let mut note = |key: &'static str, value: String| {
        if !value.is_empty() {
            notes.push(style.say(&Message::new(key).arg("value", value)));
        }
    };
    if let Some(excused) = &finding.excused {
        note("render.excused.note", wording::excused(excused, style));
    }
    if let Some(said) = &finding.review {
        note("render.review", review::verdict(said, style));
    }
    if !seen(one, finding) {
        note("render.words", wording::quoted(&finding.text, style).into_owned());
    }
    note("render.basis", wording::basis(&finding.basis, style));
    note("render.instead", instead(finding, rules, style));
    notes.push(who_and_when(one, finding, style));
    notes
}

/// Whether the picture shows the words as they were said: there is one, and nothing in it is escaped.
fn seen(one: &Conversation, finding: &Finding) -> bool {
    pieces(finding).map(|piece| one.source.slice(piece)).collect::<String>() == finding.text
}

/// The words in the source that pictures show.
fn pieces(finding: &Finding) -> impl Iterator<Item = Span<Raw>> + '_ {
    let drawn = finding.drawn.iter().flat_map(|drawn| &drawn.pieces);
    finding.pieces.iter().flatten().chain(drawn).copied()
}

/// Each phrase on a line of its own, set in under the first.
fn instead(finding: &Finding, rules: &Rules, style: &Style) -> String {
    let set_in = columns(&style.say(&Message::new("render.instead").arg("value", "")));
    wording::instead(finding, rules, style).join(&format!("\n{}", " ".repeat(set_in)))
}

/// `坐席（工作人员） · 第7轮 · 00:15.2 · 置信度 0.93（同音）`
fn who_and_when(one: &Conversation, finding: &Finding, style: &Style) -> String {
    let speaker = wording::speaker(finding.speaker.as_deref(), finding.role, style);
    let mut parts = vec![speaker, turns(finding, style)];
    parts.extend(finding.time_ms.map(|time| wording::clock(time.start)));
    let how = wording::how(finding, style);
    let confidence = format!("{:.2}", finding.confidence.value());
    let key = if how.is_empty() { "render.confidence.bare" } else { "render.confidence" };
    parts.push(style.say(&Message::new(key).arg("value", confidence).arg("how", how)));
    parts.extend(one.conversation.as_ref().map(|id| {
        let id = one_line(id);
        style.say(&Message::new("render.conversation").arg("id", id))
    }));
    parts.join(" · ")
}

fn turns(finding: &Finding, style: &Style) -> String {
    match (finding.turns.first(), finding.turns.last()) {
        (Some(first), Some(last)) if first != last => {
            style.say(&Message::new("render.turns").arg("first", first).arg("last", last))
        }
        _ => style.say(&Message::new("render.turn").arg("number", finding.turn)),
    }
}
