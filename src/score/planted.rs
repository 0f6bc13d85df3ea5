//! A scenario's opportunities in place of those that are heard.

use super::chances::{Chance, window};
use super::draft::{Draft, Open};
use super::ledger::{Area, State};
use super::points::{Tenths, apportion};
use crate::detect::fold_char;
use crate::standard::{Bilingual, Cue, Planted, Scenario};
use crate::text::{Said, Span, is_word};
use crate::transcript::Role;

/// The id of the area that a scenario's points stand in.
pub const SCENARIO: &str = "scenario";

impl Draft<'_> {
    /// Plants a scenario: an area worth its points, the others scaled to what is left.
    pub(super) fn plant(&mut self, scenario: &Scenario) {
        let area = self.make_room(scenario);
        for planted in &scenario.opportunities {
            let here = self.of_channel(&planted.any_of);
            match self.find(&planted.at) {
                _ if here.is_empty() => {
                    let why = self.say("score.why.channel");
                    self.bed(area, &planted.any_of, planted.points, State::NotApplicable(why));
                }
                Err(state) => {
                    self.bed(area, &here, planted.points, state);
                }
                Ok((turn, span)) => self.plant_one(area, planted, &here, turn, span),
            }
        }
    }

    /// The scenario's area stands before conduct, which is the last one. Stages of which nothing is asked have nothing
    /// to give.
    fn make_room(&mut self, scenario: &Scenario) -> usize {
        let whole: i64 = self.ledger.areas.iter().map(|area| area.weight.tenths()).sum();
        let area = self.ledger.areas.len().saturating_sub(1);
        let asked = |i: usize| {
            i == area || self.ledger.groups.iter().any(|g| g.area == i && g.state == State::Counts)
        };
        let weights = self.ledger.areas.iter().enumerate();
        let weights: Vec<i64> =
            weights.map(|(i, one)| if asked(i) { one.weight.tenths() } else { 0 }).collect();
        let left = apportion(Tenths::new(whole - scenario.points()), &weights);
        for (one, weight) in self.ledger.areas.iter_mut().zip(left) {
            one.weight = weight;
        }
        let name = scenario.title.pick(self.material.lang).to_owned();
        let weight = Tenths::new(scenario.points());
        self.ledger.areas.insert(area, Area { id: SCENARIO.to_owned(), name, weight });
        area
    }

    /// The turn that shows it and its words, or why there is none.
    fn find(&self, cue: &Cue) -> Result<(usize, Option<Span<Said>>), State> {
        let visitor = |i: &usize| self.material.turns.get(*i).is_some_and(|turn| turn.role == Role::Visitor);
        let mut visitors = (0..self.material.turns.len()).filter(visitor);
        let found = match cue {
            Cue::Turn(nth) => visitors.nth((*nth as usize).saturating_sub(1)).map(|turn| (turn, None)),
            Cue::Words(words) => visitors.find_map(|turn| {
                let said = self.material.turns.get(turn)?.said;
                Some((turn, Some(words.iter().find_map(|word| place(said, word))?)))
            }),
        };
        found.ok_or_else(|| {
            if self.material.visitors_known() {
                State::NotApplicable(self.say("score.why.not-planted"))
            } else {
                State::NotEvaluated(self.say("score.why.roles-unknown"))
            }
        })
    }

    /// A group that weighs what its opportunity is worth.
    fn bed(&mut self, area: usize, rules: &[usize], points: i64, state: State) -> usize {
        let group = self.group(area, rules, state);
        if let Some(group) = self.ledger.groups.get_mut(group) {
            group.weight = points;
        }
        group
    }

    fn plant_one(
        &mut self,
        area: usize,
        planted: &Planted,
        rules: &[usize],
        turn: usize,
        span: Option<Span<Said>>,
    ) {
        let group = self.bed(area, rules, planted.points, State::Counts);
        let title = match planted.title == Bilingual::default() {
            true => self.ledger.groups.get(group).map(|g| g.title.clone()).unwrap_or_default(),
            false => planted.title.pick(self.material.lang).to_owned(),
        };
        let whole = Span::of(0..self.material.turns.get(turn).map_or(0, |turn| turn.said.len()));
        let window = window(self.material, turn);
        let chance = Chance { situation: None, turn, span: span.or(Some(whole)), window };
        self.open.push(Open { area, group, rules: rules.to_vec(), title: Some(title), chance });
    }
}

/// Where `words` stand in `said`, folded and punctuation apart.
fn place(said: &str, words: &str) -> Option<Span<Said>> {
    let spoken = |text: &str| -> Vec<(usize, usize, char)> {
        let letters = text.char_indices().filter(|(_, c)| is_word(*c));
        letters.map(|(at, c)| (at, at + c.len_utf8(), fold_char(c))).collect()
    };
    let (said, words) = (spoken(said), spoken(words));
    if words.is_empty() {
        return None;
    }
    let same = |window: &&[(usize, usize, char)]| window.iter().zip(&words).all(|(a, b)| a.2 == b.2);
    let found = said.windows(words.len()).find(same)?;
    Some(Span::of(found.first()?.0..found.last()?.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cue_words_are_found_whatever_stands_between_them() {
        let said = "我都，急……死了！真的";
        assert_eq!(place(said, "急死了").map(|span| span.slice(said)), Some("急……死了"));
        let traditional = "我要見你們領導";
        assert_eq!(
            place(traditional, "见你们，领导").map(|span| span.slice(traditional)),
            Some("見你們領導")
        );
        assert_eq!(place("我不急", "急死了"), None);
        assert_eq!(place("我不急", "，"), None);
    }
}
