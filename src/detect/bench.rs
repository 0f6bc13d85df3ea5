//! The check of what a view calls for, block by block: the program of each pattern, boundaries, sounds, confidence.

use super::account::{Fate, Heard, Log, Look, unlike};
use super::align::{Alignment, align};
use super::block::{Block, Ear, Sounded, Written};
use super::boundary::{Fit, Words};
use super::callers::{Called, Candidate, Spoken};
use super::common::Chars;
use super::hear::Hit;
use super::how::{How, HowSet};
use super::lexicon::{Act, Entry, Lexicon};
use super::matching::{Pad, Room};
use super::needs::Needs;
use super::places::Places;
use super::plan::Plan;
use super::provenance::{Trace, steps_of};
use crate::diagnostic::Confidence;
use crate::normalize::Normalized;
use crate::segment::Segmenter;
use crate::standard::Tier;
use crate::text::{Norm, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// A match of up to this many characters may not be broken by punctuation: 行不，知道了 holds no 不知道. By sound it
/// must fill its clause, with one character wrong at the most.
pub(super) const SHORT: usize = 4;
/// By sound, a match of up to this many characters may have two wrong, one of them nearly the same sound only.
const MIDDLE: u32 = 6;
/// Characters so common that a recogniser that writes one has most likely heard it: where the pattern is far from the
/// item's words, they are no slip.
static COMMON: Chars =
    Chars::of("的了是在有一不就都也还要我你您他她它这那个们去来会能到说和给对吧吗呢啊好没人上下大小中");

/// By sound, levels of slips that are told apart: none, and up to three.
const LEVELS: usize = 4;

/// What a check needs of the detector.
pub(super) struct Bench<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) segmenter: &'a Segmenter,
    pub(super) costs: &'a BTreeMap<String, f64>,
    pub(super) log: Log<'a>,
}

/// What is listened for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    /// Everything but context; by sound too, or not.
    Speech { sounds: bool },
    /// Banned phrases that ask for the edge of a clause.
    Anchored,
    /// Context.
    Context,
}

impl Pass {
    fn wants(self, entry: &Entry) -> bool {
        self != Pass::Anchored || entry.is_anchored_phrase()
    }
}

/// Room to work in, kept from turn to turn.
#[derive(Default)]
pub(super) struct Desk {
    narrow: Blocks<1>,
    wide: Blocks<4>,
    called: Called,
}

/// A block and the states of programs over it.
#[derive(Default)]
struct Blocks<const N: usize> {
    block: Block<N>,
    written: Pad<N, 1>,
    sounded: Pad<N, LEVELS>,
}

/// One view, made ready.
struct Scene<'a> {
    said: &'a str,
    view: &'a Normalized,
    words: Words<'a>,
}

/// How a block is listened to.
struct Way<'a, const N: usize, E> {
    block: &'a Block<N>,
    ear: &'a E,
    needs: &'a Needs,
    /// The sounds where those are searched.
    sound: Option<Heard<'a>>,
}

/// One match, before it is weighed.
struct Found<'a> {
    look: &'a Look<'a>,
    plan: &'a Plan,
    number: u32,
    range: Range<usize>,
    /// By sound, how many characters are right and wrong.
    sound: Option<Alignment>,
}

impl Bench<'_> {
    /// Listens to one view. Whether an anchored banned phrase was called for.
    pub(super) fn listen(
        &self,
        said: &str,
        view: &Normalized,
        pass: Pass,
        desk: &mut Desk,
        hits: &mut Vec<Hit>,
    ) -> bool {
        let mut scene = Scene { said, view, words: Words::new(self.segmenter, view) };
        let places = view.breaks.len() + view.text.chars().count();
        match places <= Places::<1>::MOST {
            true => self.blocks(&mut scene, pass, &mut desk.narrow, &mut desk.called, hits),
            false => self.blocks(&mut scene, pass, &mut desk.wide, &mut desk.called, hits),
        }
    }

    fn blocks<const N: usize>(
        &self,
        scene: &mut Scene<'_>,
        pass: Pass,
        blocks: &mut Blocks<N>,
        called: &mut Called,
        hits: &mut Vec<Hit>,
    ) -> bool {
        let (mut from, mut answered, mut anchored) = (0, 0, false);
        loop {
            let Blocks { block, written, sounded } = blocks;
            block.fill(scene.view, from, answered, &self.lexicon.letters);
            anchored |= self.by_letters(scene, block, pass, written, called, hits);
            if pass == (Pass::Speech { sounds: true }) {
                self.by_sounds(scene, block, sounded, called, hits);
            }
            match block.next() {
                Some(next) => (from, answered) = next,
                None => return anchored,
            }
        }
    }

    fn by_letters<const N: usize>(
        &self,
        scene: &mut Scene<'_>,
        block: &Block<N>,
        pass: Pass,
        pad: &mut Pad<N, 1>,
        called: &mut Called,
        hits: &mut Vec<Hit>,
    ) -> bool {
        let lexicon = self.lexicon;
        let callers = if pass == Pass::Context { lexicon.context() } else { &lexicon.speech };
        let account = self.log.is_kept();
        called.by_letters(callers, Spoken { units: &block.bare, at: &block.bare_at, account });
        if called.entries.is_empty() {
            return false;
        }
        let way = Way { block, ear: &Written, needs: &callers.needs, sound: None };
        self.run(scene, &way, pass, called, pad, |scene, look, (number, plan), range| {
            hits.extend(self.weigh(scene, block, &Found { look, plan, number, range, sound: None }));
        })
    }

    /// Banned phrases in other characters of the same sound. What is written right throughout was heard by its
    /// characters already.
    fn by_sounds<const N: usize>(
        &self,
        scene: &mut Scene<'_>,
        block: &Block<N>,
        pad: &mut Pad<N, LEVELS>,
        called: &mut Called,
        hits: &mut Vec<Hit>,
    ) {
        let lexicon = self.lexicon;
        let heard = Heard { units: &block.bare_sounds, at: &block.bare_at, words: lexicon.words() };
        let spoken = Spoken { units: heard.units, at: heard.at, account: self.log.is_kept() };
        called.by_sounds(&lexicon.sounds, lexicon.entries.len(), spoken);
        if called.entries.is_empty() {
            return;
        }
        let ear = Sounded(&lexicon.letters);
        let way = Way { block, ear: &ear, needs: &lexicon.speech.needs, sound: Some(heard) };
        self.run(scene, &way, Pass::Speech { sounds: true }, called, pad, |scene, look, plan, range| {
            hits.extend(self.sounded(scene, block, look, plan, range));
        });
    }

    /// Runs what was called for: most of it is ruled out by what it needs. Whether an anchored banned phrase was run.
    fn run<const N: usize, const L: usize, E: Ear<N>>(
        &self,
        scene: &mut Scene<'_>,
        way: &Way<'_, N, E>,
        pass: Pass,
        called: &Called,
        pad: &mut Pad<N, L>,
        mut found: impl FnMut(&mut Scene<'_>, &Look<'_>, (u32, &Plan), Range<usize>),
    ) -> bool {
        let Way { block, ear, needs, sound } = *way;
        let (lexicon, room) = (self.lexicon, Room::new(block, ear, self.lexicon));
        let mut anchored = false;
        for (number, entry) in self.entries(called).filter(|(_, entry)| pass.wants(entry)) {
            let group = called.of(number);
            let look = Look { entry, view: scene.view, group: &group, sound };
            if !needs.met(number, block, ear, &lexicon.vocabulary) {
                self.log.unmatched(&look, |_| false);
                continue;
            }
            let Some(plan) = lexicon.plan(number) else { continue };
            anchored |= entry.is_anchored_phrase();
            let matches = room.matches(plan, pad);
            self.log.unmatched(&look, |candidate| holds(block, &matches, candidate));
            matches.into_iter().for_each(|range| found(scene, &look, (number, plan), range));
        }
        anchored
    }

    fn sounded<const N: usize>(
        &self,
        scene: &mut Scene<'_>,
        block: &Block<N>,
        look: &Look<'_>,
        (number, plan): (u32, &Plan),
        range: Range<usize>,
    ) -> Option<Hit> {
        let alignment = align(&look.entry.pattern.node, block.slice(&range))?;
        if alignment.wrong + alignment.near == 0 {
            return None;
        }
        let fills = || Room::new(block, &Written, self.lexicon).fills_clause(&range);
        if !plausible(alignment, fills) || !scene.believes(block, (look.entry, plan), &range, alignment) {
            self.log.note(look, block.norm(&range), || unlike(alignment));
            return None;
        }
        self.weigh(scene, block, &Found { look, plan, number, range, sound: Some(alignment) })
    }

    fn entries<'c>(&self, called: &'c Called) -> impl Iterator<Item = (u32, &Entry)> + use<'_, 'c> {
        let all = &self.lexicon.entries;
        called.entries.iter().filter_map(move |number| Some((*number, all.get(*number as usize)?)))
    }

    /// One match, weighed; `None` where it is no hit after all.
    fn weigh<const N: usize>(
        &self,
        scene: &mut Scene<'_>,
        block: &Block<N>,
        found: &Found<'_>,
    ) -> Option<Hit> {
        let entry = found.look.entry;
        let (edges, weak, strong) = block.marks_in(&found.range);
        let norm = block.norm(&found.range);
        if !block.answers.contains(&norm.start) {
            return None;
        }
        let stumbles = (weak + strong).saturating_sub(found.plan.pauses);
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
        let mut how = steps_of(&Trace {
            entry,
            gap: found.plan.gap,
            view: scene.view.view,
            said,
            stumbles,
            edge: edges > 0,
        });
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

impl Scene<'_> {
    /// Whether what is written otherwise can be a slip at all. In a short phrase, and in other words for the act, it is
    /// none where it makes a word of the dictionary as it stands; far from the item's words it is no common character
    /// either, and only one that is nearly the same sound.
    fn believes<const N: usize>(
        &mut self,
        block: &Block<N>,
        (entry, plan): (&Entry, &Plan),
        range: &Range<usize>,
        alignment: Alignment,
    ) -> bool {
        let far = entry.tier == Tier::Paraphrase;
        if alignment.near > 0 && (plan.gap || far && alignment.near + alignment.wrong != 1) {
            return false;
        }
        let short = alignment.length() <= SHORT as u32;
        let is_slip = |i: &usize| alignment.slips.checked_shr(*i as u32).unwrap_or(0) & 1 == 1;
        let slips = block.slice(range).iter().enumerate().filter(|(i, _)| is_slip(i));
        slips.into_iter().all(|(i, c)| {
            let at = range.start + i;
            !(far && COMMON.holds(*c)) && !((far || short) && self.in_a_word(block.norm(&(at..at)).start))
        })
    }

    /// Whether the character at a place of the view belongs to a longer word.
    fn in_a_word(&mut self, at: u32) -> bool {
        self.words.word_at(at).is_some_and(|word| word.slice(&self.view.text).chars().count() > 1)
    }

    /// The words that the edges of a match cut.
    fn rivals(&mut self, norm: Span<Norm>) -> Fate {
        let cut = self.words.cut(norm);
        Fate::Cut { words: cut.iter().map(|word| word.slice(&self.view.text).to_owned()).collect() }
    }
}

/// Whether one of the matches holds the candidate.
fn holds<const N: usize>(block: &Block<N>, found: &[Range<usize>], candidate: &Candidate) -> bool {
    let at = Span::<Norm>::new(candidate.start, candidate.end);
    found.iter().any(|range| block.norm(range).overlaps(at))
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
