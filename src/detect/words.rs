//! The words that patterns are made of, in sets of which one stands at a place: `急`, `(什么|啥)`, a whole word class.
//!
//! A set is looked for in a block once, whatever patterns ask for it, and the block remembers where its words stand
//! (`stands.rs`).

use super::letters::Letters;
use super::measure::Size;
use crate::standard::pattern::Node;
use hashbrown::HashMap;
use std::ops::Range;

/// Words of which one stands at a place.
#[derive(Debug)]
struct Set {
    /// Its words, by number.
    words: Range<u32>,
    /// What is told of its size, beside how many they are.
    shortest: u32,
    met: f32,
}

/// How the words of patterns are numbered.
#[derive(Clone, Copy)]
pub(super) struct Wording<'a> {
    pub(super) letters: &'a Letters,
    pub(super) vocabulary: &'a Vocabulary,
}

impl Wording<'_> {
    /// The set of the words that a node may be, if it is nothing but words.
    pub(super) fn set(&self, node: &Node) -> Option<u32> {
        self.vocabulary.set(node, self.letters)
    }
}

/// All sets of words of a pack, numbered.
#[derive(Default)]
pub(super) struct Vocabulary {
    sets: Vec<Set>,
    /// The first letter of every word: most words are ruled out by it.
    firsts: Vec<u16>,
    /// All other letters, word by word, and where those of each word end.
    rests: Vec<u16>,
    ends: Vec<u32>,
    /// Sets of one word, by its letters.
    single: HashMap<Box<[u16]>, u32>,
    /// Sets of several, by where the pattern keeps them: a word class is kept once for all patterns. `None` where an
    /// alternative is more than words.
    several: HashMap<usize, Option<u32>>,
}

impl Vocabulary {
    /// Learns all sets of a pattern; the patterns must outlive what is asked of their nodes.
    pub(super) fn learn(&mut self, node: &Node, letters: &mut Letters) {
        match node {
            Node::Words(text) => self.learn_single(text, letters),
            Node::Alt(list) if self.several.contains_key(&place(list)) => {}
            Node::Alt(list) => {
                let set = self.learn_several(node, letters);
                self.several.insert(place(list), set);
                if set.is_none() {
                    list.iter().for_each(|part| self.learn(part, letters));
                }
            }
            Node::Seq(list) => list.iter().for_each(|part| self.learn(part, letters)),
            Node::Opt(inner) => self.learn(inner, letters),
            Node::Gap { .. } | Node::Pause => {}
        }
    }

    fn learn_single(&mut self, text: &str, letters: &mut Letters) {
        let (rests, first) = (self.rests.len(), small(self.firsts.len()));
        let size = self.add(text, letters);
        let start = self.firsts.last().copied().filter(|_| size.shortest > 0);
        let word: Box<[u16]> = start.into_iter().chain(self.rests.iter().skip(rests).copied()).collect();
        if word.is_empty() || self.single.contains_key(&word) {
            self.firsts.truncate(first as usize);
            self.rests.truncate(rests);
            self.ends.truncate(first as usize);
            return;
        }
        self.single.insert(word, small(self.sets.len()));
        self.close_set(first, size);
    }

    fn learn_several(&mut self, node: &Node, letters: &mut Letters) -> Option<u32> {
        let mut list = Vec::new();
        plain(node, &mut list)?;
        let first = small(self.firsts.len());
        let sizes = list.into_iter().map(|text| self.add(text, letters));
        let size = sizes.fold(Size::NONE, Size::or);
        self.close_set(first, size);
        Some(small(self.sets.len() - 1))
    }

    /// Adds a word.
    fn add(&mut self, text: &str, letters: &mut Letters) -> Size {
        let mut ids = text.chars().map(|c| letters.learn(c));
        self.firsts.extend(ids.next());
        self.rests.extend(ids);
        self.ends.push(small(self.rests.len()));
        Size::of(text)
    }

    /// Makes a set of the words from `first` on.
    fn close_set(&mut self, first: u32, size: Size) {
        let words = first..small(self.firsts.len());
        self.sets.push(Set { words, shortest: small(size.shortest), met: size.met as f32 });
    }

    /// The set of the words that a node may be, if it is nothing but words.
    pub(super) fn set(&self, node: &Node, letters: &Letters) -> Option<u32> {
        match node {
            Node::Words(text) => {
                let word: Vec<u16> = text.chars().map(|c| letters.folded(c)).collect();
                self.single.get(&*word).copied()
            }
            Node::Alt(list) => self.several.get(&place(list)).copied().flatten(),
            Node::Seq(_) | Node::Opt(_) | Node::Gap { .. } | Node::Pause => None,
        }
    }

    /// How many words a set has, and how often one of them may be met.
    pub(super) fn size(&self, set: u32) -> Size {
        self.sets.get(set as usize).map_or(Size::NONE, |set| Size {
            count: set.words.len(),
            shortest: set.shortest as usize,
            met: f64::from(set.met),
        })
    }

    /// The words of a set: the first letter of each, by number.
    #[inline]
    pub(super) fn firsts(&self, set: u32) -> impl Iterator<Item = (usize, u16)> {
        let words =
            self.sets.get(set as usize).map_or(0..0, |set| set.words.start as usize..set.words.end as usize);
        let firsts = self.firsts.get(words.clone()).unwrap_or(&[]);
        words.zip(firsts.iter().copied())
    }

    /// The other letters of a word.
    #[inline]
    pub(super) fn rest(&self, word: usize) -> &[u16] {
        let end = |word: usize| self.ends.get(word).map_or(0, |end| *end as usize);
        self.rests.get(word.checked_sub(1).map_or(0, end)..end(word)).unwrap_or(&[])
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// What tells one list of nodes from another.
fn place(list: &[Node]) -> usize {
    list.as_ptr().addr()
}

/// The words of a node that has no other parts.
fn plain<'a>(node: &'a Node, out: &mut Vec<&'a str>) -> Option<()> {
    match node {
        Node::Words(text) if !text.is_empty() => out.push(text),
        Node::Alt(list) => list.iter().try_for_each(|part| plain(part, out))?,
        Node::Words(_) | Node::Seq(_) | Node::Opt(_) | Node::Gap { .. } | Node::Pause => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::Words;
    use crate::standard::pattern::parse;

    #[test]
    fn the_same_words_are_one_set() {
        let words = Words::from_lists(&[("what", &["什么", "啥"])]);
        let (mut letters, mut vocabulary) = (Letters::default(), Vocabulary::default());
        let nodes = ["{what}急", "{what}慢", "急", "[急]慢", "急|慢…快", "急(慢|{what})"];
        let nodes = nodes.map(|text| parse(text, &words).unwrap().node);
        nodes.iter().for_each(|node| vocabulary.learn(node, &mut letters));
        assert_eq!(vocabulary.sets.len(), 5);
        let set = |node: &Node| vocabulary.set(node, &letters);
        let parts = |node: &Node| match node {
            Node::Seq(list) => list.iter().map(set).collect::<Vec<_>>(),
            _ => vec![set(node)],
        };
        assert_eq!(parts(&nodes[0]), [Some(0), Some(1)]);
        assert_eq!(parts(&nodes[1]), [Some(0), Some(2)]);
        assert_eq!(set(&nodes[2]), Some(1));
        assert_eq!(parts(&nodes[5]), [Some(1), Some(4)]);
        assert!(parts(&nodes[3])[0].is_none() && set(&nodes[4]).is_none());
        let length = |(word, _)| 1 + vocabulary.rest(word).len();
        let shown = |set: u32| vocabulary.firsts(set).map(length).collect::<Vec<_>>();
        assert_eq!((shown(0), shown(1), shown(4)), (vec![2, 1], vec![1], vec![1, 2, 1]));
    }
}
