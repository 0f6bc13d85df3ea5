//! The standard for people: a table of rules, and one rule explained.

use super::{Rules, Style, wording};
use crate::diagnostic::{Message, Paint, columns, fold, one_line, pad};
use crate::report::{Basis, Example, RuleInfo};
use std::io::{self, Write};

/// A line a rule: id, severity, title, the item's words.
pub fn rules(rules: &[RuleInfo], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let ids = rules.iter().map(|rule| columns(&rule.id)).max().unwrap_or(0);
    let titles = rules.iter().map(|rule| columns(&rule.title)).max().unwrap_or(0).min(40);
    for rule in rules {
        let severity = style.look.paint(Paint::Level(rule.severity), &pad(rule.severity.word(), 7));
        let head = format!("{}  {severity}  {}", pad(&rule.id, ids), pad(&one_line(&rule.title), titles));
        let room = style.look.width.saturating_sub(ids + titles + 13).max(20);
        let text = style.look.paint(Paint::Dim, &first_line(&rule.text, room));
        writeln!(out, "{}", format!("{head}  {text}").trim_end())?;
    }
    Ok(())
}

pub(super) fn first_line(text: &str, width: usize) -> String {
    let text = one_line(text);
    if columns(&text) <= width {
        return text;
    }
    let mut lines = fold_anywhere(&text, width - 1);
    lines.truncate(1);
    lines.concat() + "…"
}

/// Patterns shown of each tier, and examples of each kind, where not all are asked for.
const FEW: usize = 4;

/// One rule: the item, why, what is found, examples, what to say instead. `whole` for every pattern and example.
pub fn rule(rule: &RuleInfo, all: &Rules, whole: bool, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let page = Page { rule, style, few: if whole { usize::MAX } else { FEW } };
    let sections = [
        page.head(),
        page.section("render.explain.why", page.prose(&rule.why)),
        page.section(
            "render.explain.unseen",
            rule.not_observable.as_deref().map_or(vec![], |s| page.prose(s)),
        ),
        page.section("render.explain.patterns", page.patterns()),
        page.section("render.explain.hits", page.examples(&rule.hits)),
        page.section("render.explain.passes", page.examples(&rule.passes)),
        page.section("render.explain.excuses", page.excuses()),
        page.section("render.explain.instead", page.instead(all)),
    ];
    let shown: Vec<String> = sections.into_iter().filter(|section| !section.is_empty()).collect();
    out.write_all(shown.join("\n").as_bytes())
}

/// Breaks between any two characters: a pattern has no spaces to break at.
fn fold_anywhere(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for c in text.chars() {
        let c = c.to_string();
        match lines.last_mut() {
            Some(line) if columns(line) + columns(&c) <= width => line.push_str(&c),
            _ => lines.push(format!("  {c}")),
        }
    }
    lines
}

/// What every section needs.
struct Page<'a> {
    rule: &'a RuleInfo,
    style: &'a Style,
    few: usize,
}

impl Page<'_> {
    fn head(&self) -> String {
        let (rule, style) = (self.rule, self.style);
        let id = style.look.paint(Paint::Level(rule.severity), &rule.id);
        let title = style.look.paint(Paint::Strong, &one_line(&rule.title));
        let kind = wording::known(&format!("render.explain.{}", rule.kind), rule.kind, style.lang);
        let mut facts = vec![kind, rule.severity.word().to_owned()];
        facts.extend(rule.stage.as_ref().map(|stage| {
            let stage = wording::known(&format!("render.stage.{stage}"), stage, style.lang);
            style.say(&Message::new("render.explain.stage").arg("stage", stage))
        }));
        let facts = style.look.paint(Paint::Dim, &facts.join(" · "));
        let (basis, text) = match &rule.basis {
            Basis::Item { appendix, item, text } => {
                (Message::new("render.explain.item").arg("appendix", appendix).arg("item", item), text)
            }
            Basis::Article { article, text } => {
                (Message::new("render.basis.article").arg("article", article), text)
            }
        };
        let source: String = self.prose(text).iter().map(|line| format!("  {line}\n")).collect();
        format!("{id}  {title}  {facts}\n\n{}\n{source}", style.say(&basis))
    }

    fn section(&self, heading: &'static str, lines: Vec<String>) -> String {
        if lines.is_empty() {
            return String::new();
        }
        let heading = self.style.look.paint(Paint::Strong, &self.style.word(heading));
        let lines: String =
            lines.iter().map(|line| format!("{}\n", format!("  {line}").trim_end())).collect();
        format!("{heading}\n{lines}")
    }

    fn prose(&self, text: &str) -> Vec<String> {
        if text.is_empty() { Vec::new() } else { fold(text, self.style.look.width.min(80) - 2) }
    }

    /// The patterns by tier, and a legend for the signs that occur in them.
    fn patterns(&self) -> Vec<String> {
        let tiers = self.rule.patterns.chunk_by(|(one, _), (next, _)| one == next);
        let name = |tier: &str| wording::known(&format!("render.how.{tier}"), tier, self.style.lang);
        let width = self.rule.patterns.iter().map(|(tier, _)| columns(&name(tier))).max().unwrap_or(0);
        let mut lines: Vec<String> = tiers
            .filter_map(|tier| Some((name(&tier.first()?.0), tier)))
            .flat_map(|(name, tier)| self.tier(&name, width, tier))
            .collect();
        if let Some(legend) = self.legend() {
            lines.push(String::new());
            lines.extend(self.prose(&legend).iter().map(|line| self.dim(line)));
        }
        lines
    }

    fn tier(&self, name: &str, width: usize, patterns: &[(String, String)]) -> Vec<String> {
        let room = self.style.look.width.saturating_sub(width + 4).max(20);
        let mut shown: Vec<String> = Vec::new();
        for (_, pattern) in patterns.iter().take(self.few) {
            let pattern = one_line(pattern);
            let lines = if self.few == FEW {
                vec![first_line(&pattern, room)]
            } else {
                fold_anywhere(&pattern, room)
            };
            shown.extend(lines);
        }
        shown.extend(self.more(patterns.len()));
        let lead = |i: usize| self.dim(&pad(if i == 0 { name } else { "" }, width));
        shown.iter().enumerate().map(|(i, line)| format!("{}  {line}", lead(i))).collect()
    }

    /// How many are not shown, and how to see them.
    fn more(&self, count: usize) -> Option<String> {
        let rest = count.saturating_sub(self.few);
        let more = Message::new("render.explain.more").arg("count", rest).arg("id", &self.rule.id);
        (rest > 0).then(|| self.dim(&self.style.say(&more)))
    }

    fn dim(&self, text: &str) -> String {
        self.style.look.paint(Paint::Dim, text)
    }

    fn legend(&self) -> Option<String> {
        let signs: [(&str, &'static str); 6] = [
            ("|", "render.legend.or"),
            ("[", "render.legend.optional"),
            ("{", "render.legend.class"),
            ("…", "render.legend.gap"),
            ("^", "render.legend.start"),
            ("$", "render.legend.end"),
        ];
        let used = |sign: &str| self.rule.patterns.iter().any(|(_, pattern)| pattern.contains(sign));
        let words: Vec<String> =
            signs.iter().filter(|(sign, _)| used(sign)).map(|(_, key)| self.style.word(key)).collect();
        (!words.is_empty()).then(|| words.join(&self.style.word("render.semicolon")))
    }

    /// Each example, the excerpt that is found in brackets.
    fn examples(&self, examples: &[Example]) -> Vec<String> {
        let line = |example: &Example| {
            example.excerpts.iter().fold(one_line(&example.text), |text, excerpt| {
                let marked = self.style.look.paint(Paint::Strong, &format!("【{excerpt}】"));
                text.replacen(excerpt.as_str(), &marked, 1)
            })
        };
        examples.iter().take(self.few).map(line).chain(self.more(examples.len())).collect()
    }

    fn excuses(&self) -> Vec<String> {
        self.rule.excuses.iter().map(|why| wording::excuse(why, self.style)).collect()
    }

    fn instead(&self, all: &Rules) -> Vec<String> {
        let text = |id: &String| all.get(id).map_or(String::new(), |rule| one_line(&rule.text));
        self.rule.say_instead.iter().map(|id| format!("{}  {}", one_line(id), text(id))).collect()
    }
}
