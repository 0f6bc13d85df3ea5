//! Which stage every turn belongs to: the way through the stages that what was heard supports best. Going on is nearly
//! free, going back is dear.

use super::card::Stretch;
use super::{Material, number};
use crate::detect::Act;
use crate::standard::{Place, Standard, Timeline, When};
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
    let (signs, timeline) = (Signs::of(material), &material.standard.scoring.timeline);
    let count = material.standard.scoring.stages.len();
    let start = |stage| if stage == 0 { 0 } else { -timeline.forward };
    let mut best: Vec<i64> = (0..count).map(start).collect();
    let (mut points, mut steps) = (vec![0; count], Vec::with_capacity(count));
    // A row of stages for every turn but the first: where the best way to each came from.
    let mut from: Vec<usize> = Vec::with_capacity(count * material.turns.len());
    for (turn, place) in places(material).enumerate() {
        signs.points(turn, &mut points);
        place.forbid(material.standard, &mut points);
        if turn > 0 {
            step(timeline, &best, &mut steps);
            from.extend(steps.iter().map(|(before, _)| *before));
            best.iter_mut().zip(&steps).for_each(|(sum, (_, step))| *sum = *step);
        }
        best.iter_mut().zip(&points).for_each(|(sum, points)| *sum += points);
    }
    // Of equals the earliest.
    let mut at = (0..count).rev().max_by_key(|i| best.get(*i).copied()).unwrap_or(0);
    let mut of_turn = vec![at; material.turns.len()];
    for (row, stage) in of_turn.iter_mut().rev().skip(1).enumerate() {
        let row = material.turns.len().saturating_sub(row + 2);
        at = from.get(row * count + at).copied().unwrap_or(0);
        *stage = at;
    }
    Stages { of_turn }
}

/// The best way to be in every stage: the stage before, and the sum. To go on costs the same however far, to go back
/// costs by the stage, so one look from either end finds what every pair of stages would. Of equals the latest: one
/// stays rather than moves.
fn step(timeline: &Timeline, best: &[i64], steps: &mut Vec<(usize, i64)>) {
    let better = |one: Option<(usize, i64)>, later: (usize, i64)| match one {
        Some(one) if one.1 > later.1 => one,
        _ => later,
    };
    steps.clear();
    let mut behind: Option<(usize, i64)> = None;
    for stay in best.iter().copied().enumerate() {
        steps.push(better(behind.map(|(before, sum)| (before, sum - timeline.forward)), stay));
        behind = Some(better(behind, stay));
    }
    let mut ahead: Option<(usize, i64)> = None;
    for (step, stay) in steps.iter_mut().zip(best.iter().copied().enumerate()).rev() {
        *step = ahead.map_or(*step, |ahead| better(Some(*step), ahead));
        let (before, sum) = ahead.map_or(stay, |ahead| better(Some(stay), ahead));
        ahead = Some((before, sum - timeline.back));
    }
}

/// What turns give to stages, with the stage of every rule and situation found once.
struct Signs<'a> {
    material: &'a Material<'a>,
    /// By approved phrase.
    phrases: Vec<Option<usize>>,
    /// By article rule.
    articles: Vec<Option<usize>>,
    /// By situation: the stage of the first phrase that it calls for.
    situations: Vec<Option<usize>>,
}

impl<'a> Signs<'a> {
    fn of(material: &'a Material<'a>) -> Self {
        let standard = material.standard;
        let named = |id: &str| stage_named(standard, id);
        let asking =
            |id: &String| standard.scoring.stages.iter().position(|stage| stage.articles.contains(id));
        let phrases: Vec<Option<usize>> = standard.approved.iter().map(|rule| named(&rule.stage)).collect();
        Signs {
            material,
            situations: calling(standard, &phrases),
            articles: standard.article_rules.iter().map(|rule| asking(&rule.id)).collect(),
            phrases,
        }
    }

    /// What a turn gives to each stage.
    fn points(&self, turn: usize, out: &mut [i64]) {
        let (material, timeline) = (self.material, &self.material.standard.scoring.timeline);
        out.fill(0);
        let mut give = |stage: Option<usize>, points: i64| {
            if let Some(sum) = stage.and_then(|s| out.get_mut(s)) {
                // The best sign of a kind: many phrases of one stage in one turn say no more than one.
                *sum = points.max(*sum);
            }
        };
        let of = |list: &[Option<usize>], i: usize| list.get(i).copied().flatten();
        for credit in material.credits.get(material.credits_of(turn)).unwrap_or(&[]) {
            let points = (timeline.phrase as f64 * credit.credit).round() as i64;
            give(of(&self.phrases, credit.rule), points);
        }
        for one in of_turn(material.observed, turn, |o| o.turn) {
            give(of(&self.articles, one.rule), timeline.article);
        }
        for situation in material.shown(turn) {
            give(of(&self.situations, situation), timeline.situation);
        }
        if material.tells_a_story(turn) {
            give(Some(timeline.story_stage), timeline.story);
        }
    }
}

/// By situation the stage of the first phrase that it calls for; `phrases` are the stages of the phrases.
fn calling(standard: &Standard, phrases: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut out: Vec<Option<Option<usize>>> = vec![None; standard.situations.len()];
    for (rule, stage) in standard.approved.iter().zip(phrases) {
        let When::Called(situations) = &rule.when else { continue };
        for situation in situations {
            if let Some(known) = out.get_mut(*situation) {
                known.get_or_insert(*stage);
            }
        }
    }
    out.into_iter().map(Option::flatten).collect()
}

impl Material<'_> {
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
        let syllables = self.conduct.syllables.get(turn).copied().unwrap_or(0);
        self.turns.get(turn).is_some_and(|t| t.role == Role::Visitor && syllables >= long)
    }
}

/// What a list in order of turns holds of one turn.
fn of_turn<T>(list: &[T], turn: usize, turn_of: fn(&T) -> usize) -> &[T] {
    let from = list.partition_point(|one| turn_of(one) < turn);
    let rest = list.get(from..).unwrap_or(&[]);
    let count = rest.iter().take_while(|one| turn_of(one) == turn).count();
    rest.get(..count).unwrap_or(&[])
}

/// Where a turn cannot be.
#[derive(Clone, Copy)]
struct OutOfPlace {
    /// Too late for the opening.
    late: bool,
    /// Too early for the ending.
    early: bool,
}

impl OutOfPlace {
    fn forbid(self, standard: &Standard, points: &mut [i64]) {
        if !self.late && !self.early {
            return;
        }
        for (points, stage) in points.iter_mut().zip(&standard.scoring.stages) {
            if (self.late && stage.place == Place::Opening) || (self.early && stage.place == Place::Ending) {
                *points = -1;
            }
        }
    }
}

/// Where every turn cannot be.
fn places<'a>(material: &'a Material<'_>) -> impl Iterator<Item = OutOfPlace> + 'a {
    let phrases = &material.standard.scoring.phrases;
    let mut before = 0;
    let mut behind = (0..material.turns.len()).filter(|turn| material.speaks_for_office(*turn)).count();
    (0..material.turns.len()).map(move |turn| {
        let itself = usize::from(material.speaks_for_office(turn));
        behind -= itself;
        let place = OutOfPlace { late: before >= phrases.opening, early: behind >= phrases.ending };
        before += itself;
        place
    })
}

/// The index of a stage.
pub(super) fn stage_named(standard: &Standard, id: &str) -> Option<usize> {
    standard.scoring.stages.iter().position(|s| s.id == id)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every pair of stages, as the method says it.
    fn plainly(timeline: &Timeline, best: &[i64], to: usize) -> (usize, i64) {
        let cost = |from: usize| match to.cmp(&from) {
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Greater => timeline.forward,
            std::cmp::Ordering::Less => timeline.back * (from - to) as i64,
        };
        let ways = best.iter().enumerate().map(|(from, sum)| (from, sum - cost(from)));
        ways.max_by_key(|(from, sum)| (*sum, *from)).unwrap()
    }

    proptest! {
        #[test]
        fn a_look_from_either_end_finds_the_best_of_all_pairs(
            best in proptest::collection::vec(-6i64..6, 0..9),
            forward in 0i64..4,
            back in 0i64..4,
        ) {
            let timeline = Timeline {
                phrase: 0,
                article: 0,
                situation: 0,
                story: 0,
                story_chars: 0,
                story_stage: 0,
                forward,
                back,
            };
            let mut steps = vec![(7, 7)];
            step(&timeline, &best, &mut steps);
            let all: Vec<(usize, i64)> = (0..best.len()).map(|to| plainly(&timeline, &best, to)).collect();
            prop_assert_eq!(steps, all);
        }
    }
}
