//! `scoring.toml`: this tool's own method. Points are kept in tenths.

use super::fields::{Fields, PackFile};
use super::model::{Scoring, StageWeight};
use super::samples::bilingual;
use crate::diagnostic::Message;
use std::collections::BTreeMap;

/// The card is out of this many tenths.
const FULL: i64 = 1000;

pub(super) fn scoring(file: &PackFile<'_>, text: &str) -> Scoring {
    let table = file.parse(text);
    let fields = Fields::new(file, table.get_ref(), 0..text.len());
    let stages: Vec<StageWeight> = fields.tables("stage").iter().map(stage).collect();
    let deduction = fields.required_table("deduction");
    let confidence = fields.required_table("confidence");
    let covered: i64 = stages.iter().map(|s| s.weight).sum();
    if covered > FULL {
        file.slip(0..1, &Message::new("pack.weights").arg("sum", covered / 10));
    }
    let number =
        |t: &Option<Fields<'_, '_>>, key, default| t.as_ref().and_then(|t| t.number(key)).unwrap_or(default);
    let scoring = Scoring {
        stages,
        deductions: deduction.as_ref().map(deductions).unwrap_or_default(),
        cap: tenths(number(&deduction, "cap_per_rule", 100.0)),
        warning_share: number(&deduction, "warning_share", 0.5).clamp(0.0, 1.0),
        tier: [
            number(&confidence, "item", 1.0),
            number(&confidence, "variant", 0.95),
            number(&confidence, "paraphrase", 0.9),
        ],
        costs: confidence.as_ref().and_then(|c| c.table("cost")).map(|c| numbers(&c)).unwrap_or_default(),
        minimum: number(&confidence, "minimum", 0.5),
        warning_below: number(&confidence, "warning_below", 0.8),
        source: bilingual(&fields, "source", "source_en"),
    };
    for table in [deduction, confidence].into_iter().flatten() {
        table.finish();
    }
    // Read by later stages of the card; named here so that a misspelt table is still refused.
    for key in ["conduct", "approved", "red_line", "band"] {
        let _ = fields.items(key);
    }
    fields.finish();
    scoring
}

fn tenths(points: f64) -> i64 {
    (points * 10.0).round() as i64
}

/// Ids parted by spaces: any one of them is enough.
fn words(ids: &str) -> Vec<String> {
    ids.split_whitespace().map(str::to_owned).collect()
}

fn stage(fields: &Fields<'_, '_>) -> StageWeight {
    let stage = StageWeight {
        id: fields.required("id").text,
        name: bilingual(fields, "name", "name_en"),
        weight: tenths(fields.number("weight").unwrap_or(0.0)),
        expected: fields.strings("expected").iter().map(|ids| words(&ids.text)).collect(),
    };
    fields.finish();
    stage
}

/// The default under the empty id, then each rule's own.
fn deductions(fields: &Fields<'_, '_>) -> BTreeMap<String, i64> {
    let mut out = BTreeMap::new();
    out.insert(String::new(), tenths(fields.number("per_finding").unwrap_or(10.0)));
    if let Some(rules) = fields.table("rule") {
        out.extend(numbers(&rules).into_iter().map(|(rule, points)| (rule, tenths(points))));
    }
    out
}

fn numbers(fields: &Fields<'_, '_>) -> BTreeMap<String, f64> {
    let mut out = BTreeMap::new();
    for (key, _, value) in fields.free_keys() {
        let text = match value.get_ref() {
            toml::de::DeValue::Integer(n) => n.as_str().to_owned(),
            toml::de::DeValue::Float(n) => n.as_str().to_owned(),
            _ => String::new(),
        };
        match text.parse() {
            Ok(number) => drop(out.insert(key, number)),
            Err(_) => {
                let message = Message::new("pack.type").arg("key", key).arg("wanted", "number");
                fields.file.slip(value.span(), &message);
            }
        }
    }
    out
}
