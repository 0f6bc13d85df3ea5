//! The sound of characters: one symbol a class of syllables that recognisers confuse.
//!
//! A symbol is a private-use character, three bytes long like the Han characters it stands for, so the sound of a
//! normalised text has the text's own offsets.

use std::collections::BTreeMap;
use std::sync::OnceLock;

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/sound.bin"));
/// Pairs of near classes, in order.
static NEAR: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/near.bin"));
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;
/// Bytes of the part of the table that holds one class a character.
const USUAL: usize = ((LAST - FIRST + 1) * 2) as usize;
/// The symbol of class 0.
const SYMBOLS: u32 = 0xE000;

fn number(table: &[u8], at: usize) -> Option<u16> {
    match table.get(at..at + 2) {
        Some(&[low, high]) => Some(u16::from_le_bytes([low, high])),
        _ => None,
    }
}

fn symbol_of(class: u16) -> Option<char> {
    char::from_u32(SYMBOLS + u32::from(class)).filter(|_| class != u16::MAX)
}

/// The symbol of a character's usual reading; the character itself where it has no sound.
pub fn symbol(c: char) -> char {
    let code = u32::from(c);
    if !(FIRST..=LAST).contains(&code) {
        return c;
    }
    number(TABLE, (code - FIRST) as usize * 2).and_then(symbol_of).unwrap_or(c)
}

/// The symbols of all readings of a character that count, the usual one first.
pub fn symbols(c: char) -> Vec<char> {
    let mut out = vec![symbol(c)];
    let list = more();
    let from = list.partition_point(|(owner, _)| u32::from(*owner) < u32::from(c));
    let own = list.iter().skip(from).take_while(|(owner, _)| u32::from(*owner) == u32::from(c));
    out.extend(own.filter_map(|(_, class)| symbol_of(*class)));
    out
}

/// Further readings, by character.
fn more() -> &'static [(u16, u16)] {
    static LIST: OnceLock<Vec<(u16, u16)>> = OnceLock::new();
    LIST.get_or_init(|| {
        (USUAL..TABLE.len())
            .step_by(4)
            .filter_map(|at| Some((number(TABLE, at)?, number(TABLE, at + 2)?)))
            .collect()
    })
}

/// The symbols near one: what a poor recording makes of the syllable, the symbol itself not among them.
pub fn near(symbol: char) -> &'static [char] {
    static LISTS: OnceLock<BTreeMap<char, Vec<char>>> = OnceLock::new();
    let lists = LISTS.get_or_init(|| {
        let mut out: BTreeMap<char, Vec<char>> = BTreeMap::new();
        for at in (0..NEAR.len()).step_by(4) {
            let class = |at: usize| number(NEAR, at).and_then(symbol_of);
            if let (Some(one), Some(other)) = (class(at), class(at + 2)) {
                out.entry(one).or_default().push(other);
            }
        }
        out
    });
    lists.get(&symbol).map_or(&[], Vec::as_slice)
}

/// The sound of a normalised text, offset for offset.
pub fn sound(text: &str) -> String {
    text.chars().map(symbol).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_confused_sounds_alike() {
        for (a, b) in [("急", "级"), ("知", "资"), ("什", "省"), ("你", "立"), ("忙", "蛮"), ("意见", "一件")]
        {
            let alike =
                a.chars().zip(b.chars()).all(|(a, b)| symbols(a).iter().any(|s| symbols(b).contains(s)));
            assert!(alike, "{a} {b}");
        }
        assert_ne!(symbol('吵'), symbol('叫'));
    }

    #[test]
    fn near_sounds_are_neighbours_and_no_homophones() {
        for (a, b) in [("事", "书"), ("瞎", "啥"), ("事", "秀"), ("多", "蹲"), ("属", "居")] {
            let (a, b) = (a.chars().next().unwrap(), b.chars().next().unwrap());
            assert_ne!(symbol(a), symbol(b), "{a} {b}");
            assert!(near(symbol(a)).contains(&symbol(b)), "{a} {b}");
            assert!(near(symbol(b)).contains(&symbol(a)), "{b} {a}");
        }
        assert!(!near(symbol('事')).contains(&symbol('钱')));
    }

    #[test]
    fn polyphones_have_all_their_readings() {
        assert!(symbols('着').len() > 1 && symbols('了').len() > 1);
        assert_eq!(symbols('急').len(), 1);
    }

    proptest! {
        #[test]
        fn the_sound_keeps_every_offset(text in "\\PC{0,30}") {
            let heard = sound(&text);
            prop_assert_eq!(heard.len(), text.len());
            prop_assert!(text.char_indices().all(|(at, _)| heard.is_char_boundary(at)));
        }
    }
}
