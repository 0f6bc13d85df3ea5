//! The rules as SARIF describes them: what stands in the standard, why, and what to say instead.

use super::super::{Style, wording};
use super::level;
use super::model::{Configuration, Driver, Rule, Tags, Text, Tool};
use crate::diagnostic::Message;
use crate::report::{Report, RuleInfo};

pub(super) fn tool<'a>(report: &'a Report, style: &Style) -> Tool<'a> {
    let (tool, standard) = (&report.tool, &report.tool.standard);
    Tool {
        driver: Driver {
            name: tool.name,
            version: tool.version,
            semantic_version: tool.version,
            full_name: format!("{} {} {} ({})", tool.name, tool.version, standard.title, standard.number),
            rules: report.rules.values().map(|one| rule(one, report, style)).collect(),
            properties: &tool.settings,
        },
    }
}

fn rule<'a>(one: &'a RuleInfo, report: &Report, style: &Style) -> Rule<'a> {
    Rule {
        id: &one.id,
        name: &one.title,
        short_description: Text::plain(one.title.clone()),
        full_description: Text::plain(one.text.clone()),
        help: help(one, report, style),
        default_configuration: Configuration { level: level(one.severity) },
        properties: Tags { tags: [one.kind] },
    }
}

fn help(one: &RuleInfo, report: &Report, style: &Style) -> Text {
    let line = |key: &'static str, value: &str| style.say(&Message::new(key).arg("value", value));
    let phrases = one.say_instead.iter().filter_map(|id| Some((id, &report.rules.get(id)?.text)));
    let phrases: Vec<(String, &String)> = phrases.map(|(id, text)| (id.clone(), text)).collect();
    let basis = line("render.basis", &wording::basis(&one.basis, style));
    let why: Vec<String> = [&one.why].into_iter().chain(&one.not_observable).cloned().collect();
    let listed = |mark: &dyn Fn(&str) -> String| {
        let phrases = phrases.iter().map(|(id, text)| format!("- {} {}", mark(id), mark(text)));
        phrases.collect::<Vec<_>>().join("\n")
    };
    let page = |mark: &dyn Fn(&str) -> String| {
        let mut parts =
            vec![mark(&basis), why.iter().map(|text| mark(text)).collect::<Vec<_>>().join("\n\n")];
        if !phrases.is_empty() {
            parts.push(line("render.instead", ""));
            parts.push(listed(mark));
        }
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    };
    Text { text: page(&str::to_owned), markdown: Some(page(&wording::markdown)) }
}
