//! Measured figures, as the card shows them.

use super::card::Measure;
use super::{Material, number};
use crate::conduct::Unmeasured;
use crate::diagnostic::Message;
use crate::standard::Gauge;

/// What one figure is, before it is named.
struct Figure {
    id: &'static str,
    gauge: Option<Gauge>,
    unit: &'static str,
    least: Option<f64>,
    most: Option<f64>,
    /// The figure and the turns outside the limits.
    value: Result<(f64, Vec<usize>), Unmeasured>,
}

/// All figures, in a fixed order.
pub(super) fn measures(material: &Material<'_>) -> Vec<Measure> {
    figures(material).into_iter().map(|figure| shown(material, figure)).collect()
}

fn shown(material: &Material<'_>, figure: Figure) -> Measure {
    let rules = &material.standard.article_rules;
    let rule = figure.gauge.and_then(|gauge| rules.iter().find(|r| r.gauge == Some(gauge)));
    let why = figure.value.as_ref().err().map(|why| why.code());
    let (value, turns) = figure.value.map_or((None, Vec::new()), |(value, turns)| (Some(value), turns));
    Measure {
        id: figure.id,
        name: Message::new(format!("score.measure.{}", figure.id)).words(material.lang),
        rule: rule.map(|r| r.id.clone()),
        value,
        least: figure.least,
        most: figure.most,
        unit: figure.unit,
        turns: turns.into_iter().map(number).collect(),
        why,
    }
}

fn figures(material: &Material<'_>) -> [Figure; 5] {
    let (conduct, limits) = (material.conduct, &material.standard.scoring.conduct.limits);
    let figure = |id, gauge, unit, value| Figure { id, gauge, unit, least: None, most: None, value };
    let pace = conduct.pace.as_ref().map_err(|why| *why).map(|pace| {
        let mut turns: Vec<usize> = pace.outside(limits.pace_min, limits.pace_max).map(|w| w.turn).collect();
        turns.dedup();
        (tenth(pace.per_minute()), turns)
    });
    let pauses = conduct.pauses.as_ref().map_err(|why| *why);
    let pauses = pauses.map(|p| (p.pauses.len() as f64, p.longest().map(|l| l.turn).into_iter().collect()));
    let interruptions = conduct.interruptions.as_ref().map_err(|why| *why);
    let interruptions = interruptions.map(|all| (all.len() as f64, all.iter().map(|one| one.turn).collect()));
    let talk = conduct.talk.map(|talk| (talk.share() as f64 / 100.0, Vec::new()));
    let monologue = conduct.monologue.map(|one| {
        let turns = if super::articles::too_long(one, limits) { vec![one.turn] } else { Vec::new() };
        (one.syllables as f64, turns)
    });
    [
        Figure {
            least: Some(f64::from(limits.pace_min)),
            most: Some(f64::from(limits.pace_max)),
            ..figure("pace", Some(Gauge::Pace), "characters/minute", pace)
        },
        figure("pauses", None, "count", pauses),
        Figure {
            most: Some(0.0),
            ..figure("interruptions", Some(Gauge::Interruptions), "count", interruptions)
        },
        Figure {
            most: Some(limits.talk_share_max as f64 / 100.0),
            ..figure("talk-share", Some(Gauge::Listening), "share", talk)
        },
        Figure {
            most: Some(limits.monologue_chars as f64),
            ..figure("monologue", Some(Gauge::Listening), "characters", monologue)
        },
    ]
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
