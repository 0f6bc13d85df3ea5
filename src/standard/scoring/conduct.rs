//! `[conduct]`: what articles ask, and the limits of what is measured.

use super::{ConductMethod, Limits, count, hundredths, number, numbers, tenths};
use crate::standard::fields::Fields;
use crate::standard::load::Named;

pub(super) fn conduct(table: Option<&Fields<'_, '_>>, named: &Named<'_>) -> ConductMethod {
    let rules = table.and_then(|t| t.table("rule")).map(|r| numbers(&r)).unwrap_or_default();
    let situation = |key| {
        let table = table?;
        named.situation(table, &table.text(key)?)
    };
    ConductMethod {
        weight: tenths(number(table, "weight", 0.0)),
        rules: rules.into_iter().map(|(rule, weight)| (rule, weight.max(0.0) as i64)).collect(),
        interruption_cost: hundredths(number(table, "interruption_cost", 0.5)),
        limits: limits(table),
        long_wait_ms: number(table, "long_wait_ms", 60_000.0) as u64,
        long_wait: situation("long_wait"),
        group_size: count(table, "group_size", 5),
        group: situation("group"),
        identity_turns: count(table, "identity_staff_turns", 2),
        farewell_turns: count(table, "farewell_staff_turns", 2),
    }
}

fn limits(table: Option<&Fields<'_, '_>>) -> Limits {
    let ms = |key, default| number(table, key, default).max(0.0) as u64;
    let backchannels = table.map(|t| t.strings("backchannels")).unwrap_or_default();
    Limits {
        interruption_ms: ms("interruption_min_ms", 2_000.0),
        interruption_chars: count(table, "interruption_min_chars", 4),
        backchannels: backchannels.into_iter().map(|t| t.text).collect(),
        pace_min: count(table, "pace_min", 160) as u32,
        pace_max: count(table, "pace_max", 280) as u32,
        pace_window: count(table, "pace_window_chars", 20),
        pace_tolerated: hundredths(number(table, "pace_tolerated", 0.1)),
        pause_ms: ms("pause_ms", 500.0),
        talk_share_max: hundredths(number(table, "talk_share_max", 0.65)),
        talk_share_turns: count(table, "talk_share_min_turns", 6),
        monologue_chars: count(table, "monologue_max_chars", 200),
        monologue_ms: ms("monologue_max_ms", 60_000.0),
    }
}
