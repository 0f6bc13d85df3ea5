//! The sound of characters: one class for all syllables that recognisers confuse, and the classes near it.

use std::sync::OnceLock;

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/sound.bin"));
/// Pairs of near classes, in order.
static NEAR: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/near.bin"));
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;
/// Bytes of the part of the table that holds one class a character.
const USUAL: usize = ((LAST - FIRST + 1) * 2) as usize;
/// Every class is below this number.
pub const CLASSES: usize = 320;

fn number(table: &[u8], at: usize) -> Option<u16> {
    match table.get(at..at + 2) {
        Some(&[low, high]) => Some(u16::from_le_bytes([low, high])),
        _ => None,
    }
}

/// The class of a character's usual reading, if it has a sound.
#[inline]
pub fn class(c: char) -> Option<u16> {
    let code = u32::from(c);
    if !(FIRST..=LAST).contains(&code) {
        return None;
    }
    number(TABLE, (code - FIRST) as usize * 2).filter(|class| *class != u16::MAX)
}

/// The classes of all readings of a character that count, the usual one first.
pub fn readings(c: char) -> Vec<u16> {
    class(c).into_iter().chain(further(c)).collect()
}

/// Whether a character has a reading of this class.
pub fn reads(c: char, heard: u16) -> bool {
    class(c).into_iter().chain(further(c)).any(|class| class == heard)
}

/// The classes of its readings but the usual one.
fn further(c: char) -> impl Iterator<Item = u16> {
    let list = more();
    let from = list.partition_point(|(owner, _)| u32::from(*owner) < u32::from(c));
    let own = list.iter().skip(from).take_while(move |(owner, _)| u32::from(*owner) == u32::from(c));
    own.map(|(_, class)| *class)
}

/// Further readings, by character.
fn more() -> &'static [(u16, u16)] {
    static LIST: OnceLock<Vec<(u16, u16)>> = OnceLock::new();
    LIST.get_or_init(|| pairs(TABLE.get(USUAL..).unwrap_or(&[])))
}

fn pairs(table: &[u8]) -> Vec<(u16, u16)> {
    (0..table.len()).step_by(4).filter_map(|at| Some((number(table, at)?, number(table, at + 2)?))).collect()
}

/// The classes near one: what a poor recording makes of the syllable, the class itself not among them.
pub fn near(class: u16) -> &'static [u16] {
    static LISTS: OnceLock<Vec<Vec<u16>>> = OnceLock::new();
    let lists = LISTS.get_or_init(|| {
        let mut out = vec![Vec::new(); CLASSES];
        for (one, other) in pairs(NEAR) {
            out.iter_mut().skip(usize::from(one)).take(1).for_each(|list| list.push(other));
        }
        out
    });
    lists.get(usize::from(class)).map_or(&[], Vec::as_slice)
}

/// Every class that may be heard for a character: of its readings, and near the usual one.
pub fn classes(c: char) -> Vec<u16> {
    let mut out = readings(c);
    if let Some(usual) = out.first().copied() {
        out.extend(near(usual));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_confused_sounds_alike() {
        for (a, b) in [("急", "级"), ("知", "资"), ("什", "省"), ("你", "立"), ("忙", "蛮"), ("意见", "一件")]
        {
            let alike =
                a.chars().zip(b.chars()).all(|(a, b)| readings(a).iter().any(|s| readings(b).contains(s)));
            assert!(alike, "{a} {b}");
        }
        assert_ne!(class('吵'), class('叫'));
        assert_eq!(class('a'), None);
    }

    #[test]
    fn near_sounds_are_neighbours_and_no_homophones() {
        for (a, b) in [("事", "书"), ("瞎", "啥"), ("事", "秀"), ("多", "蹲"), ("属", "居")] {
            let of = |text: &str| text.chars().next().and_then(class).unwrap();
            let (a, b) = (of(a), of(b));
            assert!(a != b && near(a).contains(&b) && near(b).contains(&a), "{a} {b}");
        }
        assert!(!near(class('事').unwrap()).contains(&class('钱').unwrap()));
    }

    #[test]
    fn polyphones_have_all_their_readings() {
        assert!(readings('着').len() > 1 && readings('了').len() > 1);
        assert_eq!(readings('急').len(), 1);
        assert!(classes('急').len() > 1);
    }

    #[test]
    fn every_class_is_below_the_limit() {
        let all = (FIRST..=LAST).filter_map(char::from_u32).flat_map(classes);
        assert!(all.max().is_some_and(|most| usize::from(most) < CLASSES));
    }
}
