//! Every pattern of a standard: tables of their literals, a program each, what it stands for.

use super::callers::{self, Callers, STRIDE};
use super::index::{Index, Literals};
use super::letters::Letters;
use super::literals::{Choice, required};
use super::matching::Around;
use super::measure::has_gap;
use super::needs::Needs;
use super::plan::Plan;
use super::seeds::{SYLLABLES, seeds};
use super::units::{Units, spoken};
use super::words::{Vocabulary, Wording};
use crate::standard::pattern::{Node, Pattern};
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
}

impl Entry {
    /// What is heard without a doubt, whatever comes before.
    pub(super) fn plain(act: Act, pattern: &Pattern) -> Self {
        Entry {
            act,
            tier: Tier::Variant,
            confidence: 1.0,
            pattern: pattern.clone(),
            before: Vec::new(),
            remediable: None,
        }
    }

    /// Whether it is a banned phrase that asks for the start or the end of a clause.
    pub(super) fn is_anchored_phrase(&self) -> bool {
        matches!(self.act, Act::Banned(_)) && (self.pattern.starts_clause || self.pattern.ends_clause)
    }

    /// Whether it is searched by sound too.
    fn is_sounded(&self) -> bool {
        matches!(self.act, Act::Banned(_)) && !(self.tier == Tier::Paraphrase && has_gap(&self.pattern.node))
    }
}

/// All patterns of a standard.
pub(super) struct Lexicon {
    pub(super) entries: Vec<Entry>,
    pub(super) letters: Letters,
    pub(super) vocabulary: Vocabulary,
    pub(super) around: Around,
    /// What is heard by its characters, context aside.
    pub(super) speech: Callers,
    /// What is looked at only beside a banned phrase.
    context: OnceLock<Callers>,
    /// What is heard by its sounds.
    pub(super) sounds: Index,
    /// By number of the entry.
    plans: Box<[OnceLock<Box<Plan>>]>,
}

/// Patterns that a standard seldom has more of.
const MANY: usize = 8192;
/// Letters by which the table looks literals up.
const LETTERS: usize = 2;

impl Lexicon {
    pub(super) fn new(standard: &Standard) -> Self {
        let mut list = Collector { standard, entries: Vec::with_capacity(MANY) };
        list.all();
        Lexicon::of(list.entries, &standard.lead, &standard.particle)
    }

    /// The lexicon of some patterns, with the words that may stand before and behind anchored ones.
    pub(super) fn of(entries: Vec<Entry>, lead: &Node, particle: &Node) -> Self {
        let (mut letters, mut vocabulary) = (Letters::default(), Vocabulary::default());
        let nodes = entries.iter().map(|entry| &entry.pattern.node);
        nodes.chain([lead, particle]).for_each(|node| vocabulary.learn(node, &mut letters));
        let words = Wording { letters: &letters, vocabulary: &vocabulary };
        let (sounds, speech) = rayon::join(|| sounded(&entries, words), || written(&entries, words, false));
        Lexicon {
            around: Around::new(lead, particle, words),
            plans: entries.iter().map(|_| OnceLock::new()).collect(),
            entries,
            letters,
            vocabulary,
            speech,
            context: OnceLock::new(),
            sounds,
        }
    }

    /// The table of context, made when the first banned phrase asks for it.
    pub(super) fn context(&self) -> &Callers {
        self.context.get_or_init(|| written(&self.entries, self.words(), true))
    }

    /// How its words are numbered.
    pub(super) fn words(&self) -> Wording<'_> {
        Wording { letters: &self.letters, vocabulary: &self.vocabulary }
    }

    /// What is run of an entry, made when first asked for.
    pub(super) fn plan(&self, number: u32) -> Option<&Plan> {
        let (plan, entry) = (self.plans.get(number as usize)?, self.entries.get(number as usize)?);
        Some(plan.get_or_init(|| Box::new(Plan::of(&entry.pattern, self.words()))))
    }
}

/// The table of what is heard by its characters.
fn written(entries: &[Entry], words: Wording<'_>, context: bool) -> Callers {
    let wanted = |entry: &Entry| entry.act.is_context() == context;
    let of = |entry: &Entry, number: u32, (literals, needs): &mut (Literals, Needs)| {
        let parts = calling(&entry.pattern.node, words);
        for (choice, part) in parts.iter().zip(0..) {
            let all: Vec<Units> = choice.literals(words);
            all.into_iter().for_each(|units| literals.add(units, number * STRIDE + part));
        }
        needs.add(number, &entry.pattern.node, &parts, &words);
    };
    let empty = || (Literals::with_room(SHARE * ROOM), Needs::default());
    let all = match context {
        // Asked for amid a check: whoever waits for other threads there may be given another check, and wait for itself.
        true => entries.chunks(SHARE).enumerate().map(|share| collected(share, wanted, empty, of)).collect(),
        false => shared(entries, |share| collected(share, wanted, empty, of)),
    };
    let (literals, needs): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let index = Literals::concat(&literals).index(LETTERS);
    let needs = needs.into_iter().fold(Needs::default(), Needs::with);
    let mut all = vec![0; entries.len()];
    index.owners().for_each(|owner| {
        all.iter_mut().skip((owner / STRIDE) as usize).take(1).for_each(|all| *all |= 1 << (owner % STRIDE));
    });
    Callers { index, all, needs }
}

/// The parts of a pattern that call for it.
fn calling<'a>(node: &'a Node, words: Wording<'_>) -> Vec<Choice<'a>> {
    let mut parts = required(node, callers::MOST, words);
    let rarest = parts.first().map_or(0.0, Choice::met);
    parts.retain(|part| part.met() <= rarest * callers::OFTENER);
    parts
}

/// The table of what is heard by its sounds.
fn sounded(entries: &[Entry], words: Wording<'_>) -> Index {
    let of = |entry: &Entry, number, out: &mut Literals| {
        for seed in seeds(&entry.pattern.node, entry.tier == Tier::Paraphrase, words) {
            spoken(seed.letters(), words.letters, |units| out.add(units, number));
        }
    };
    let empty = || Literals::with_room(SHARE * ROOM);
    let shares = shared(entries, |share| collected(share, Entry::is_sounded, empty, of));
    Literals::concat(&shares).index(SYLLABLES)
}

/// Entries that one thread collects from at a time.
const SHARE: usize = 256;
/// Literals that an entry seldom has more of.
const ROOM: usize = 64;

/// Shares of the entries, by number and one behind the other, dealt out to all threads.
fn shared<T: Send>(entries: &[Entry], work: impl Fn((usize, &[Entry])) -> T + Send + Sync) -> Vec<T> {
    entries.par_chunks(SHARE).enumerate().map(work).collect()
}

/// What is collected `of` the entries of a share that are wanted.
fn collected<T>(
    (share, entries): (usize, &[Entry]),
    wanted: impl Fn(&Entry) -> bool,
    empty: impl Fn() -> T,
    of: impl Fn(&Entry, u32, &mut T),
) -> T {
    let mut out = empty();
    for (entry, i) in entries.iter().zip(share * SHARE..).filter(|(entry, _)| wanted(entry)) {
        of(entry, u32::try_from(i).unwrap_or(u32::MAX), &mut out);
    }
    out
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
            self.entries.push(Entry::plain(act, pattern));
        }
    }

    fn add(&mut self, act: Act, tier: Tier, confidence: f64, pattern: &Pattern) {
        self.entries.push(Entry { tier, confidence, ..Entry::plain(act, pattern) });
    }
}

#[cfg(test)]
mod tests {
    use super::super::hear::Detector;
    use super::*;
    use crate::diagnostic::Lang;

    fn standard() -> Standard {
        Standard::embedded(Lang::Zh).unwrap()
    }

    #[test]
    fn something_calls_for_every_pattern() {
        let lexicon = Lexicon::new(&standard());
        let context = lexicon.context();
        for (at, entry) in lexicon.entries.iter().enumerate() {
            let callers = if entry.act.is_context() { context } else { &lexicon.speech };
            assert!(callers.all[at] & 1 == 1, "nothing calls for {}", entry.pattern.source);
        }
    }

    #[test]
    fn threads_of_one_pool_may_ask_for_the_context_together() {
        let standard = standard();
        for _ in 0..8 {
            let detector = Detector::new(&standard);
            let turns: Vec<String> = (0..64).map(|n| format!("{n}这事我管不着，你该找谁找谁去")).collect();
            assert!(turns.par_iter().all(|turn| !detector.hear(turn, &[]).clauses.is_empty()));
        }
    }
}
