//! The card as one self-contained page: wide and narrow, light and dark, without script.

use super::super::markup::{THEME, escape, language};
use super::{Card, Rules, Style};
use crate::diagnostic::Message;
use crate::report::{Change, ConductItem, Conversation, LineKind, Opportunity, ScoreLine, Status, Stretch};

const CSS: &str = include_str!("card.css");

/// What comes before the first card.
pub(in crate::render) fn start(style: &Style) -> String {
    let lang = language(style);
    let title = escape(&style.word("render.card.title"));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{THEME}{CSS}</style>\n</head>\n<body>\n<main>\n"
    )
}

/// What comes after the last.
pub(in crate::render) fn end() -> &'static str {
    "</main>\n</body>\n</html>\n"
}

/// One card.
pub(in crate::render) fn html(one: &Conversation, rules: &Rules, style: &Style) -> String {
    let card = Card::of(one, rules, style);
    let mut out = format!("<article>\n<h1>{}</h1>\n{}", escape(&card.path()), card.ht_head());
    if one.score.total.is_some() {
        let parts = [
            card.ht_timeline(),
            card.ht_stages(),
            card.ht_missed(),
            card.ht_waterfall(),
            card.ht_conduct(),
            card.ht_what_if(),
            card.ht_left(),
        ];
        out.push_str(&parts.concat());
    }
    for warning in &one.warnings {
        out.push_str(&format!("<p class=\"warn\">{}</p>\n", escape(&warning.message)));
    }
    out + "</article>\n"
}

fn paragraph(class: &str, text: &str) -> String {
    format!("<p class=\"{class}\">{}</p>\n", escape(text))
}

impl Card<'_> {
    fn h2(&self, key: &'static str) -> String {
        format!("<h2>{}</h2>\n", escape(&self.word(key)))
    }

    fn ht_head(&self) -> String {
        let out_of = self.score.total.map(|_| format!("<small>/{}</small>", self.score.out_of));
        let class = if self.score.failed_by.is_empty() { "total" } else { "total bad" };
        let mut out = format!(
            "<p class=\"{class}\">{}{} <span>{}</span></p>\n",
            escape(&self.total()),
            out_of.unwrap_or_default(),
            escape(&self.band())
        );
        out.extend(self.failed().map(|text| paragraph("bad", &text)));
        out.extend(self.stuffed().iter().map(|text| paragraph("warn", text)));
        let facts: Vec<String> = self.meta().into_iter().chain(self.facts()).collect();
        out + &paragraph("soft", &facts.join(" · "))
    }

    fn ht_timeline(&self) -> String {
        let stretch = |s: &Stretch| {
            let turns = s.last_turn - s.first_turn + 1;
            let time =
                s.time_ms.map(|t| format!(" · {}", super::wording::clock(t.start))).unwrap_or_default();
            let title = format!("{} {}{time}", s.name, self.span(s.first_turn, s.last_turn));
            format!(
                "<span style=\"flex:{turns} 1 0\" title=\"{}\">{}</span>",
                escape(&title),
                escape(&s.name)
            )
        };
        let band: String = self.score.timeline.iter().map(stretch).collect();
        let answered = self.score.opportunities.iter().filter(|o| !o.missed).map(|o| (o.turn, "good", "○"));
        let missed = self.score.opportunities.iter().filter(|o| o.missed).map(|o| (o.turn, "warn", "?"));
        let banned = self.score.lines.iter().filter(|l| l.kind == LineKind::Banned);
        let banned = banned.map(|l| (l.turn.unwrap_or_default(), "bad", "✗"));
        let marks: String = answered.chain(missed).chain(banned).map(|mark| self.mark(mark)).collect();
        format!(
            "{}<div class=\"band\">{band}</div>\n<div class=\"marks\">{marks}</div>\n{}",
            self.h2("render.card.timeline"),
            paragraph("soft", &self.word("render.card.legend-html"))
        )
    }

    /// A sign in the middle of its turn.
    fn mark(&self, (turn, class, sign): (u32, &str, &str)) -> String {
        let left = (f64::from(turn) - 0.5) * 100.0 / self.one.turns.max(1) as f64;
        let title = escape(&self.turns([turn]));
        format!("<i class=\"{class}\" style=\"left:{left:.2}%\" title=\"{title}\">{sign}</i>")
    }

    fn ht_stages(&self) -> String {
        let row = |name: &str, points: f64, weight: f64| {
            if weight <= 0.0 {
                let none = escape(&self.word("render.score.not-applicable"));
                return format!("<div>{}</div><div></div><div class=\"soft\">{none}</div>\n", escape(name));
            }
            let share = (points / weight * 100.0).clamp(0.0, 100.0);
            format!(
                "<div>{}</div><div class=\"bar\"><b style=\"width:{share:.1}%\"></b></div>\
                 <div class=\"number\">{points:.1}/{weight:.1}</div>\n",
                escape(name)
            )
        };
        let stages: String = self.score.stages.iter().map(|s| row(&s.name, s.points, s.weight)).collect();
        let sum = |of: fn(&ConductItem) -> f64| self.score.conduct.iter().map(of).sum::<f64>();
        let conduct = row(&self.word("render.card.conduct"), sum(|i| i.points), sum(|i| i.weight));
        format!("{}<div class=\"rows\">\n{stages}{conduct}</div>\n", self.h2("render.card.stages"))
    }

    fn ht_missed(&self) -> String {
        let item = |one: &Opportunity| {
            let place = self.place(one.turn, one.time_ms.map(|t| t.start));
            let quoted = match one.text.is_empty() {
                true => String::new(),
                false => format!(" <q>{}</q>", escape(&super::wording::quoted(&one.text, self.style))),
            };
            let say: String = self.phrases(&one.any_of).iter().map(|phrase| self.ht_say(phrase)).collect();
            let (place, title) = (escape(&place), escape(&one.title));
            format!("<li><span class=\"warn\">{place}</span> {title}{quoted}{say}</li>\n")
        };
        let items: String = self.score.opportunities.iter().filter(|o| o.missed).map(item).collect();
        if items.is_empty() {
            items
        } else {
            format!("{}<ul>\n{items}</ul>\n", self.h2("render.card.missed"))
        }
    }

    fn ht_say(&self, phrase: &str) -> String {
        format!("<span class=\"say\">{}{}</span>", escape(&self.word("render.card.say")), escape(phrase))
    }

    fn ht_waterfall(&self) -> String {
        let row = |line: &ScoreLine| {
            format!(
                "<tr><td class=\"{}\">{}</td><td class=\"turn\">{}</td><td>{}<br><span class=\"source\">{}</span></td></tr>\n",
                if line.points < 0.0 { "number warn" } else { "number" },
                Self::signed(line.points),
                escape(&self.turns(line.turn)),
                escape(&line.label),
                escape(&line.source)
            )
        };
        let rows: String = self.score.lines.iter().map(row).collect();
        let total = format!(
            "<tr><td class=\"number\">{}</td><td></td><td>{}</td></tr>\n",
            escape(&self.total()),
            escape(&self.band())
        );
        format!("{}<table>\n{rows}{total}</table>\n", self.h2("render.card.waterfall"))
    }

    fn ht_conduct(&self) -> String {
        let row = |item: &ConductItem| {
            let (sign, word) = self.status(item);
            let class = match item.status {
                Status::Met => "good",
                Status::NotApplicable | Status::NotEvaluated => "soft",
                _ => "warn",
            };
            let about = self.about(item);
            let about =
                if about.is_empty() { about } else { format!("{}{about}", self.word("render.comma")) };
            format!(
                "<dt>{} {}</dt><dd><span class=\"{class}\">{sign} {}</span>{}</dd>\n",
                escape(&item.rule),
                escape(&item.title),
                escape(&word),
                escape(&about)
            )
        };
        let rows: String = self.score.conduct.iter().map(row).collect();
        let measures: Vec<String> = self.score.measures.iter().map(|m| self.measure(m)).collect();
        format!(
            "{}<dl>\n{rows}</dl>\n{}",
            self.h2("render.card.articles"),
            paragraph("soft", &measures.join(" · "))
        )
    }

    fn ht_what_if(&self) -> String {
        let Some(way) = &self.score.what_if else { return String::new() };
        let goal = Message::new("render.card.what-if")
            .arg("band", &way.band.name)
            .arg("from", format!("{:.1}", way.band.from));
        let step = |change: &Change| {
            let say: String = self.examples(&change.say).iter().map(|phrase| self.ht_say(phrase)).collect();
            format!(
                "<li><b class=\"good\">+{:.1}</b> → {} {} {}{say}</li>\n",
                change.gain,
                Self::signed(change.total),
                escape(&self.turns(change.turn)),
                escape(&change.label)
            )
        };
        let steps: String = way.changes.iter().map(step).collect();
        let short = match way.reached {
            true => String::new(),
            false => paragraph("soft", &self.word("render.card.not-reached")),
        };
        format!("<h2>{}</h2>\n<ol>\n{steps}</ol>\n{short}", escape(&self.say(&goal)))
    }

    fn ht_left(&self) -> String {
        let lists = [
            ("render.card.not-applicable", &self.score.not_applicable),
            ("render.card.not-evaluated", &self.score.not_evaluated),
        ];
        let mut out = String::new();
        for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            let item = |(why, weight, rules): (String, f64, String)| {
                let text = self.say(&Message::new("render.card.left").arg("why", why).arg("rules", rules));
                format!("<li>{weight:.1} {}</li>\n", escape(&text))
            };
            let items: String = self.left_out(list).into_iter().map(item).collect();
            out.push_str(&format!("{}<ul class=\"soft\">\n{items}</ul>\n", self.h2(key)));
        }
        out
    }
}
