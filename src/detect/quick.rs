//! Whether a place can hold a match at all: the pattern walked over sets of places, without any expression. Nearly
//! every candidate ends here, within a step or two; what is left is matched by the expression.

use super::compile::Alphabet;
use crate::normalize::fold;
use crate::standard::pattern::{Node, Pattern};

/// Places in a window of fewer than [`Places::MOST`] characters, one bit each.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Places([u64; 4]);

impl Places {
    const MOST: usize = 256;

    fn one(at: usize) -> Self {
        let mut out = Places::default();
        out.add(at);
        out
    }

    fn add(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at >> 6) {
            *word |= 1 << (at & 63);
        }
    }

    fn is_empty(&self) -> bool {
        self.0 == [0; 4]
    }

    fn with(mut self, other: Places) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(one, other)| *one |= other);
        self
    }

    fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(word, mut bits)| {
            std::iter::from_fn(move || {
                let bit = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Some(word * 64 + bit)
            })
        })
    }
}

/// Slips that are told apart: none to this many less one.
const LEVELS: usize = 4;

/// Places reached with no slip, with one, two, three: by sound more than three are no phrase any more.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Reach<const N: usize>([Places; N]);

impl<const N: usize> Default for Reach<N> {
    fn default() -> Self {
        Reach([Places::default(); N])
    }
}

impl<const N: usize> Reach<N> {
    fn at(places: Places) -> Self {
        let mut out = Reach::<N>::default();
        out.0.iter_mut().take(1).for_each(|level| *level = places);
        out
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(Places::is_empty)
    }

    fn with(mut self, other: Reach<N>) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(one, other)| *one = one.with(other));
        self
    }

    /// The same done to the places of every level.
    fn each(mut self, mut change: impl FnMut(Places) -> Places) -> Self {
        self.0.iter_mut().filter(|places| !places.is_empty()).for_each(|places| *places = change(*places));
        self
    }
}

/// A piece of a window: its characters, and their sounds where those are listened to.
#[derive(Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) chars: &'a [char],
    pub(super) heard: Option<&'a [char]>,
}

impl Piece<'_> {
    /// What alternatives are looked up by.
    fn key(&self, at: usize) -> Option<&char> {
        self.heard.unwrap_or(self.chars).get(at)
    }
}

/// One character of a pattern, and everything that may stand for it.
struct Class {
    own: char,
    all: Box<[char]>,
}

/// A pattern's tree with its characters looked up.
enum Step {
    Words(Box<[Class]>),
    Seq(Box<[Step]>),
    Alt(Choice),
    Opt(Box<Step>),
    Gap { most: usize, wide: bool },
    Pause,
}

/// Alternatives, found by the character that they begin with.
struct Choice {
    list: Box<[Step]>,
    /// First characters and the alternatives that may begin so, in order.
    first: Box<[(char, u16)]>,
    /// Alternatives that may begin with anything, or be empty.
    open: Box<[u16]>,
}

impl Choice {
    fn of(list: Box<[Step]>) -> Self {
        let (mut first, mut open) = (Vec::new(), Vec::new());
        for (step, i) in list.iter().zip(0..) {
            let mut chars = Vec::new();
            match step.first(&mut chars) {
                true => first.extend(chars.into_iter().map(|c| (c, i))),
                false => open.push(i),
            }
        }
        first.sort_unstable();
        first.dedup();
        Choice { list, first: first.into(), open: open.into() }
    }

    fn walk<const N: usize>(&self, piece: Piece<'_>, from: Reach<N>) -> Reach<N> {
        let part = |i: &u16| self.list.get(usize::from(*i));
        let open = self.open.iter().filter_map(part);
        let mut out = open.fold(Reach::<N>::default(), |out, step| out.with(step.walk(piece, from)));
        for (level, places) in from.0.iter().enumerate() {
            for at in places.iter() {
                let Some(c) = piece.key(at) else { continue };
                let begin = self.first.partition_point(|(first, _)| first < c);
                for (_, i) in self.first.iter().skip(begin).take_while(|(first, _)| first == c) {
                    let mut here = Reach::<N>::default();
                    here.0.iter_mut().skip(level).take(1).for_each(|places| *places = Places::one(at));
                    out = part(i).map_or(out, |step| out.with(step.walk(piece, here)));
                }
            }
        }
        out
    }
}

impl Step {
    /// The characters with which the step can begin; `false` where it may begin with anything or be empty.
    fn first(&self, out: &mut Vec<char>) -> bool {
        match self {
            Step::Words(classes) => classes.first().is_some_and(|class| {
                out.extend(class.all.iter());
                true
            }),
            Step::Seq(list) => {
                for step in list {
                    match step {
                        Step::Opt(inner) if inner.first(out) => {}
                        _ => return step.first(out),
                    }
                }
                false
            }
            Step::Alt(choice) => {
                out.extend(choice.first.iter().map(|(c, _)| *c));
                choice.open.is_empty()
            }
            Step::Opt(_) | Step::Gap { .. } | Step::Pause => false,
        }
    }

    fn of(node: &Node, alphabet: &dyn Alphabet) -> Self {
        let all = |list: &[Node]| list.iter().map(|part| Step::of(part, alphabet)).collect();
        match node {
            Node::Words(text) => {
                let class = |c| Class { own: c, all: alphabet.symbols(c).into() };
                Step::Words(text.chars().map(fold).map(class).collect())
            }
            Node::Seq(list) => Step::Seq(all(list)),
            Node::Alt(list) => Step::Alt(Choice::of(all(list))),
            Node::Opt(inner) => Step::Opt(Box::new(Step::of(inner, alphabet))),
            Node::Gap { most, wide } => Step::Gap { most: usize::from(*most), wide: *wide },
            Node::Pause => Step::Pause,
        }
    }

    /// Where the step may end that begins at one of `from`. Marks may stand behind every character: a little more is
    /// let through than the expression allows, never less.
    fn walk<const N: usize>(&self, piece: Piece<'_>, from: Reach<N>) -> Reach<N> {
        if from.is_empty() {
            return from;
        }
        match self {
            Step::Words(classes) => classes.iter().fold(from, |from, class| character(class, piece, from)),
            Step::Seq(list) => list.iter().fold(from, |from, step| step.walk(piece, from)),
            Step::Alt(choice) => choice.walk(piece, from),
            Step::Opt(inner) => from.with(inner.walk(piece, from)),
            Step::Gap { most, wide } => from.each(|places| gap(*most, *wide, piece.chars, places)),
            Step::Pause => from.each(|places| over_marks(piece.chars, places, true)),
        }
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '、' | '，' | '。')
}

/// The places and those behind the marks that stand there, weak ones only or all.
fn over_marks(chars: &[char], from: Places, strong: bool) -> Places {
    let mut out = from;
    for at in from.iter() {
        if chars.get(at).is_some_and(|c| is_mark(*c) && (strong || *c != '。')) {
            out.add(at + 1);
        }
    }
    out
}

/// One character on: as it stands on the same level, as it sounds a level higher.
fn character<const N: usize>(class: &Class, piece: Piece<'_>, from: Reach<N>) -> Reach<N> {
    let mut out = Reach::<N>::default();
    for (level, places) in from.0.iter().enumerate().filter(|(_, places)| !places.is_empty()) {
        for at in places.iter() {
            let slip = match (piece.chars.get(at), piece.heard.and_then(|heard| heard.get(at))) {
                (Some(c), _) if *c == class.own => 0,
                (_, Some(sound)) if class.all.contains(sound) => 1,
                _ => continue,
            };
            out.0.iter_mut().skip(level + slip).take(1).for_each(|places| places.add(at + 1));
        }
    }
    out.each(|places| over_marks(piece.chars, places, false))
}

fn gap(most: usize, wide: bool, chars: &[char], from: Places) -> Places {
    let mut out = Places::default();
    for at in from.iter() {
        let inside = |c: &&char| wide || !is_mark(**c);
        let more = chars.iter().skip(at).take(most).take_while(inside).count();
        (at..=at + more).for_each(|at| out.add(at));
    }
    over_marks(chars, out, false)
}

/// A pattern made ready to be ruled out.
pub(super) struct Quick {
    step: Step,
    starts_clause: bool,
    ends_clause: bool,
}

/// Lead-in words and particles, made ready likewise.
pub(super) struct Around {
    lead: Step,
    particle: Step,
}

impl Around {
    pub(super) fn new(lead: &Node, particle: &Node, alphabet: &dyn Alphabet) -> Self {
        Around { lead: Step::of(lead, alphabet), particle: Step::of(particle, alphabet) }
    }

    /// Where a clause's words may begin.
    fn starts(&self, piece: Piece<'_>) -> Places {
        let chars = piece.chars;
        let mut out = Places::default();
        (0..chars.len()).filter(|i| *i == 0 || behind_mark(chars, *i)).for_each(|at| out.add(at));
        let lead = |from: Places| from.with(united(self.lead.walk(piece, Reach::<LEVELS>::at(from))));
        lead(lead(out))
    }

    /// Whether a clause may end at one of `ends`, particles aside.
    fn ends(&self, piece: Piece<'_>, mut ends: Places) -> bool {
        loop {
            let end =
                |at: usize| piece.chars.get(at).is_none_or(|c| is_mark(*c)) || behind_mark(piece.chars, at);
            if ends.iter().any(end) {
                return true;
            }
            let more = ends.with(united(self.particle.walk(piece, Reach::<LEVELS>::at(ends))));
            if more == ends {
                return false;
            }
            ends = more;
        }
    }
}

/// The places of all levels: slips in lead-ins and particles do not count.
fn united<const N: usize>(reach: Reach<N>) -> Places {
    reach.0.into_iter().fold(Places::default(), Places::with)
}

fn behind_mark(chars: &[char], at: usize) -> bool {
    at > 0 && chars.get(at - 1).is_some_and(|c| is_mark(*c))
}

impl Quick {
    pub(super) fn of(pattern: &Pattern, alphabet: &dyn Alphabet) -> Self {
        Quick {
            step: Step::of(&pattern.node, alphabet),
            starts_clause: pattern.starts_clause,
            ends_clause: pattern.ends_clause,
        }
    }

    /// Whether a piece of a window may hold a match; by sound, one with a slip. Too many characters to tell may.
    pub(super) fn may_match(&self, piece: Piece<'_>, around: &Around) -> bool {
        let length = piece.chars.len();
        if length >= Places::MOST {
            return true;
        }
        let starts = match self.starts_clause {
            true => around.starts(piece),
            false => (0..length).fold(Places::default(), |out, at| out.with(Places::one(at))),
        };
        let ends = match piece.heard {
            None => united(self.step.walk(piece, Reach::<1>::at(starts))),
            Some(_) => {
                let mut ends = self.step.walk(piece, Reach::<LEVELS>::at(starts));
                ends.0.iter_mut().take(1).for_each(|exact| *exact = Places::default());
                united(ends)
            }
        };
        if self.ends_clause { around.ends(piece, ends) } else { !ends.is_empty() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::compile::{Characters, expression};
    use super::*;
    use crate::standard::Words;
    use crate::standard::pattern::parse;
    use proptest::prelude::*;

    const PATTERNS: [&str; 6] =
        ["有意见…找领导", "^不知道$", "[你]急(什么|啥)", "喊什么，等会儿", "^[我]真不知道", "急……什么$"];

    proptest! {
        #[test]
        fn what_the_expression_finds_is_never_ruled_out(
            which in 0..PATTERNS.len(),
            text in "[有意见找领导不知道急什么啥喊等会儿我真你说啊，。、]{0,14}",
        ) {
            let words = Words::from_lists(&[]);
            let (lead, particle) = (Node::Words("我说".into()), Node::Words("啊".into()));
            let pattern = parse(PATTERNS[which], &words).unwrap();
            let regex = regex::Regex::new(&expression(&pattern, &lead, &particle, &Characters)).unwrap();
            let chars: Vec<char> = text.chars().collect();
            let around = Around::new(&lead, &particle, &Characters);
            if regex.is_match(&text) {
                let piece = Piece { chars: &chars, heard: None };
                let may = Quick::of(&pattern, &Characters).may_match(piece, &around);
                prop_assert!(may, "ruled out: {}", text);
            }
        }
    }

    #[test]
    fn places_are_a_set() {
        let places = Places::one(3).with(Places::one(200)).with(Places::one(3));
        assert_eq!(places.iter().collect::<Vec<_>>(), [3, 200]);
    }

    #[test]
    fn most_candidates_are_ruled_out() {
        let words = Words::from_lists(&[]);
        let around = Around::new(&Node::Words("我说".into()), &Node::Words("啊".into()), &Characters);
        let may = |pattern: &str, text: &str| {
            let chars: Vec<char> = text.chars().collect();
            Quick::of(&parse(pattern, &words).unwrap(), &Characters)
                .may_match(Piece { chars: &chars, heard: None }, &around)
        };
        assert!(may("^不知道$", "。我说不知道啊。") && !may("^不知道$", "谁不知道"));
        assert!(!may("有意见…找领导", "有意见。找领导"));
    }
}
