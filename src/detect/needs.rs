//! What a pattern cannot do without, as sets of characters: a look at them spares most expressions.

use super::compile::Alphabet;
use crate::normalize::fold;
use crate::standard::pattern::Node;

/// Sets that are kept of a pattern, the smallest first.
const MOST: usize = 6;
/// A set with more bits than this is met nearly everywhere.
const WIDE: u32 = 96;
/// Characters so common that a set with one of them rules little out.
const COMMON: &str = "的了是我你不这那有在就他也都个们人说来去要到什么怎没看好给上一";

/// Characters, each folded to one of 256 bits: a member is always found, a stranger sometimes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CharSet([u64; 4]);

impl CharSet {
    /// The characters of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut out = CharSet::default();
        text.chars().for_each(|c| out.add(c));
        out
    }

    fn add(&mut self, c: char) {
        let bit = u32::from(c).wrapping_mul(0x9E37_79B1) >> 24;
        if let Some(word) = self.0.get_mut((bit >> 6) as usize) {
            *word |= 1 << (bit & 63);
        }
    }

    fn union(&mut self, other: &CharSet) {
        self.0.iter_mut().zip(other.0).for_each(|(one, other)| *one |= other);
    }

    fn meets(&self, other: &CharSet) -> bool {
        self.0.iter().zip(other.0).any(|(one, other)| one & other != 0)
    }

    fn bits(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }
}

/// Sets of characters: every match holds a member of each.
#[derive(Clone, Debug, Default)]
pub(super) struct Needs(Vec<CharSet>);

impl Needs {
    /// What every match of `node` holds, written in `alphabet`.
    pub(super) fn of(node: &Node, alphabet: &dyn Alphabet) -> Self {
        let mut all = collect(node, alphabet);
        all.retain(|need| need.set.bits() <= WIDE);
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
        Node::Words(text) => text.chars().map(|c| need(fold(c), alphabet)).collect(),
        Node::Seq(list) => list.iter().flat_map(|part| collect(part, alphabet)).collect(),
        Node::Alt(list) => any_of(list, alphabet).into_iter().collect(),
        Node::Opt(_) | Node::Gap { .. } | Node::Pause => Vec::new(),
    }
}

fn need(c: char, alphabet: &dyn Alphabet) -> Need {
    let mut set = CharSet::default();
    alphabet.symbols(c).into_iter().for_each(|symbol| set.add(symbol));
    Need { set, weight: if COMMON.contains(c) { 12 } else { 1 } }
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
