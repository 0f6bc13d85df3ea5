//! The card in a terminal, lined up by display width.

use super::timeline::{Column, column_of, columns as columns_of};
use super::{Card, Rules, Style};
use crate::diagnostic::{Message, Paint, Severity, columns, fold, one_line, pad};
use crate::report::{ConductItem, Conversation, LineKind, Opportunity, ScoreLine, Stage, Status};

/// Columns of a bar.
const BAR: usize = 12;
/// Columns that everything is set in by.
const IN: usize = 2;

/// The whole card, ending in a blank line.
pub(in crate::render) fn terminal(one: &Conversation, rules: &Rules, style: &Style) -> String {
    let card = Card::of(one, rules, style);
    let mut out = card.head();
    if one.score.total.is_some() {
        for part in [
            card.timeline(),
            card.bars(),
            card.missed(),
            card.waterfall(),
            card.conduct(),
            card.what_if(),
            card.left(),
        ] {
            if !part.is_empty() {
                out.push(String::new());
                out.extend(part);
            }
        }
    }
    for warning in &one.warnings {
        out.push(format!("{}{}", " ".repeat(IN), card.warning(&one_line(&warning.message))));
    }
    out.iter().map(|line| format!("{}\n", line.trim_end())).collect::<String>() + "\n"
}

impl Card<'_> {
    fn paint(&self, paint: Paint, text: &str) -> String {
        self.style.look.paint(paint, text)
    }

    fn warning(&self, text: &str) -> String {
        format!("{}{text}", self.paint(Paint::Level(Severity::Warning), "! "))
    }

    fn width(&self) -> usize {
        self.style.look.width
    }

    fn heading(&self, key: &'static str) -> String {
        self.paint(Paint::Strong, &self.word(key))
    }

    /// `text` folded behind `lead`, further lines set in as wide as it.
    fn hang(&self, lead: &str, lead_columns: usize, text: &str) -> Vec<String> {
        let lines = fold(text, self.width().saturating_sub(lead_columns).max(20));
        let set = |(i, line): (usize, String)| match i {
            0 => format!("{lead}{line}"),
            _ => format!("{}{line}", " ".repeat(lead_columns)),
        };
        lines.into_iter().enumerate().map(set).collect()
    }

    /// Path; total and grade; facts.
    fn head(&self) -> Vec<String> {
        let mut out = vec![self.paint(Paint::Strong, &self.path())];
        out.extend((!self.meta().is_empty()).then(|| format!("  {}", self.meta().join(" · "))));
        let paint = match (&self.score.band, self.score.failed_by.is_empty()) {
            (_, false) => Paint::Level(Severity::Error),
            (Some(band), _) if self.score.ledger.bands.last().is_some_and(|last| last.id == band.id) => {
                Paint::Level(Severity::Error)
            }
            _ => Paint::Good,
        };
        let total = match self.score.total {
            Some(_) => format!("{}/{}", self.total(), self.score.out_of),
            None => self.total(),
        };
        out.push(format!("  {}  {}", self.paint(paint, &total), self.paint(paint, &self.band())));
        out.extend(self.hang("  ", IN, &self.facts().join(" · ")));
        out.extend(
            self.failed().map(|text| format!("  {}", self.paint(Paint::Level(Severity::Error), &text))),
        );
        for text in self.stuffed() {
            out.extend(self.hang(&format!("  {}", self.warning("")), IN + 2, &text));
        }
        out
    }

    /// The stages over the conversation, and what stands where.
    fn timeline(&self) -> Vec<String> {
        let band = columns_of(&self.score.timeline, self.one.turns, self.width().saturating_sub(IN * 2));
        let mut out = vec![self.heading("render.card.timeline")];
        let lines = [
            band.iter().map(|c| self.stretch(c)).collect::<String>(),
            self.numbers(&band),
            self.marks(&band),
        ];
        out.extend(lines.into_iter().filter(|line| !line.trim().is_empty()).map(|line| format!("  {line}")));
        out.push(format!("  {}", self.paint(Paint::Dim, &self.word("render.card.legend"))));
        out
    }

    /// `├──倾听──`
    fn stretch(&self, column: &Column<'_>) -> String {
        let (edge, line) = if self.style.look.unicode { ("├", "─") } else { ("|", "-") };
        let name = one_line(&column.stretch.name);
        let room = column.width.saturating_sub(1);
        if columns(&name) > room {
            return format!("{edge}{}", line.repeat(room));
        }
        let left = (room - columns(&name)) / 2;
        let right = room - columns(&name) - left;
        format!("{edge}{}{name}{}", line.repeat(left), line.repeat(right))
    }

    /// The first turn of every stretch, with its time where there is room.
    fn numbers(&self, band: &[Column<'_>]) -> String {
        let mut out = String::new();
        for column in band {
            if columns(&out) > column.from {
                continue;
            }
            let turn = column.stretch.first_turn.to_string();
            let clock = column.stretch.time_ms.map(|time| format!("{turn} {}", short_clock(time.start)));
            let text = clock.filter(|text| columns(text) < column.width).unwrap_or(turn);
            if columns(&text) < column.width + 1 {
                out = format!("{}{text}", pad(&out, column.from));
            }
        }
        self.paint(Paint::Dim, &out)
    }

    /// Signs under the turns: banned phrases over missed opportunities over answered ones.
    fn marks(&self, band: &[Column<'_>]) -> String {
        let width = band.last().map_or(0, |c| c.from + c.width);
        let mut signs: Vec<Option<(Paint, &str)>> = vec![None; width];
        let mut put = |turn: u32, paint: Paint, sign: &'static str| {
            if let Some(place) = column_of(band, turn).and_then(|at| signs.get_mut(at)) {
                *place = Some((paint, sign));
            }
        };
        for one in self.score.opportunities.iter().filter(|o| !o.missed) {
            put(one.turn, Paint::Good, "o");
        }
        for one in self.score.opportunities.iter().filter(|o| o.missed) {
            put(one.turn, Paint::Level(Severity::Warning), "?");
        }
        for line in self.score.lines.iter().filter(|l| l.kind == LineKind::Banned) {
            put(line.turn.unwrap_or_default(), Paint::Level(Severity::Error), "x");
        }
        signs.iter().map(|sign| sign.map_or(" ".into(), |(paint, sign)| self.paint(paint, sign))).collect()
    }

    /// A bar for every stage and for conduct.
    fn bars(&self) -> Vec<String> {
        let conduct = self.word("render.card.conduct");
        let names = self.score.stages.iter().map(|s| columns(&s.name)).chain([columns(&conduct)]);
        let width = names.max().unwrap_or(0);
        let mut out = vec![self.heading("render.card.stages")];
        for stage in &self.score.stages {
            out.extend(self.stage_bar(stage, width));
        }
        let sum = |of: fn(&ConductItem) -> f64| self.score.conduct.iter().map(of).sum::<f64>();
        let lead = self.bar(&conduct, width, sum(|i| i.points), sum(|i| i.weight));
        let items = self.score.conduct.iter().filter(|i| i.weight > 0.0);
        let items: Vec<String> = items.map(|i| format!("{} {}", i.rule, self.status(i).0)).collect();
        out.extend(self.bar_line(&lead, width, &items));
        out
    }

    fn stage_bar(&self, stage: &Stage, width: usize) -> Vec<String> {
        if stage.weight == 0.0 {
            let none = self.paint(Paint::Dim, &self.word("render.score.not-applicable"));
            return vec![format!("  {}  {none}", pad(&one_line(&stage.name), width))];
        }
        let lead = self.bar(&one_line(&stage.name), width, stage.points, stage.weight);
        let expected = stage.expected.iter().map(|item| match item.any_of.as_slice() {
            [only] => format!("{only} {}", Self::percent(item.credit)),
            _ => self.next_step(item.credit),
        });
        let called = stage.opportunities.iter().filter_map(|i| self.score.opportunities.get(*i));
        let called = called.map(|o| {
            let sign = if o.missed { "?" } else { "o" };
            format!("{}{sign}{} {}", o.any_of.join("/"), o.turn, Self::percent(o.credit))
        });
        self.bar_line(&lead, width, &expected.chain(called).collect::<Vec<_>>())
    }

    fn next_step(&self, credit: f64) -> String {
        format!("{} {}", self.word("render.card.next-step"), Self::percent(credit))
    }

    /// `  迎接  ██████░░░░░░  6.0/10.0`
    fn bar(&self, name: &str, width: usize, points: f64, weight: f64) -> String {
        let (full, empty) = if self.style.look.unicode { ("█", "░") } else { ("#", ".") };
        let share = if weight > 0.0 { (points / weight).clamp(0.0, 1.0) } else { 0.0 };
        let filled = (share * BAR as f64).round() as usize;
        let paint = if share >= 0.8 { Paint::Good } else { Paint::Level(Severity::Warning) };
        let bar = self.paint(paint, &full.repeat(filled));
        let rest = self.paint(Paint::Dim, &empty.repeat(BAR - filled));
        format!("  {}  {bar}{rest} {points:>5.1}/{weight:<5.1}", pad(name, width))
    }

    fn bar_line(&self, lead: &str, width: usize, items: &[String]) -> Vec<String> {
        let lead_columns = IN + width + 2 + BAR + 1 + 11 + 2;
        // What belongs together stays on one line.
        let mut lines = vec![String::new()];
        for item in items {
            let room = self.width().saturating_sub(lead_columns);
            match lines.last_mut() {
                Some(last) if last.is_empty() => last.push_str(item),
                Some(last) if columns(last) + 2 + columns(item) <= room => {
                    last.push_str("  ");
                    last.push_str(item);
                }
                _ => lines.push(item.clone()),
            }
        }
        let set = |(i, line): (usize, String)| match i {
            0 => format!("{lead}  {line}"),
            _ => format!("{}{line}", " ".repeat(lead_columns)),
        };
        lines.into_iter().enumerate().map(set).collect()
    }

    /// What the visitor said, and what would have fitted.
    fn missed(&self) -> Vec<String> {
        let missed: Vec<&Opportunity> = self.score.opportunities.iter().filter(|o| o.missed).collect();
        if missed.is_empty() {
            return Vec::new();
        }
        let mut out = vec![self.heading("render.card.missed")];
        for one in missed {
            let place = self.place(one.turn, one.time_ms.map(|t| t.start));
            let quoted = match one.text.is_empty() {
                true => one_line(&one.title),
                false => {
                    format!("{} {}", one_line(&one.title), super::wording::quoted(&one.text, self.style))
                }
            };
            let lead = format!("  {}  ", self.paint(Paint::Level(Severity::Warning), &place));
            out.extend(self.hang(&lead, IN + columns(&place) + 2, &quoted));
            for phrase in self.phrases(&one.any_of) {
                let say = self.word("render.card.say");
                let lead = format!("      {}", self.paint(Paint::Good, &say));
                out.extend(self.hang(&lead, 6 + columns(&say), &phrase));
            }
        }
        out
    }

    /// From 100 to the total.
    fn waterfall(&self) -> Vec<String> {
        let mut out = vec![self.heading("render.card.waterfall")];
        let turns = self.score.lines.iter().map(|l| columns(&self.turn_of(l))).max().unwrap_or(0);
        out.extend(self.score.lines.iter().flat_map(|line| self.line(line, turns)));
        out.push(format!(
            "  {}",
            "─".repeat(7).replace('─', if self.style.look.unicode { "─" } else { "-" })
        ));
        out.push(format!("  {:>7}  {}", self.total(), self.paint(Paint::Strong, &self.band())));
        out
    }

    fn turn_of(&self, line: &ScoreLine) -> String {
        self.turns(line.turn)
    }

    fn line(&self, line: &ScoreLine, turns: usize) -> Vec<String> {
        let points = format!("{:>7}", Self::signed(line.points));
        let paint = if line.points < 0.0 { Paint::Level(Severity::Warning) } else { Paint::Strong };
        let lead = format!("  {}  {}  ", self.paint(paint, &points), pad(&self.turn_of(line), turns));
        let lead_columns = IN + 7 + 2 + turns + 2;
        let (label, source) = (one_line(&line.label), one_line(&line.source));
        let room = self.width().saturating_sub(lead_columns);
        if columns(&label) + 2 + columns(&source) <= room {
            return vec![format!("{lead}{label}  {}", self.paint(Paint::Dim, &source))];
        }
        let mut out = self.hang(&lead, lead_columns, &label);
        let indent = " ".repeat(lead_columns);
        let folded = fold(&source, room.max(20));
        out.extend(folded.iter().map(|text| format!("{indent}{}", self.paint(Paint::Dim, text))));
        out
    }

    /// What articles ask, and what was measured.
    fn conduct(&self) -> Vec<String> {
        let mut out = vec![self.heading("render.card.articles")];
        let width = |of: fn(&ConductItem) -> &str| {
            self.score.conduct.iter().map(|i| columns(of(i))).max().unwrap_or(0)
        };
        let (ids, titles) = (width(|i| &i.rule), width(|i| &i.title));
        for item in &self.score.conduct {
            let (sign, word) = self.status(item);
            let paint = match item.status {
                Status::Met => Paint::Good,
                Status::NotApplicable | Status::NotEvaluated => Paint::Dim,
                _ => Paint::Level(Severity::Warning),
            };
            let lead = format!(
                "  {} {}  {}  ",
                self.paint(paint, sign),
                pad(&item.rule, ids),
                pad(&item.title, titles)
            );
            let about = [word, self.about(item)].into_iter().filter(|text| !text.is_empty());
            let about = about.collect::<Vec<_>>().join(&self.word("render.comma"));
            out.extend(self.hang(&lead, IN + 2 + ids + 2 + titles + 2, &about));
        }
        let measures: Vec<String> = self.score.measures.iter().map(|m| self.measure(m)).collect();
        out.extend(self.hang("  ", IN, &measures.join(" · ")));
        out
    }

    /// The way to the next grade.
    fn what_if(&self) -> Vec<String> {
        let Some(way) = &self.score.what_if else { return Vec::new() };
        let goal = Message::new("render.card.what-if")
            .arg("band", one_line(&way.band.name))
            .arg("from", format!("{:.1}", way.band.from));
        let mut out = vec![self.paint(Paint::Strong, &self.say(&goal))];
        let turns = way.changes.iter().map(|c| columns(&self.turns(c.turn))).max().unwrap_or(0);
        for change in &way.changes {
            let sum = format!("{:>6} → {:>6}", format!("+{:.1}", change.gain), Self::signed(change.total));
            let turn = pad(&self.turns(change.turn), turns);
            let lead = format!("  {}  {turn}  ", self.paint(Paint::Good, &sum));
            let lead_columns = IN + columns(&sum) + 2 + turns + 2;
            out.extend(self.hang(&lead, lead_columns, &one_line(&change.label)));
            let indent = " ".repeat(lead_columns);
            for phrase in self.examples(&change.say) {
                let folded = fold(&phrase, self.width().saturating_sub(lead_columns).max(20));
                out.extend(folded.iter().map(|text| format!("{indent}{}", self.paint(Paint::Good, text))));
            }
        }
        out.extend((!way.reached).then(|| format!("  {}", self.word("render.card.not-reached"))));
        out
    }

    /// What left the denominator.
    fn left(&self) -> Vec<String> {
        let lists = [
            ("render.card.not-applicable", &self.score.not_applicable),
            ("render.card.not-evaluated", &self.score.not_evaluated),
        ];
        let mut out = Vec::new();
        for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            out.push(self.heading(key));
            for (why, weight, rules) in self.left_out(list) {
                let lead = format!("  {weight:>5.1}  ");
                let text = self.say(&Message::new("render.card.left").arg("why", why).arg("rules", rules));
                let lines = self.hang(&lead, IN + 7, &text);
                out.extend(lines.iter().map(|line| self.paint(Paint::Dim, line)));
            }
        }
        out
    }
}

/// Minutes and seconds.
fn short_clock(ms: u64) -> String {
    let (seconds, minutes) = (ms / 1000 % 60, ms / 60_000);
    format!("{minutes:02}:{seconds:02}")
}
