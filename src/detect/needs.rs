//! What a pattern cannot do without, as sets of units: a look at them spares most programs a run.

use super::common::Chars;
use super::units::Alphabet;
use crate::normalize::fold;
use crate::standard::pattern::Node;

/// Sets that are kept of a pattern, the smallest first.
const MOST: usize = 6;
/// A set that holds more than this, in 1,024ths, is met nearly everywhere.
const WIDE: u32 = 320;
/// Characters so common that a set with one of them rules little out.
static COMMON: Chars = Chars::of("的了是我你不这那有在就他也都个们人说来去要到什么怎没看好给上一");

/// Units, each folded to one of 256 bits, and pairs of neighbours, each folded to one of 1,024: a member is always
/// found, a stranger sometimes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct UnitSet {
    units: [u64; 4],
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

impl UnitSet {
    /// The units of a text.
    pub(super) fn of(units: &[u16]) -> Self {
        let mut out = UnitSet::default();
        units.iter().for_each(|unit| out.add(*unit));
        units.iter().zip(units.iter().skip(1)).for_each(|(first, second)| out.add_pair(*first, *second));
        out
    }

    fn add(&mut self, unit: u16) {
        set(&mut self.units, hash(u32::from(unit)) >> 24);
    }

    fn add_pair(&mut self, first: u16, second: u16) {
        set(&mut self.pairs, hash(u32::from(first) << 16 | u32::from(second)) >> 22);
    }

    fn union(&mut self, other: &UnitSet) {
        self.units.iter_mut().zip(other.units).for_each(|(one, other)| *one |= other);
        self.pairs.iter_mut().zip(other.pairs).for_each(|(one, other)| *one |= other);
    }

    fn meets(&self, other: &UnitSet) -> bool {
        meet(&self.units, &other.units) || meet(&self.pairs, &other.pairs)
    }

    /// How much of all there is the set holds, in 1,024ths.
    fn width(&self) -> u32 {
        let count = |words: &[u64]| words.iter().map(|word| word.count_ones()).sum::<u32>();
        4 * count(&self.units) + count(&self.pairs)
    }
}

/// Sets of units: every match holds a member of each.
#[derive(Clone, Debug, Default)]
pub(super) struct Needs(Vec<UnitSet>);

impl Needs {
    /// What every match of `node` holds, written in `alphabet`.
    pub(super) fn of(node: &Node, alphabet: &dyn Alphabet) -> Self {
        let mut all = collect(node, alphabet);
        all.retain(|need| need.set.width() <= WIDE);
        all.sort_by_key(|need| need.weight);
        Needs(all.into_iter().take(MOST).map(|need| need.set).collect())
    }

    /// Whether a text of these units may hold a match.
    pub(super) fn met_by(&self, text: &UnitSet) -> bool {
        self.0.iter().all(|set| set.meets(text))
    }
}

/// One set and how often it may be met by chance.
struct Need {
    set: UnitSet,
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
    let only = |c: &char| match alphabet.units(*c)[..] {
        [unit] => Some(unit),
        _ => None,
    };
    let pair = |(first, second): (&u16, &u16)| {
        let mut set = UnitSet::default();
        set.add_pair(*first, *second);
        Need { weight: set.width(), set }
    };
    match chars.iter().map(only).collect::<Option<Vec<u16>>>() {
        Some(units) if units.len() > 1 => units.iter().zip(units.iter().skip(1)).map(pair).collect(),
        _ => chars.into_iter().map(|c| need(c, alphabet)).collect(),
    }
}

fn need(c: char, alphabet: &dyn Alphabet) -> Need {
    let mut set = UnitSet::default();
    alphabet.units(c).into_iter().for_each(|unit| set.add(unit));
    Need { weight: set.width() * if COMMON.holds(c) { 8 } else { 1 }, set }
}

/// One set for all alternatives: the rarest need of each, together. `None` where an alternative needs nothing.
fn any_of(list: &[Node], alphabet: &dyn Alphabet) -> Option<Need> {
    let mut out = Need { set: UnitSet::default(), weight: 0 };
    for part in list {
        let rarest = collect(part, alphabet).into_iter().min_by_key(|need| need.weight)?;
        out.set.union(&rarest.set);
        out.weight += rarest.weight;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::letters::Letters;
    use super::super::units::Characters;
    use super::*;
    use crate::standard::Words;
    use crate::standard::pattern::parse;
    use proptest::prelude::*;

    fn met(pattern: &str, text: &str) -> bool {
        let words = Words::from_lists(&[("what", &["什么", "啥"])]);
        let node = parse(pattern, &words).unwrap().node;
        let mut letters = Letters::default();
        letters.learn(&node);
        let units: Vec<u16> = text.chars().map(|c| letters.id(c)).collect();
        Needs::of(&node, &Characters(&letters)).met_by(&UnitSet::of(&units))
    }

    #[test]
    fn what_lacks_a_part_is_ruled_out() {
        assert!(met("急{what}", "你急什么"));
        assert!(met("[你]急{what}", "急啥"));
        assert!(!met("有意见…找领导", "有意见您提"));
    }

    proptest! {
        #[test]
        fn a_member_is_always_found(units in prop::collection::vec(any::<u16>(), 1..20)) {
            let set = UnitSet::of(&units);
            prop_assert!(units.iter().all(|unit| UnitSet::of(&[*unit]).meets(&set)));
        }
    }
}
