//! Which stage every turn belongs to: the way through the stages that what was heard supports best. Going on is nearly
//! free, going back is dear.

use super::card::Stretch;
use super::{Material, number};
use crate::conduct::spoken;
use crate::detect::Act;
use crate::standard::{Place, Standard, When};
use crate::transcript::{Clock, Role};

/// The stage of every turn, by index.
#[derive(Clone, Debug, Default)]
pub(super) struct Stages {
    of_turn: Vec<usize>,
}

impl Stages {
    pub(super) fn of(&self, turn: usize) -> Option<usize> {
        self.of_turn.get(turn).copied()
    }

    /// Whether a phrase of `stage` is in place in a turn: between the stage before the turn and the stage behind it. One
    /// turn may hold what two stages ask.
    pub(super) fn fits(&self, turn: usize, stage: usize) -> bool {
        let near = [turn.checked_sub(1), Some(turn), turn.checked_add(1)];
        let stages = || near.iter().flatten().filter_map(|t| self.of(*t));
        let first = if turn == 0 { Some(0) } else { stages().min() };
        let last = if turn + 1 == self.of_turn.len() { Some(usize::MAX) } else { stages().max() };
        first.is_some_and(|first| first <= stage) && last.is_some_and(|last| stage <= last)
    }
}

/// Finds the stage of every turn (Viterbi's algorithm).
pub(super) fn stages(material: &Material<'_>) -> Stages {
    let count = material.standard.scoring.stages.len();
    let mut best: Vec<i64> = (0..count).map(|stage| -material.cost(0, stage)).collect();
    let mut from: Vec<Vec<usize>> = Vec::new();
    let places = places(material);
    for (turn, out_of_place) in places.into_iter().enumerate() {
        let mut points = material.points(turn);
        for (points, stage) in points.iter_mut().zip(&material.standard.scoring.stages) {
            if out_of_place.contains(&stage.place) {
                *points = -1;
            }
        }
        if turn > 0 {
            let steps: Vec<(usize, i64)> = (0..count).map(|to| material.step(&best, to)).collect();
            from.push(steps.iter().map(|(before, _)| *before).collect());
            best = steps.into_iter().map(|(_, sum)| sum).collect();
        }
        for (sum, points) in best.iter_mut().zip(points) {
            *sum += points;
        }
    }
    // Of equals the earliest.
    let mut at = (0..count).rev().max_by_key(|i| best.get(*i).copied()).unwrap_or(0);
    let mut of_turn = if material.turns.is_empty() { Vec::new() } else { vec![at] };
    for step in from.iter().rev() {
        at = step.get(at).copied().unwrap_or(0);
        of_turn.push(at);
    }
    of_turn.reverse();
    Stages { of_turn }
}

impl Material<'_> {
    /// The best way to be in stage `to`: the stage before, and the sum.
    fn step(&self, best: &[i64], to: usize) -> (usize, i64) {
        let ways = best.iter().enumerate().map(|(before, sum)| (before, sum - self.cost(before, to)));
        // Of equals the latest: one stays rather than moves.
        ways.max_by_key(|(before, sum)| (*sum, *before)).unwrap_or((0, 0))
    }

    fn cost(&self, from: usize, to: usize) -> i64 {
        let timeline = &self.standard.scoring.timeline;
        match to.cmp(&from) {
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Greater => timeline.forward,
            std::cmp::Ordering::Less => timeline.back * (from - to) as i64,
        }
    }

    /// What a turn gives to each stage.
    fn points(&self, turn: usize) -> Vec<i64> {
        let scoring = &self.standard.scoring;
        let mut out = vec![0; scoring.stages.len()];
        let mut give = |stage: Option<usize>, points: i64| {
            if let Some(sum) = stage.and_then(|s| out.get_mut(s)) {
                // The best sign of a kind: many phrases of one stage in one turn say no more than one.
                *sum = points.max(*sum);
            }
        };
        for credit in self.credits.get(self.credits_of(turn)).unwrap_or(&[]) {
            let stage =
                self.standard.approved.get(credit.rule).and_then(|r| stage_named(self.standard, &r.stage));
            give(stage, (scoring.timeline.phrase as f64 * credit.credit).round() as i64);
        }
        for one in of_turn(self.observed, turn, |o| o.turn) {
            let id = self.standard.article_rules.get(one.rule).map_or("", |r| r.id.as_str());
            let stage = scoring.stages.iter().position(|s| s.articles.iter().any(|a| a == id));
            give(stage, scoring.timeline.article);
        }
        for situation in self.shown(turn) {
            give(stage_calling(self.standard, situation), scoring.timeline.situation);
        }
        if self.tells_a_story(turn) {
            give(Some(scoring.timeline.story_stage), scoring.timeline.story);
        }
        out
    }

    /// Situations that a turn shows.
    fn shown(&self, turn: usize) -> impl Iterator<Item = usize> {
        let hits = self.turns.get(turn).map_or(&[][..], |t| t.heard.hits.as_slice());
        hits.iter().filter_map(move |hit| match hit.act {
            Act::Situation(s) if self.may_show(usize::from(s), turn) => Some(usize::from(s)),
            _ => None,
        })
    }

    fn tells_a_story(&self, turn: usize) -> bool {
        let long = self.standard.scoring.timeline.story_chars;
        self.turns.get(turn).is_some_and(|t| t.role == Role::Visitor && spoken(t.said) >= long)
    }
}

/// What a list in order of turns holds of one turn.
fn of_turn<T>(list: &[T], turn: usize, turn_of: fn(&T) -> usize) -> &[T] {
    let from = list.partition_point(|one| turn_of(one) < turn);
    let to = list.partition_point(|one| turn_of(one) <= turn);
    list.get(from..to).unwrap_or(&[])
}

/// Where every turn cannot be: too late for the opening, too early for the ending.
fn places(material: &Material<'_>) -> Vec<Vec<Place>> {
    let phrases = &material.standard.scoring.phrases;
    let mut before = 0;
    let mut behind = material.staff().len();
    let place = |turn| {
        let itself = usize::from(material.speaks_for_office(turn));
        behind -= itself;
        let late = (before >= phrases.opening).then_some(Place::Opening);
        let early = (behind >= phrases.ending).then_some(Place::Ending);
        before += itself;
        late.into_iter().chain(early).collect()
    };
    (0..material.turns.len()).map(place).collect()
}

/// The index of a stage.
pub(super) fn stage_named(standard: &Standard, id: &str) -> Option<usize> {
    standard.scoring.stages.iter().position(|s| s.id == id)
}

/// The stage of the first phrase that a situation calls for.
fn stage_calling(standard: &Standard, situation: usize) -> Option<usize> {
    let calls = |when: &When| matches!(when, When::Called(list) if list.contains(&situation));
    let rule = standard.approved.iter().find(|rule| calls(&rule.when))?;
    stage_named(standard, &rule.stage)
}

/// Runs of turns of one stage.
pub(super) fn stretches(material: &Material<'_>, stages: &Stages) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for turn in 0..material.turns.len() {
        let Some(stage) = stages.of(turn).and_then(|s| material.standard.scoring.stages.get(s)) else {
            continue;
        };
        let clock = material.transcript.turns.get(turn).and_then(|t| t.clock());
        match out.last_mut() {
            Some(last) if last.stage == stage.id => {
                last.last_turn = number(turn);
                last.time_ms = hull(last.time_ms, clock);
            }
            _ => out.push(Stretch {
                stage: stage.id.clone(),
                name: stage.name.pick(material.lang).to_owned(),
                first_turn: number(turn),
                last_turn: number(turn),
                time_ms: clock,
            }),
        }
    }
    out
}

fn hull(a: Option<Clock>, b: Option<Clock>) -> Option<Clock> {
    match (a, b) {
        (Some(a), Some(b)) => Some(Clock { start: a.start.min(b.start), end: a.end.max(b.end) }),
        (one, other) => one.or(other),
    }
}
