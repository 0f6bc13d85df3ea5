//! Every pattern of a standard, compiled: literals for one automaton, an expression each, what it stands for.

use super::compile::{Characters, expression, has_gap, pauses};
use super::literals::{reach, required};
use crate::normalize::fold;
use crate::standard::pattern::{Node, Pattern};
use crate::standard::{ContextTable, Standard, Tier};
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What a pattern stands for. Indices point into the lists of the [`Standard`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// A banned phrase.
    Banned(u16),
    /// A look-alike of a banned phrase.
    Unless(u16),
    /// A key part of an approved phrase: rule, variant, part.
    Part(u16, u8, u8),
    /// A polite formula of an approved phrase.
    Polite(u16),
    /// What meets an article rule.
    Article(u16),
    /// A look-alike of what an article rule hears.
    ArticleUnless(u16),
    /// A situation.
    Situation(u16),
    /// A polite formula.
    Cover,
    /// A polite enquiry.
    Question,
    /// Calming words.
    Comfort,
    /// Introduces another's speech.
    QuoteBefore,
    /// Closes another's speech.
    QuoteAfter,
    /// Speaks about phrases.
    Mention,
    /// A real next step.
    Remedy,
    /// Only looks like one.
    NoRemedy,
}

impl Act {
    /// Whether it is looked at only beside a banned hit.
    pub(super) fn is_context(self) -> bool {
        !matches!(
            self,
            Act::Banned(_) | Act::Part(..) | Act::Article(_) | Act::ArticleUnless(_) | Act::Situation(_)
        )
    }
}

/// One compiled pattern.
pub(super) struct Entry {
    pub(super) act: Act,
    pub(super) tier: Tier,
    /// 0..1 before any cost.
    pub(super) confidence: f64,
    pub(super) pattern: Pattern,
    /// Index of the situation that must come before.
    pub(super) before: Option<usize>,
    pub(super) remediable: Option<bool>,
    pub(super) gap: bool,
    pub(super) pauses: usize,
    pub(super) reach: usize,
    expression: OnceLock<Option<Regex>>,
}

/// All patterns of a standard.
pub(super) struct Lexicon {
    pub(super) entries: Vec<Entry>,
    automaton: Option<AhoCorasick>,
    /// Entries by literal.
    owners: Vec<Vec<u32>>,
    lead: Node,
    particle: Node,
}

/// A candidate: an entry whose literal stands at a place of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    pub(super) entry: u32,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Lexicon {
    pub(super) fn new(standard: &Standard) -> Self {
        let mut list = Collector { standard, entries: Vec::new() };
        list.all();
        let entries = list.entries;
        let mut literals: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (i, entry) in entries.iter().enumerate() {
            for literal in required(&entry.pattern.node).unwrap_or_default() {
                let folded: String = literal.chars().map(fold).collect();
                let owners = literals.entry(folded).or_default();
                if owners.last() != Some(&(i as u32)) {
                    owners.push(i as u32);
                }
            }
        }
        let automaton = AhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(literals.keys())
            .ok();
        let owners = literals.into_values().collect();
        Lexicon { entries, automaton, owners, lead: standard.lead.clone(), particle: standard.particle.clone() }
    }

    /// Every candidate in `text`, in order of entry and place.
    pub(super) fn candidates(&self, text: &str, out: &mut Vec<Candidate>) {
        let Some(automaton) = &self.automaton else { return };
        for found in automaton.find_overlapping_iter(text) {
            let owners = self.owners.get(found.pattern().as_usize()).map_or(&[][..], Vec::as_slice);
            for entry in owners {
                out.push(Candidate { entry: *entry, start: found.start() as u32, end: found.end() as u32 });
            }
        }
    }

    /// The expression of an entry, compiled when first asked for.
    pub(super) fn expression<'a>(&self, entry: &'a Entry) -> Option<&'a Regex> {
        entry
            .expression
            .get_or_init(|| Regex::new(&expression(&entry.pattern, &self.lead, &self.particle, &Characters)).ok())
            .as_ref()
    }
}

struct Collector<'a> {
    standard: &'a Standard,
    entries: Vec<Entry>,
}

impl Collector<'_> {
    fn all(&mut self) {
        let standard = self.standard;
        for (i, rule) in standard.banned.iter().enumerate() {
            for phrase in &rule.phrases {
                let default = standard.scoring.tier[phrase.tier as usize];
                let confidence = phrase.confidence.unwrap_or(default);
                self.add(Act::Banned(i as u16), phrase.tier, confidence, &phrase.pattern);
                if let Some(entry) = self.entries.last_mut() {
                    entry.before = phrase.before;
                    entry.remediable = phrase.remediable;
                }
            }
            self.plain(Act::Unless(i as u16), &rule.unless);
        }
        for (i, rule) in standard.approved.iter().enumerate() {
            for (v, variant) in rule.variants.iter().enumerate() {
                for (p, part) in variant.parts.iter().enumerate() {
                    self.plain(Act::Part(i as u16, v as u8, p as u8), &part.say);
                }
            }
            self.plain(Act::Polite(i as u16), &rule.polite);
        }
        for (i, rule) in standard.article_rules.iter().enumerate() {
            for phrase in &rule.phrases {
                self.add(Act::Article(i as u16), phrase.tier, phrase.confidence.unwrap_or(1.0), &phrase.pattern);
            }
            self.plain(Act::ArticleUnless(i as u16), &rule.unless);
        }
        for (i, situation) in standard.situations.iter().enumerate() {
            self.plain(Act::Situation(i as u16), &situation.say);
        }
        self.context();
    }

    fn context(&mut self) {
        let context = &self.standard.context;
        let table = |t: &ContextTable| t.say.clone();
        self.plain(Act::Cover, &table(&context.cover));
        self.plain(Act::Question, &table(&context.question));
        self.plain(Act::Comfort, &table(&context.comfort));
        self.plain(Act::QuoteBefore, &table(&context.quoting));
        self.plain(Act::QuoteAfter, &context.quoting.after);
        self.plain(Act::Mention, &table(&context.mention));
        self.plain(Act::Remedy, &table(&context.remedy));
        self.plain(Act::NoRemedy, &table(&context.no_remedy));
    }

    fn plain(&mut self, act: Act, patterns: &[Pattern]) {
        for pattern in patterns {
            self.add(act, Tier::Variant, 1.0, pattern);
        }
    }

    fn add(&mut self, act: Act, tier: Tier, confidence: f64, pattern: &Pattern) {
        self.entries.push(Entry {
            act,
            tier,
            confidence,
            pattern: pattern.clone(),
            before: None,
            remediable: None,
            gap: has_gap(&pattern.node),
            pauses: pauses(&pattern.node),
            reach: reach(&pattern.node),
            expression: OnceLock::new(),
        });
    }
}
