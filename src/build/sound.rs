//! Characters to sound classes: toneless syllables, with the confusions of recognisers folded together.

use super::near;
use pinyin::{ToPinyin, ToPinyinMulti};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

/// The characters that the table covers: `sound.rs` in the crate reads it with the same bounds.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;
/// No class.
const NONE: u16 = u16::MAX;

/// Characters whose second reading is common in speech. The dictionary's rare readings would only bring chance hits.
const POLYPHONES: &str = "了着得还都没行干说什么地的长重好看只为种应当正教少便数乐觉空间处传调倒分过号会假将降角结卡率落\
                          难宁谁弄铺强切曲散省盛识似宿挑通吐系吓相校血要与晕载扎占涨折这这那哪啦呢吧吗嘛啊和";

/// Writes `sound.bin`: one little-endian `u16` a character (its class), then pairs of characters and further classes;
/// and `near.bin`: pairs of classes that a poor recording makes one of the other.
pub(crate) fn write(out: &Path) -> Result<(), Box<dyn Error>> {
    let mut classes: BTreeMap<String, u16> = BTreeMap::new();
    let mut first: Vec<u16> = Vec::new();
    let mut more: Vec<(u16, u16)> = Vec::new();
    for code in FIRST..=LAST {
        let readings = char::from_u32(code).map(readings).unwrap_or_default();
        let ids: Vec<u16> = readings
            .into_iter()
            .map(|syllable| {
                let next = classes.len() as u16;
                *classes.entry(syllable).or_insert(next)
            })
            .collect();
        first.push(ids.first().copied().unwrap_or(NONE));
        more.extend(ids.iter().skip(1).map(|id| (code as u16, *id)));
    }
    let mut bytes: Vec<u8> = first.iter().flat_map(|id| id.to_le_bytes()).collect();
    bytes.extend(more.iter().flat_map(|(c, id)| [c.to_le_bytes(), id.to_le_bytes()]).flatten());
    std::fs::write(out.join("sound.bin"), bytes)?;
    std::fs::write(out.join("near.bin"), near_pairs(&classes))?;
    Ok(())
}

/// Pairs of near classes, in order of the first.
fn near_pairs(classes: &BTreeMap<String, u16>) -> Vec<u8> {
    let mut pairs: Vec<(u16, u16)> = Vec::new();
    for (one, id) in classes {
        let near = classes.iter().filter(|(other, _)| near::is_near(one, other));
        pairs.extend(near.map(|(_, other)| (*id, *other)));
    }
    pairs.sort_unstable();
    pairs.iter().flat_map(|(one, other)| [one.to_le_bytes(), other.to_le_bytes()]).flatten().collect()
}

/// The folded syllables of a character: the usual one first, others for common polyphones only.
fn readings(c: char) -> Vec<String> {
    let Some(usual) = c.to_pinyin() else { return Vec::new() };
    let mut out = vec![fold(usual.plain())];
    if POLYPHONES.contains(c) {
        for reading in c.to_pinyin_multi().into_iter().flatten() {
            let folded = fold(reading.plain());
            if !out.contains(&folded) {
                out.push(folded);
            }
        }
    }
    out
}

/// zh z, ch c, sh s, n l, -ng -n: what recognisers and speakers confuse.
fn fold(syllable: &str) -> String {
    let (initial, rest) = match syllable {
        s if s.starts_with("zh") => ("z", &s[2..]),
        s if s.starts_with("ch") => ("c", &s[2..]),
        s if s.starts_with("sh") => ("s", &s[2..]),
        // 呢 and 了 are the commonest particles, and not confused.
        "ne" => ("", syllable),
        s if s.starts_with('n') && s.len() > 1 => ("l", &s[1..]),
        s => ("", s),
    };
    let rest = match rest.strip_suffix("ng") {
        Some(stem) => format!("{stem}n"),
        None => rest.to_owned(),
    };
    format!("{initial}{rest}")
}
