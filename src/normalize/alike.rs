//! Common characters that sound alike: what a recogniser may write instead of one another.

use super::sound::{class, readings};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Other common characters in which a recogniser may hear `c`: of the same syllable, or of one that it confuses with it.
pub fn alike(c: char) -> Vec<char> {
    let by_sound = common();
    let mut out: Vec<char> = readings(c)
        .iter()
        .filter_map(|sound| by_sound.get(sound))
        .flatten()
        .copied()
        .filter(|o| *o != c)
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The characters of GB 2312's first level, those of everyday use, by sound.
fn common() -> &'static BTreeMap<u16, Vec<char>> {
    static TABLE: OnceLock<BTreeMap<u16, Vec<char>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut out: BTreeMap<u16, Vec<char>> = BTreeMap::new();
        for (high, low) in (0xB0..=0xD7u8).flat_map(|high| (0xA1..=0xFEu8).map(move |low| (high, low))) {
            let bytes = [high, low];
            let (text, _, _) = encoding_rs::GBK.decode(&bytes);
            if let Some((c, class)) = text.chars().next().and_then(|c| Some((c, class(c)?))) {
                out.entry(class).or_default().push(c);
            }
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_characters_of_the_same_sound() {
        let heard = alike('急');
        assert!(heard.contains(&'级') && heard.contains(&'机') && !heard.contains(&'急'));
        assert!(alike('是').contains(&'四'), "confusions too");
        assert!(alike('A').is_empty());
    }
}
