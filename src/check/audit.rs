//! What is doubtful about the patterns of banned phrases: too short, covered, silent, part of words, approved.

use super::Checker;
use crate::detect::{Act, Fate, fold_text};
use crate::report::{AUDIT_SCHEMA, Audit, Doubt, DoubtKind};
use crate::standard::pattern::Pattern;
use crate::standard::{Banned, Phrase, sayings, shortest};
use rayon::prelude::*;

/// Fewer characters than this meet by chance.
const SHORT: usize = 3;
/// A pattern that says more than this is too wide to try all of.
const SMALL: usize = 48;
/// Sentences of a pattern that are tried before it is called silent.
const TRIES: usize = 16;
/// Longer words that are named of those that hold a short one.
const WORDS: usize = 4;
/// Formulas of an approved phrase that are tried, a pattern.
const FORMULAS: usize = 4;

/// A shorter sentence anybody may say.
const SENTENCE: usize = 8;

/// One pattern of a banned phrase, with its number among all.
#[derive(Clone, Copy)]
struct Line<'a> {
    rule: usize,
    banned: &'a Banned,
    phrase: &'a Phrase,
    number: u32,
}

impl Checker {
    /// Looks at every pattern of the banned phrases. `material` is text on which the pack is measured, tables or plain
    /// lines: none of its sentences may stand in a pattern.
    pub fn audit(&self, material: &[String]) -> Audit {
        let lines = self.lines();
        let approved = self.approved_words();
        let sentences = self.sentences(material);
        let found: Vec<Vec<(DoubtKind, Vec<String>)>> =
            lines.par_iter().map(|line| self.doubts(*line, &approved, &sentences)).collect();
        let mut out = Audit { schema: AUDIT_SCHEMA, patterns: lines.len(), justified: 0, doubts: Vec::new() };
        for (line, found) in lines.iter().zip(found) {
            if line.phrase.audit.is_some() {
                out.justified += found.len();
                continue;
            }
            out.doubts.extend(found.into_iter().map(|(kind, with)| Doubt {
                rule: line.banned.id.clone(),
                tier: line.phrase.tier.word(),
                pattern: line.phrase.pattern.source.clone(),
                kind,
                with,
            }));
        }
        out
    }

    fn lines(&self) -> Vec<Line<'_>> {
        let mut out = Vec::new();
        for (rule, banned) in self.standard.banned.iter().enumerate() {
            let numbers = self.detector.numbers(Act::Banned(rule as u16));
            let lines = banned.phrases.iter().zip(numbers);
            out.extend(lines.map(|(phrase, number)| Line { rule, banned, phrase, number }));
        }
        out
    }

    /// The sentences of the material that are long enough to be no chance, the standard's own left out.
    fn sentences(&self, material: &[String]) -> Vec<String> {
        let own: Vec<String> = self.standard.banned.iter().map(|rule| plain_words(&rule.text)).collect();
        let cells = material.iter().flat_map(|text| text.lines()).flat_map(|line| line.split('\t'));
        let mut out: Vec<String> = cells
            .map(plain_words)
            .filter(|said| said.chars().count() >= SENTENCE && !own.iter().any(|own| own.contains(said)))
            .collect();
        out.sort();
        out.dedup();
        out
    }

    fn doubts(
        &self,
        line: Line<'_>,
        approved: &[(u32, String)],
        sentences: &[String],
    ) -> Vec<(DoubtKind, Vec<String>)> {
        let pattern = &line.phrase.pattern;
        let least = shortest(&pattern.node);
        let mut out = Vec::new();
        if least.chars().count() < SHORT && !is_anchored(pattern) {
            out.push((DoubtKind::Short, vec![least.clone()]));
        }
        out.extend(self.covered(line).map(|by| (DoubtKind::Covered, vec![by])));
        out.extend(self.silent(line, &least));
        let words = if is_anchored(pattern) { Vec::new() } else { self.longer_words(pattern, &least) };
        if !words.is_empty() {
            out.push((DoubtKind::Collides, words));
        }
        let inside: Vec<String> = approved
            .iter()
            .filter(|(number, _)| *number == line.number)
            .map(|(_, text)| text.clone())
            .collect();
        if !inside.is_empty() {
            out.push((DoubtKind::Approved, inside));
        }
        let copied: Vec<String> =
            sentences.iter().filter(|said| self.detector.spells(line.number, said)).cloned().collect();
        if !copied.is_empty() {
            out.push((DoubtKind::Copied, copied));
        }
        out
    }

    /// Another pattern of the rule that finds whatever this one says, as surely and under no further condition.
    fn covered(&self, line: Line<'_>) -> Option<String> {
        let said = self.detector.expansion(line.number).filter(|said| said.len() <= SMALL)?;
        let numbers = self.detector.numbers(Act::Banned(line.rule as u16));
        let other = |(phrase, number): (&Phrase, u32)| {
            let covers = number != line.number
                && self.is_as_sure(phrase, line.phrase)
                && said.iter().all(|said| self.detector.finds(number, said));
            // Of two that say the same the first stays.
            let same = covers
                && number > line.number
                && self.is_as_sure(line.phrase, phrase)
                && self
                    .detector
                    .expansion(number)
                    .is_some_and(|said| said.iter().all(|said| self.detector.finds(line.number, said)));
            (covers && !same).then(|| phrase.pattern.source.clone())
        };
        line.banned.phrases.iter().zip(numbers).find_map(other)
    }

    fn is_as_sure(&self, phrase: &Phrase, than: &Phrase) -> bool {
        let sure = |p: &Phrase| p.confidence.unwrap_or(self.standard.scoring.tier[p.tier as usize]);
        let anchors = |p: &Phrase| (p.pattern.starts_clause, p.pattern.ends_clause);
        let ((starts, ends), (starts_too, ends_too)) = (anchors(phrase), anchors(than));
        sure(phrase) >= sure(than)
            && (phrase.before.is_empty() || phrase.before == than.before)
            && phrase.remediable == than.remediable
            && (!starts || starts_too)
            && (!ends || ends_too)
    }

    /// Why none of a pattern's own sentences is found, if so.
    fn silent(&self, line: Line<'_>, least: &str) -> Option<(DoubtKind, Vec<String>)> {
        let act = Act::Banned(line.rule as u16);
        let is_heard = |said: &String| {
            let heard = self.detector.hear_all(said);
            let unlike = |span| {
                heard.hits.iter().any(|h| h.act == Act::Unless(line.rule as u16) && h.span.overlaps(span))
            };
            heard.hits.iter().any(|hit| hit.act == act && !unlike(hit.span))
        };
        if sayings(&line.phrase.pattern.node, TRIES).iter().any(is_heard) {
            return None;
        }
        let account = self.detector.account(least, &[]);
        let own = account.candidates.iter().filter(|c| c.pattern == line.number && !c.by_sound);
        let cut = own.clone().find_map(|c| match &c.fate {
            Fate::Cut { words } => Some((DoubtKind::SilentBoundary, words.clone())),
            _ => None,
        });
        let heard = own.clone().any(|c| matches!(c.fate, Fate::Weighed { .. }));
        let kind = if heard { DoubtKind::SilentUnless } else { DoubtKind::Silent };
        Some(cut.unwrap_or((kind, vec![least.to_owned()])))
    }

    /// Longer words of the dictionary that hold what a short pattern says.
    fn longer_words(&self, pattern: &Pattern, least: &str) -> Vec<String> {
        if least.chars().count() > SHORT {
            return Vec::new();
        }
        let mut out: Vec<String> = sayings(&pattern.node, TRIES)
            .iter()
            .filter(|said| said.chars().count() <= SHORT && !said.contains('，'))
            .flat_map(|said| self.detector.longer_words(said))
            .collect();
        out.sort();
        out.dedup();
        out.truncate(WORDS);
        out
    }

    /// The approved phrases in which patterns match: number of the pattern, words of the phrase.
    fn approved_words(&self) -> Vec<(u32, String)> {
        let rules = self.standard.approved.iter();
        let texts: Vec<(String, String)> = rules
            .flat_map(|rule| {
                let formulas = rule.polite.iter().flat_map(|p| sayings(&p.node, FORMULAS));
                [rule.text.clone()].into_iter().chain(formulas).map(|text| (rule.id.clone(), text))
            })
            .collect();
        let mut out: Vec<(u32, String)> = texts
            .par_iter()
            .flat_map_iter(|(id, text)| {
                let found = self.detector.account(text, &[]).candidates.into_iter();
                let matched = found.filter(|c| matches!(c.fate, Fate::Weighed { .. }) && !c.by_sound);
                matched.map(|c| (c.pattern, format!("{id} {}", c.span.slice(text)))).collect::<Vec<_>>()
            })
            .collect();
        out.sort();
        out.dedup();
        out
    }
}

/// A sentence without its punctuation, in the form in which patterns are compared.
fn plain_words(said: &str) -> String {
    fold_text(said).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn is_anchored(pattern: &Pattern) -> bool {
    pattern.starts_clause || pattern.ends_clause
}
