//! A pattern as a short program over a block: all places at once forwards to see whether it matches at all, backwards
//! to know from where, then one walk for each match.
//!
//! What it finds is what the expression of the same pattern finds (`oracle.rs`): the leftmost start, longest
//! alternatives first, what may stand there taken, gaps as short as can be. A pause of the recogniser (an edge or a
//! comma) may stand between any two characters.

use super::block::Block;
use super::measure::reach;
use super::places::Places;
use super::stands::Stand;
use super::words::Wording;
use crate::standard::pattern::Node;

#[derive(Clone, Copy, Debug)]
enum Op {
    /// A word of this set.
    Words(u32),
    /// An edge or a weak pause, if one stands here.
    Stumble,
    /// Any pause, if one stands here.
    Pause,
    /// Up to so many characters of the clause, as few as can be.
    Gap(u8),
    /// Up to so many characters and pauses, as few as can be.
    Wide(u8),
    /// One of the targets in this range, the first that leads to a match.
    Fork(u32, u32),
    /// Goes on there.
    Jump(u32),
}

/// A compiled pattern, anchors aside.
#[derive(Debug)]
pub(super) struct Program {
    ops: Box<[Op]>,
    targets: Box<[u32]>,
}

/// The places reached before each step of a program, by the number of slips.
#[derive(Default)]
pub(super) struct States<const N: usize, const L: usize> {
    places: Vec<Reached<N, L>>,
    /// One bit a step: reached and not yet taken.
    open: Vec<u64>,
}

/// Places by the number of slips.
type Reached<const N: usize, const L: usize> = [Places<N>; L];

impl Program {
    pub(super) fn of(node: &Node, words: Wording<'_>) -> Self {
        let mut writer = Writer { words, ops: Vec::new(), targets: Vec::new() };
        writer.node(node);
        Program { ops: writer.ops.into(), targets: writer.targets.into() }
    }

    /// Where a match may end that starts at one of `from`, by its number of slips; more than `L - 1` are too many. With
    /// one level slips are not counted.
    pub(super) fn ends<const N: usize, const L: usize>(
        &self,
        stage: &impl Stage<N>,
        from: Places<N>,
        states: &mut States<N, L>,
    ) -> Reached<N, L> {
        let block = stage.block();
        let mut front = Front::over(states, self.ops.len() + 1);
        let mut first = [Places::default(); L];
        first.iter_mut().take(1).for_each(|none| *none = from);
        front.offer(0, first);
        while let Some((at, here)) = front.next() {
            let Some(op) = self.ops.get(at) else { return here };
            match *op {
                Op::Words(set) => front.offer(at + 1, step(stage, set, here)),
                Op::Stumble => front.offer(at + 1, here.map(|p| p.with(p.and(block.weak).on()))),
                Op::Pause => front.offer(at + 1, here.map(|p| p.with(p.and(block.marks).on()))),
                Op::Gap(most) => {
                    front.offer(at + 1, here.map(|p| smear(p, most, |p| p.and(block.words).on())));
                }
                Op::Wide(most) => {
                    front.offer(at + 1, here.map(|p| smear(p, most, |p| p.and(block.inside).on())));
                }
                Op::Fork(from, to) => {
                    self.fork(from, to).iter().for_each(|target| front.offer(*target as usize, here));
                }
                Op::Jump(to) => front.offer(to as usize, here),
            }
        }
        [Places::default(); L]
    }

    /// From where a match leads to one of `ends`. The states then tell the same for every step.
    pub(super) fn starts<const N: usize>(
        &self,
        stage: &impl Stage<N>,
        ends: Places<N>,
        states: &mut States<N, 1>,
    ) -> Places<N> {
        let block = stage.block();
        let states = &mut states.places;
        states.clear();
        states.resize(self.ops.len() + 1, [ends]);
        let state = |states: &[Reached<N, 1>], at: usize| states.get(at).map_or(Places::default(), |[p]| *p);
        for (at, op) in self.ops.iter().enumerate().rev() {
            let next = state(states, at + 1);
            let here = match *op {
                Op::Words(set) => {
                    let mut out = Places::default();
                    stage.each(set, |stand| {
                        if next.holds(usize::from(stand.end)) {
                            out.add(usize::from(stand.start));
                        }
                    });
                    out
                }
                Op::Stumble => next.with(next.back().and(block.weak)),
                Op::Pause => next.with(next.back().and(block.marks)),
                Op::Gap(most) => smear(next, most, |p| p.back().and(block.words)),
                Op::Wide(most) => smear(next, most, |p| p.back().and(block.inside)),
                Op::Fork(from, to) => {
                    let targets = self.fork(from, to).iter().map(|target| state(states, *target as usize));
                    targets.fold(Places::default(), Places::with)
                }
                Op::Jump(to) => state(states, to as usize),
            };
            states.iter_mut().skip(at).take(1).for_each(|state| *state = [here]);
        }
        state(states, 0)
    }

    /// The end of the match from `start`, which is one of [`Program::starts`]; `states` are its.
    pub(super) fn walk<const N: usize>(
        &self,
        stage: &impl Stage<N>,
        start: usize,
        states: &States<N, 1>,
    ) -> Option<usize> {
        let block = stage.block();
        let leads = |op: usize, at: usize| states.places.get(op).is_some_and(|[places]| places.holds(at));
        let (mut op, mut at) = (0, start);
        while let Some(step) = self.ops.get(op) {
            let next = op + 1;
            (op, at) = match *step {
                Op::Words(set) => {
                    let mut longest = None;
                    stage.each(set, |stand| {
                        let end = usize::from(stand.end);
                        if usize::from(stand.start) == at && leads(next, end) {
                            longest = longest.max(Some(end));
                        }
                    });
                    (next, longest?)
                }
                Op::Stumble if block.weak.holds(at) && leads(next, at + 1) => (next, at + 1),
                Op::Pause if block.marks.holds(at) && leads(next, at + 1) => (next, at + 1),
                Op::Stumble | Op::Pause => (next, at),
                Op::Gap(most) | Op::Wide(most) => {
                    (next, (at..=at + usize::from(most)).find(|at| leads(next, *at))?)
                }
                Op::Fork(from, to) => {
                    let mut targets = self.fork(from, to).iter();
                    (*targets.find(|target| leads(**target as usize, at))? as usize, at)
                }
                Op::Jump(to) => (to as usize, at),
            };
        }
        Some(at)
    }

    fn fork(&self, from: u32, to: u32) -> &[u32] {
        self.targets.get(from as usize..to as usize).unwrap_or(&[])
    }
}

/// What a program runs over: a block, and how its words are heard.
pub(super) trait Stage<const N: usize> {
    fn block(&self) -> &Block<N>;
    /// Every place of a word of a set.
    fn each(&self, set: u32, with: impl FnMut(&Stand));
}

/// One word on, with as many slips more as it has.
#[inline]
fn step<const N: usize, const L: usize>(
    stage: &impl Stage<N>,
    set: u32,
    here: Reached<N, L>,
) -> Reached<N, L> {
    let mut out = [Places::default(); L];
    stage.each(set, |stand| {
        let slips = if L == 1 { 0 } else { usize::from(stand.slips) };
        for (here, out) in here.iter().zip(out.iter_mut().skip(slips)) {
            if here.holds(usize::from(stand.start)) {
                out.add(usize::from(stand.end));
            }
        }
    });
    out
}

/// The steps that have been reached and not been taken yet.
struct Front<'s, const N: usize, const L: usize> {
    states: &'s mut States<N, L>,
    /// The word in which the next open step is looked for.
    word: usize,
}

impl<'s, const N: usize, const L: usize> Front<'s, N, L> {
    fn over(states: &'s mut States<N, L>, steps: usize) -> Self {
        if states.places.len() < steps {
            states.places.resize(steps, [Places::default(); L]);
        }
        states.open.clear();
        states.open.resize(steps.div_ceil(64), 0);
        Front { states, word: 0 }
    }

    /// Adds places to a step that is still to come.
    #[inline]
    fn offer(&mut self, step: usize, places: Reached<N, L>) {
        if places.iter().all(|places| places.is_empty()) {
            return;
        }
        let States { places: states, open } = &mut *self.states;
        let (Some(state), Some(word)) = (states.get_mut(step), open.get_mut(step >> 6)) else {
            return;
        };
        let bit = 1 << (step & 63);
        if *word & bit == 0 {
            *word |= bit;
            *state = places;
        } else {
            state.iter_mut().zip(places).for_each(|(one, more)| *one = one.with(more));
        }
    }

    /// The next open step and its places; steps only lead onwards.
    #[inline]
    fn next(&mut self) -> Option<(usize, Reached<N, L>)> {
        while let Some(word) = self.states.open.get_mut(self.word) {
            if *word != 0 {
                let step = self.word * 64 + word.trailing_zeros() as usize;
                *word &= *word - 1;
                return Some((step, self.states.places.get(step).copied()?));
            }
            self.word += 1;
        }
        None
    }
}

fn smear<const N: usize>(from: Places<N>, most: u8, step: impl Fn(Places<N>) -> Places<N>) -> Places<N> {
    let mut out = from;
    for _ in 0..most {
        let more = out.with(step(out));
        if more == out {
            break;
        }
        out = more;
    }
    out
}

struct Writer<'a> {
    words: Wording<'a>,
    ops: Vec<Op>,
    targets: Vec<u32>,
}

impl Writer<'_> {
    fn here(&self) -> u32 {
        u32::try_from(self.ops.len()).unwrap_or(u32::MAX)
    }

    fn node(&mut self, node: &Node) {
        if let Some(set) = self.words.set(node) {
            self.ops.push(Op::Words(set));
            return;
        }
        match node {
            Node::Words(_) => {}
            Node::Seq(list) => self.sequence(list),
            Node::Alt(list) => self.alternatives(list),
            Node::Opt(inner) => self.option(inner, false),
            Node::Gap { most, wide: false } => self.ops.push(Op::Gap(*most)),
            Node::Gap { most, wide: true } => self.ops.push(Op::Wide(*most)),
            Node::Pause => self.ops.push(Op::Pause),
        }
    }

    /// Parts joined so that a stumble may stand between any two.
    fn sequence(&mut self, list: &[Node]) {
        for (i, part) in list.iter().enumerate() {
            let last = i + 1 == list.len();
            match part {
                Node::Opt(inner) => self.option(inner, !last),
                _ => {
                    self.node(part);
                    if !last && !matches!(part, Node::Gap { wide: true, .. } | Node::Pause) {
                        self.ops.push(Op::Stumble);
                    }
                }
            }
        }
    }

    fn option(&mut self, inner: &Node, stumble: bool) {
        let fork = self.fork();
        let enter = self.here();
        self.node(inner);
        if stumble {
            self.ops.push(Op::Stumble);
        }
        let skip = self.here();
        self.aim(fork, &[enter, skip]);
    }

    /// Longest first: the match is the same whatever order the author chose.
    fn alternatives(&mut self, list: &[Node]) {
        let mut parts: Vec<&Node> = list.iter().collect();
        parts.sort_by_key(|part| std::cmp::Reverse(reach(part)));
        let fork = self.fork();
        let (mut targets, mut jumps) = (Vec::new(), Vec::new());
        for part in parts {
            targets.push(self.here());
            self.node(part);
            jumps.push(self.ops.len());
            self.ops.push(Op::Jump(0));
        }
        let end = self.here();
        for jump in jumps {
            self.ops.iter_mut().skip(jump).take(1).for_each(|op| *op = Op::Jump(end));
        }
        self.aim(fork, &targets);
    }

    /// A fork whose targets are not known yet.
    fn fork(&mut self) -> usize {
        self.ops.push(Op::Fork(0, 0));
        self.ops.len() - 1
    }

    fn aim(&mut self, fork: usize, targets: &[u32]) {
        let count = |targets: &[u32]| u32::try_from(targets.len()).unwrap_or(u32::MAX);
        let from = count(&self.targets);
        self.targets.extend(targets);
        let to = count(&self.targets);
        self.ops.iter_mut().skip(fork).take(1).for_each(|op| *op = Op::Fork(from, to));
    }
}
