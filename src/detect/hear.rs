//! From a turn's text to hits: each view listened to, then what the clauses and the context say of it.

use super::account::Log;
use super::bench::{Bench, Desk, Pass};
use super::how::HowSet;
use super::lexicon::{Act, Lexicon};
use super::merge::merge;
use super::recall::{Cue, Recall};
use crate::diagnostic::Confidence;
use crate::normalize::{Edge, Normalized, Strength, plain, views};
use crate::segment::Segmenter;
use crate::standard::Standard;
use crate::text::{Norm, Said, Span};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Hears turns. Built once, shared by all threads.
pub struct Detector {
    lexicon: Lexicon,
    segmenter: Segmenter,
    costs: BTreeMap<String, f64>,
    /// Desks that no thread sits at.
    desks: Mutex<Vec<Desk>>,
    recall: Recall,
}

/// One thing heard.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What it stands for.
    pub act: Act,
    /// Where, in the turn's text.
    pub span: Span<Said>,
    /// How sure.
    pub confidence: Confidence,
    /// How it was heard.
    pub how: HowSet,
    /// The pattern that matched, as its author wrote it, by number.
    pub pattern: u32,
    /// Situations (indices) of which one must come before it; none where empty.
    pub before: Vec<usize>,
    /// Whether a real next step excuses it, where the pattern says so.
    pub remediable: Option<bool>,
}

/// What was heard in one turn.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// In order of place; context only where a banned phrase was heard.
    pub hits: Vec<Hit>,
    /// The clauses of the turn, in order; empty where no banned phrase was heard.
    pub clauses: Vec<Span<Said>>,
}

/// How closely a turn is listened to.
#[derive(Clone, Copy)]
pub(super) struct Depth {
    /// By sound too.
    sounds: bool,
    /// Context even where no banned phrase stands.
    context: bool,
}

impl Depth {
    pub(super) const WRITTEN: Depth = Depth { sounds: false, context: false };
    pub(super) const USUAL: Depth = Depth { sounds: true, context: false };
    pub(super) const ALL: Depth = Depth { sounds: true, context: true };
}

impl Detector {
    /// Compiles a standard.
    pub fn new(standard: &Standard) -> Self {
        Detector {
            lexicon: Lexicon::new(standard),
            segmenter: Segmenter::default(),
            costs: standard.scoring.costs.clone(),
            desks: Mutex::default(),
            recall: Recall::default(),
        }
    }

    /// The pattern of a hit, as its author wrote it.
    pub fn pattern(&self, hit: &Hit) -> &str {
        self.lexicon.entries.get(hit.pattern as usize).map_or("", |e| e.pattern.source.as_str())
    }

    /// Hears one turn: its text and the pauses that the container knows of.
    pub fn hear(&self, said: &str, edges: &[Edge]) -> Arc<Heard> {
        self.recalled(said, edges, Depth::USUAL)
    }

    /// Hears one turn by its characters only: enough where it is settled that no member of staff speaks, for what sounds
    /// like a banned phrase there is nobody's fault.
    pub fn hear_written(&self, said: &str, edges: &[Edge]) -> Arc<Heard> {
        self.recalled(said, edges, Depth::WRITTEN)
    }

    fn recalled(&self, said: &str, edges: &[Edge], depth: Depth) -> Arc<Heard> {
        let cue = Cue { said, edges, sounds: depth.sounds };
        self.recall.or_hear(cue, || self.listen(said, &self.views(said, edges), depth, Log::default()))
    }

    /// Hears everything, context too where no banned phrase stands: for trying out patterns.
    pub fn hear_all(&self, said: &str) -> Heard {
        self.listen(said, &self.views(said, &[]), Depth::ALL, Log::default())
    }

    /// The plain view, then the fluent ones that differ.
    pub(super) fn views(&self, said: &str, edges: &[Edge]) -> Vec<Normalized> {
        let base = plain(said, edges);
        let mut fluent = views(&base);
        fluent.insert(0, base);
        fluent
    }

    pub(super) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    pub(super) fn segmenter(&self) -> &Segmenter {
        &self.segmenter
    }

    pub(super) fn listen(&self, said: &str, fluent: &[Normalized], depth: Depth, log: Log<'_>) -> Heard {
        let mut desk = self.desk();
        let bench = Bench { lexicon: &self.lexicon, segmenter: &self.segmenter, costs: &self.costs, log };
        let (mut hits, mut anchored) = (Vec::new(), Vec::new());
        for view in fluent {
            let pass = Pass::Speech { sounds: depth.sounds };
            if bench.listen(said, view, pass, &mut desk, &mut hits) {
                anchored.push(view);
            }
        }
        between_phrases(said, &anchored, &bench, &mut desk, &mut hits);
        let mut clauses = Vec::new();
        if depth.context || hits.iter().any(|h| matches!(h.act, Act::Banned(_))) {
            for view in fluent {
                bench.listen(said, view, Pass::Context, &mut desk, &mut hits);
            }
            clauses = fluent.first().map(|plain| clauses_of(plain, said)).unwrap_or_default();
        }
        self.desks.lock().unwrap_or_else(PoisonError::into_inner).push(desk);
        Heard { hits: really_called(merge(hits)), clauses }
    }

    fn desk(&self) -> Desk {
        self.desks.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }
}

/// Whole-clause phrases where the recogniser dropped the punctuation: the edge of another banned phrase and a
/// sentence-final particle end a clause too (不知道我们下班了以后再说, 评估不是我们做的这个我不知道).
fn between_phrases(
    said: &str,
    views: &[&Normalized],
    bench: &Bench<'_>,
    desk: &mut Desk,
    hits: &mut Vec<Hit>,
) {
    if views.is_empty() {
        return;
    }
    let phrases = hits.iter().filter(|h| matches!(h.act, Act::Banned(_)) && h.before.is_empty());
    let mut edges: Vec<u32> = phrases.flat_map(|h| [h.span.start, h.span.end]).collect();
    edges.sort_unstable();
    for view in views.iter().filter_map(|view| view.with_pauses(&edges)) {
        bench.listen(said, &view, Pass::Anchored, desk, hits);
    }
}

/// Without the situations that a look-alike overlaps.
fn really_called(mut hits: Vec<Hit>) -> Vec<Hit> {
    let unlike = |hit: &Hit| match hit.act {
        Act::SituationUnless(situation) => Some((situation, hit.span)),
        _ => None,
    };
    let unlike: Vec<(u16, Span<Said>)> = hits.iter().filter_map(unlike).collect();
    if !unlike.is_empty() {
        let overlapped = |hit: &Hit| match hit.act {
            Act::Situation(s) => unlike.iter().any(|(other, span)| *other == s && span.overlaps(hit.span)),
            _ => false,
        };
        hits.retain(|hit| !overlapped(hit));
    }
    hits
}

/// The clauses of the plain view, as spans of the turn's text.
fn clauses_of(view: &Normalized, said: &str) -> Vec<Span<Said>> {
    let mut out = Vec::new();
    let mut from = 0;
    let end = u32::try_from(view.text.len()).unwrap_or(u32::MAX);
    let ends = view.breaks.iter().filter(|b| b.strength >= Strength::Weak).map(|b| b.at).chain([end]);
    for at in ends {
        if at > from {
            out.push(view.map.hull(Span::<Norm>::new(from, at)));
        }
        from = at;
    }
    if out.is_empty() {
        out.push(Span::of(0..said.len()));
    }
    out
}
