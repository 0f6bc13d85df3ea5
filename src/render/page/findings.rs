//! One finding as a card: what, where, why, and what to say instead.

use super::{Message, Setting, escape, review, role_name, wording};
use crate::diagnostic::one_line;
use crate::report::{Conversation, Finding};

/// Names of the parts of one page. Conversations and findings count from 1.
pub(super) fn card_id(talk: usize, finding: usize) -> String {
    format!("c{talk}f{finding}")
}

pub(super) fn turn_id(talk: usize, turn: u32) -> String {
    format!("c{talk}t{turn}")
}

/// Where a finding's words begin in the conversation; its turn, or the conversation, where they cannot be shown.
pub(super) fn target(talk: usize, one: &Conversation, number: usize, finding: &Finding) -> String {
    if !finding.said.is_empty() && !one.said.is_empty() {
        format!("{}m", card_id(talk, number))
    } else if one.said.len() >= finding.turn as usize && finding.turn > 0 {
        turn_id(talk, finding.turn)
    } else {
        format!("c{talk}")
    }
}

/// The card of the `number`th finding.
pub(super) fn card(
    talk: usize,
    one: &Conversation,
    number: usize,
    finding: &Finding,
    set: Setting<'_>,
) -> String {
    let (id, target) = (card_id(talk, number), target(talk, one, number, finding));
    let level = finding.severity.word();
    let excused = if finding.excused.is_some() { " excused" } else { "" };
    let title = match set.title(&finding.rule) {
        title if title.is_empty() => escape(&finding.message),
        title => title,
    };
    format!(
        "<li class=\"card {level}{excused}\" id=\"{id}\">\n<a class=\"head\" href=\"#{target}\"><span class=\"nth\">{number}</span><b class=\"code\">{}</b> \
         <span class=\"title\">{title}</span> <span class=\"level\">{}</span></a>\n<blockquote>{}</blockquote>\n\
         <div class=\"why\">\n{}</div>\n<p class=\"where\">{}</p>\n</li>\n",
        escape(&finding.rule),
        set.severity(finding.severity),
        escape(&finding.text),
        reason(finding, set),
        place(talk, one, finding, set),
    )
}

/// Why it is a finding, and what would have been right.
fn reason(finding: &Finding, set: Setting<'_>) -> String {
    let mut rows: Vec<(&'static str, String)> = Vec::new();
    if let Some(excused) = &finding.excused {
        rows.push(("render.page.excused-why", escape(&wording::excuse(excused.why, set.style))));
    }
    if let Some(said) = &finding.review {
        rows.push(("render.page.review", escape(&review::verdict(said, set.style))));
    }
    let instead: String = finding.say_instead.iter().map(|id| phrase(id, set)).collect();
    if !instead.is_empty() {
        rows.push(("render.page.instead", format!("<ul class=\"say\">{instead}</ul>")));
    }
    rows.push(("render.page.basis", escape(&wording::basis(&finding.basis, set.style))));
    rows.push(("render.page.sure", sure(finding, set)));
    // What the headline says already is not said again.
    let known = set.rules.get(&finding.rule).is_some_and(|rule| rule.title == finding.message);
    let message = match known {
        true => String::new(),
        false => format!("<p class=\"message\">{}</p>\n", escape(&finding.message)),
    };
    let row = |(key, value): (&'static str, String)| format!("<dt>{}</dt><dd>{value}</dd>\n", set.word(key));
    format!("{message}<dl>\n{}</dl>\n", rows.into_iter().map(row).collect::<String>())
}

fn phrase(id: &str, set: Setting<'_>) -> String {
    let words = set.rules.get(id).map(|rule| escape(&rule.text)).unwrap_or_default();
    format!("<li><b>{}</b> {words}</li>", escape(id))
}

/// `0.93（同音）`
fn sure(finding: &Finding, set: Setting<'_>) -> String {
    let how = wording::how(finding, set.style);
    let value = format!("{:.2}", finding.confidence.value());
    match how.is_empty() {
        true => value,
        false => set.say(&Message::new("render.page.heard").arg("value", value).arg("how", how)),
    }
}

/// Who, in which turn, when, in which file.
fn place(talk: usize, one: &Conversation, finding: &Finding, set: Setting<'_>) -> String {
    let who = wording::speaker(finding.speaker.as_deref(), finding.role, set.style);
    let turn = match (finding.turns.first(), finding.turns.last()) {
        (Some(first), Some(last)) if first != last => {
            set.say(&Message::new("render.turns").arg("first", first).arg("last", last))
        }
        _ => set.say(&Message::new("render.turn").arg("number", finding.turn)),
    };
    let mut parts =
        vec![format!("<span class=\"{}\">{}</span>", role_name(finding.role), escape(&who)), turn];
    parts.extend(finding.time_ms.map(|time| clock(talk, one, time.start, set)));
    parts.extend(finding.place.as_ref().map(|place| escape(&wording::place(place, set.style))));
    parts.extend(line(finding, set));
    format!("{} <a class=\"file\" href=\"#c{talk}\">{}</a>", parts.join(" · "), escape(&short(one, set)))
}

/// The file without its folders, and the conversation in it.
pub(super) fn short(one: &Conversation, set: Setting<'_>) -> String {
    let whole = wording::path(one, set.style);
    let name = one.path.rsplit(['/', '\\']).next().map(one_line).unwrap_or_default();
    // Only what comes before the name goes; an id that looks like a path stays.
    whole.strip_prefix(&*one_line(&one.path)).map_or(whole.clone(), |id| format!("{name}{id}"))
}

/// Line and column in the file, as other formats name them.
fn line(finding: &Finding, set: Setting<'_>) -> Option<String> {
    let start = finding.start?;
    Some(set.say(&Message::new("render.page.line").arg("line", start.line).arg("column", start.column)))
}

/// A time; a button that plays it where there is a recording.
pub(super) fn clock(talk: usize, one: &Conversation, ms: u64, set: Setting<'_>) -> String {
    let time = wording::clock(ms);
    match one.audio {
        Some(_) => format!(
            "<button type=\"button\" class=\"play\" data-audio=\"c{talk}a\" data-at=\"{}\" aria-label=\"{}\">▶ {time}</button>",
            seconds(ms),
            set.say(&Message::new("render.page.play-from").arg("time", &time)),
        ),
        None => format!("<time>{time}</time>"),
    }
}

/// Milliseconds as seconds, exactly.
pub(super) fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}
