//! The phrases that several formats share: places, times, reasons, sums.

use super::{Rules, Style};
use crate::diagnostic::{Lang, Message, one_line};
use crate::report::{Basis, Conversation, Finding, Summary};
use crate::transcript::Role;
use serde_json::Value;
use std::borrow::Cow;

/// The path, and the conversation in it where there are many.
pub(super) fn path(one: &Conversation, style: &Style) -> String {
    let path = one_line(&one.path);
    match &one.conversation {
        Some(id) => style.say(&Message::new("render.path").arg("path", path).arg("id", one_line(id))),
        None => path,
    }
}

/// Where in a document without text bytes: a paragraph, a cell.
pub(super) fn place(place: &Value, style: &Style) -> String {
    let number = |key: &str| place.get(key).and_then(Value::as_u64);
    let text = |key: &str| place.get(key).and_then(Value::as_str);
    if let Some(paragraph) = number("paragraph") {
        return style.say(&Message::new("render.place.paragraph").arg("number", paragraph));
    }
    if let (Some(sheet), Some(cell)) = (text("sheet"), text("cell")) {
        let place =
            Message::new("render.place.cell").arg("sheet", one_line(sheet)).arg("cell", one_line(cell));
        return style.say(&place);
    }
    one_line(&place.to_string())
}

/// Where a finding stands in its file: `12:5`, `第12段`; empty where nothing is known.
pub(super) fn position(finding: &Finding, style: &Style) -> String {
    match (finding.start, &finding.place) {
        (Some(start), _) => format!("{}:{}", start.line, start.column),
        (None, Some(place)) => self::place(place, style),
        (None, None) => String::new(),
    }
}

/// The phrases to say instead: `A04 “请您别着急”`.
pub(super) fn instead(finding: &Finding, rules: &Rules, style: &Style) -> Vec<String> {
    let phrase = |id: &String| match rules.get(id) {
        Some(rule) => format!("{} {}", one_line(id), quoted(&rule.text, style)),
        None => one_line(id),
    };
    finding.say_instead.iter().map(phrase).collect()
}

/// Everything that a list of findings says of one, a line each: what it is, where it cannot be pointed at, the words,
/// the basis, what to say instead.
pub(super) fn told(one: &Conversation, finding: &Finding, rules: &Rules, style: &Style) -> Vec<String> {
    let mut lines = vec![one_line(&finding.message)];
    let mut note = |key: &'static str, value: String| {
        if !value.is_empty() {
            lines.push(style.say(&Message::new(key).arg("value", value)));
        }
    };
    if finding.start.is_none() {
        note("render.at", position(finding, style));
    }
    note("render.words", quoted(&finding.text, style).into_owned());
    note("render.basis", basis(&finding.basis, style));
    note("render.instead", instead(finding, rules, style).join(&style.word("render.semicolon")));
    lines.extend(one.conversation.as_ref().map(|id| {
        let id = one_line(id);
        style.say(&Message::new("render.conversation").arg("id", id))
    }));
    lines
}

/// `B20 嫌群众着急`
pub(super) fn title(finding: &Finding, rules: &Rules) -> String {
    let title = rules.get(&finding.rule).map_or(&finding.message, |rule| &rule.title);
    format!("{} {}", one_line(&finding.rule), one_line(title))
}

/// The file's path as tools compare it: without `./` before it, parts divided by `/`.
pub(super) fn plain_path(path: &str) -> String {
    let path = if path.contains('/') { path.to_owned() } else { path.replace('\\', "/") };
    path.trim_start_matches("./").to_owned()
}

/// The findings that count.
pub(super) fn counted(one: &Conversation) -> impl Iterator<Item = &Finding> {
    one.findings.iter().filter(|finding| finding.excused.is_none())
}

/// Where the rule stands in the standard, with its words where they are short.
pub(super) fn basis(basis: &Basis, style: &Style) -> String {
    style.say(&match basis {
        Basis::Item { appendix, item, text } => Message::new("render.basis.item")
            .arg("appendix", appendix)
            .arg("item", item)
            .arg("text", one_line(text)),
        Basis::Article { article, .. } => Message::new("render.basis.article").arg("article", article),
    })
}

/// `坐席（工作人员）`
pub(super) fn speaker(label: Option<&str>, role: Role, style: &Style) -> String {
    let role = style.word(match role {
        Role::Staff => "render.role.staff",
        Role::Visitor => "render.role.visitor",
        Role::Unknown => "render.role.unknown",
    });
    match label {
        Some(label) if one_line(label) != role => {
            style.say(&Message::new("render.speaker").arg("label", one_line(label)).arg("role", role))
        }
        _ => role,
    }
}

/// Why a finding does not count.
pub(super) fn excuse(why: &str, style: &Style) -> String {
    known(&format!("render.excuse.{why}"), why, style.lang)
}

/// How the words were heard.
pub(super) fn how(finding: &Finding, style: &Style) -> String {
    let words: Vec<String> =
        finding.how.iter().map(|how| known(&format!("render.how.{how}"), how, style.lang)).collect();
    words.join(&style.word("render.list"))
}

/// The words of a key that depends on data; the data itself where the catalogue has none.
pub(super) fn known(key: &str, otherwise: &str, lang: Lang) -> String {
    let words = Message::new(key.to_owned()).words(lang);
    if words.ends_with(key) { one_line(otherwise) } else { words }
}

/// `text` in one cell or line of Markdown: nothing in it is markup.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::new();
    for c in one_line(text).chars() {
        if "\\`*_[]<>|#&~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Milliseconds as `00:15.2`, with hours where there are any.
pub(super) fn clock(ms: u64) -> String {
    let (tenths, seconds, minutes, hours) = (ms / 100 % 10, ms / 1000 % 60, ms / 60_000 % 60, ms / 3_600_000);
    let rest = format!("{minutes:02}:{seconds:02}.{tenths}");
    if hours > 0 { format!("{hours}:{rest}") } else { rest }
}

/// The closing line of a run.
pub(super) fn summary(summary: &Summary, style: &Style) -> String {
    let found = match summary.findings {
        // Nothing was looked at: silence, not praise.
        0 if summary.files == 0 => String::new(),
        0 => style.word("render.summary.none"),
        _ => style.say(&Message::new("render.summary.found").arg("kinds", kinds(summary, style))),
    };
    let checked = Message::new("render.summary.checked")
        .arg("files", summary.files)
        .arg("conversations", summary.conversations)
        .arg("turns", summary.turns)
        .arg("staff_turns", summary.staff_turns);
    let some = |key: &'static str, count: usize, detail: String| match count {
        0 => String::new(),
        _ => style.say(&Message::new(key).arg("count", count).arg("detail", detail)),
    };
    let found_any = !found.is_empty();
    [
        found,
        some("render.summary.excused", summary.excused, String::new()),
        if found_any { style.word("render.summary.stop") } else { String::new() },
        style.say(&checked),
        some("render.summary.skipped", summary.skipped.values().sum(), skipped(summary, style.lang)),
        some("render.summary.failed", summary.failed, String::new()),
        style.word("render.summary.end"),
    ]
    .concat()
}

/// `忌语 3 处、该说未说 1 处`.
fn kinds(summary: &Summary, style: &Style) -> String {
    let of = |letter: char| -> usize {
        summary.by_rule.iter().filter(|(rule, _)| rule.starts_with(letter)).map(|(_, count)| count).sum()
    };
    let (banned, missed) = (of('B'), of('A'));
    let other = summary.findings.saturating_sub(banned + missed);
    let counts =
        [("render.kind.banned", banned), ("render.kind.missed", missed), ("render.kind.article", other)];
    let words: Vec<String> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| style.say(&Message::new(key).arg("count", count)))
        .collect();
    words.join(&style.word("render.list"))
}

/// What was left out below folders, by reason; empty where nothing was.
pub fn skipped(summary: &Summary, lang: Lang) -> String {
    let reason = |(reason, count): (&String, &usize)| {
        format!("{} {count}", known(&format!("render.skip.{reason}"), reason, lang))
    };
    summary.skipped.iter().map(reason).collect::<Vec<_>>().join(&Message::new("render.list").words(lang))
}

/// A name as a quotation in the run's language.
pub(super) fn quoted(text: &str, style: &Style) -> Cow<'static, str> {
    Cow::Owned(style.say(&Message::new("render.quoted").arg("text", one_line(text))))
}
