//! Items' own sentences through a bad recogniser: how many are still heard.

mod perturb;

use super::Checker;
use crate::detect::Act;
use crate::report::{STRESS_SCHEMA, Share, Stress, Stressed};
use crate::standard::{Banned, Tier, sayings};
use perturb::{Dice, perturb};
use rayon::prelude::*;

/// Rates of perturbed characters.
const RATES: [f64; 4] = [0.0, 0.1, 0.2, 0.3];
/// Sentences of one pattern.
const SENTENCES: usize = 8;
/// Throws for each sentence and rate.
const THROWS: usize = 50;
/// What the perturbations are drawn from.
const SEED: u64 = 2019;

impl Checker {
    /// Perturbs the sentences of every item, or of one rule.
    pub fn stress(&self, only: Option<&str>) -> Stress {
        let rules: Vec<(usize, &Banned)> = self.standard.banned.iter().enumerate().collect();
        let rules: Vec<Stressed> = rules
            .par_iter()
            .filter(|(_, rule)| only.is_none_or(|only| only == rule.id))
            .map(|(i, rule)| self.stressed(*i, rule))
            .collect();
        let all = (0..RATES.len()).map(|i| sum(rules.iter().filter_map(|rule| rule.recall.get(i)))).collect();
        Stress { schema: STRESS_SCHEMA, seed: SEED, rates: RATES.to_vec(), rules, all }
    }

    fn stressed(&self, i: usize, rule: &Banned) -> Stressed {
        let items = rule.phrases.iter().filter(|phrase| phrase.tier == Tier::Item);
        let sentences: Vec<String> =
            items.flat_map(|phrase| sayings(&phrase.pattern.node, SENTENCES)).collect();
        let recall = RATES.iter().map(|rate| self.recall(i, rule, &sentences, *rate)).collect();
        Stressed { rule: rule.id.clone(), sentences: sentences.len(), recall }
    }

    fn recall(&self, i: usize, rule: &Banned, sentences: &[String], rate: f64) -> Share {
        let mut out = Share::default();
        for said in sentences {
            // Without a slip every throw is the same.
            let throws = if rate > 0.0 { THROWS } else { 1 };
            for throw in 0..throws {
                let mut dice = Dice::of(SEED, &format!("{} {said} {rate} {throw}", rule.id));
                out.count(self.is_heard(i, &perturb(said, rate, &mut dice)));
            }
        }
        out
    }

    /// Whether the rule is heard, surely enough to be shown; conditions and excuses aside.
    fn is_heard(&self, rule: usize, said: &str) -> bool {
        let heard = self.detector.hear(said, &[]);
        let (banned, unless) = (Act::Banned(rule as u16), Act::Unless(rule as u16));
        let unlike = |span| heard.hits.iter().any(|h| h.act == unless && h.span.overlaps(span));
        heard.hits.iter().any(|hit| {
            hit.act == banned && hit.confidence.value() >= self.standard.scoring.minimum && !unlike(hit.span)
        })
    }
}

fn sum<'a>(shares: impl Iterator<Item = &'a Share>) -> Share {
    shares
        .fold(Share::default(), |all, one| Share { part: all.part + one.part, whole: all.whole + one.whole })
}
