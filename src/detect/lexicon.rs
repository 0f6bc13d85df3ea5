//! Every pattern of a standard: tables of their literals, a program each, what it stands for.

use super::index::{Index, Literals};
use super::letters::Letters;
use super::literals::{SYLLABLES, has_gap, pauses, required, seeds};
use super::matching::Around;
use super::needs::Needs;
use super::program::Program;
use super::units::{Characters, Sounds, spoken};
use crate::standard::pattern::Pattern;
use crate::standard::{ContextTable, Standard, Tier};
use crate::transcript::Role;
use rayon::prelude::*;
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
    program: OnceLock<Program>,
    needs: OnceLock<Needs>,
    sound_needs: OnceLock<Needs>,
}

impl Entry {
    /// Whether it is a banned phrase that asks for the start or the end of a clause.
    pub(super) fn is_anchored_phrase(&self) -> bool {
        matches!(self.act, Act::Banned(_)) && (self.pattern.starts_clause || self.pattern.ends_clause)
    }

    /// Whether it is searched by sound too.
    fn is_sounded(&self) -> bool {
        matches!(self.act, Act::Banned(_)) && !(self.gap && self.tier == Tier::Paraphrase)
    }
}

/// All patterns of a standard.
pub(super) struct Lexicon {
    pub(super) entries: Vec<Entry>,
    pub(super) letters: Letters,
    pub(super) around: Around,
    /// What is heard by its characters, context aside.
    pub(super) speech: Index,
    /// What is looked at only beside a banned phrase.
    context: OnceLock<Index>,
    /// What is heard by its sounds.
    pub(super) sounds: Index,
}

/// Letters by which the tables look literals up.
const LETTERS: usize = 2;
/// Units of a literal that the tables keep: the rest rules out next to nothing more.
const KEPT: usize = 4;

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
        let mut letters = Letters::default();
        entries.iter().map(|entry| &entry.pattern.node).for_each(|node| letters.learn(node));
        [&standard.lead, &standard.particle].into_iter().for_each(|node| letters.learn(node));
        let (sounds, speech) =
            rayon::join(|| sounded(&entries, &letters), || written(&entries, &letters, false));
        Lexicon {
            around: Around::new(&standard.lead, &standard.particle, &letters),
            entries,
            letters,
            speech,
            context: OnceLock::new(),
            sounds,
        }
    }

    /// The table of context, made when the first banned phrase asks for it.
    pub(super) fn context(&self) -> &Index {
        self.context.get_or_init(|| written(&self.entries, &self.letters, true))
    }

    /// The program of an entry, compiled when first asked for.
    pub(super) fn program<'a>(&self, entry: &'a Entry) -> &'a Program {
        entry.program.get_or_init(|| Program::of(&entry.pattern.node, &self.letters))
    }

    /// What a match of an entry over characters cannot do without.
    pub(super) fn needs<'a>(&self, entry: &'a Entry) -> &'a Needs {
        entry.needs.get_or_init(|| Needs::of(&entry.pattern.node, &Characters(&self.letters)))
    }

    /// What a match of an entry over sounds cannot do without.
    pub(super) fn sound_needs<'a>(&self, entry: &'a Entry) -> &'a Needs {
        entry.sound_needs.get_or_init(|| Needs::of(&entry.pattern.node, &Sounds(&self.letters)))
    }
}

/// The table of what is heard by its characters.
fn written(entries: &[Entry], letters: &Letters, context: bool) -> Index {
    let of = |entry: &Entry, number, out: &mut Literals| {
        for literal in required(&entry.pattern.node).unwrap_or_default() {
            out.add(literal.chars().iter().take(KEPT).map(|c| letters.id(*c)), number);
        }
    };
    collected(entries, |entry| entry.act.is_context() == context, of).index(LETTERS)
}

/// The table of what is heard by its sounds.
fn sounded(entries: &[Entry], letters: &Letters) -> Index {
    let of = |entry: &Entry, number, out: &mut Literals| {
        for seed in seeds(&entry.pattern.node, entry.tier == Tier::Paraphrase) {
            let seed = seed.chars().get(..KEPT).unwrap_or(seed.chars());
            spoken(seed, letters).into_iter().for_each(|units| out.add(units.into_iter(), number));
        }
    };
    collected(entries, Entry::is_sounded, of).index(SYLLABLES)
}

/// Entries whose literals one thread collects at a time.
const SHARE: usize = 256;

/// The literals of the entries that are wanted, collected by all threads.
fn collected(
    entries: &[Entry],
    wanted: impl Fn(&Entry) -> bool + Sync,
    of: impl Fn(&Entry, u32, &mut Literals) + Sync,
) -> Literals {
    let share = |(share, entries): (usize, &[Entry])| {
        let mut out = Literals::default();
        for (entry, i) in entries.iter().zip(share * SHARE..).filter(|(entry, _)| wanted(entry)) {
            of(entry, u32::try_from(i).unwrap_or(u32::MAX), &mut out);
        }
        out
    };
    let shares: Vec<Literals> = entries.par_chunks(SHARE).enumerate().map(share).collect();
    shares.into_iter().fold(Literals::default(), Literals::with)
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
            program: OnceLock::new(),
            needs: OnceLock::new(),
            sound_needs: OnceLock::new(),
        });
    }
}
