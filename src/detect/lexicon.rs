//! Every pattern of a standard, compiled: literals for one automaton, an expression each, what it stands for.

use super::compile::{Characters, Sounds, clause_end, clause_start, expression, has_gap, pauses};
use super::literals::{reach, required, seeds};
use super::needs::Needs;
use super::quick::{Around, Quick};
use crate::normalize::{fold, symbols};
use crate::standard::pattern::{Node, Pattern};
use crate::standard::{ContextTable, Standard, Tier};
use crate::transcript::Role;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use regex::Regex;
use std::collections::BTreeMap;
use std::ops::Range;
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
    /// A look-alike of a situation.
    SituationUnless(u16),
    /// What this side of the counter says; whether hardly anybody else does.
    Telling(Role, bool),
    /// What only a visitor says.
    VisitorOnly,
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
    /// Speaks about what another said, farther on.
    QuoteAlong,
    /// Only looks like an introduction: one's own words, or the office's.
    NoQuote,
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
            Act::Banned(_)
                | Act::Part(..)
                | Act::Article(_)
                | Act::ArticleUnless(_)
                | Act::Situation(_)
                | Act::SituationUnless(_)
                | Act::Telling(..)
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
    /// Situations (indices) of which one must come before.
    pub(super) before: Vec<usize>,
    pub(super) remediable: Option<bool>,
    pub(super) gap: bool,
    pub(super) pauses: usize,
    pub(super) reach: usize,
    expression: OnceLock<Option<Regex>>,
    sounds: OnceLock<Option<Regex>>,
    needs: OnceLock<Needs>,
    sound_needs: OnceLock<Needs>,
    quick: OnceLock<Quick>,
    sound_quick: OnceLock<Quick>,
}

impl Entry {
    /// What a match over characters cannot do without.
    pub(super) fn needs(&self) -> &Needs {
        self.needs.get_or_init(|| Needs::of(&self.pattern.node, &Characters))
    }

    /// What rules out a match over characters.
    pub(super) fn quick(&self) -> &Quick {
        self.quick.get_or_init(|| Quick::of(&self.pattern, &Characters))
    }

    /// What rules out a match over sounds.
    pub(super) fn sound_quick(&self) -> &Quick {
        self.sound_quick.get_or_init(|| Quick::of(&self.pattern, &Sounds))
    }

    /// What a match over sounds cannot do without.
    pub(super) fn sound_needs(&self) -> &Needs {
        self.sound_needs.get_or_init(|| Needs::of(&self.pattern.node, &Sounds))
    }

    /// Whether the pattern asks for the start or the end of a clause.
    pub(super) fn is_anchored(&self) -> bool {
        self.pattern.starts_clause || self.pattern.ends_clause
    }
}

/// All patterns of a standard.
pub(super) struct Lexicon {
    pub(super) entries: Vec<Entry>,
    characters: Search,
    sounds: Search,
    lead: Node,
    particle: Node,
    edges: OnceLock<Option<(Regex, Regex)>>,
    /// Lead-in words and particles over characters and over sounds.
    pub(super) around: Around,
    pub(super) sound_around: Around,
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
        let (mut characters, mut sounds) = (Literals::default(), Literals::default());
        for (i, entry) in entries.iter().enumerate() {
            let literals = required(&entry.pattern.node).unwrap_or_default();
            for literal in &literals {
                characters.add(literal.chars().map(fold).collect(), i as u32);
            }
            if matches!(entry.act, Act::Banned(_)) && !(entry.gap && entry.tier == Tier::Paraphrase) {
                for literal in seeds(&entry.pattern.node, entry.tier == Tier::Paraphrase)
                    .iter()
                    .flat_map(|literal| spoken(literal))
                {
                    sounds.add(literal, i as u32);
                }
            }
        }
        let (characters, sounds) = rayon::join(|| characters.search(), || sounds.search());
        Lexicon {
            entries,
            characters,
            sounds,
            lead: standard.lead.clone(),
            particle: standard.particle.clone(),
            edges: OnceLock::new(),
            around: Around::new(&standard.lead, &standard.particle, &Characters),
            sound_around: Around::new(&standard.lead, &standard.particle, &Sounds),
        }
    }

    /// Every candidate in a normalised text.
    pub(super) fn candidates(&self, text: &str, out: &mut Vec<Candidate>) {
        self.characters.candidates(text, out);
    }

    /// Every candidate in the sound of a normalised text.
    pub(super) fn sound_candidates(&self, sound: &str, out: &mut Vec<Candidate>) {
        self.sounds.candidates(sound, out);
    }

    /// The expression of an entry over characters, compiled when first asked for.
    pub(super) fn expression<'a>(&self, entry: &'a Entry) -> Option<&'a Regex> {
        let compile =
            || Regex::new(&expression(&entry.pattern, &self.lead, &self.particle, &Characters)).ok();
        entry.expression.get_or_init(compile).as_ref()
    }

    /// The expression of an entry over sounds, compiled when first asked for.
    pub(super) fn sound_expression<'a>(&self, entry: &'a Entry) -> Option<&'a Regex> {
        let compile = || Regex::new(&expression(&entry.pattern, &self.lead, &self.particle, &Sounds)).ok();
        entry.sounds.get_or_init(compile).as_ref()
    }

    /// Whether `range` of a window fills its clause, lead-in words and particles aside.
    pub(super) fn fills_clause(&self, text: &str, range: &Range<usize>) -> bool {
        let (before, after) = (text.get(..range.start).unwrap_or(""), text.get(range.end..).unwrap_or(""));
        let edges = self.edges.get_or_init(|| {
            let lead = Regex::new(&format!("{}$", clause_start(&self.lead, &Characters))).ok()?;
            let tail = Regex::new(&format!("^{}", clause_end(&self.particle, &Characters))).ok()?;
            Some((lead, tail))
        });
        edges.as_ref().is_some_and(|(lead, tail)| lead.is_match(before) && tail.is_match(after))
    }
}

/// Polyphones multiply a literal's sounds up to this many.
const READINGS: usize = 16;

/// The sounds of a literal, polyphones by every reading.
pub(super) fn spoken(literal: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for c in literal.chars() {
        let mut readings = symbols(fold(c));
        if out.len() * readings.len() > READINGS {
            readings.truncate(1);
        }
        out = out.iter().flat_map(|head| readings.iter().map(move |s| format!("{head}{s}"))).collect();
    }
    out
}

/// Literals and the entries that they belong to.
#[derive(Default)]
struct Literals(BTreeMap<String, Vec<u32>>);

impl Literals {
    fn add(&mut self, literal: String, entry: u32) {
        let owners = self.0.entry(literal).or_default();
        if owners.last() != Some(&entry) {
            owners.push(entry);
        }
    }

    fn search(self) -> Search {
        let automaton = AhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(self.0.keys())
            .ok();
        Search { automaton, owners: self.0.into_values().collect() }
    }
}

/// One automaton and whose literal each of its patterns is.
struct Search {
    automaton: Option<AhoCorasick>,
    owners: Vec<Vec<u32>>,
}

impl Search {
    fn candidates(&self, text: &str, out: &mut Vec<Candidate>) {
        let Some(automaton) = &self.automaton else { return };
        for found in automaton.find_overlapping_iter(text) {
            let owners = self.owners.get(found.pattern().as_usize()).map_or(&[][..], Vec::as_slice);
            for entry in owners {
                out.push(Candidate { entry: *entry, start: found.start() as u32, end: found.end() as u32 });
            }
        }
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
                    entry.before = phrase.before.clone();
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
                self.add(
                    Act::Article(i as u16),
                    phrase.tier,
                    phrase.confidence.unwrap_or(1.0),
                    &phrase.pattern,
                );
            }
            self.plain(Act::ArticleUnless(i as u16), &rule.unless);
        }
        for (i, situation) in standard.situations.iter().enumerate() {
            self.plain(Act::Situation(i as u16), &situation.say);
            self.plain(Act::SituationUnless(i as u16), &situation.unless);
        }
        let tellings = &standard.tellings;
        for (role, telling) in [(Role::Staff, &tellings.staff), (Role::Visitor, &tellings.visitor)] {
            self.plain(Act::Telling(role, true), &telling.strong);
            self.plain(Act::Telling(role, false), &telling.weak);
        }
        self.plain(Act::VisitorOnly, &tellings.visitor.only);
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
        self.plain(Act::QuoteAlong, &context.quoting.along);
        self.plain(Act::NoQuote, &table(&context.no_quoting));
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
            before: Vec::new(),
            remediable: None,
            gap: has_gap(&pattern.node),
            pauses: pauses(&pattern.node),
            reach: reach(&pattern.node),
            expression: OnceLock::new(),
            sounds: OnceLock::new(),
            needs: OnceLock::new(),
            sound_needs: OnceLock::new(),
            quick: OnceLock::new(),
            sound_quick: OnceLock::new(),
        });
    }
}
