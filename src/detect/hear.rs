//! From a turn's text to hits: candidates by the automaton, the check by expression, boundaries, confidence.

use super::boundary::{Fit, Words};
use super::how::HowSet;
use super::lexicon::{Act, Candidate, Entry, Lexicon};
use super::provenance::{Trace, steps_of};
use super::window::Window;
use crate::diagnostic::Confidence;
use crate::normalize::{Edge, Normalized, Strength, plain, views};
use crate::segment::Segmenter;
use crate::standard::Standard;
use crate::text::{Norm, Said, Span};
use std::collections::BTreeMap;

/// A match of up to this many characters may not be broken by punctuation: 行不，知道了 holds no 不知道.
const SHORT: usize = 4;

/// Hears turns. Built once, shared by all threads.
pub struct Detector {
    lexicon: Lexicon,
    segmenter: Segmenter,
    costs: BTreeMap<String, f64>,
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
    /// The situation (index) that must come before it.
    pub before: Option<usize>,
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

impl Detector {
    /// Compiles a standard.
    pub fn new(standard: &Standard) -> Self {
        Detector {
            lexicon: Lexicon::new(standard),
            segmenter: Segmenter::default(),
            costs: standard.scoring.costs.clone(),
        }
    }

    /// The pattern of a hit, as its author wrote it.
    pub fn pattern(&self, hit: &Hit) -> &str {
        self.lexicon.entries.get(hit.pattern as usize).map_or("", |e| e.pattern.source.as_str())
    }

    /// Hears one turn: its text and the pauses that the container knows of.
    pub fn hear(&self, said: &str, edges: &[Edge]) -> Heard {
        self.listen(said, edges, false)
    }

    /// Hears everything, context too where no banned phrase stands: for trying out patterns.
    pub fn hear_all(&self, said: &str) -> Heard {
        self.listen(said, &[], true)
    }

    fn listen(&self, said: &str, edges: &[Edge], always: bool) -> Heard {
        let base = plain(said, edges);
        let mut fluent = views(&base);
        fluent.insert(0, base);
        let mut hits = Vec::new();
        let mut candidates: Vec<Vec<Candidate>> = Vec::new();
        for view in &fluent {
            let mut found = Vec::new();
            self.lexicon.candidates(&view.text, &mut found);
            found.sort_unstable();
            self.verify(said, view, &found, false, &mut hits);
            candidates.push(found);
        }
        let banned = hits.iter().any(|h| matches!(h.act, Act::Banned(_)));
        let mut clauses = Vec::new();
        if banned || always {
            for (view, found) in fluent.iter().zip(&candidates) {
                self.verify(said, view, found, true, &mut hits);
            }
            clauses = fluent.first().map(|plain| clauses_of(plain, said)).unwrap_or_default();
        }
        Heard { hits: merge(hits), clauses }
    }

    /// Checks the candidates of one view: those of context, or the others.
    fn verify(&self, said: &str, view: &Normalized, found: &[Candidate], context: bool, hits: &mut Vec<Hit>) {
        let mut scene: Option<Scene<'_>> = None;
        for group in found.chunk_by(|a, b| a.entry == b.entry) {
            let Some(entry) = group.first().and_then(|c| self.lexicon.entries.get(c.entry as usize)) else {
                continue;
            };
            if entry.act.is_context() != context {
                continue;
            }
            let scene = scene.get_or_insert_with(|| Scene {
                said,
                view,
                window: Window::new(view),
                words: Words::new(&self.segmenter, view),
            });
            self.matches(scene, entry, group, hits);
        }
    }

    /// Every match of one entry around its candidates.
    fn matches(&self, scene: &mut Scene<'_>, entry: &Entry, group: &[Candidate], hits: &mut Vec<Hit>) {
        let Some(expression) = self.lexicon.expression(entry) else { return };
        let mut done = 0;
        for candidate in group {
            let at = scene.window.offset(candidate.start)..scene.window.offset(candidate.end);
            let range = scene.window.around(at, entry.reach);
            let mut from = range.start.max(done);
            let haystack = scene.window.text.get(..range.end).unwrap_or("").to_owned();
            while let Some(found) = expression.captures_at(&haystack, from) {
                let (Some(whole), Some(group)) = (found.get(0), found.get(1)) else { break };
                if let Some(hit) = self.hit(scene, entry, candidate.entry, group.range()) {
                    hits.push(hit);
                }
                // A closing mark of one match may open the next one's clause.
                from = group.end().max(whole.start() + 1);
                while !haystack.is_char_boundary(from) {
                    from += 1;
                }
                if from >= haystack.len() {
                    break;
                }
            }
            done = range.end;
        }
    }

    /// One match, weighed.
    fn hit(&self, scene: &mut Scene<'_>, entry: &Entry, number: u32, range: std::ops::Range<usize>) -> Option<Hit> {
        let (edges, weak, strong) = scene.window.marks_in(range.clone());
        let norm = scene.window.norm(range);
        let stumbles = (weak + strong).saturating_sub(entry.pauses);
        let banned = matches!(entry.act, Act::Banned(_));
        let length = norm.slice(&scene.view.text).chars().count();
        if banned && stumbles > 0 && length <= SHORT {
            return None;
        }
        let cut = match banned.then(|| scene.words.fit(norm)) {
            Some(Fit::Rival) => return None,
            Some(Fit::Cut(cost)) => cost,
            Some(Fit::Whole) | None => 0.0,
        };
        let span = scene.view.map.hull(norm);
        let said = span.slice(scene.said);
        let how = steps_of(&Trace { entry, view: scene.view.view, said, stumbles, edge: edges > 0 });
        let cost: f64 = how.iter().map(|h| self.costs.get(h.word()).copied().unwrap_or(0.0)).sum();
        Some(Hit {
            act: entry.act,
            span,
            confidence: Confidence::new(entry.confidence - cost - cut),
            how,
            pattern: number,
            before: entry.before,
            remediable: entry.remediable,
        })
    }
}

/// One view, made ready for expressions.
struct Scene<'a> {
    said: &'a str,
    view: &'a Normalized,
    window: Window,
    words: Words<'a>,
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

/// One hit for each act and place: the surest, then the longest, then the first pattern.
fn merge(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by(|a, b| {
        let surest = b.confidence.cmp(&a.confidence);
        let longest = b.span.len().cmp(&a.span.len());
        a.act.cmp(&b.act).then(surest).then(longest).then(a.span.cmp(&b.span)).then(a.pattern.cmp(&b.pattern))
    });
    let mut out: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        let taken = out.iter().rev().take_while(|h| h.act == hit.act).any(|h| {
            // A conditional pattern and an unconditional one stand side by side until the verdict.
            h.span.overlaps(hit.span) && h.before == hit.before
        });
        if !taken {
            out.push(hit);
        }
    }
    out.sort_by(|a, b| a.span.cmp(&b.span).then(a.act.cmp(&b.act)));
    out
}
