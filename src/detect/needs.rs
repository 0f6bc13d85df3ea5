//! What a pattern cannot do without, as sets of characters: a look at them spares most expressions.

use super::compile::Alphabet;
use crate::normalize::fold;
use crate::standard::pattern::Node;

/// Sets that are kept of a pattern, the smallest first.
const MOST: usize = 6;
/// A set that holds more than this, in 1,024ths, is met nearly everywhere.
const WIDE: u32 = 320;
/// Characters so common that a set with one of them rules little out.
const COMMON: &str = "的了是我你不这那有在就他也都个们人说来去要到什么怎没看好给上一";

/// Characters, each folded to one of 256 bits, and pairs of neighbours, each folded to one of 1,024: a member is always
/// found, a stranger sometimes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CharSet {
    chars: [u64; 4],
    pairs: [u64; 16],
}

fn hash(n: u32) -> u32 {
    n.wrapping_mul(0x9E37_79B1)
}

fn set(words: &mut [u64], bit: u32) {
    if let Some(word) = words.get_mut((bit >> 6) as usize) {
        *word |= 1 << (bit & 63);
    }
}

fn meet(one: &[u64], other: &[u64]) -> bool {
    one.iter().zip(other).any(|(one, other)| one & other != 0)
}

impl CharSet {
    /// The characters of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut out = CharSet::default();
        let mut before = None;
        for c in text.chars() {
            out.add(c);
            if let Some(before) = before {
                out.add_pair(before, c);
            }
            before = Some(c);
        }
        out
    }

    fn add(&mut self, c: char) {
        set(&mut self.chars, hash(u32::from(c)) >> 24);
    }

    fn add_pair(&mut self, first: char, second: char) {
        set(&mut self.pairs, hash(hash(u32::from(first)) ^ u32::from(second)) >> 22);
    }

    fn union(&mut self, other: &CharSet) {
        self.chars.iter_mut().zip(other.chars).for_each(|(one, other)| *one |= other);
        self.pairs.iter_mut().zip(other.pairs).for_each(|(one, other)| *one |= other);
    }

    fn meets(&self, other: &CharSet) -> bool {
        meet(&self.chars, &other.chars) || meet(&self.pairs, &other.pairs)
    }

    /// How much of all there is the set holds, in 1,024ths.
    fn width(&self) -> u32 {
        let count = |words: &[u64]| words.iter().map(|word| word.count_ones()).sum::<u32>();
        4 * count(&self.chars) + count(&self.pairs)
    }
}

/// Sets of characters: every match holds a member of each.
#[derive(Clone, Debug, Default)]
pub(super) struct Needs(Vec<CharSet>);

impl Needs {
    /// What every match of `node` holds, written in `alphabet`.
    pub(super) fn of(node: &Node, alphabet: &dyn Alphabet) -> Self {
        let mut all = collect(node, alphabet);
        all.retain(|need| need.set.width() <= WIDE);
        all.sort_by_key(|need| need.weight);
        Needs(all.into_iter().take(MOST).map(|need| need.set).collect())
    }

    /// Whether a text with these characters may hold a match.
    pub(super) fn met_by(&self, text: &CharSet) -> bool {
        self.0.iter().all(|set| set.meets(text))
    }
}

/// One set and how often it may be met by chance.
struct Need {
    set: CharSet,
    weight: u32,
}

fn collect(node: &Node, alphabet: &dyn Alphabet) -> Vec<Need> {
    match node {
        Node::Words(text) => words(text, alphabet),
        Node::Seq(list) => list.iter().flat_map(|part| collect(part, alphabet)).collect(),
        Node::Alt(list) => any_of(list, alphabet).into_iter().collect(),
        Node::Opt(_) | Node::Gap { .. } | Node::Pause => Vec::new(),
    }
}

/// Each character, or each pair of neighbours where nothing but themselves may stand for them.
fn words(text: &str, alphabet: &dyn Alphabet) -> Vec<Need> {
    let chars: Vec<char> = text.chars().map(fold).collect();
    let plain = |c: &char| alphabet.symbols(*c).len() == 1;
    let pair = |pair: &[char]| match pair {
        [first, second] => {
            let mut set = CharSet::default();
            set.add_pair(*first, *second);
            Some(Need { weight: set.width(), set })
        }
        _ => None,
    };
    match chars.len() > 1 && chars.iter().all(plain) {
        true => chars.windows(2).filter_map(pair).collect(),
        false => chars.into_iter().map(|c| need(c, alphabet)).collect(),
    }
}

fn need(c: char, alphabet: &dyn Alphabet) -> Need {
    let mut set = CharSet::default();
    alphabet.symbols(c).into_iter().for_each(|symbol| set.add(symbol));
    Need { weight: set.width() * if COMMON.contains(c) { 8 } else { 1 }, set }
}

/// One set for all alternatives: the rarest need of each, together. `None` where an alternative needs nothing.
fn any_of(list: &[Node], alphabet: &dyn Alphabet) -> Option<Need> {
    let mut out = Need { set: CharSet::default(), weight: 0 };
    for part in list {
        let rarest = collect(part, alphabet).into_iter().min_by_key(|need| need.weight)?;
        out.set.union(&rarest.set);
        out.weight += rarest.weight;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::compile::Characters;
    use super::*;
    use crate::standard::Words;
    use crate::standard::pattern::parse;
    use proptest::prelude::*;

    fn met(pattern: &str, text: &str) -> bool {
        let words = Words::from_lists(&[("what", &["什么", "啥"])]);
        Needs::of(&parse(pattern, &words).unwrap().node, &Characters).met_by(&CharSet::of(text))
    }

    #[test]
    fn what_lacks_a_part_is_ruled_out() {
        assert!(met("急{what}", "你急什么"));
        assert!(met("[你]急{what}", "急啥"));
        assert!(!met("有意见…找领导", "有意见您提"));
    }

    proptest! {
        #[test]
        fn a_member_is_always_found(text in "\\PC{1,20}") {
            let set = CharSet::of(&text);
            prop_assert!(text.chars().all(|c| CharSet::of(&c.to_string()).meets(&set)));
        }
    }
}
