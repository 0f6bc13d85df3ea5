//! The check of candidates in one view: the expression around each, boundaries, sounds, confidence.

use super::account::{Fate, Log, Look, unlike};
use super::align::{Alignment, align};
use super::boundary::{Fit, Words};
use super::hear::Hit;
use super::how::{How, HowSet};
use super::lexicon::{Act, Candidate, Entry, Lexicon};
use super::needs::{CharSet, Needs};
use super::provenance::{Trace, steps_of};
use super::quick::{Around, Piece, Quick};
use super::window::Window;
use crate::diagnostic::Confidence;
use crate::normalize::{Normalized, sound};
use crate::segment::Segmenter;
use crate::standard::Tier;
use crate::text::{Norm, Span};
use regex::Regex;
use std::collections::BTreeMap;
use std::ops::Range;

/// A match of up to this many characters may not be broken by punctuation: 行不，知道了 holds no 不知道. By sound it
/// must fill its clause, with one character wrong at the most.
pub(super) const SHORT: usize = 4;
/// By sound, a match of up to this many characters may have two wrong, one of them nearly the same sound only.
const MIDDLE: u32 = 6;
/// Characters so common that a recogniser that writes one has most likely heard it: where the pattern is far from the
/// item's words, they are no slip.
const COMMON: &str = "的了是在有一不就都也还要我你您他她它这那个们去来会能到说和给对吧吗呢啊好没人上下大小中";

/// What a check needs of the detector.
pub(super) struct Bench<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) segmenter: &'a Segmenter,
    pub(super) costs: &'a BTreeMap<String, f64>,
    pub(super) log: Log<'a>,
}

/// One view, made ready for expressions.
struct Scene<'a> {
    said: &'a str,
    view: &'a Normalized,
    window: Window,
    words: Words<'a>,
}

impl Scene<'_> {
    /// Whether one of the matches holds the candidate.
    fn holds(&self, found: &[(u32, Range<usize>)], candidate: &Candidate) -> bool {
        let at = self.window.offset(candidate.start)..self.window.offset(candidate.end);
        found.iter().any(|(_, range)| range.start < at.end && at.start < range.end)
    }

    /// Whether what is written otherwise can be a slip at all. In a short phrase, and in other words for the act, it is
    /// none where it makes a word of the dictionary as it stands; far from the item's words it is no common character
    /// either, and only one that is nearly the same sound.
    fn believes(&mut self, entry: &Entry, range: &Range<usize>, alignment: Alignment) -> bool {
        let far = entry.tier == Tier::Paraphrase;
        if alignment.near > 0 && (entry.gap || far && alignment.near + alignment.wrong != 1) {
            return false;
        }
        let short = alignment.length() <= SHORT as u32;
        let slips = slips(self.window.text.get(range.clone()).unwrap_or(""), alignment.slips);
        slips.iter().all(|(at, c)| {
            !(far && COMMON.contains(*c)) && !((far || short) && self.in_a_word(range.start + at))
        })
    }

    /// Whether the character at a place of the window belongs to a longer word.
    fn in_a_word(&mut self, at: usize) -> bool {
        let at = self.window.norm(at..at).start;
        self.words.word_at(at).is_some_and(|word| word.slice(&self.view.text).chars().count() > 1)
    }

    /// The words that the edges of a match cut.
    fn rivals(&mut self, norm: Span<Norm>) -> Fate {
        let cut = self.words.cut(norm);
        Fate::Cut { words: cut.iter().map(|word| word.slice(&self.view.text).to_owned()).collect() }
    }
}

/// The characters of a view, as a whole and around a place.
struct Presence<'a> {
    text: &'a str,
    all: CharSet,
}

impl<'a> Presence<'a> {
    /// In a text of more bytes nearly every character is there: then only the surroundings tell.
    const LONG: usize = 240;

    fn new(text: &'a str) -> Self {
        Presence { text, all: CharSet::of(text) }
    }

    /// Whether the characters that the entry cannot do without are there.
    fn may_hold(&self, entry: &Entry, needs: &Needs, group: &[Candidate]) -> bool {
        needs.met_by(&self.all)
            && (self.text.len() <= Self::LONG
                || group.iter().any(|candidate| needs.met_by(&self.around(candidate, entry.reach))))
    }

    fn around(&self, candidate: &Candidate, reach: usize) -> CharSet {
        let bytes = reach * 4;
        let mut from = (candidate.start as usize).saturating_sub(bytes);
        let mut to = (candidate.end as usize + bytes).min(self.text.len());
        while !self.text.is_char_boundary(from) {
            from -= 1;
        }
        while !self.text.is_char_boundary(to) {
            to += 1;
        }
        CharSet::of(self.text.get(from..to).unwrap_or(""))
    }
}

/// One match, before it is weighed.
struct Found<'a> {
    look: &'a Look<'a>,
    number: u32,
    range: Range<usize>,
    /// By sound, how many characters are right and wrong.
    sound: Option<Alignment>,
}

impl Bench<'_> {
    /// Checks the candidates of one view whose entries are wanted.
    pub(super) fn verify(
        &self,
        said: &str,
        view: &Normalized,
        found: &[Candidate],
        wanted: impl Fn(&Entry) -> bool,
        hits: &mut Vec<Hit>,
    ) {
        let mut scene: Option<Scene<'_>> = None;
        let there = Presence::new(&view.text);
        for (entry, group) in self.groups(found).filter(|(entry, _)| wanted(entry)) {
            let look = Look { entry, view, group, sound: None };
            if !there.may_hold(entry, entry.needs(), group) {
                self.log.unmatched(&look, |_| false);
                continue;
            }
            let scene = scene.get_or_insert_with(|| self.scene(said, view));
            let sieve = Sieve { quick: entry.quick(), around: &self.lexicon.around };
            let text = scene.window.text.as_str();
            let ear = Ear {
                text,
                written: text,
                by_sound: false,
                sieve,
                expression: &|| self.lexicon.expression(entry),
            };
            let found = matches(&ear, &scene.window, entry, group);
            self.log.unmatched(&look, |candidate| scene.holds(&found, candidate));
            for (number, range) in found {
                hits.extend(self.weigh(scene, &Found { look: &look, number, range, sound: None }));
            }
        }
    }

    /// Checks candidates by sound. What is written right throughout was heard by its characters already.
    pub(super) fn verify_sounds(
        &self,
        said: &str,
        view: &Normalized,
        found: &[Candidate],
        hits: &mut Vec<Hit>,
    ) {
        let mut scene = self.scene(said, view);
        let (heard, plain) = (sound(&scene.window.text), sound(&view.text));
        let there = Presence::new(&plain);
        for (entry, group) in self.groups(found) {
            let look = Look { entry, view, group, sound: Some(&plain) };
            if !there.may_hold(entry, entry.sound_needs(), group) {
                self.log.unmatched(&look, |_| false);
                continue;
            }
            let sieve = Sieve { quick: entry.sound_quick(), around: &self.lexicon.sound_around };
            let written = scene.window.text.as_str();
            let ear = Ear {
                text: &heard,
                written,
                by_sound: true,
                sieve,
                expression: &|| self.lexicon.sound_expression(entry),
            };
            let found = matches(&ear, &scene.window, entry, group);
            self.log.unmatched(&look, |candidate| scene.holds(&found, candidate));
            for (number, range) in found {
                let written = scene.window.text.get(range.clone()).unwrap_or("");
                let Some(alignment) = align(&entry.pattern.node, written) else { continue };
                let fills = || self.lexicon.fills_clause(&scene.window.text, &range);
                if alignment.wrong + alignment.near == 0 {
                    continue;
                }
                if !plausible(alignment, fills) || !scene.believes(entry, &range, alignment) {
                    self.log.note(&look, scene.window.norm(range), || unlike(alignment));
                    continue;
                }
                let found = Found { look: &look, number, range, sound: Some(alignment) };
                hits.extend(self.weigh(&mut scene, &found));
            }
        }
    }

    fn groups<'c>(&self, found: &'c [Candidate]) -> impl Iterator<Item = (&Entry, &'c [Candidate])> {
        found.chunk_by(|a, b| a.entry == b.entry).filter_map(|group| {
            let entry = group.first().and_then(|c| self.lexicon.entries.get(c.entry as usize))?;
            Some((entry, group))
        })
    }

    fn scene<'a>(&'a self, said: &'a str, view: &'a Normalized) -> Scene<'a> {
        Scene { said, view, window: Window::new(view), words: Words::new(self.segmenter, view) }
    }

    /// One match, weighed; `None` where it is no hit after all.
    fn weigh(&self, scene: &mut Scene<'_>, found: &Found<'_>) -> Option<Hit> {
        let entry = found.look.entry;
        let (edges, weak, strong) = scene.window.marks_in(found.range.clone());
        let norm = scene.window.norm(found.range.clone());
        let stumbles = (weak + strong).saturating_sub(entry.pauses);
        let banned = matches!(entry.act, Act::Banned(_));
        let length = norm.slice(&scene.view.text).chars().count();
        if banned && stumbles > 0 && length <= SHORT {
            self.log.note(found.look, norm, || Fate::Broken);
            return None;
        }
        let cut = match banned.then(|| scene.words.fit(norm)) {
            Some(Fit::Rival) => {
                self.log.note(found.look, norm, || scene.rivals(norm));
                return None;
            }
            Some(Fit::Cut(cost)) => cost,
            Some(Fit::Whole) | None => 0.0,
        };
        let span = scene.view.map.hull(norm);
        let said = span.slice(scene.said);
        let mut how = steps_of(&Trace { entry, view: scene.view.view, said, stumbles, edge: edges > 0 });
        let mut cost: f64 = how.iter().map(|h| self.cost(h)).sum();
        if let Some(alignment) = found.sound {
            how.add_homophone();
            cost += self.cost(How::Homophone) * f64::from(alignment.wrong);
            cost += self.near_cost() * f64::from(alignment.near);
        }
        self.log.note(found.look, norm, || self.sum(entry, how, found.sound, cut));
        Some(Hit {
            act: entry.act,
            span,
            confidence: Confidence::new(entry.confidence - cost - cut),
            how,
            pattern: found.number,
            before: entry.before.clone(),
            remediable: entry.remediable,
        })
    }

    /// The sum of a confidence, written out.
    fn sum(&self, entry: &Entry, how: HowSet, sound: Option<Alignment>, cut: f64) -> Fate {
        let times = |how: How| match (how, sound) {
            (How::Homophone, Some(alignment)) => alignment.wrong,
            _ => 1,
        };
        let costs = how.iter().map(|how| (how.word(), self.cost(how), times(how)));
        let cut = (cut > 0.0).then_some(("boundary", cut, 1));
        let near = sound.map_or(0, |alignment| alignment.near);
        let near = (near > 0).then_some(("near", self.near_cost(), near));
        Fate::Weighed {
            base: entry.confidence,
            costs: costs.filter(|(_, cost, n)| *cost > 0.0 && *n > 0).chain(near).chain(cut).collect(),
        }
    }

    /// What a character of nearly the same sound costs.
    fn near_cost(&self) -> f64 {
        self.costs.get("near").copied().unwrap_or(0.0)
    }

    fn cost(&self, how: How) -> f64 {
        self.costs.get(how.word()).copied().unwrap_or(0.0)
    }
}

/// Whether so many wrong characters can still be the phrase.
fn plausible(alignment: Alignment, fills_clause: impl Fn() -> bool) -> bool {
    let Alignment { right, wrong, near, .. } = alignment;
    let length = alignment.length();
    match length {
        _ if length <= SHORT as u32 => {
            wrong + near == 1 && (near == 0 || right == SHORT as u32 - 1) && fills_clause()
        }
        _ if length <= MIDDLE => wrong + near <= 2 && near <= 1 && (near == 0 || fills_clause()),
        _ => wrong + near <= length / 2 && near <= 1,
    }
}

/// The characters that an alignment marks as slips, with their bytes.
fn slips(text: &str, marked: u64) -> Vec<(usize, char)> {
    let is_marked = |i: usize| marked.checked_shr(i as u32).unwrap_or(0) & 1 == 1;
    text.char_indices().enumerate().filter(|(i, _)| is_marked(*i)).map(|(_, place)| place).collect()
}

/// What rules out most places before an expression is asked.
struct Sieve<'a> {
    quick: &'a Quick,
    around: &'a Around,
}

impl Sieve<'_> {
    /// Whether a range of the window may hold a match.
    fn passes(&self, ear: &Ear<'_>, range: Range<usize>, buffer: &mut [Vec<char>; 2]) -> bool {
        let [chars, heard] = buffer;
        let fill = |into: &mut Vec<char>, text: &str| {
            into.clear();
            into.extend(text.get(range.clone()).unwrap_or("").chars());
        };
        fill(chars, ear.written);
        if ear.by_sound {
            fill(heard, ear.text);
        }
        let piece = Piece { chars, heard: ear.by_sound.then_some(heard.as_slice()) };
        self.quick.may_match(piece, self.around)
    }
}

/// One way of listening to a window: its characters, or their sounds.
struct Ear<'a> {
    /// What the expression is asked of.
    text: &'a str,
    /// The characters as they stand.
    written: &'a str,
    by_sound: bool,
    sieve: Sieve<'a>,
    /// The entry's expression, compiled only where the sieve lets something through.
    expression: &'a dyn Fn() -> Option<&'a Regex>,
}

/// Every match of one entry around its candidates: the entry's number and the range in the window.
fn matches(ear: &Ear<'_>, window: &Window, entry: &Entry, group: &[Candidate]) -> Vec<(u32, Range<usize>)> {
    let (mut out, mut buffer, mut done) = (Vec::new(), [Vec::new(), Vec::new()], 0);
    let mut ruled_out = 0..0;
    for candidate in group {
        let at = window.offset(candidate.start)..window.offset(candidate.end);
        let (range, cut) = window.around(at, entry.reach);
        // Several candidates of a short turn have one surrounding.
        if range == ruled_out || !ear.sieve.passes(ear, range.clone(), &mut buffer) {
            ruled_out = range;
            continue;
        }
        let Some(expression) = (ear.expression)() else { continue };
        let haystack = ear.text.get(..range.end).unwrap_or("");
        let mut from = range.start.max(done);
        while from < range.end {
            let Some(found) = expression.captures_at(haystack, from) else { break };
            let (Some(whole), Some(group)) = (found.get(0), found.get(1)) else { break };
            let open = cut && entry.pattern.ends_clause && whole.end() == range.end;
            if !open {
                out.push((candidate.entry, group.range()));
                done = done.max(group.end());
            }
            // A closing mark of one match may open the next one's clause.
            from = group.end().max(whole.start() + 1);
            while !haystack.is_char_boundary(from) {
                from += 1;
            }
        }
    }
    out
}
