//! What articles ask of speech: said, measured, counted through an approved phrase, or only hinted at.

use super::card::{ConductItem, Status};
use super::draft::Draft;
use super::ledger::{Asked, Element, Evidence, Group, State};
use super::number;
use crate::conduct::{Monologue, Unmeasured};
use crate::detect::Act;
use crate::diagnostic::Message;
use crate::standard::{ArticleRule, Check, Gauge, Limits};

/// Adds every article rule that speech can show.
pub(super) fn ask(draft: &mut Draft<'_>) {
    let rules = &draft.material.standard.article_rules;
    let area = draft.ledger.areas.len().saturating_sub(1);
    for (i, rule) in rules.iter().enumerate() {
        let weight = draft.material.standard.scoring.conduct.rules.get(&rule.id).copied();
        match (rule.check, weight) {
            (Check::Said, Some(weight)) => said(draft, area, i, rule, weight),
            (Check::Said, None) => through(draft, i, rule),
            (Check::Unsaid, _) => hint(draft, i, rule),
            (Check::Conduct, Some(weight)) => measured(draft, area, rule, weight),
            _ => {}
        }
    }
}

/// Staff is to say one of the rule's phrases, always or in some situations.
fn said(draft: &mut Draft<'_>, area: usize, index: usize, rule: &ArticleRule, weight: i64) {
    let turns = said_in(draft, index);
    if !rule.when.is_empty() && !is_called(draft, rule) {
        let why = Message::new("score.why.uncalled").words(draft.material.lang);
        return left_out(draft, area, rule, weight, State::NotApplicable(why));
    }
    let element = asked(draft, area, rule, weight, turns.iter().copied().map(number).collect());
    for turn in turns {
        draft.ledger.evidence.push(Evidence {
            rule: rule.id.clone(),
            turn: Some(number(turn)),
            credit: 100,
            serves: vec![element],
            ..Evidence::default()
        });
    }
}

/// The turns in which staff says what a rule hears.
fn said_in(draft: &Draft<'_>, rule: usize) -> Vec<usize> {
    draft.material.observed.iter().filter(|o| o.rule == rule).map(|o| o.turn).collect()
}

fn is_called(draft: &Draft<'_>, rule: &ArticleRule) -> bool {
    let material = draft.material;
    let mut turns = draft.shown.iter().filter_map(|i| Some((*i, material.turns.get(*i)?)));
    turns.any(|(i, turn)| {
        turn.heard.hits.iter().any(|hit| match hit.act {
            Act::Situation(s) => rule.when.contains(&usize::from(s)) && material.may_show(usize::from(s), i),
            _ => false,
        })
    })
}

/// The same evidence as an approved phrase: shown, and counted there.
fn through(draft: &mut Draft<'_>, index: usize, rule: &ArticleRule) {
    let (staff, turns) = (&draft.staff, said_in(draft, index));
    let conduct = &draft.material.standard.scoring.conduct;
    let last = staff.len().saturating_sub(conduct.farewell_turns);
    let ends = rule.see.iter().any(|id| draft.material.standard.scoring.phrases.last.contains_key(id));
    let in_place = |turn: &usize| match staff.binary_search(turn) {
        Ok(nth) if ends => nth >= last,
        Ok(nth) => nth < conduct.identity_turns,
        Err(_) => false,
    };
    let turns: Vec<u32> = turns.into_iter().filter(in_place).map(number).collect();
    let status = if turns.is_empty() { Status::Unmet } else { Status::Met };
    let item = ConductItem { turns, through: rule.see.first().cloned(), ..item(draft, rule, status) };
    draft.ledger.frame.conduct.push(item);
}

/// What staff had better not say: a hint without points.
fn hint(draft: &mut Draft<'_>, index: usize, rule: &ArticleRule) {
    let turns: Vec<u32> = said_in(draft, index).into_iter().map(number).collect();
    let status = if turns.is_empty() { Status::Met } else { Status::Hint };
    let item = ConductItem { turns, ..item(draft, rule, status) };
    draft.ledger.frame.conduct.push(item);
}

/// Credit in hundredths from what was measured, and the turns that break the rule.
fn measured(draft: &mut Draft<'_>, area: usize, rule: &ArticleRule, weight: i64) {
    let reading = match rule.gauge {
        Some(Gauge::Pace) => pace(draft),
        Some(Gauge::Interruptions) => interruptions(draft),
        Some(Gauge::Listening) => listening(draft),
        None => return,
    };
    match reading {
        Err(why) => {
            let why = Message::new(format!("score.why.{}", why.code())).words(draft.material.lang);
            left_out(draft, area, rule, weight, State::NotEvaluated(why));
        }
        Ok((credit, turns)) => {
            let element = asked(draft, area, rule, weight, turns.into_iter().map(number).collect());
            draft.ledger.evidence.push(Evidence {
                rule: rule.id.clone(),
                credit,
                serves: vec![element],
                ..Evidence::default()
            });
        }
    }
}

type Reading = Result<(i64, Vec<usize>), Unmeasured>;

/// The share of windows inside the limits; a few outside are tolerated.
fn pace(draft: &Draft<'_>) -> Reading {
    let pace = draft.material.conduct.pace.as_ref().map_err(|why| *why)?;
    let limits = &draft.material.standard.scoring.conduct.limits;
    let outside: Vec<usize> = pace.outside(limits.pace_min, limits.pace_max).map(|w| w.turn).collect();
    let share = (outside.len() * 100 / pace.windows.len().max(1)) as i64;
    if share <= limits.pace_tolerated {
        return Ok((100, Vec::new()));
    }
    let mut turns = outside;
    turns.dedup();
    Ok((100 - share, turns))
}

fn interruptions(draft: &Draft<'_>) -> Reading {
    let all = draft.material.conduct.interruptions.as_ref().map_err(|why| *why)?;
    let cost = draft.material.standard.scoring.conduct.interruption_cost * all.len() as i64;
    Ok(((100 - cost).max(0), all.iter().map(|one| one.turn).collect()))
}

/// Half for the share of talk, half for the longest turn; where only one is known, that one.
fn listening(draft: &Draft<'_>) -> Reading {
    let (conduct, limits) = (draft.material.conduct, &draft.material.standard.scoring.conduct.limits);
    let monologue = conduct.monologue?;
    let long = too_long(monologue, limits);
    let much = conduct.talk.map(|talk| talk.share() > limits.talk_share_max);
    let credit = match (long, much) {
        (false, Ok(false) | Err(_)) => 100,
        (true, Ok(true) | Err(_)) => 0,
        _ => 50,
    };
    let breaks = long || much == Ok(true);
    Ok((credit, if breaks { vec![monologue.turn] } else { Vec::new() }))
}

/// Whether a turn is longer than the limits.
pub(super) fn too_long(one: Monologue, limits: &Limits) -> bool {
    one.syllables > limits.monologue_chars || one.ms.is_some_and(|ms| ms > limits.monologue_ms)
}

fn item(draft: &Draft<'_>, rule: &ArticleRule, status: Status) -> ConductItem {
    ConductItem {
        rule: rule.id.clone(),
        title: rule.title.pick(draft.material.lang).to_owned(),
        status,
        credit: None,
        weight: 0.0,
        points: 0.0,
        turns: Vec::new(),
        through: None,
        why: None,
    }
}

fn group(draft: &mut Draft<'_>, area: usize, rule: &ArticleRule, weight: i64, state: State) -> usize {
    let title = rule.title.pick(draft.material.lang).to_owned();
    draft.ledger.groups.push(Group { area, rules: vec![rule.id.clone()], title, weight, state });
    draft.ledger.groups.len() - 1
}

fn left_out(draft: &mut Draft<'_>, area: usize, rule: &ArticleRule, weight: i64, state: State) {
    let (status, why) = match &state {
        State::NotEvaluated(why) => (Status::NotEvaluated, why.clone()),
        State::NotApplicable(why) => (Status::NotApplicable, why.clone()),
        State::Counts => return,
    };
    let item = ConductItem { why: Some(why), ..item(draft, rule, status) };
    draft.ledger.frame.conduct.push(item);
    group(draft, area, rule, weight, state);
}

/// An element for the rule; `turns` are shown beside it.
fn asked(draft: &mut Draft<'_>, area: usize, rule: &ArticleRule, weight: i64, turns: Vec<u32>) -> usize {
    let group = group(draft, area, rule, weight, State::Counts);
    let asked = Asked::Conduct(draft.ledger.frame.conduct.len());
    let item = ConductItem { turns, ..item(draft, rule, Status::Unmet) };
    let label = Message::new("score.asked")
        .arg("about", Message::new("score.conduct").words(draft.material.lang))
        .arg("rules", format!("{} {}", rule.id, item.title));
    draft.ledger.frame.conduct.push(item);
    draft.push(Element {
        group,
        asked,
        turn: None,
        label: label.words(draft.material.lang),
        source: Message::new("score.article").arg("article", rule.article).words(draft.material.lang),
    })
}
