//! The card as Markdown.

use super::{Card, Rules, Style};
use crate::diagnostic::{Message, one_line};
use crate::report::Conversation;

/// The whole card.
pub(in crate::render) fn markdown(one: &Conversation, rules: &Rules, style: &Style) -> String {
    let card = Card::of(one, rules, style);
    let mut out = format!("# {}\n\n", plain(&card.path()));
    out.push_str(&card.md_head());
    if one.score.total.is_some() {
        let parts = [
            card.md_timeline(),
            card.md_stages(),
            card.md_missed(),
            card.md_waterfall(),
            card.md_conduct(),
            card.md_what_if(),
            card.md_left(),
        ];
        out.push_str(&parts.concat());
    }
    for warning in &one.warnings {
        out.push_str(&format!("> ⚠ {}\n\n", plain(&one_line(&warning.message))));
    }
    out
}

/// Text in which nothing is a mark.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in one_line(text).chars() {
        if "\\`*_{}[]<>#|~!&".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A table; cells are marked up already.
fn table(head: &[String], right: &[usize], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let rule = |i: usize| if right.contains(&i) { "--:".to_owned() } else { "---".to_owned() };
    let rules: Vec<String> = (0..head.len()).map(rule).collect();
    let rows: String = rows.iter().map(|row| line(row)).collect();
    format!("{}{}{rows}\n", line(head), line(&rules))
}

impl Card<'_> {
    fn md_heading(&self, key: &'static str) -> String {
        format!("## {}\n\n", plain(&self.word(key)))
    }

    fn columns(&self, keys: &[&'static str]) -> Vec<String> {
        keys.iter().map(|key| if key.is_empty() { String::new() } else { plain(&self.word(key)) }).collect()
    }

    fn md_head(&self) -> String {
        let mut lines =
            vec![format!("**{}** {}", plain(&self.total()), plain(&self.band())).trim_end().to_owned()];
        lines.extend(self.meta().iter().map(|text| plain(text)));
        lines.push(plain(&self.facts().join(" · ")));
        lines.extend(self.failed().map(|text| format!("**{}**", plain(&text))));
        lines.extend(self.stuffed().iter().map(|text| plain(text)));
        lines.iter().map(|line| format!("{line}\n\n")).collect()
    }

    fn md_timeline(&self) -> String {
        let row = |s: &crate::report::Stretch| {
            let time = s.time_ms.map(|t| super::wording::clock(t.start)).unwrap_or_default();
            vec![plain(&s.name), plain(&self.span(s.first_turn, s.last_turn)), time]
        };
        let rows: Vec<Vec<String>> = self.score.timeline.iter().map(row).collect();
        let head = self.columns(&["render.column.stage", "render.column.turns", "render.column.time"]);
        self.md_heading("render.card.timeline") + &table(&head, &[], &rows)
    }

    fn md_stages(&self) -> String {
        let row = |name: &str, points: f64, weight: f64| match weight > 0.0 {
            true => vec![plain(name), format!("{points:.1}"), format!("{weight:.1}")],
            false => vec![plain(name), plain(&self.word("render.score.not-applicable")), String::new()],
        };
        let mut rows: Vec<Vec<String>> =
            self.score.stages.iter().map(|s| row(&s.name, s.points, s.weight)).collect();
        let points = self.score.conduct.iter().map(|i| i.points).sum();
        let weight = self.score.conduct.iter().map(|i| i.weight).sum();
        rows.push(row(&self.word("render.card.conduct"), points, weight));
        let head = self.columns(&["render.column.stage", "render.column.points", "render.column.of"]);
        self.md_heading("render.card.stages") + &table(&head, &[1, 2], &rows)
    }

    fn md_missed(&self) -> String {
        let missed = self.score.opportunities.iter().filter(|o| o.missed);
        let items: String = missed
            .map(|one| {
                let place = self.place(one.turn, one.time_ms.map(|t| t.start));
                let quoted = match one.text.is_empty() {
                    true => String::new(),
                    false => super::wording::quoted(&one.text, self.style).into_owned(),
                };
                let say = self.phrases(&one.any_of);
                let say: String = say
                    .iter()
                    .map(|phrase| format!("  - {}{}\n", plain(&self.word("render.card.say")), plain(phrase)))
                    .collect();
                format!("- **{}** {} {}\n{say}", plain(&place), plain(&one.title), plain(&quoted))
            })
            .collect();
        if items.is_empty() { items } else { format!("{}{items}\n", self.md_heading("render.card.missed")) }
    }

    fn md_waterfall(&self) -> String {
        let row = |l: &crate::report::ScoreLine| {
            vec![Self::signed(l.points), plain(&self.turns(l.turn)), plain(&l.label), plain(&l.source)]
        };
        let mut rows: Vec<Vec<String>> = self.score.lines.iter().map(row).collect();
        rows.push(vec![format!("**{}**", self.total()), String::new(), plain(&self.band()), String::new()]);
        let head = self.columns(&[
            "render.column.points",
            "render.column.turns",
            "render.column.about",
            "render.column.source",
        ]);
        self.md_heading("render.card.waterfall") + &table(&head, &[0], &rows)
    }

    fn md_conduct(&self) -> String {
        let row = |i: &crate::report::ConductItem| {
            let (sign, word) = self.status(i);
            vec![plain(&i.rule), plain(&i.title), format!("{sign} {}", plain(&word)), plain(&self.about(i))]
        };
        let rows: Vec<Vec<String>> = self.score.conduct.iter().map(row).collect();
        let head = self.columns(&[
            "render.column.rule",
            "render.column.asks",
            "render.column.status",
            "render.column.about",
        ]);
        let measures: String =
            self.score.measures.iter().map(|m| format!("- {}\n", plain(&self.measure(m)))).collect();
        format!("{}{}{measures}\n", self.md_heading("render.card.articles"), table(&head, &[], &rows))
    }

    fn md_what_if(&self) -> String {
        let Some(way) = &self.score.what_if else { return String::new() };
        let goal = Message::new("render.card.what-if")
            .arg("band", one_line(&way.band.name))
            .arg("from", format!("{:.1}", way.band.from));
        let step = |c: &crate::report::Change| {
            let say = self.examples(&c.say).join(" ");
            let text = [self.turns(c.turn), one_line(&c.label), say];
            let text = text.iter().filter(|t| !t.is_empty()).map(|t| plain(t)).collect::<Vec<_>>();
            format!("1. **+{:.1}** → {} {}\n", c.gain, Self::signed(c.total), text.join(" "))
        };
        let steps: String = way.changes.iter().map(step).collect();
        let short =
            if way.reached { String::new() } else { plain(&self.word("render.card.not-reached")) + "\n" };
        format!("## {}\n\n{steps}{short}\n", plain(&self.say(&goal)))
    }

    fn md_left(&self) -> String {
        let lists = [
            ("render.card.not-applicable", &self.score.not_applicable),
            ("render.card.not-evaluated", &self.score.not_evaluated),
        ];
        let mut out = String::new();
        for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            out.push_str(&self.md_heading(key));
            for (why, weight, rules) in self.left_out(list) {
                let text = self.say(&Message::new("render.card.left").arg("why", why).arg("rules", rules));
                out.push_str(&format!("- {weight:.1}: {}\n", plain(&text)));
            }
            out.push('\n');
        }
        out
    }
}
