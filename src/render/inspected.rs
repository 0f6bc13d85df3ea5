//! Why a turn was judged as it was, for people: what an auditor defends or appeals a finding with.

use super::{Style, wording};
use crate::diagnostic::{Message, Paint, columns, fold, one_line, pad};
use crate::report::{Considered, Conversation, Inspected, Ruled, Sum};
use std::collections::{BTreeMap, BTreeSet};

/// The turns that were looked into, each followed by a blank line.
pub(super) fn inspected(one: &Conversation, style: &Style) -> String {
    let path = wording::path(one, style);
    one.inspected.iter().map(|turn| format!("{}\n", Page { turn, style }.draw(&path))).collect()
}

/// Literals of fewer characters stand in every other sentence: that their patterns do not match tells nothing.
const TELLING: usize = 3;

struct Page<'a> {
    turn: &'a Inspected,
    style: &'a Style,
}

impl Page<'_> {
    fn draw(&self, path: &str) -> String {
        let mut lines = vec![self.head(path)];
        lines.extend(self.named("render.why.said", &one_line(&self.turn.text)));
        for (name, text) in &self.turn.views {
            let name = wording::known(&format!("render.view.{name}"), name, self.style.lang);
            lines.extend(self.labelled(&name, text));
        }
        let clauses: Vec<String> = self.turn.words.iter().map(|clause| clause.join(" ")).collect();
        lines.extend(self.named("render.why.words", &clauses.join(" ｜ ")));
        let of = |wanted: fn(&Ruled) -> bool| self.turn.candidates.iter().filter(move |c| wanted(&c.ruling));
        for candidate in of(|ruling| !matches!(ruling, Ruled::Unmatched | Ruled::Outdone)) {
            lines.push(String::new());
            lines.extend(self.candidate(candidate));
        }
        lines.extend(
            self.short("render.why.outdone", &of(|ruling| *ruling == Ruled::Outdone).collect::<Vec<_>>()),
        );
        let telling = |c: &&Considered| c.literal.chars().count() >= TELLING;
        let (telling, chance): (Vec<&Considered>, Vec<&Considered>) =
            of(|ruling| *ruling == Ruled::Unmatched).partition(telling);
        lines.extend(self.short("render.why.unmatched", &telling));
        lines.extend(self.chance(&chance));
        if self.turn.candidates.is_empty() {
            lines.push(format!("  {}", self.style.word("render.why.nothing")));
        }
        lines.join("\n") + "\n"
    }

    /// `a.txt:3:4 第2轮 坐席（工作人员）`
    fn head(&self, path: &str) -> String {
        let turn = self.style.say(&Message::new("render.turn").arg("number", self.turn.turn));
        let speaker = wording::speaker(self.turn.speaker.as_deref(), self.turn.role, self.style);
        let place = format!("{path}:{}:{}", self.turn.start.line, self.turn.start.column);
        format!("{}  {turn} · {speaker}", self.style.look.paint(Paint::Strong, &place))
    }

    fn named(&self, key: &'static str, text: &str) -> Vec<String> {
        self.labelled(&self.style.word(key), text)
    }

    /// A label in a column of its own, the text folded beside it.
    fn labelled(&self, label: &str, text: &str) -> Vec<String> {
        let column = self.column();
        let lines = fold(text, self.style.look.width.saturating_sub(column + 4));
        let label = |i: usize| pad(if i == 0 { label } else { "" }, column);
        let set = |(i, line): (usize, &String)| {
            format!("  {}  {line}", self.style.look.paint(Paint::Dim, &label(i)))
        };
        lines.iter().enumerate().map(set).collect()
    }

    /// Columns of the widest label.
    fn column(&self) -> usize {
        let keys = ["said", "words", "pattern", "called", "sum", "ruling"];
        let fixed =
            keys.map(|key| columns(&Message::new(format!("render.why.{key}")).words(self.style.lang)));
        let name =
            |view: &str| columns(&wording::known(&format!("render.view.{view}"), view, self.style.lang));
        fixed.into_iter().chain(self.turn.views.iter().map(|(view, _)| name(view))).max().unwrap_or(0)
    }

    fn candidate(&self, one: &Considered) -> Vec<String> {
        let counts = one.ruling == Ruled::Found;
        let paint = if counts { Paint::Strong } else { Paint::Dim };
        let mark = if counts { "+" } else { "-" };
        let words = wording::quoted(&one.text, self.style);
        let tier = wording::known(&format!("render.how.{}", one.tier), one.tier, self.style.lang);
        let place = format!("{}:{}", one.start.line, one.start.column);
        let mut lines = vec![format!(
            "{} {words}  {place}",
            self.style.look.paint(paint, &format!("{mark} {}", one.rule))
        )];
        lines.extend(self.named("render.why.pattern", &format!("{}  {tier}", one_line(&one.pattern))));
        lines.extend(self.named("render.why.called", &self.called(one)));
        if let Some(sum) = &one.sum {
            lines.extend(self.named("render.why.sum", &self.sum(sum)));
        }
        lines.extend(self.named("render.why.ruling", &self.ruling(&one.ruling)));
        lines
    }

    /// Which characters of the pattern called for a look, and where they were found.
    fn called(&self, one: &Considered) -> String {
        let view = wording::known(&format!("render.view.{}", one.view), one.view, self.style.lang);
        let by = wording::known(&format!("render.why.by-{}", one.by), one.by, self.style.lang);
        self.style.say(
            &Message::new("render.why.literal")
                .arg("literal", wording::quoted(&one.literal, self.style))
                .arg("view", view)
                .arg("by", by),
        )
    }

    /// `0.95 − 0.03 夹字 − 2×0.12 同音 = 0.68`
    fn sum(&self, sum: &Sum) -> String {
        let mut out = format!("{:.2}", sum.base.value());
        for (how, cost, times) in &sum.costs {
            let name = wording::known(&format!("render.how.{how}"), how, self.style.lang);
            let times = if *times > 1 { format!("{times}×") } else { String::new() };
            out.push_str(&format!(" − {times}{cost:.2} {name}"));
        }
        format!("{out} = {:.2}", sum.confidence.value())
    }

    fn ruling(&self, ruling: &Ruled) -> String {
        let list = |words: &[String]| {
            let words: Vec<String> =
                words.iter().map(|w| wording::quoted(w, self.style).into_owned()).collect();
            words.join(&self.style.word("render.list"))
        };
        let message = match ruling {
            Ruled::Unmatched => Message::new("render.ruled.unmatched"),
            Ruled::Broken => Message::new("render.ruled.broken"),
            Ruled::Unlike { right, wrong } => {
                Message::new("render.ruled.unlike").arg("right", right).arg("wrong", wrong)
            }
            Ruled::Boundary { words } => Message::new("render.ruled.boundary").arg("words", list(words)),
            Ruled::Unless { pattern, text } => Message::new("render.ruled.unless")
                .arg("pattern", one_line(pattern))
                .arg("text", wording::quoted(text, self.style)),
            Ruled::Before { situations } => {
                Message::new("render.ruled.before").arg("situations", list(situations))
            }
            Ruled::Outdone => Message::new("render.ruled.outdone"),
            Ruled::Unsure { minimum } => {
                Message::new("render.ruled.unsure").arg("minimum", format!("{:.2}", minimum.value()))
            }
            Ruled::Excused { why, text: None } => {
                Message::new("render.ruled.excused").arg("why", wording::excuse(why, self.style))
            }
            Ruled::Excused { why, text: Some(text) } => Message::new("render.ruled.excused-by")
                .arg("why", wording::excuse(why, self.style))
                .arg("text", wording::quoted(text, self.style)),
            Ruled::Found => Message::new("render.ruled.found"),
        };
        self.style.say(&message)
    }

    /// One line each.
    fn short(&self, heading: &'static str, list: &[&Considered]) -> Vec<String> {
        let width = list.iter().map(|one| columns(&one.text)).max().unwrap_or(0).min(24);
        let room = self.style.look.width.saturating_sub(width + 9).max(20);
        let line = |one: &&Considered| {
            let pattern = super::rule::first_line(&one.pattern, room);
            self.dim(&format!("  {}  {}  {pattern}", one.rule, pad(&one_line(&one.text), width)))
        };
        let mut lines: Vec<String> = Vec::new();
        for one in list.iter().map(line) {
            if !lines.contains(&one) {
                lines.push(one);
            }
        }
        self.under(heading, lines)
    }

    /// What stands in every other sentence: the characters, and the rules that looked.
    fn chance(&self, list: &[&Considered]) -> Vec<String> {
        let mut by_literal: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for one in list {
            by_literal.entry(&one.literal).or_default().insert(&one.rule);
        }
        let line = |(literal, rules): (&str, BTreeSet<&str>)| {
            let rules: Vec<&str> = rules.into_iter().collect();
            self.dim(&format!("  {}  {}", pad(&one_line(literal), 4), rules.join(" ")))
        };
        self.under("render.why.chance", by_literal.into_iter().map(line).collect())
    }

    fn under(&self, heading: &'static str, lines: Vec<String>) -> Vec<String> {
        if lines.is_empty() {
            return lines;
        }
        [String::new(), self.dim(&self.style.word(heading))].into_iter().chain(lines).collect()
    }

    fn dim(&self, text: &str) -> String {
        self.style.look.paint(Paint::Dim, text)
    }
}
