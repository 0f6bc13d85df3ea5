//! `scoring.toml`: this tool's own method.

mod conduct;
mod model;

pub use model::{
    BandFrom, ChannelSigns, ConductMethod, Deduction, Limits, PhraseMethod, Place, RedLineMethod, Scoring,
    StageWeight, Timeline,
};

use super::fields::{Fields, PackFile};
use super::load::Named;
use super::samples::{bilingual, severity};
use crate::diagnostic::{Message, Severity};
use std::collections::BTreeMap;

/// The card is out of this many tenths.
const FULL: i64 = 1000;

pub(super) fn scoring(file: &PackFile<'_>, named: &Named<'_>) -> Scoring {
    let table = file.parse();
    let fields = Fields::root(file, &table);
    let stages: Vec<StageWeight> = fields.tables("stage").iter().map(stage).collect();
    let confidence = fields.required_table("confidence");
    let scoring = Scoring {
        phrases: read(&fields, "approved", phrases),
        timeline: read(&fields, "timeline", |t| timeline(t, &stages)),
        channel: read(&fields, "channel", |t| channel(t, named)),
        conduct: read(&fields, "conduct", |t| conduct::conduct(t, named)),
        deduction: read(&fields, "deduction", deduction),
        red_line: read(&fields, "red_line", red_line),
        bands: bands(&fields),
        least_chances: read(&fields, "statistics", |t| count(t, "least_chances", 10)),
        tier: [
            number(confidence.as_ref(), "item", 1.0),
            number(confidence.as_ref(), "variant", 0.95),
            number(confidence.as_ref(), "paraphrase", 0.9),
        ],
        costs: confidence.as_ref().and_then(|c| c.table("cost")).map(|c| numbers(&c)).unwrap_or_default(),
        minimum: number(confidence.as_ref(), "minimum", 0.5),
        warning_below: number(confidence.as_ref(), "warning_below", 0.8),
        source: bilingual(&fields, "source", "source_en"),
        stages,
    };
    if let Some(confidence) = confidence {
        confidence.finish();
    }
    full(file, &scoring);
    fields.finish();
    scoring
}

/// Reads one table; a missing one reads as empty.
fn read<T>(fields: &Fields<'_, '_>, key: &'static str, part: impl Fn(Option<&Fields<'_, '_>>) -> T) -> T {
    let table = fields.table(key);
    let part = part(table.as_ref());
    if let Some(table) = table {
        table.finish();
    }
    part
}

/// The weights of stages, conduct and banned phrases make 100.
fn full(file: &PackFile<'_>, scoring: &Scoring) {
    let stages: i64 = scoring.stages.iter().map(|s| s.weight).sum();
    let sum = stages + scoring.conduct.weight + scoring.deduction.base;
    if sum != FULL {
        file.slip(0..1, &Message::new("pack.weights").arg("sum", sum as f64 / 10.0));
    }
}

fn number(table: Option<&Fields<'_, '_>>, key: &'static str, default: f64) -> f64 {
    table.and_then(|t| t.number(key)).unwrap_or(default)
}

fn tenths(points: f64) -> i64 {
    (points * 10.0).round() as i64
}

/// A share 0..1.
fn hundredths(share: f64) -> i64 {
    (share.clamp(0.0, 1.0) * 100.0).round() as i64
}

fn count(table: Option<&Fields<'_, '_>>, key: &'static str, default: usize) -> usize {
    number(table, key, default as f64).max(0.0) as usize
}

/// Ids parted by spaces: any one of them is enough.
fn words(ids: &str) -> Vec<String> {
    ids.split_whitespace().map(str::to_owned).collect()
}

fn lists(table: Option<&Fields<'_, '_>>, key: &'static str) -> Vec<Vec<String>> {
    table.map(|t| t.strings(key).iter().map(|ids| words(&ids.text)).collect()).unwrap_or_default()
}

fn stage(fields: &Fields<'_, '_>) -> StageWeight {
    let stage = StageWeight {
        id: fields.required("id").text,
        name: bilingual(fields, "name", "name_en"),
        weight: tenths(fields.number("weight").unwrap_or(0.0)),
        expected: lists(Some(fields), "expected"),
        place: place(fields),
        articles: fields.strings("articles").into_iter().map(|t| t.text).collect(),
    };
    fields.finish();
    stage
}

fn place(fields: &Fields<'_, '_>) -> Place {
    let Some(word) = fields.text("place") else { return Place::Stage };
    match word.text.as_str() {
        "opening" => Place::Opening,
        "ending" => Place::Ending,
        "stage" => Place::Stage,
        other => {
            let message =
                Message::new("pack.choice").arg("value", other).arg("known", "opening ending stage");
            fields.file.slip(word.span, &message);
            Place::Stage
        }
    }
}

fn phrases(table: Option<&Fields<'_, '_>>) -> PhraseMethod {
    let weights = table.and_then(|t| t.table("weight")).map(|w| numbers(&w)).unwrap_or_default();
    let last = table.and_then(|t| t.table("last")).map(|w| numbers(&w)).unwrap_or_default();
    PhraseMethod {
        last: last.into_iter().map(|(rule, turns)| (rule, turns.max(0.0) as usize)).collect(),
        window: count(table, "window_staff_turns", 3),
        met_from: hundredths(number(table, "met_from", 0.5)),
        one_of: lists(table, "one_of"),
        weights: weights.into_iter().map(|(rule, weight)| (rule, weight.max(0.0) as i64)).collect(),
        opening: count(table, "opening_staff_turns", 3),
        ending: count(table, "ending_staff_turns", 4),
        heap: count(table, "heap", 4),
    }
}

fn timeline(table: Option<&Fields<'_, '_>>, stages: &[StageWeight]) -> Timeline {
    let points = |key, default| number(table, key, default) as i64;
    let story = table.and_then(|t| t.text("story_stage"));
    let named = |id: &str| stages.iter().position(|s| s.id == id);
    if let (Some(table), Some(story)) = (table, story.as_ref().filter(|s| named(&s.text).is_none())) {
        let known = stages.iter().map(|s| s.id.as_str()).collect::<Vec<_>>().join(" ");
        let message = Message::new("pack.choice").arg("value", &story.text).arg("known", known);
        table.file.slip(story.span.clone(), &message);
    }
    Timeline {
        phrase: points("phrase", 4.0),
        article: points("article", 3.0),
        situation: points("situation", 2.0),
        story: points("story", 1.0),
        story_chars: count(table, "story_chars", 30),
        story_stage: story.and_then(|s| named(&s.text)).unwrap_or(0),
        forward: points("forward", 1.0),
        back: points("back", 6.0),
    }
}

fn channel(table: Option<&Fields<'_, '_>>, named: &Named<'_>) -> ChannelSigns {
    let signs = |key| {
        let ids = table.map(|t| (t, t.strings(key)));
        ids.map(|(t, ids)| ids.iter().filter_map(|id| named.situation(t, id)).collect()).unwrap_or_default()
    };
    ChannelSigns { phone: signs("phone"), visit: signs("visit") }
}

fn deduction(table: Option<&Fields<'_, '_>>) -> Deduction {
    let rules = table.and_then(|t| t.table("rule")).map(|r| numbers(&r)).unwrap_or_default();
    Deduction {
        base: tenths(number(table, "base", 0.0)),
        per_finding: tenths(number(table, "per_finding", 10.0)),
        warning: hundredths(number(table, "warning_share", 0.5)),
        rules: rules.into_iter().map(|(rule, points)| (rule, tenths(points))).collect(),
    }
}

fn red_line(table: Option<&Fields<'_, '_>>) -> RedLineMethod {
    RedLineMethod {
        rules: table.map(|t| t.strings("rules").into_iter().map(|t| t.text).collect()).unwrap_or_default(),
        severity: table.map_or(Severity::Error, |t| severity(t, Severity::Error)),
    }
}

/// The best first, whatever the order in the file.
fn bands(fields: &Fields<'_, '_>) -> Vec<BandFrom> {
    let mut bands: Vec<BandFrom> = fields.tables("band").iter().map(band).collect();
    bands.sort_by_key(|band| std::cmp::Reverse(band.from));
    bands
}

fn band(fields: &Fields<'_, '_>) -> BandFrom {
    let band = BandFrom {
        id: fields.required("id").text,
        name: bilingual(fields, "name", "name_en"),
        from: tenths(fields.number("from").unwrap_or(0.0)),
    };
    fields.finish();
    band
}

fn numbers(fields: &Fields<'_, '_>) -> BTreeMap<String, f64> {
    let mut out = BTreeMap::new();
    for (key, _, value) in fields.free_keys() {
        match value.as_number() {
            Some(number) => drop(out.insert(key, number)),
            None => {
                let message = Message::new("pack.type").arg("key", key).arg("wanted", "number");
                fields.file.slip(value.span(), &message);
            }
        }
    }
    out
}
