//! The score card: what its three forms share. A card is a list of [`Part`]s; a form only sets them.

mod html;
mod markdown;
mod terminal;
mod timeline;

pub(super) use html::{end as html_end, html, start as html_start};
pub(super) use markdown::markdown;
pub(super) use terminal::terminal;

use super::{Rules, Style, wording};
use crate::diagnostic::{Message, one_line};
use crate::report::{ChannelKnown, ConductItem, Conversation, LeftOut, Measure, Score, Status};

/// One conversation's card with what its words need.
#[derive(Clone, Copy)]
pub(super) struct Card<'a> {
    one: &'a Conversation,
    score: &'a Score,
    rules: &'a Rules,
    style: &'a Style,
}

impl<'a> Card<'a> {
    pub(super) fn of(one: &'a Conversation, rules: &'a Rules, style: &'a Style) -> Self {
        Card { one, score: &one.score, rules, style }
    }

    fn word(&self, key: &'static str) -> String {
        self.style.word(key)
    }

    fn say(&self, message: &Message) -> String {
        self.style.say(message)
    }

    fn path(&self) -> String {
        wording::path(self.one, self.style)
    }

    /// `83.8`; a word where there is no total.
    pub(super) fn total(&self) -> String {
        self.score.total.map_or_else(|| self.word("render.score.none"), Self::signed)
    }

    pub(super) fn band(&self) -> String {
        self.score.band.as_ref().map(|band| one_line(&band.name)).unwrap_or_default()
    }

    /// What is known about the recording.
    pub(super) fn meta(&self) -> Vec<String> {
        let meta = &self.one.meta;
        let known = [
            ("render.meta.staff", &meta.staff),
            ("render.meta.date", &meta.date),
            ("render.meta.recording", &meta.recording),
            ("render.meta.case", &meta.case),
        ];
        let named = |(key, value): (&'static str, &Option<String>)| {
            Some(self.say(&Message::new(key).arg("value", one_line(value.as_deref()?))))
        };
        known.into_iter().filter_map(named).collect()
    }

    /// How the visitor came, how much of the card counts, how long the conversation is.
    pub(super) fn facts(&self) -> Vec<String> {
        let how = match self.score.channel.how {
            ChannelKnown::Given => "render.channel.given",
            ChannelKnown::Configured => "render.channel.configured",
            ChannelKnown::Heard => "render.channel.heard",
            ChannelKnown::Assumed => "render.channel.assumed",
        };
        let channel = format!("render.channel.{}", self.score.channel.is.word());
        let channel = Message::new(how).arg("channel", Message::new(channel).words(self.style.lang));
        let applicable = Message::new("render.card.applicable")
            .arg("applicable", format!("{:.1}", self.score.applicable))
            .arg("out_of", self.score.out_of);
        let turns = Message::new("render.card.turns")
            .arg("turns", self.one.turns)
            .arg("staff_turns", self.one.staff_turns);
        let reviewed =
            self.one.reviewed.as_ref().and_then(|score| Some((score.total?, score.band.as_ref()?)));
        let reviewed = reviewed.map(|(total, band)| {
            Message::new("render.card.reviewed")
                .arg("total", Self::signed(total))
                .arg("band", one_line(&band.name))
        });
        let applicable = self.score.total.map(|_| applicable);
        let first = reviewed.iter().chain(&applicable);
        first.chain([&channel, &turns]).map(|message| self.say(message)).collect()
    }

    /// What fails the card whatever its total.
    pub(super) fn failed(&self) -> Option<String> {
        let turns = |rule: &str| {
            let of_rule = self.score.failed_by.iter().filter(|red| red.rule == rule).map(|red| red.turn);
            self.turns(of_rule)
        };
        let mut rules: Vec<&str> = self.score.failed_by.iter().map(|red| red.rule.as_str()).collect();
        rules.dedup();
        let named = rules.iter().map(|rule| format!("{rule} {}", turns(rule)));
        let list = named.collect::<Vec<_>>().join(&self.word("render.semicolon"));
        (!rules.is_empty()).then(|| self.say(&Message::new("render.card.red-line").arg("list", list)))
    }

    /// `第3、7轮`
    fn turns(&self, turns: impl IntoIterator<Item = u32>) -> String {
        let mut numbers: Vec<u32> = turns.into_iter().collect();
        numbers.sort_unstable();
        numbers.dedup();
        let list: Vec<String> = numbers.iter().map(u32::to_string).collect();
        match list.is_empty() {
            true => String::new(),
            false => self
                .say(&Message::new("render.turn").arg("number", list.join(&self.word("render.turns-and")))),
        }
    }

    /// `第2至7轮`
    fn span(&self, first: u32, last: u32) -> String {
        if first == last {
            return self.turns([first]);
        }
        self.say(&Message::new("render.turns").arg("first", first).arg("last", last))
    }

    /// `第12轮 01:15.2`
    fn place(&self, turn: u32, start_ms: Option<u64>) -> String {
        let turn = self.turns([turn]);
        start_ms.map_or(turn.clone(), |ms| format!("{turn} {}", wording::clock(ms)))
    }

    /// The phrases to say, each with its words.
    fn phrases(&self, ids: &[String]) -> Vec<String> {
        let phrase = |id: &String| match self.rules.get(id) {
            Some(rule) => format!("{id} {}", wording::quoted(&rule.text, self.style)),
            None => one_line(id),
        };
        ids.iter().map(phrase).collect()
    }

    /// The first phrases of a change: where many would do, two are enough to go by.
    fn examples(&self, ids: &[String]) -> Vec<String> {
        self.phrases(ids.get(..ids.len().min(2)).unwrap_or(ids))
    }

    /// A credit.
    fn percent(credit: f64) -> String {
        format!("{:.0}%", credit * 100.0)
    }

    /// A sign and a word for what became of an article rule.
    fn status(&self, item: &ConductItem) -> (&'static str, String) {
        let (sign, key) = match item.status {
            Status::Met => ("✓", "render.status.met"),
            Status::Partly => ("◐", "render.status.partly"),
            Status::Unmet => ("✗", "render.status.unmet"),
            Status::Hint => ("!", "render.status.hint"),
            Status::NotApplicable => ("–", "render.status.not-applicable"),
            Status::NotEvaluated => ("?", "render.status.not-evaluated"),
        };
        (sign, self.word(key))
    }

    /// What else is to be said about an article rule: turns, credit, why not, with what it is counted.
    fn about(&self, item: &ConductItem) -> String {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(item.credit.filter(|c| *c > 0.0 && *c < 1.0).map(Self::percent));
        parts.extend(Some(self.turns(item.turns.iter().copied())).filter(|turns| !turns.is_empty()));
        parts.extend(
            item.through.as_ref().map(|id| self.say(&Message::new("render.card.through").arg("rule", id))),
        );
        parts.extend(item.why.as_deref().map(one_line));
        parts.join(&self.word("render.comma"))
    }

    /// `语速 245 字/分（160–280）`
    fn measure(&self, measure: &Measure) -> String {
        let name = one_line(&measure.name);
        let Some(value) = measure.value else {
            let why = measure.why.unwrap_or_default();
            let why = wording::known(&format!("score.why.{why}"), why, self.style.lang);
            return self.say(&Message::new("render.measure.none").arg("name", name).arg("why", why));
        };
        let figure = |value: f64| match measure.unit {
            "share" => Self::percent(value),
            _ => format!("{value:.0}"),
        };
        let unit = Message::new(format!("render.unit.{}", measure.unit.replace('/', "-")));
        let mut text = format!("{name} {}{}", figure(value), self.say(&unit));
        let limits = match (measure.least, measure.most) {
            (Some(least), Some(most)) => format!("{}–{}", figure(least), figure(most)),
            (None, Some(most)) => format!("≤{}", figure(most)),
            _ => return text,
        };
        text.push_str(&self.say(&Message::new("render.measure.limits").arg("limits", limits)));
        text
    }

    /// What left the denominator, by reason: its weight, and the rules.
    fn left_out(&self, list: &[LeftOut]) -> Vec<(String, f64, String)> {
        let mut out: Vec<(String, f64, Vec<String>)> = Vec::new();
        for one in list {
            let rules = one.rules.join("/");
            match out.iter_mut().find(|(why, ..)| *why == one.why) {
                Some((_, weight, all)) => {
                    *weight += one.weight;
                    all.push(rules);
                }
                None => out.push((one.why.clone(), one.weight, vec![rules])),
            }
        }
        out.into_iter().map(|(why, weight, rules)| (one_line(&why), weight, rules.join("  "))).collect()
    }

    /// `一口气说了 A03 A04，没有人需要`
    fn stuffed(&self) -> Vec<String> {
        let heap = |heap: &crate::report::Stuffed| {
            let rules = heap.rules.join(" ");
            let turn = self.turns([heap.turn]);
            self.say(&Message::new("render.card.stuffed").arg("turn", turn).arg("rules", rules))
        };
        self.score.stuffed.iter().map(heap).collect()
    }

    /// Points with their sign; a minus as wide as a plus.
    pub(super) fn signed(points: f64) -> String {
        if points < 0.0 { format!("−{:.1}", -points) } else { format!("{points:.1}") }
    }
}
