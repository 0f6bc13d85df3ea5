//! Notes: approved phrases that were missed, at the words that called for them, and what articles ask, at its turn.

use super::assemble::{Assembly, Seen, fingerprint_of};
use crate::conduct::Conduct;
use crate::detect::{Act, HowSet};
use crate::diagnostic::{Confidence, Message, Severity};
use crate::report::{Basis, Finding, SaidAt};
use crate::score::{Opportunity, Score, Status};
use crate::standard::{ArticleRule, Check, Gauge};
use crate::text::{Said, Span};
use crate::verdict::Observed;

/// A note before its place is resolved.
struct Note {
    rule: String,
    severity: Severity,
    confidence: Confidence,
    how: HowSet,
    /// Index of the turn.
    turn: usize,
    span: Span<Said>,
    message: String,
    say_instead: Vec<String>,
    basis: Basis,
}

impl Assembly<'_> {
    /// Every note that the settings do not turn off.
    pub(super) fn notes(
        &self,
        score: &Score,
        observed: &[Observed],
        conduct: &Conduct,
        seen: &mut Seen,
    ) -> Vec<Finding> {
        let missed = score.opportunities.iter().filter(|o| o.missed).filter_map(|o| self.missed(o));
        let rules = &self.checker.standard.article_rules;
        let articles = rules.iter().enumerate().flat_map(|(i, rule)| {
            let places = match rule.check {
                Check::Conduct => self.measured_places(rule, score, conduct),
                Check::Said => self.unmet_places(rule, score),
                Check::Unsaid => observed.iter().filter(|o| o.rule == i).map(|o| (o.turn, o.span)).collect(),
                Check::Elsewhere | Check::NotObservable => Vec::new(),
            };
            let hits = observed.iter().filter(move |o| o.rule == i && rule.check == Check::Unsaid);
            let heard: Vec<&Observed> = hits.collect();
            let note = move |(n, (turn, span))| self.article(rule, turn, span, heard.get(n).copied());
            places.into_iter().enumerate().filter_map(note)
        });
        let notes: Vec<Note> = missed.chain(articles).collect();
        notes.into_iter().filter_map(|note| self.note(note, seen)).collect()
    }

    /// The severity of a rule here; `None` where it is turned off.
    fn severity_of(&self, rule: &str, default: Severity) -> Option<Severity> {
        self.checker.settings.severity.get(rule).copied().unwrap_or(Some(default))
    }

    fn missed(&self, opportunity: &Opportunity) -> Option<Note> {
        let first = opportunity.any_of.first()?;
        let rule = self.checker.standard.approved.iter().find(|rule| rule.id == *first)?;
        let turn = (opportunity.turn as usize).checked_sub(1)?;
        let partly = opportunity.met_turn.is_some();
        let key = if partly { "finding.missed-partly" } else { "finding.missed" };
        let message = Message::new(key).arg("situation", &opportunity.title);
        Some(Note {
            rule: first.clone(),
            severity: self.severity_of(first, Severity::Note)?,
            confidence: Confidence::new(1.0),
            how: HowSet::default(),
            turn,
            span: opportunity.said.unwrap_or_else(|| self.whole(turn)),
            message: message.arg("title", rule.title.pick(self.lang())).words(self.lang()),
            say_instead: opportunity.any_of.clone(),
            basis: Basis::Item { appendix: 1, item: rule.item, text: rule.text.clone() },
        })
    }

    fn whole(&self, turn: usize) -> Span<Said> {
        Span::of(0..self.turns.get(turn).map_or(0, |turn| turn.said.len()))
    }

    fn article(
        &self,
        rule: &ArticleRule,
        turn: usize,
        span: Span<Said>,
        heard: Option<&Observed>,
    ) -> Option<Note> {
        let article = self.checker.standard.articles.iter().find(|a| a.number == rule.article);
        let key = if rule.check == Check::Unsaid { "finding.hint" } else { "finding.article" };
        Some(Note {
            rule: rule.id.clone(),
            severity: self.severity_of(&rule.id, rule.severity)?,
            confidence: heard.map_or(Confidence::new(1.0), |o| o.hit.confidence),
            how: heard.map(|o| o.hit.how).unwrap_or_default(),
            turn,
            span,
            message: Message::new(key).arg("title", rule.title.pick(self.lang())).words(self.lang()),
            say_instead: Vec::new(),
            basis: Basis::Article {
                article: rule.article,
                text: article.map(|a| a.text.clone()).unwrap_or_default(),
            },
        })
    }

    /// Where what was measured breaks a rule.
    fn measured_places(
        &self,
        rule: &ArticleRule,
        score: &Score,
        conduct: &Conduct,
    ) -> Vec<(usize, Span<Said>)> {
        let item = score.conduct.iter().find(|item| item.rule == rule.id);
        let Some(item) = item.filter(|item| !item.turns.is_empty()) else { return Vec::new() };
        let turns = item.turns.iter().filter_map(|turn| (*turn as usize).checked_sub(1));
        match rule.gauge {
            Some(Gauge::Interruptions) => {
                conduct.interruptions.iter().flatten().map(|one| (one.turn, one.span)).collect()
            }
            Some(Gauge::Pace) => turns.filter_map(|turn| self.pace_place(conduct, turn)).collect(),
            Some(Gauge::Listening) | None => turns.map(|turn| (turn, self.whole(turn))).collect(),
        }
    }

    /// The windows of a turn that are outside the limits, as one place.
    fn pace_place(&self, conduct: &Conduct, turn: usize) -> Option<(usize, Span<Said>)> {
        let limits = &self.checker.standard.scoring.conduct.limits;
        let outside = conduct.pace.as_ref().ok()?.outside(limits.pace_min, limits.pace_max);
        let span = outside.filter(|w| w.turn == turn).map(|w| w.span).reduce(Span::hull)?;
        Some((turn, span))
    }

    /// Where something called for what an article asks, and staff did not say it.
    fn unmet_places(&self, rule: &ArticleRule, score: &Score) -> Vec<(usize, Span<Said>)> {
        let unmet = |item: &&crate::score::ConductItem| item.rule == rule.id && item.status == Status::Unmet;
        if rule.when.is_empty() || !score.conduct.iter().any(|item| unmet(&item)) {
            return Vec::new();
        }
        let calls = |act: Act| matches!(act, Act::Situation(s) if rule.when.contains(&usize::from(s)));
        let turns = self.turns.iter().enumerate().filter(|(_, t)| t.role != crate::transcript::Role::Visitor);
        let mut places =
            turns.filter_map(|(i, turn)| Some((i, turn.heard.hits.iter().find(|hit| calls(hit.act))?.span)));
        places.next().into_iter().collect()
    }

    /// The note at its place in the file.
    fn note(&self, note: Note, seen: &mut Seen) -> Option<Finding> {
        let (turn, spoken) = (self.transcript.turns.get(note.turn)?, self.turns.get(note.turn)?);
        let (hull, source) = (turn.map.hull(note.span), &self.document.source);
        Some(Finding {
            fingerprint: fingerprint_of(&note.rule, note.span, self.near(turn, note.span, spoken.said), seen),
            rule: note.rule,
            severity: note.severity,
            confidence: note.confidence,
            how: note.how.iter().map(|how| how.word()).collect(),
            excused: None,
            speaker: self.label(turn),
            role: spoken.role,
            turn: note.turn as u32 + 1,
            turns: vec![note.turn as u32 + 1],
            span: Some(hull),
            start: Some(source.position(hull.start)),
            end: Some(source.position(hull.end)),
            pieces: Some(turn.map.pieces(note.span)),
            place: None,
            drawn: None,
            time_ms: turn.time_of(Some(note.span)),
            text: note.span.slice(spoken.said).to_owned(),
            said: vec![SaidAt { turn: note.turn as u32 + 1, span: note.span }],
            message: note.message,
            say_instead: note.say_instead,
            basis: note.basis,
            review: None,
        })
    }
}
