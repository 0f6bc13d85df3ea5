//! A block of speech, made ready for programs: where each letter stands, where speech pauses.
//!
//! Nearly every turn is one narrow block. A long one is cut into wide blocks that overlap, each of which answers for
//! the matches that begin in its middle.

use super::letters::{Letters, STRANGER};
use super::places::Places;
use super::stands::Memo;
use super::units::sound_unit;
use crate::normalize::{CLASSES, Normalized, Strength, class};
use crate::text::{Norm, Span};
use std::cell::{Cell, RefCell};
use std::ops::Range;

/// Places of a block that the block before answers for: lead-in words stand there.
const LEFT: usize = 40;
/// Places that the next block answers for: the rest of a match stands there.
const RIGHT: usize = 120;

/// Characters of one view, pauses among them, and what is where.
pub(super) struct Block<const N: usize> {
    /// With marks: `、` an edge, `，` a weak pause, `。` a strong one.
    pub(super) chars: Vec<char>,
    /// The view's byte before each of them, and behind the last.
    at: Vec<u32>,
    /// The letters without the marks, their sounds, and the view's bytes.
    pub(super) bare: Vec<u16>,
    pub(super) bare_sounds: Vec<u16>,
    pub(super) bare_at: Vec<u32>,
    /// Edges and weak pauses.
    pub(super) weak: Places<N>,
    /// All pauses.
    pub(super) marks: Places<N>,
    /// All characters that are no marks.
    pub(super) words: Places<N>,
    /// All characters.
    pub(super) inside: Places<N>,
    /// Where a clause opens, and where one may close.
    pub(super) opens: Places<N>,
    pub(super) closes: Places<N>,
    /// The view's bytes for whose matches the block answers.
    pub(super) answers: Range<u32>,
    /// The view's byte at which the next block begins, if there is one.
    next: Option<u32>,
    letters: Vec<Places<N>>,
    /// One bit a letter: whether it stands anywhere.
    present: Vec<u64>,
    /// By class, where it is heard.
    classes: Vec<Places<N>>,
    /// What sounds like a letter, worked out when first asked for in this round.
    heard: Vec<Cell<(u32, Places<N>)>>,
    round: u32,
    /// Where words stand, by characters and by sounds.
    written: RefCell<Memo>,
    sounded: RefCell<Memo>,
}

/// How letters are told: by their characters or by their sounds.
pub(super) trait Ear<const N: usize> {
    /// Where a letter stands, or what may be heard for it.
    fn letter(&self, block: &Block<N>, id: u16) -> Places<N>;
    /// Whether a letter may be heard at all: one bit, where nothing else need be looked at.
    fn may_hear(&self, block: &Block<N>, id: u16) -> bool;
    /// Where the block remembers what was looked for in this way.
    fn memo<'b>(&self, block: &'b Block<N>) -> &'b RefCell<Memo>;
}

/// Letters as they are written.
pub(super) struct Written;

/// Letters as they sound.
pub(super) struct Sounded<'a>(pub(super) &'a Letters);

impl<const N: usize> Ear<N> for Written {
    #[inline]
    fn letter(&self, block: &Block<N>, id: u16) -> Places<N> {
        block.letter(id)
    }

    #[inline]
    fn may_hear(&self, block: &Block<N>, id: u16) -> bool {
        block.present.get(usize::from(id >> 6)).is_some_and(|word| word >> (id & 63) & 1 == 1)
    }

    #[inline]
    fn memo<'b>(&self, block: &'b Block<N>) -> &'b RefCell<Memo> {
        &block.written
    }
}

impl<const N: usize> Ear<N> for Sounded<'_> {
    #[inline]
    fn letter(&self, block: &Block<N>, id: u16) -> Places<N> {
        block.letter(id).with(block.heard(id, self.0))
    }

    #[inline]
    fn may_hear(&self, _: &Block<N>, _: u16) -> bool {
        true
    }

    #[inline]
    fn memo<'b>(&self, block: &'b Block<N>) -> &'b RefCell<Memo> {
        &block.sounded
    }
}

impl<const N: usize> Default for Block<N> {
    fn default() -> Self {
        Block {
            chars: Vec::new(),
            at: Vec::new(),
            bare: Vec::new(),
            bare_sounds: Vec::new(),
            bare_at: Vec::new(),
            weak: Places::default(),
            marks: Places::default(),
            words: Places::default(),
            inside: Places::default(),
            opens: Places::default(),
            closes: Places::default(),
            answers: 0..0,
            next: None,
            letters: Vec::new(),
            present: Vec::new(),
            classes: vec![Places::default(); CLASSES],
            heard: Vec::new(),
            round: 0,
            written: RefCell::default(),
            sounded: RefCell::default(),
        }
    }
}

impl<const N: usize> Block<N> {
    /// The block of `view` that begins at its byte `from`, behind the block that answers up to `answered`.
    pub(super) fn fill(&mut self, view: &Normalized, from: u32, answered: u32, letters: &Letters) {
        self.clear(letters.len());
        let breaks = view.breaks.get(view.breaks.partition_point(|b| b.at < from)..).unwrap_or(&[]);
        let mut breaks = breaks.iter().peekable();
        let text = view.text.get(from as usize..).unwrap_or("");
        let mut end = from;
        for c in text.chars() {
            let pause = breaks.next_if(|b| b.at == end);
            if self.chars.len() + usize::from(pause.is_some()) >= Places::<N>::MOST {
                break;
            }
            if let Some(pause) = pause {
                self.pause(pause.strength, end);
            }
            self.word(c, end, letters.id(c));
            end += c.len_utf8() as u32;
        }
        let last = end as usize == view.text.len();
        if let Some(pause) = breaks.next_if(|b| last && b.at == end)
            && self.chars.len() < Places::<N>::MOST
        {
            self.pause(pause.strength, end);
        }
        self.at.push(end);
        self.bare_at.push(end);
        self.finish(from == 0, last);
        self.answer(from, end, answered, last);
    }

    fn clear(&mut self, letters: usize) {
        for id in &self.bare {
            self.present.iter_mut().skip(usize::from(id >> 6)).take(1).for_each(|word| *word = 0);
        }
        forget(&mut self.letters, self.bare.drain(..));
        self.present.resize(letters.div_ceil(64), 0);
        forget(&mut self.classes, self.bare_sounds.drain(..));
        self.letters.resize(letters, Places::default());
        self.heard.resize(letters, Cell::default());
        self.round += 1;
        self.chars.clear();
        self.at.clear();
        self.bare_at.clear();
        (self.weak, self.marks) = (Places::default(), Places::default());
    }

    fn pause(&mut self, strength: Strength, at: u32) {
        let place = self.chars.len();
        self.marks.add(place);
        if strength < Strength::Strong {
            self.weak.add(place);
        }
        self.chars.push(match strength {
            Strength::Edge => '、',
            Strength::Weak => '，',
            Strength::Strong => '。',
        });
        self.at.push(at);
    }

    fn word(&mut self, c: char, at: u32, id: u16) {
        if id != STRANGER
            && let Some(places) = self.letters.get_mut(usize::from(id))
        {
            places.add(self.chars.len());
            self.present
                .iter_mut()
                .skip(usize::from(id >> 6))
                .take(1)
                .for_each(|word| *word |= 1 << (id & 63));
        }
        let sound = sound_unit(class(c), id);
        if let Some(places) = self.classes.get_mut(usize::from(sound)) {
            places.add(self.chars.len());
        }
        self.chars.push(c);
        self.at.push(at);
        self.bare.push(id);
        self.bare_sounds.push(sound);
        self.bare_at.push(at);
    }

    fn finish(&mut self, first: bool, last: bool) {
        let length = self.chars.len();
        self.inside = Places::first(length);
        self.words = self.inside.without(self.marks);
        self.opens = self.marks.on();
        if first {
            self.opens.add(0);
        }
        self.closes = self.marks;
        if last {
            self.closes.add(length);
        }
    }

    fn answer(&mut self, from: u32, end: u32, answered: u32, last: bool) {
        let place = |back: usize| self.at.get(self.chars.len().saturating_sub(back)).copied().unwrap_or(from);
        let to = if last { u32::MAX } else { place(RIGHT).max(answered) };
        self.answers = answered..to;
        self.next = (!last).then(|| place(RIGHT + LEFT).max(from)).filter(|next| *next > from && *next < end);
    }

    /// Where the next block of the view begins, and up to where this one answers.
    pub(super) fn next(&self) -> Option<(u32, u32)> {
        self.next.map(|next| (next, self.answers.end))
    }

    /// Counts what was filled in so far: what is known of a round holds for no other.
    pub(super) fn round(&self) -> u32 {
        self.round
    }

    /// Where a letter stands as it is written.
    #[inline]
    pub(super) fn letter(&self, id: u16) -> Places<N> {
        self.letters.get(usize::from(id)).copied().unwrap_or_default()
    }

    fn heard(&self, id: u16, letters: &Letters) -> Places<N> {
        let Some(cell) = self.heard.get(usize::from(id)) else { return Places::default() };
        let (round, places) = cell.get();
        if round == self.round {
            return places;
        }
        let places = letters.sounds(id).iter().filter_map(|class| self.classes.get(usize::from(*class)));
        let out = places.fold(Places::default(), |out, places| out.with(*places));
        cell.set((self.round, out));
        out
    }

    /// The view's span under a range of places; marks at its ends fall away.
    pub(super) fn norm(&self, range: &Range<usize>) -> Span<Norm> {
        let at = |place: usize| self.at.get(place).or(self.at.last()).copied().unwrap_or(0);
        Span::new(at(range.start), at(range.end))
    }

    /// The characters of a range of places, marks included.
    pub(super) fn slice(&self, range: &Range<usize>) -> &[char] {
        self.chars.get(range.clone()).unwrap_or(&[])
    }

    /// Marks inside a range: edges, weak and strong ones.
    pub(super) fn marks_in(&self, range: &Range<usize>) -> (usize, usize, usize) {
        let count = |mark: char| self.slice(range).iter().filter(|c| **c == mark).count();
        (count('、'), count('，'), count('。'))
    }
}

/// Empties the places of some units.
fn forget<const N: usize>(places: &mut [Places<N>], units: impl Iterator<Item = u16>) {
    for unit in units {
        if let Some(places) = places.get_mut(usize::from(unit)) {
            *places = Places::default();
        }
    }
}

/// A view's text with its pauses written in.
pub(super) fn with_marks(view: &Normalized) -> String {
    let (mut block, mut out, mut from) = (Block::<4>::default(), String::new(), 0);
    let letters = Letters::default();
    loop {
        block.fill(view, from, from, &letters);
        let to = block.next().map(|(next, _)| next);
        let shown = block.at.iter().zip(&block.chars).take_while(|(at, _)| to.is_none_or(|to| **at < to));
        out.extend(shown.map(|(_, c)| *c));
        match to {
            Some(to) => from = to,
            None => return out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::plain;
    use proptest::prelude::*;

    fn filled(said: &str) -> (Block<1>, Normalized) {
        let mut letters = Letters::default();
        letters.learn_all("你急什么等着");
        let (mut block, view) = (Block::default(), plain(said, &[]));
        block.fill(&view, 0, 0, &letters);
        (block, view)
    }

    #[test]
    fn pauses_are_marks_between_the_characters() {
        let (block, view) = filled("喂！你急什么，等着。嗯");
        assert_eq!(block.chars.iter().collect::<String>(), "喂。你急什么，等着。嗯");
        assert_eq!(block.norm(&(2..11)).slice(&view.text), "你急什么等着嗯");
        assert_eq!(block.norm(&(1..7)).slice(&view.text), "你急什么");
        assert_eq!(block.opens.iter().collect::<Vec<_>>(), [0, 2, 7, 10]);
        assert_eq!(block.closes.iter().collect::<Vec<_>>(), [1, 6, 9, 11]);
        assert_eq!(block.bare.len(), 8);
        assert!(block.next().is_none());
    }

    #[test]
    fn a_block_forgets_the_one_before() {
        let (mut block, _) = filled("你急什么");
        let mut letters = Letters::default();
        letters.learn_all("你急什么等着");
        block.fill(&plain("等着", &[]), 0, 0, &letters);
        assert!(block.letter(letters.id('急')).is_empty());
        assert_eq!(block.letter(letters.id('等')).iter().collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn a_block_takes_what_fits() {
        for count in [63, 64] {
            let mut block = Block::<1>::default();
            block.fill(&plain(&"急".repeat(count), &[]), 0, 0, &Letters::default());
            assert_eq!((block.chars.len(), block.closes.holds(63)), (63, count == 63));
        }
        let (block, _) = filled(&("急，".repeat(31) + "急"));
        assert_eq!((block.chars.len(), block.next()), (63, None));
    }

    proptest! {
        #[test]
        fn blocks_of_a_long_turn_answer_for_every_byte_once(said in "[你急什么，。x]{0,900}") {
            let (view, letters) = (plain(&said, &[]), Letters::default());
            let (mut block, mut from, mut answered) = (Block::<4>::default(), 0, 0);
            for _ in 0..200 {
                block.fill(&view, from, answered, &letters);
                prop_assert_eq!(block.answers.start, answered);
                let Some((next, until)) = block.next() else { break };
                prop_assert!(next > from && until >= answered);
                (from, answered) = (next, until);
            }
            prop_assert_eq!(block.answers.end, u32::MAX);
            prop_assert_eq!(with_marks(&view).chars().filter(|c| !"、，。".contains(*c)).collect::<String>(), view.text);
        }
    }
}
