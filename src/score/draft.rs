//! What was heard to a ledger: what may be asked, what is asked here, and the evidence for it.

use super::card::Stuffed;
use super::chances::{Call, Chance, calls, chances, shown};
use super::heaps::{Heap, heaps};
use super::ledger::{Area, Asked, Band, Element, Evidence, Frame, Group, Ledger, State};
use super::points::Tenths;
use super::stages::{Stages, stage_named, stages, stretches};
use super::{Material, Opportunity, articles, measures, number};
use crate::diagnostic::{Message, Severity};
use crate::standard::{Approved, Place, StageWeight};
use crate::verdict::rule_basis;

/// A ledger under way.
pub(super) struct Draft<'a> {
    pub(super) material: &'a Material<'a>,
    pub(super) ledger: Ledger,
    stages: Stages,
    pub(super) staff: Vec<usize>,
    /// Turns in which a situation is heard.
    pub(super) shown: Vec<usize>,
    /// What each credit (by index) serves: elements.
    served: Vec<Vec<usize>>,
    /// Opportunities that are no elements yet.
    pub(super) open: Vec<Open>,
}

/// An opportunity, and where it counts.
pub(super) struct Open {
    pub(super) area: usize,
    pub(super) group: usize,
    pub(super) rules: Vec<usize>,
    /// What it is called, where the situation does not say.
    pub(super) title: Option<String>,
    pub(super) chance: Chance,
}

/// The ledger of one conversation.
pub(super) fn ledger(material: &Material<'_>) -> Ledger {
    let stages = stages(material);
    let mut draft = Draft {
        material,
        ledger: empty(material, &stages),
        stages,
        staff: material.staff(),
        shown: shown(material),
        served: vec![Vec::new(); material.credits.len()],
        open: Vec::new(),
    };
    let calls = if material.scenario.is_none() { calls(material) } else { Vec::new() };
    let of_stage: Vec<Option<usize>> = calls.iter().map(|call| draft.stage_of(call)).collect();
    for (area, stage) in material.standard.scoring.stages.iter().enumerate() {
        draft.expected(area, stage);
        for (call, _) in calls.iter().zip(&of_stage).filter(|(_, of)| **of == Some(area)) {
            draft.called(area, call);
        }
    }
    if let Some(scenario) = material.scenario {
        draft.plant(scenario);
    }
    draft.chances();
    draft.turn_heaps_away();
    draft.credits();
    articles::ask(&mut draft);
    draft.charges();
    draft.ledger
}

fn empty(material: &Material<'_>, stages: &Stages) -> Ledger {
    let scoring = &material.standard.scoring;
    let area = |id: &str, name: String, weight| Area { id: id.to_owned(), name, weight: Tenths::new(weight) };
    let conduct = area("conduct", Message::new("score.conduct").words(material.lang), scoring.conduct.weight);
    let of_stage = |s: &StageWeight| area(&s.id, s.name.pick(material.lang).to_owned(), s.weight);
    Ledger {
        lang: material.lang,
        staff: material.turns.iter().enumerate().any(|(i, _)| material.speaks_for_office(i)),
        base: Tenths::new(scoring.deduction.base),
        areas: scoring.stages.iter().map(of_stage).chain([conduct]).collect(),
        met_from: scoring.phrases.met_from,
        bands: scoring.bands.iter().map(|b| band(b, material)).collect(),
        method: scoring.source.pick(material.lang).to_owned(),
        frame: Frame {
            channel: material.channel,
            measures: measures::measures(material),
            timeline: stretches(material, stages),
            ..Frame::default()
        },
        ..Ledger::default()
    }
}

fn band(band: &crate::standard::BandFrom, material: &Material<'_>) -> Band {
    Band { id: band.id.clone(), name: band.name.pick(material.lang).to_owned(), from: Tenths::new(band.from) }
}

/// A credit 0..1 in hundredths.
pub(super) fn hundredths(credit: f64) -> i64 {
    (credit * 100.0).round() as i64
}

impl Draft<'_> {
    fn approved(&self, rules: &[usize]) -> Vec<&Approved> {
        rules.iter().filter_map(|i| self.material.standard.approved.get(*i)).collect()
    }

    pub(super) fn say(&self, key: &'static str) -> String {
        Message::new(key).words(self.material.lang)
    }

    /// The stage that a call's phrases belong to.
    fn stage_of(&self, call: &Call) -> Option<usize> {
        let first = self.material.standard.approved.get(*call.rules.first()?)?;
        stage_named(self.material.standard, &first.stage)
    }

    /// The rules of a list that the channel has.
    pub(super) fn of_channel(&self, rules: &[usize]) -> Vec<usize> {
        let here = |i: &usize| {
            let rule = self.material.standard.approved.get(*i);
            rule.is_some_and(|r| r.channels.contains(&self.material.channel.is))
        };
        rules.iter().copied().filter(here).collect()
    }

    /// What is expected of every reception in one stage.
    fn expected(&mut self, area: usize, stage: &StageWeight) {
        for ids in &stage.expected {
            let all = self.material.standard.approved.iter().enumerate();
            let all: Vec<usize> = all.filter(|(_, rule)| ids.contains(&rule.id)).map(|(i, _)| i).collect();
            let here = self.of_channel(&all);
            if here.is_empty() {
                let why = self.say("score.why.channel");
                self.group(area, &all, State::NotApplicable(why));
                continue;
            }
            let group = self.group(area, &here, State::Counts);
            let label = Message::new("score.asked").arg("about", stage.name.pick(self.material.lang));
            let element = self.element(group, Asked::Expected, None, &here, label);
            for (i, credit) in self.material.credits.iter().enumerate() {
                if here.contains(&credit.rule) && self.in_place(stage, area, credit.rule, credit.turn) {
                    serve(&mut self.served, i, element);
                }
            }
        }
    }

    /// Whether an expected phrase counts in a turn.
    fn in_place(&self, stage: &StageWeight, area: usize, rule: usize, turn: usize) -> bool {
        let Ok(nth) = self.staff.binary_search(&turn) else { return false };
        let phrases = &self.material.standard.scoring.phrases;
        let id = self.material.standard.approved.get(rule).map_or("", |r| r.id.as_str());
        match stage.place {
            Place::Opening => nth < phrases.opening,
            Place::Ending => {
                nth + phrases.last.get(id).copied().unwrap_or(phrases.ending) >= self.staff.len()
            }
            Place::Stage => self.stages.fits(turn, area),
        }
    }

    /// One thing that only some conversations call for.
    fn called(&mut self, area: usize, call: &Call) {
        let here = self.of_channel(&call.rules);
        if here.is_empty() {
            let why = self.say("score.why.channel");
            self.group(area, &call.rules, State::NotApplicable(why));
            return;
        }
        let chances = chances(self.material, &self.shown, call);
        let state = match (chances.is_empty(), self.material.visitors_known()) {
            (false, _) => State::Counts,
            (true, true) => State::NotApplicable(self.say("score.why.uncalled")),
            (true, false) => State::NotEvaluated(self.say("score.why.roles-unknown")),
        };
        let group = self.group(area, &here, state);
        self.open.extend(chances.into_iter().map(|chance| Open {
            area,
            group,
            rules: here.clone(),
            title: None,
            chance,
        }));
    }

    /// Every opportunity, in the order of the conversation.
    fn chances(&mut self) {
        let mut open = std::mem::take(&mut self.open);
        open.sort_by_key(|one| one.chance.turn);
        for Open { area, group, rules, title, chance } in open {
            let opportunity = self.opportunity(area, &rules, title, &chance);
            let label = Message::new("score.asked").arg("about", &opportunity.title);
            let asked = Asked::Opportunity(self.ledger.frame.opportunities.len());
            self.ledger.frame.opportunities.push(opportunity);
            let element = self.element(group, asked, Some(number(chance.turn)), &rules, label);
            let answers = chance.window.iter().flat_map(|turn| self.material.credits_of(*turn));
            for i in answers {
                if self.material.credits.get(i).is_some_and(|credit| rules.contains(&credit.rule)) {
                    serve(&mut self.served, i, element);
                }
            }
        }
    }

    /// Without credit and points: those are reckoned.
    fn opportunity(
        &self,
        area: usize,
        rules: &[usize],
        title: Option<String>,
        chance: &Chance,
    ) -> Opportunity {
        let material = self.material;
        let situation = chance.situation.and_then(|i| material.standard.situations.get(i));
        let heard = || situation.map(|s| s.title.pick(material.lang).to_owned());
        let turn = material.transcript.turns.get(chance.turn);
        let said = material.turns.get(chance.turn).map_or("", |t| t.said);
        Opportunity {
            stage: self.ledger.areas.get(area).map(|a| a.id.clone()).unwrap_or_default(),
            situation: situation.map(|s| s.id.clone()).unwrap_or_default(),
            title: title.or_else(heard).unwrap_or_default(),
            any_of: self.approved(rules).iter().map(|r| r.id.clone()).collect(),
            turn: number(chance.turn),
            said: chance.span,
            span: chance.span.and_then(|span| Some(turn?.map.hull(span))),
            text: chance.span.map_or("", |span| span.slice(said)).to_owned(),
            time_ms: turn.and_then(|turn| turn.time_of(chance.span)),
            ..Opportunity::default()
        }
    }

    pub(super) fn group(&mut self, area: usize, rules: &[usize], state: State) -> usize {
        let weights = &self.material.standard.scoring.phrases.weights;
        let rules = self.approved(rules);
        let group = Group {
            area,
            weight: rules.iter().filter_map(|r| weights.get(&r.id)).copied().max().unwrap_or(1),
            title: rules.first().map(|r| r.title.pick(self.material.lang).to_owned()).unwrap_or_default(),
            rules: rules.iter().map(|r| r.id.clone()).collect(),
            state,
        };
        self.ledger.groups.push(group);
        self.ledger.groups.len() - 1
    }

    fn element(
        &mut self,
        group: usize,
        asked: Asked,
        turn: Option<u32>,
        rules: &[usize],
        label: Message,
    ) -> usize {
        let approved = self.approved(rules);
        let (named, source) = match approved.as_slice() {
            [only] => {
                let title = only.title.pick(self.material.lang);
                let source = rule_basis(1, only.item, &only.text, self.material.lang);
                (format!("{} {title}", only.id), source)
            }
            several => {
                let ids = several.iter().map(|r| r.id.as_str()).collect::<Vec<_>>().join(" ");
                let one_of = Message::new("score.one-of").arg("rules", ids).words(self.material.lang);
                (one_of, self.ledger.method.clone())
            }
        };
        let label = label.arg("rules", named).words(self.material.lang);
        self.push(Element { group, asked, turn, label, source })
    }

    pub(super) fn push(&mut self, element: Element) -> usize {
        self.ledger.elements.push(element);
        self.ledger.elements.len() - 1
    }

    /// A heap earns only what the stage of its turn asks.
    fn turn_heaps_away(&mut self) {
        let heaps = heaps(self.material, |credit| self.served.get(credit).is_some_and(|s| !s.is_empty()));
        for heap in heaps {
            let stage = self.stages.of(heap.turn);
            let area =
                |e: &usize| self.ledger.groups.get(self.ledger.elements.get(*e)?.group).map(|g| g.area);
            for served in self.served.get_mut(self.material.credits_of(heap.turn)).into_iter().flatten() {
                served.retain(|element| area(element) == stage);
            }
            let stuffed = self.stuffed(&heap);
            self.ledger.frame.stuffed.push(stuffed);
        }
    }

    fn stuffed(&self, heap: &Heap) -> Stuffed {
        let rules: Vec<usize> = heap.rules.iter().copied().collect();
        let ids = self.approved(&rules).iter().map(|r| r.id.clone()).collect();
        Stuffed { turn: number(heap.turn), rules: ids }
    }

    /// Every credit is evidence, also where it serves nothing.
    fn credits(&mut self) {
        for (credit, serves) in self.material.credits.iter().zip(std::mem::take(&mut self.served)) {
            let Some(rule) = self.material.standard.approved.get(credit.rule) else { continue };
            self.ledger.evidence.push(Evidence {
                rule: rule.id.clone(),
                turn: Some(number(credit.turn)),
                credit: hundredths(credit.credit),
                serves,
                ..Evidence::default()
            });
        }
    }

    fn charges(&mut self) {
        let scoring = &self.material.standard.scoring;
        let red = |rule: &String, severity| {
            scoring.red_line.rules.contains(rule) && severity >= scoring.red_line.severity
        };
        for charge in self.material.banned {
            let Some(rule) = self.material.standard.banned.iter().find(|r| r.id == charge.rule) else {
                continue;
            };
            let error = charge.severity == Severity::Error;
            let key = if error { "score.banned" } else { "score.banned-warning" };
            let label =
                Message::new(key).arg("rule", &rule.id).arg("title", rule.title.pick(self.material.lang));
            self.ledger.evidence.push(Evidence {
                rule: rule.id.clone(),
                turn: Some(number(charge.turn)),
                deduction: Tenths::new(scoring.deduction.of(&rule.id, charge.severity)),
                red_line: red(&rule.id, charge.severity),
                fingerprint: Some(charge.fingerprint.clone()),
                label: label.words(self.material.lang),
                source: rule_basis(2, rule.item, &rule.text, self.material.lang),
                ..Evidence::default()
            });
        }
    }
}

fn serve(served: &mut [Vec<usize>], credit: usize, element: usize) {
    // Once, however often the turn stands in a window: its worth must not count twice.
    if let Some(list) = served.get_mut(credit).filter(|list| !list.contains(&element)) {
        list.push(element);
    }
}
