//! `scenario.toml`: what a role-play plants, so that all who play it are scored on the same chances.

use super::PackError;
use super::fields::{Content, Fields, PackFile, Text};
use super::model::{Bilingual, Standard};
use super::samples::bilingual;
use crate::diagnostic::{Lang, Message};
use std::cell::RefCell;

/// A role-play's planted opportunities.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Such as `unpaid-wages`.
    pub id: String,
    /// Its name.
    pub title: Bilingual,
    /// In the order in which they are planted.
    pub opportunities: Vec<Planted>,
}

/// One planted opportunity.
#[derive(Clone, Debug)]
pub struct Planted {
    /// What it is; empty where the expected rule says it.
    pub title: Bilingual,
    /// What shows it.
    pub at: Cue,
    /// The approved rules (indices) of which one answers.
    pub any_of: Vec<usize>,
    /// What it is worth, in tenths of a point.
    pub points: i64,
}

/// What shows a planted opportunity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cue {
    /// So manieth of the visitor's turns, from 1.
    Turn(u32),
    /// The first visitor's turn with any of these words, punctuation apart.
    Words(Vec<String>),
}

impl Scenario {
    /// Reads a scenario; every slip of its author at once, each with a picture of the line.
    pub fn parse(name: &str, text: &str, standard: &Standard, lang: Lang) -> Result<Scenario, PackError> {
        let slips = RefCell::new(Vec::new());
        let file = PackFile::new(name, Content::Text(text), lang, &slips);
        let table = file.parse();
        let fields = Fields::root(&file, &table);
        let scenario = Scenario {
            id: fields.required("id").text,
            title: bilingual(&fields, "title", "title_en"),
            opportunities: opportunities(&fields, standard),
        };
        fields.finish();
        let slips = slips.into_inner();
        if slips.is_empty() { Ok(scenario) } else { Err(PackError::Slips(slips)) }
    }

    /// What all of it is worth, in tenths.
    pub fn points(&self) -> i64 {
        self.opportunities.iter().map(|one| one.points).sum()
    }
}

/// All of them; together they may not be worth more than what phrases and conduct are worth.
fn opportunities(fields: &Fields<'_, '_>, standard: &Standard) -> Vec<Planted> {
    let scoring = &standard.scoring;
    let most = scoring.stages.iter().map(|stage| stage.weight).sum::<i64>() + scoring.conduct.weight;
    let (mut out, mut sum) = (Vec::new(), 0);
    for table in fields.required_tables("opportunity") {
        let one = planted(&table, standard);
        let within = sum <= most;
        sum += one.points;
        if within && sum > most {
            let message = Message::new("scenario.too-much").arg("sum", tenths(sum)).arg("most", tenths(most));
            table.file.slip(table.place("points"), &message);
        }
        out.push(one);
    }
    out
}

fn tenths(points: i64) -> String {
    format!("{:.1}", points as f64 / 10.0)
}

fn planted(fields: &Fields<'_, '_>, standard: &Standard) -> Planted {
    let rules = fields.strings("any_of");
    if rules.is_empty() {
        fields.file.slip(fields.place("any_of"), &Message::new("scenario.no-rule"));
    }
    let planted = Planted {
        title: Bilingual { zh: fields.string("title"), en: fields.string("title_en") },
        at: cue(fields),
        any_of: rules.iter().filter_map(|text| approved(fields, text, standard)).collect(),
        points: points(fields),
    };
    fields.finish();
    planted
}

fn approved(fields: &Fields<'_, '_>, text: &Text, standard: &Standard) -> Option<usize> {
    let found = standard.approved.iter().position(|rule| rule.id == text.text);
    if found.is_none() {
        let message = Message::new("scenario.rule").arg("value", &text.text);
        fields.file.slip(text.span.clone(), &message);
    }
    found
}

/// Either of both keys, not both.
fn cue(fields: &Fields<'_, '_>) -> Cue {
    let words = fields.strings("cue");
    match (fields.has("turn"), fields.has("cue")) {
        (true, false) => {
            let turn = fields.whole("turn");
            if turn == 0 {
                fields.file.slip(fields.place("turn"), &Message::new("scenario.turn"));
            }
            return Cue::Turn(turn);
        }
        (false, true) => {}
        (both, _) => {
            let key = if both { "turn" } else { "cue" };
            let _ = fields.number("turn");
            fields.file.slip(fields.place(key), &Message::new("scenario.one-cue"));
        }
    }
    for text in words.iter().filter(|text| text.text.chars().filter(|c| c.is_alphanumeric()).count() < 2) {
        fields.file.slip(text.span.clone(), &Message::new("scenario.short-cue"));
    }
    Cue::Words(words.into_iter().map(|text| text.text).collect())
}

fn points(fields: &Fields<'_, '_>) -> i64 {
    let points = fields.number("points").unwrap_or(0.0) * 10.0;
    let is_tenths = (points - points.round()).abs() < 1e-6 && points >= 1.0;
    if !is_tenths {
        fields.file.slip(fields.place("points"), &Message::new("scenario.points"));
    }
    if is_tenths { points.round().min(1e9) as i64 } else { 0 }
}
