//! A ledger to a card: points filled in, a line for every point lost, what everything is worth.

use super::card::{
    Change, ConductItem, Grade, LeftOut, LineKind, Opportunity, RedLine, Score, ScoreLine, Stage, StageItem,
    Status, WhatIf, Worth,
};
use super::ledger::{Asked, Band, Element, Ledger, State, Sums};
use super::points::Tenths;
use crate::diagnostic::Message;

impl Ledger {
    /// The card.
    pub fn card(self) -> Score {
        if !self.staff {
            return Score { out_of: Tenths::FULL.points(), ledger: self, ..Score::default() };
        }
        let sums = self.sums();
        let raw = self.raw_weights();
        let reckoned = Reckoned { ledger: &self, total: sums.total(None), sums, raw: &raw };
        let card = Score {
            total: Some(reckoned.total.points()),
            out_of: Tenths::FULL.points(),
            applicable: self.applicable(&raw).points(),
            band: reckoned.band().map(grade),
            failed_by: reckoned.red_lines(),
            channel: self.frame.channel,
            stages: reckoned.stages(),
            conduct: reckoned.conduct(),
            measures: self.frame.measures.clone(),
            opportunities: reckoned.opportunities(),
            timeline: self.frame.timeline.clone(),
            lines: reckoned.lines(),
            evidence: reckoned.evidence(),
            stuffed: self.frame.stuffed.clone(),
            not_applicable: reckoned.left_out(|state| match state {
                State::NotApplicable(why) => Some(why),
                _ => None,
            }),
            not_evaluated: reckoned.left_out(|state| match state {
                State::NotEvaluated(why) => Some(why),
                _ => None,
            }),
            what_if: reckoned.what_if(),
            ledger: Ledger::default(),
        };
        Score { ledger: self, ..card }
    }
}

struct Reckoned<'a> {
    ledger: &'a Ledger,
    sums: Sums<'a>,
    total: Tenths,
    /// Of every group.
    raw: &'a [Tenths],
}

/// What became of one element.
#[derive(Clone, Copy)]
struct Earned {
    share: Tenths,
    points: Tenths,
    /// Hundredths.
    credit: i64,
    by: Option<usize>,
}

impl Reckoned<'_> {
    fn earned(&self, element: usize) -> Earned {
        let (share, (by, credit)) = (self.sums.share(element), self.sums.best(element, None));
        Earned { share, points: share.part(credit), credit, by }
    }

    fn elements(&self) -> impl Iterator<Item = (&Element, Earned)> {
        self.ledger.elements.iter().enumerate().map(|(i, element)| (element, self.earned(i)))
    }

    fn rules(&self, element: &Element) -> Vec<String> {
        self.ledger.groups.get(element.group).map(|g| g.rules.clone()).unwrap_or_default()
    }

    fn turn_of(&self, evidence: Option<usize>) -> Option<u32> {
        self.ledger.evidence.get(evidence?)?.turn
    }

    /// The stages; conduct is the last area.
    fn stages(&self) -> Vec<Stage> {
        let count = self.ledger.areas.len().saturating_sub(1);
        (0..count).filter_map(|area| self.stage(area)).collect()
    }

    fn stage(&self, area: usize) -> Option<Stage> {
        let of = self.ledger.areas.get(area)?;
        let here = |e: &Element| self.ledger.groups.get(e.group).is_some_and(|g| g.area == area);
        let inside: Vec<(&Element, Earned)> = self.elements().filter(|(e, _)| here(e)).collect();
        let sum = |of: fn(&Earned) -> Tenths| inside.iter().map(|(_, e)| of(e)).sum::<Tenths>().points();
        let expected = inside.iter().filter(|(e, _)| e.asked == Asked::Expected);
        let opportunities = inside.iter().filter_map(|(e, _)| match e.asked {
            Asked::Opportunity(i) => Some(i),
            _ => None,
        });
        Some(Stage {
            id: of.id.clone(),
            name: of.name.clone(),
            weight: sum(|e| e.share),
            points: sum(|e| e.points),
            expected: expected.map(|(e, earned)| self.item(e, earned)).collect(),
            opportunities: opportunities.collect(),
        })
    }

    fn item(&self, element: &Element, earned: &Earned) -> StageItem {
        StageItem {
            any_of: self.rules(element),
            credit: part(earned.credit),
            turn: self.turn_of(earned.by),
            weight: earned.share.points(),
            points: earned.points.points(),
        }
    }

    fn opportunities(&self) -> Vec<Opportunity> {
        let mut out = self.ledger.frame.opportunities.clone();
        for (element, earned) in self.elements() {
            let Asked::Opportunity(i) = element.asked else { continue };
            let Some(one) = out.get_mut(i) else { continue };
            one.credit = part(earned.credit);
            one.missed = earned.credit < self.ledger.met_from;
            one.met_turn = self.turn_of(earned.by);
            one.met_by = earned.by.and_then(|i| self.ledger.evidence.get(i)).map(|e| e.rule.clone());
            (one.weight, one.points) = (earned.share.points(), earned.points.points());
        }
        out
    }

    fn conduct(&self) -> Vec<ConductItem> {
        let mut out = self.ledger.frame.conduct.clone();
        for (element, earned) in self.elements() {
            let Asked::Conduct(i) = element.asked else { continue };
            let Some(one) = out.get_mut(i) else { continue };
            one.credit = Some(part(earned.credit));
            one.status = match earned.credit {
                100.. => Status::Met,
                1.. => Status::Partly,
                _ => Status::Unmet,
            };
            (one.weight, one.points) = (earned.share.points(), earned.points.points());
        }
        out
    }

    /// 100, then a line for everything that was lost.
    fn lines(&self) -> Vec<ScoreLine> {
        let start = ScoreLine {
            kind: LineKind::Start,
            points: Tenths::FULL.points(),
            rule: None,
            any_of: Vec::new(),
            turn: None,
            label: Message::new("score.start").words(self.ledger.lang),
            source: self.ledger.method.clone(),
        };
        let lost =
            self.elements().filter(|(_, e)| e.points < e.share).map(|(e, earned)| self.lost(e, earned));
        std::iter::once(start).chain(lost).chain(self.taken()).collect()
    }

    fn lost(&self, element: &Element, earned: Earned) -> ScoreLine {
        let rules = self.rules(element);
        ScoreLine {
            kind: element.asked.line(),
            points: (earned.points - earned.share).points(),
            rule: if let [only] = rules.as_slice() { Some(only.clone()) } else { None },
            any_of: rules,
            turn: element.turn,
            label: self.label(element, earned.credit),
            source: element.source.clone(),
        }
    }

    fn label(&self, element: &Element, credit: i64) -> String {
        let key = match (element.asked, credit > 0) {
            (Asked::Conduct(_), true) => "score.conduct-partly",
            (Asked::Conduct(_), false) => "score.conduct-unmet",
            (_, true) => "score.partly",
            (Asked::Opportunity(_), false) => "score.unanswered",
            (_, false) => "score.not-said",
        };
        let what = Message::new(key).arg("credit", format!("{credit}%")).words(self.ledger.lang);
        let line = Message::new("score.missing").arg("what", what).arg("asked", &element.label);
        line.words(self.ledger.lang)
    }

    fn taken(&self) -> impl Iterator<Item = ScoreLine> {
        let banned = self.ledger.evidence.iter().filter(|e| e.deduction > Tenths::ZERO);
        banned.map(|e| ScoreLine {
            kind: LineKind::Banned,
            points: (-e.deduction).points(),
            rule: Some(e.rule.clone()),
            any_of: Vec::new(),
            turn: e.turn,
            label: e.label.clone(),
            source: e.source.clone(),
        })
    }

    fn evidence(&self) -> Vec<Worth> {
        let worth = |(i, e): (usize, &super::ledger::Evidence)| {
            let worth = self.sums.worth(i);
            Worth {
                rule: e.rule.clone(),
                turn: e.turn,
                credit: part(e.credit),
                worth: worth.points(),
                without: (self.total - worth).points(),
                fingerprint: e.fingerprint.clone(),
            }
        };
        self.ledger.evidence.iter().enumerate().map(worth).collect()
    }

    fn left_out(&self, why: fn(&State) -> Option<&String>) -> Vec<LeftOut> {
        let groups = self.ledger.groups.iter().zip(self.raw);
        groups
            .filter_map(|(group, weight)| {
                Some(LeftOut {
                    rules: group.rules.clone(),
                    title: group.title.clone(),
                    weight: weight.points(),
                    why: why(&group.state)?.clone(),
                })
            })
            .collect()
    }

    fn red_lines(&self) -> Vec<RedLine> {
        let red = self.ledger.evidence.iter().filter(|e| e.red_line);
        red.map(|e| RedLine {
            rule: e.rule.clone(),
            turn: e.turn.unwrap_or_default(),
            fingerprint: e.fingerprint.clone(),
        })
        .collect()
    }

    /// The grade: the lowest where a red line was crossed.
    fn band(&self) -> Option<&Band> {
        let bands = &self.ledger.bands;
        if self.ledger.evidence.iter().any(|e| e.red_line) {
            return bands.last();
        }
        bands.iter().find(|band| band.from <= self.total).or(bands.last())
    }

    /// The grade above the one had.
    fn next(&self) -> Option<&Band> {
        let had = self.band()?;
        let at = self.ledger.bands.iter().position(|band| band.id == had.id)?;
        self.ledger.bands.get(at.checked_sub(1)?)
    }

    /// Every line is won by itself, so the largest first are the fewest.
    fn what_if(&self) -> Option<WhatIf> {
        let goal = self.next()?;
        let mut ways = self.ways();
        ways.sort_by_key(|way| (!way.red, std::cmp::Reverse(way.gain)));
        let (mut total, mut changes) = (self.total, Vec::new());
        let reds = ways.iter().filter(|way| way.red).count();
        for (i, way) in ways.into_iter().enumerate() {
            if i >= reds && total >= goal.from {
                break;
            }
            total = total + way.gain;
            changes.push(Change { gain: way.gain.points(), total: total.points(), ..way.change });
        }
        Some(WhatIf { band: grade(goal), changes, reached: total >= goal.from })
    }

    fn ways(&self) -> Vec<Way> {
        let lost = self.elements().filter(|(_, e)| e.points < e.share);
        let mut out: Vec<Way> = lost.map(|(element, earned)| self.say(element, earned)).collect();
        let banned = self.ledger.evidence.iter().filter(|e| e.deduction > Tenths::ZERO || e.red_line);
        out.extend(banned.map(|e| Way {
            red: e.red_line,
            gain: e.deduction,
            change: Change {
                rules: vec![e.rule.clone()],
                turn: e.turn,
                label: Message::new("score.what-if.leave").arg("what", &e.label).words(self.ledger.lang),
                say: Vec::new(),
                gain: 0.0,
                total: 0.0,
            },
        }));
        out
    }

    fn say(&self, element: &Element, earned: Earned) -> Way {
        let rules = self.rules(element);
        let phrases = !matches!(element.asked, Asked::Conduct(_));
        let key = if phrases { "score.what-if.say" } else { "score.what-if.do" };
        Way {
            red: false,
            gain: earned.share - earned.points,
            change: Change {
                say: if phrases { rules.clone() } else { Vec::new() },
                rules,
                turn: element.turn,
                label: Message::new(key).arg("what", &element.label).words(self.ledger.lang),
                gain: 0.0,
                total: 0.0,
            },
        }
    }
}

/// One way to win points.
struct Way {
    red: bool,
    gain: Tenths,
    change: Change,
}

fn part(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}

fn grade(band: &Band) -> Grade {
    Grade { id: band.id.clone(), name: band.name.clone(), from: band.from.points() }
}
