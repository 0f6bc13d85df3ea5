//! Beside the conversations: filters, and the list of what was found; and the same as data for the script.

use super::findings::{card, card_id, short, turn_id};
use super::{Setting, escape, role_name};
use crate::diagnostic::Severity;
use crate::report::Conversation;
use crate::transcript::Role;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Filters and list.
pub(super) fn side(talks: &[&Conversation], set: Setting<'_>) -> String {
    let numbered = talks.iter().enumerate();
    let cards: String = numbered
        .flat_map(|(i, one)| {
            let findings = one.findings.iter().enumerate();
            findings.map(move |(k, finding)| card(i + 1, one, k + 1, finding, set))
        })
        .collect();
    format!(
        "<aside class=\"side\" aria-label=\"{}\">\n<form class=\"filters\" id=\"filters\" role=\"search\">\n{}</form>\n\
         <h2 class=\"listed\"><span>{}</span> <output id=\"shown\" aria-live=\"polite\"></output></h2>\n\
         <ol class=\"cards\" id=\"list\" tabindex=\"-1\">\n{cards}</ol>\n</aside>\n",
        set.word("render.page.findings"),
        filters(talks, set),
        set.word("render.page.findings"),
    )
}

fn filters(talks: &[&Conversation], set: Setting<'_>) -> String {
    let search = set.word("render.page.search");
    let excused = options(
        [
            ("counted", "render.page.counted"),
            ("all", "render.page.all-findings"),
            ("excused", "render.page.only-excused"),
        ]
        .into_iter()
        .map(|(value, key)| (value.to_owned(), set.word(key), set.style.show_excused && value == "all")),
    );
    let role = |role: Role| (role_name(role).to_owned(), set.role(role), false);
    let roles = options(
        any("render.page.any-role", set).chain([Role::Staff, Role::Visitor, Role::Unknown].map(role)),
    );
    let files = match talks.len() {
        0 | 1 => String::new(),
        _ => select(
            "file",
            "render.page.file",
            &options(any("render.page.any-file", set).chain(files(talks, set))),
            set,
        ),
    };
    format!(
        "<label class=\"search\"><span class=\"away\">{search}</span><input type=\"search\" id=\"search\" placeholder=\"{search}\" autocomplete=\"off\"></label>\n\
         <div class=\"picks\">\n{}{files}{}{}</div>\n{}<p class=\"more\"><label><input type=\"checkbox\" id=\"near\"> {}</label>\n\
         <button type=\"reset\" id=\"reset\">{}</button></p>\n",
        select("rule", "render.page.rule", &rules(talks, set), set),
        select("role", "render.page.role", &roles, set),
        select("excused", "render.page.excused", &excused, set),
        severities(set),
        set.word("render.page.near"),
        set.word("render.page.reset"),
    )
}

fn any(key: &'static str, set: Setting<'_>) -> impl Iterator<Item = (String, String, bool)> {
    std::iter::once((String::new(), set.word(key), false))
}

fn files(talks: &[&Conversation], set: Setting<'_>) -> impl Iterator<Item = (String, String, bool)> {
    let name =
        move |(i, one): (usize, &&Conversation)| (format!("c{}", i + 1), escape(&short(one, set)), false);
    talks.iter().enumerate().map(name)
}

/// The rules that have findings here.
fn rules(talks: &[&Conversation], set: Setting<'_>) -> String {
    let found: BTreeSet<&str> =
        talks.iter().flat_map(|one| &one.findings).map(|finding| finding.rule.as_str()).collect();
    let name = |id: &str| (escape(id), format!("{} {}", escape(id), set.title(id)), false);
    options(any("render.page.any-rule", set).chain(found.into_iter().map(name)))
}

fn options(all: impl Iterator<Item = (String, String, bool)>) -> String {
    let one = |(value, name, chosen): (String, String, bool)| {
        let chosen = if chosen { " selected" } else { "" };
        format!("<option value=\"{value}\"{chosen}>{name}</option>")
    };
    all.map(one).collect()
}

fn select(id: &str, key: &'static str, options: &str, set: Setting<'_>) -> String {
    format!(
        "<label class=\"pick\"><span class=\"away\">{}</span><select id=\"{id}\">{options}</select></label>\n",
        set.word(key)
    )
}

fn severities(set: Setting<'_>) -> String {
    let one = |severity: Severity| {
        let level = severity.word();
        format!(
            "<label class=\"chip {level}\"><input type=\"checkbox\" name=\"severity\" value=\"{level}\" checked><span>{}</span></label>",
            set.severity(severity)
        )
    };
    let all: String = [Severity::Error, Severity::Warning, Severity::Note].map(one).concat();
    format!(
        "<fieldset class=\"chips\"><legend class=\"away\">{}</legend>{all}</fieldset>\n",
        set.word("render.page.severity")
    )
}

/// What the script filters by.
pub(super) fn data(talks: &[&Conversation]) -> Value {
    let findings: Vec<Value> = talks
        .iter()
        .enumerate()
        .flat_map(|(i, one)| {
            one.findings.iter().enumerate().map(move |(k, finding)| {
                json!({
                    "id": card_id(i + 1, k + 1),
                    "file": format!("c{}", i + 1),
                    "rule": finding.rule,
                    "severity": finding.severity.word(),
                    "role": role_name(finding.role),
                    "excused": finding.excused.is_some(),
                    "turns": finding.turns.iter().map(|turn| turn_id(i + 1, *turn)).collect::<Vec<_>>(),
                })
            })
        })
        .collect();
    json!({ "findings": findings })
}
