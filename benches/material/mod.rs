//! What the benches run on: the project's fixtures, and their clean turns over and over, each with a number of its own. No text from elsewhere.
#![allow(
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    dead_code,
    reason = "helpers, not all used by each bench"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use wuxin::check::Checker;
use wuxin::config::Settings;
use wuxin::detect::{Act, Detector};
use wuxin::diagnostic::Lang;
use wuxin::read::{Document, Input, read};
use wuxin::standard::Standard;

/// A number as it is read out.
const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// Digits that keep a turn of its own.
const LONG: usize = 8;
/// Bytes of a made transcript.
const TRANSCRIPT: usize = 15_000;

/// The built-in standard.
pub fn standard() -> Standard {
    Standard::embedded(Lang::Zh).unwrap_or_else(|_| panic!("the built-in standard is valid"))
}

/// All checks as they are by default.
pub fn checker(standard: Standard) -> Checker {
    Checker::new(standard, &Settings::default())
}

/// Whether a banned phrase is heard, excused or not.
pub fn banned(detector: &Detector, said: &str) -> bool {
    detector.hear(said, &[]).hits.iter().any(|hit| matches!(hit.act, Act::Banned(_)))
}

/// The bytes of a fixture among the conversations.
pub fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(conversations().join(name)).expect("the fixtures stand beside the sources")
}

/// A document that can be read.
pub fn document(name: &str, bytes: &[u8]) -> Document {
    read(&Input { bytes, name, format: None }).expect("what benches read is a transcript")
}

/// Every conversation among the fixtures, by name.
pub fn documents() -> Vec<(String, Document)> {
    readable(&conversations())
}

/// Clean turns, all different, of about so many bytes: the same seed gives the same turns.
pub fn clean_turns(detector: &Detector, bytes: usize, seed: u64) -> Vec<String> {
    let said: BTreeSet<String> = turns_of(&conversations()).into_iter().collect();
    let said: Vec<String> = said.into_iter().filter(|turn| !banned(detector, turn)).collect();
    let (mut dice, mut turns, mut size) = (Dice(seed), Vec::new(), 0);
    while size < bytes {
        let mut turn = dice.pick(&said).cloned().unwrap_or_default();
        turn.push('，');
        turn.extend((0..LONG).filter_map(|_| dice.pick(&DIGITS)));
        turn.push('。');
        size += turn.len();
        turns.push(turn);
    }
    turns
}

/// Labelled transcripts that these turns make, spoken in turn.
pub fn transcripts(turns: &[String]) -> Vec<String> {
    let mut out = vec![String::new()];
    for (speaker, turn) in ["坐席", "市民"].iter().cycle().zip(turns) {
        if out.last().is_some_and(|text| text.len() >= TRANSCRIPT) {
            out.push(String::new());
        }
        if let Some(text) = out.last_mut() {
            text.push_str(&format!("{speaker}：{turn}\n"));
        }
    }
    out
}

/// The turns of every transcript in a file or folder.
pub fn turns_of(path: &Path) -> Vec<String> {
    let turns = |(_, document): (String, Document)| -> Vec<String> {
        let turns = document.conversations.iter().flat_map(|one| &one.turns);
        turns.map(|turn| turn.said(&document.source).to_owned()).collect()
    };
    readable(path).into_iter().flat_map(turns).collect()
}

fn conversations() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/conversations")
}

/// What can be read at a path or below it, in order of path.
fn readable(path: &Path) -> Vec<(String, Document)> {
    if path.is_dir() {
        let entries = std::fs::read_dir(path).expect("a folder that can be listed");
        let mut below: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        below.sort();
        return below.iter().flat_map(|path| readable(path)).collect();
    }
    let bytes = std::fs::read(path).expect("a file that can be read");
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    read(&Input { bytes: &bytes, name: &name, format: None })
        .map(|document| (name, document))
        .into_iter()
        .collect()
}

/// SplitMix64: chance that is the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit.max(1) as u64).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let at = self.below(of.len());
        of.get(at)
    }
}
