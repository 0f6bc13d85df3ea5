//! jieba's dictionary as an automaton that needs no loading.

use std::error::Error;
use std::path::Path;

/// Writes `words.fst`, words and their frequencies, and `words.rs` with `WORDS` and `TOTAL`, the sum of these.
pub(crate) fn write(dictionary: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let text = std::fs::read_to_string(dictionary)?;
    let mut words = text.lines().map(entry).collect::<Result<Vec<_>, _>>()?;
    words.sort_unstable();
    let total: u64 = words.iter().map(|(_, frequency)| frequency).sum();
    let path = out.join("words.fst");
    std::fs::write(&path, fst::Map::from_iter(words)?.into_fst().into_inner())?;
    let code = format!("const WORDS: &[u8] = include_bytes!({path:?});\nconst TOTAL: usize = {total};\n");
    std::fs::write(out.join("words.rs"), code)?;
    Ok(())
}

/// A line: the word, its frequency, its part of speech.
fn entry(line: &str) -> Result<(&str, u64), Box<dyn Error>> {
    let mut parts = line.split_ascii_whitespace();
    let (word, frequency) =
        parts.next().zip(parts.next()).ok_or("a line without a word and its frequency")?;
    Ok((word, frequency.parse()?))
}
