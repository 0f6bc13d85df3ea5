//! Why a turn was judged as it was: detection's account and the verdict's rulings, put together.

use super::assemble::Assembly;
use super::pauses::edges;
use crate::detect::{Act, Candidacy, Fate, Hit};
use crate::diagnostic::Confidence;
use crate::report::{Considered, Inspected, Ruled, Sum};
use crate::text::{Said, Span};
use crate::verdict::{Ruling, ruling};

/// Which turns are to be looked into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Inspect {
    /// None.
    #[default]
    Nothing,
    /// Those with a finding, or with a match that was turned away.
    Notable,
    /// The one on this line of the file, from 1.
    Line(u32),
}

impl Assembly<'_> {
    /// The turns that are asked for, looked into.
    pub(super) fn inspected(&self, ask: Inspect) -> Vec<Inspected> {
        let turns = 0..self.turns.len();
        match ask {
            Inspect::Nothing => Vec::new(),
            Inspect::Line(line) => {
                turns.filter(|i| self.is_on(*i, line)).filter_map(|i| self.inspect(i)).collect()
            }
            Inspect::Notable => turns.filter_map(|i| self.inspect(i)).filter(is_notable).collect(),
        }
    }

    fn is_on(&self, i: usize, line: u32) -> bool {
        let source = &self.document.source;
        let (Some(turn), Some(spoken)) = (self.transcript.turns.get(i), self.turns.get(i)) else {
            return false;
        };
        let hull = turn.map.hull(Span::of(0..spoken.said.len()));
        let last = source.position(hull.end.saturating_sub(1).max(hull.start)).line;
        (source.position(hull.start).line..=last).contains(&line)
    }

    fn inspect(&self, i: usize) -> Option<Inspected> {
        let (turn, spoken) = (self.transcript.turns.get(i)?, self.turns.get(i)?);
        let account = self.checker.detector.account(spoken.said, &edges(turn));
        Some(Inspected {
            turn: i as u32 + 1,
            start: self.place(i, Span::point(0)),
            speaker: self.label(turn),
            role: spoken.role,
            text: spoken.said.to_owned(),
            views: account.views,
            words: account.words,
            candidates: account.candidates.iter().filter_map(|one| self.considered(i, one)).collect(),
        })
    }

    fn place(&self, i: usize, span: Span<Said>) -> crate::text::Position {
        let raw = self.transcript.turns.get(i).map_or(0, |turn| turn.map.hull(span).start);
        self.document.source.position(raw)
    }

    fn considered(&self, i: usize, one: &Candidacy) -> Option<Considered> {
        let Act::Banned(rule) = one.act else { return None };
        let rule = self.checker.standard.banned.get(usize::from(rule))?;
        let sum = sum(&one.fate);
        Some(Considered {
            rule: rule.id.clone(),
            pattern: one.source.clone(),
            tier: one.tier.word(),
            literal: one.literal.clone(),
            view: one.view,
            by: if one.by_sound { "sound" } else { "characters" },
            text: one.span.slice(self.turns.get(i)?.said).to_owned(),
            start: self.place(i, one.span),
            ruling: self.ruled(i, one),
            sum,
        })
    }

    fn ruled(&self, i: usize, one: &Candidacy) -> Ruled {
        match &one.fate {
            Fate::Unmatched => Ruled::Unmatched,
            Fate::Broken => Ruled::Broken,
            Fate::Unlike { right, wrong } => Ruled::Unlike { right: *right, wrong: *wrong },
            Fate::Cut { words } => Ruled::Boundary { words: words.clone() },
            Fate::Weighed { .. } => {
                let hits = self.turns.get(i).map_or(&[][..], |turn| turn.heard.hits.as_slice());
                let same = |hit: &&Hit| hit.pattern == one.pattern && hit.span == one.span;
                hits.iter().find(same).map_or(Ruled::Outdone, |hit| self.judged(i, hit))
            }
        }
    }

    fn judged(&self, i: usize, hit: &Hit) -> Ruled {
        let text = |span: Span<Said>| self.turns.get(i).map_or("", |turn| span.slice(turn.said)).to_owned();
        let minimum = self.checker.minimum();
        match ruling(&self.checker.standard, self.turns, i, hit) {
            Ruling::Unlike(other) => {
                let pattern = self.checker.detector.pattern(other).to_owned();
                Ruled::Unless { pattern, text: text(other.span) }
            }
            Ruling::NotBefore => Ruled::Before { situations: self.situations(&hit.before) },
            Ruling::Outdone => Ruled::Outdone,
            Ruling::Stands(_) if hit.confidence < minimum => Ruled::Unsure { minimum },
            Ruling::Stands(Some(excusal)) => {
                Ruled::Excused { why: excusal.why, text: excusal.span.map(text) }
            }
            Ruling::Stands(None) => Ruled::Found,
        }
    }

    fn situations(&self, indices: &[usize]) -> Vec<String> {
        let list = indices.iter().filter_map(|i| self.checker.standard.situations.get(*i));
        list.map(|situation| situation.title.pick(self.checker.settings.lang).to_owned()).collect()
    }
}

fn sum(fate: &Fate) -> Option<Sum> {
    let Fate::Weighed { base, costs } = fate else { return None };
    let cost: f64 = costs.iter().map(|(_, cost, times)| cost * f64::from(*times)).sum();
    let (base, confidence) = (Confidence::new(*base), Confidence::new(base - cost));
    Some(Sum { base, costs: costs.clone(), confidence })
}

fn is_notable(turn: &Inspected) -> bool {
    turn.candidates.iter().any(|one| !matches!(one.ruling, Ruled::Unmatched | Ruled::Outdone))
}
