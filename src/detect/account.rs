//! An account of what was looked at in a turn, and why it was taken or left. Kept only when asked for: otherwise
//! [`Log`] is nothing, and noting costs one comparison.

use super::align::Alignment;
use super::boundary::words;
use super::callers::Candidate;
use super::hear::{Depth, Detector};
use super::lexicon::{Act, Entry};
use super::seeds::seeds;
use super::spelling::Literal;
use super::units::{Units, spoken};
use super::words::Wording;
use crate::normalize::{Edge, Normalized, View};
use crate::standard::Tier;
use crate::text::{Norm, Said, Span};
use std::cell::RefCell;

/// Everything that was looked at in a turn.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// Each view of the turn: its name and its text, pauses written in.
    pub views: Vec<(&'static str, String)>,
    /// The words of every clause of the plain view.
    pub words: Vec<Vec<String>>,
    /// What was looked at; for each pattern and place the view in which it came farthest.
    pub candidates: Vec<Candidacy>,
}

/// One place at which a banned phrase was looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidacy {
    /// What the pattern stands for.
    pub act: Act,
    /// The pattern, by number.
    pub pattern: u32,
    /// The pattern as its author wrote it.
    pub source: String,
    /// How far it stands from the item.
    pub tier: Tier,
    /// The view in which it was looked for.
    pub view: &'static str,
    /// Whether by sound, not by characters.
    pub by_sound: bool,
    /// The author's characters that called for a look.
    pub literal: String,
    /// Where they stand (for a match: the whole of it).
    pub span: Span<Said>,
    /// What became of it.
    pub fate: Fate,
}

/// What becomes of a place that was looked at, in the order of how far it came.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// The rest of the pattern is not there.
    Unmatched,
    /// A short phrase that punctuation breaks.
    Broken,
    /// By sound: too few characters are right.
    Unlike {
        /// As the pattern writes them.
        right: u32,
        /// Other characters of the same sound, or nearly so.
        wrong: u32,
    },
    /// An edge cuts words.
    Cut {
        /// The words cut.
        words: Vec<String>,
    },
    /// Heard.
    Weighed {
        /// Before any cost, 0..1.
        base: f64,
        /// Each step's word, what it costs once, how often.
        costs: Vec<(&'static str, f64, u32)>,
    },
}

impl Fate {
    fn rank(&self) -> u8 {
        match self {
            Fate::Unmatched => 0,
            Fate::Broken => 1,
            Fate::Unlike { .. } => 2,
            Fate::Cut { .. } => 3,
            Fate::Weighed { .. } => 4,
        }
    }
}

/// Where notes go, if anywhere.
#[derive(Clone, Copy, Default)]
pub(super) struct Log<'a>(Option<&'a RefCell<Vec<Candidacy>>>);

/// One entry looked at in one view.
pub(super) struct Look<'a> {
    pub(super) entry: &'a Entry,
    pub(super) view: &'a Normalized,
    /// Its candidates.
    pub(super) group: &'a [Candidate],
    /// The sounds where those are searched.
    pub(super) sound: Option<Heard<'a>>,
}

/// The sounds of a block, and the view's byte before each.
#[derive(Clone, Copy)]
pub(super) struct Heard<'a> {
    pub(super) units: &'a [u16],
    pub(super) at: &'a [u32],
    pub(super) words: Wording<'a>,
}

impl Heard<'_> {
    fn slice(&self, span: Span<Norm>) -> &[u16] {
        let place = |at: u32| self.at.partition_point(|place| *place < at);
        self.units.get(place(span.start)..place(span.end)).unwrap_or(&[])
    }
}

impl<'a> Log<'a> {
    pub(super) fn to(notes: &'a RefCell<Vec<Candidacy>>) -> Self {
        Log(Some(notes))
    }

    /// Whether anybody reads it.
    pub(super) fn is_kept(self) -> bool {
        self.0.is_some()
    }

    /// Notes what became of a match; `fate` is worked out only where someone asks.
    pub(super) fn note(self, look: &Look<'_>, norm: Span<Norm>, fate: impl FnOnce() -> Fate) {
        if let Some(notes) = self.0
            && matches!(look.entry.act, Act::Banned(_))
        {
            let inside = |c: &&Candidate| norm.start <= c.start && c.end <= norm.end;
            let Some(caller) = look.group.iter().find(inside).or(look.group.first()) else { return };
            notes.borrow_mut().push(look.candidacy(caller, norm, fate()));
        }
    }

    /// Notes the candidates that lie in none of the matches.
    pub(super) fn unmatched(self, look: &Look<'_>, matched: impl Fn(&Candidate) -> bool) {
        if let Some(notes) = self.0
            && matches!(look.entry.act, Act::Banned(_))
        {
            let left = look.group.iter().filter(|c| !matched(c));
            notes
                .borrow_mut()
                .extend(left.map(|c| look.candidacy(c, Span::new(c.start, c.end), Fate::Unmatched)));
        }
    }
}

impl Look<'_> {
    fn candidacy(&self, caller: &Candidate, norm: Span<Norm>, fate: Fate) -> Candidacy {
        Candidacy {
            act: self.entry.act,
            pattern: caller.entry,
            source: self.entry.pattern.source.clone(),
            tier: self.entry.tier,
            view: name(self.view.view),
            by_sound: self.sound.is_some(),
            literal: self.literal(Span::new(caller.start, caller.end)),
            span: self.view.map.hull(norm),
            fate,
        }
    }

    /// The author's characters: as they stand, or those that sound so.
    fn literal(&self, at: Span<Norm>) -> String {
        let Some(sound) = &self.sound else { return at.slice(&self.view.text).to_owned() };
        let letters = sound.words.letters;
        let seeds = seeds(&self.entry.pattern.node, self.entry.tier == Tier::Paraphrase, sound.words);
        let heard = Units::first(sound.slice(at));
        let alike = |seed: &Literal| {
            let mut alike = false;
            spoken(seed.letters(), letters, |units| alike |= units.begins_with(heard));
            alike
        };
        let text = |seed: Literal| seed.letters().iter().map(|id| letters.written(*id)).collect::<String>();
        seeds.into_iter().filter(alike).map(text).min().unwrap_or_default()
    }
}

/// A match by sound that is too far from the pattern.
pub(super) fn unlike(alignment: Alignment) -> Fate {
    Fate::Unlike { right: alignment.right, wrong: alignment.wrong + alignment.near }
}

/// The view's name in reports.
fn name(view: View) -> &'static str {
    match view {
        View::Plain => "plain",
        View::NoSounds => "no-sounds",
        View::NoRepeats => "no-repeats",
        View::NoFillers => "no-fillers",
    }
}

impl Detector {
    /// Hears a turn once more and keeps account of it.
    pub fn account(&self, said: &str, edges: &[Edge]) -> Account {
        let notes = RefCell::new(Vec::new());
        let views = self.views(said, edges);
        self.listen(said, &views, Depth::USUAL, Log::to(&notes));
        let texts = views.iter().map(|view| (name(view.view), super::block::with_marks(view)));
        Account {
            views: texts.collect(),
            words: views.first().map(|plain| self.clauses(plain)).unwrap_or_default(),
            candidates: farthest(notes.into_inner()),
        }
    }

    /// The words of every clause of a view.
    fn clauses(&self, view: &Normalized) -> Vec<Vec<String>> {
        let mut out: Vec<Vec<String>> = Vec::new();
        let mut breaks = view.breaks.iter().map(|b| b.at).peekable();
        for word in words(self.segmenter(), view) {
            let new = breaks.next_if(|at| *at <= word.start).is_some();
            match out.last_mut() {
                Some(clause) if !new => clause.push(word.slice(&view.text).to_owned()),
                _ => out.push(vec![word.slice(&view.text).to_owned()]),
            }
        }
        out
    }
}

/// For each pattern and place the candidacy that came farthest, first view first, in order of place.
fn farthest(mut all: Vec<Candidacy>) -> Vec<Candidacy> {
    all.sort_by_key(|c| std::cmp::Reverse(c.fate.rank()));
    let mut out: Vec<Candidacy> = Vec::new();
    for one in all {
        if !out.iter().any(|o| o.pattern == one.pattern && o.span.overlaps(one.span)) {
            out.push(one);
        }
    }
    out.sort_by_key(|c| (c.span, c.pattern));
    out
}
