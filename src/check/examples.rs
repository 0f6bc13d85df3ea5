//! The examples inside rules, run for real: a hit must be found with its very excerpt, a pass must not be found.

use crate::detect::{Act, Detector, Heard};
use crate::standard::{Check, ContextTable, Sample, Situation, Standard};
use crate::transcript::{Channel, Role};
use crate::verdict::{Spoken, credits, judge};
use std::sync::Arc;

/// How one example did.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleOutcome {
    /// The rule, situation or table of context.
    pub rule: String,
    /// The sentence.
    pub text: String,
    /// What happened.
    pub outcome: Outcome,
}

/// Outcomes, named from the author's side.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// As the author says.
    Right,
    /// A hit that is not found.
    Missing,
    /// A hit that is found, but with another excerpt or credit.
    Elsewhere {
        /// What was found.
        found: String,
    },
    /// A pass that is found.
    Noisy {
        /// What was found.
        found: String,
    },
}

/// Runs all examples of a standard.
pub(super) fn run(standard: &Standard, detector: &Detector) -> Vec<ExampleOutcome> {
    let bench = Bench { standard, detector };
    let mut out = Vec::new();
    for (i, rule) in standard.banned.iter().enumerate() {
        bench.all(&rule.id, &rule.hits, &rule.passes, |sample| bench.banned(i, sample), &mut out);
    }
    for (i, rule) in standard.approved.iter().enumerate() {
        bench.all(&rule.id, &rule.hits, &rule.passes, |sample| bench.approved(i, sample), &mut out);
    }
    for (i, rule) in standard
        .article_rules
        .iter()
        .enumerate()
        .filter(|(_, r)| matches!(r.check, Check::Said | Check::Unsaid))
    {
        let find = |sample: &Sample| {
            let unlike = bench.act(sample, |act| act == Act::ArticleUnless(i as u16));
            if unlike.is_empty() {
                bench.act(sample, |act| act == Act::Article(i as u16))
            } else {
                Vec::new()
            }
        };
        bench.all(&rule.id, &rule.hits, &rule.passes, find, &mut out);
    }
    for (i, Situation { id, hits, passes, .. }) in standard.situations.iter().enumerate() {
        let act = |act: Act| act == Act::Situation(i as u16);
        bench.all(id, hits, passes, |sample| bench.act(sample, act), &mut out);
    }
    let tellings = &standard.tellings;
    for (name, role, table) in
        [("staff", Role::Staff, &tellings.staff), ("visitor", Role::Visitor, &tellings.visitor)]
    {
        let act = |act: Act| matches!(act, Act::Telling(of, _) if of == role);
        bench.all(name, &table.hits, &table.passes, |sample| bench.act(sample, act), &mut out);
    }
    for (name, table, acts) in tables(standard) {
        let act = |act: Act| acts.contains(&act);
        bench.all(name, &table.hits, &table.passes, |sample| bench.act(sample, act), &mut out);
    }
    out
}

fn tables(standard: &Standard) -> [(&'static str, &ContextTable, Vec<Act>); 8] {
    let context = &standard.context;
    [
        ("cover", &context.cover, vec![Act::Cover]),
        ("question", &context.question, vec![Act::Question]),
        ("comfort", &context.comfort, vec![Act::Comfort]),
        ("quoting", &context.quoting, vec![Act::QuoteBefore, Act::QuoteAfter, Act::QuoteAlong]),
        ("no_quoting", &context.no_quoting, vec![Act::NoQuote]),
        ("mention", &context.mention, vec![Act::Mention]),
        ("remedy", &context.remedy, vec![Act::Remedy]),
        ("no_remedy", &context.no_remedy, vec![Act::NoRemedy]),
    ]
}

struct Bench<'a> {
    standard: &'a Standard,
    detector: &'a Detector,
}

impl Bench<'_> {
    /// Runs one rule's examples; `find` gives what was found, with the credit where there is one.
    fn all(
        &self,
        rule: &str,
        hits: &[Sample],
        passes: &[Sample],
        find: impl Fn(&Sample) -> Vec<(String, Option<f64>)>,
        out: &mut Vec<ExampleOutcome>,
    ) {
        let mut push = |sample: &Sample, outcome| {
            out.push(ExampleOutcome { rule: rule.to_owned(), text: sample.text.clone(), outcome });
        };
        for sample in hits {
            push(sample, hit_outcome(sample, &find(sample)));
        }
        for sample in passes {
            let found = find(sample);
            push(
                sample,
                match found.first() {
                    None => Outcome::Right,
                    Some((found, _)) => Outcome::Noisy { found: found.clone() },
                },
            );
        }
    }

    fn hear(&self, text: &str) -> Arc<Heard> {
        self.detector.hear(text, &[])
    }

    /// The visitor's turn before, then the example.
    fn turns<'t>(&self, sample: &'t Sample) -> Vec<Spoken<'t>> {
        let other = if sample.role == Role::Visitor { Role::Staff } else { Role::Visitor };
        let spoken = |role, said: &'t str| Spoken {
            role,
            speaker: None,
            said,
            heard: self.hear(said),
            mention: false,
        };
        vec![spoken(other, &sample.before), spoken(sample.role, &sample.text)]
    }

    fn banned(&self, rule: usize, sample: &Sample) -> Vec<(String, Option<f64>)> {
        let turns = self.turns(sample);
        judge(self.standard, &turns)
            .iter()
            .filter(|j| j.turn == 1 && j.rule == rule && j.excused.is_none())
            .filter(|j| j.hit.confidence.value() >= self.standard.scoring.minimum)
            .map(|j| (j.hit.span.slice(&sample.text).to_owned(), None))
            .collect()
    }

    fn approved(&self, rule: usize, sample: &Sample) -> Vec<(String, Option<f64>)> {
        let turns = self.turns(sample);
        credits(self.standard, &turns, sample.channel.unwrap_or(Channel::Visit))
            .iter()
            .filter(|c| c.turn == 1 && c.rule == rule)
            .map(|c| (c.span.slice(&sample.text).to_owned(), Some(c.credit)))
            .collect()
    }

    /// Patterns without a verdict.
    fn act(&self, sample: &Sample, wanted: impl Fn(Act) -> bool) -> Vec<(String, Option<f64>)> {
        let heard = self.detector.hear_all(&sample.text);
        heard
            .hits
            .iter()
            .filter(|hit| wanted(hit.act))
            .map(|hit| (hit.span.slice(&sample.text).to_owned(), None))
            .collect()
    }
}

fn hit_outcome(sample: &Sample, found: &[(String, Option<f64>)]) -> Outcome {
    if found.is_empty() {
        return Outcome::Missing;
    }
    let same_credit = |credit: Option<f64>| match (sample.credit, credit) {
        (Some(wanted), Some(got)) => (wanted - got).abs() < 0.011,
        _ => true,
    };
    let is_found = |excerpt: &str| found.iter().any(|(text, credit)| text == excerpt && same_credit(*credit));
    if sample.excerpts.iter().filter_map(|range| sample.text.get(range.clone())).all(is_found) {
        return Outcome::Right;
    }
    let list: Vec<String> = found
        .iter()
        .map(|(text, credit)| match credit {
            Some(credit) => format!("{text} ({credit})"),
            None => text.clone(),
        })
        .collect();
    Outcome::Elsewhere { found: list.join(" / ") }
}
