//! Traditional to simplified characters, one to one, from OpenCC's tables.

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use std::error::Error;
use std::path::Path;

/// The characters that the table covers: `script.rs` in the crate reads it with the same bounds.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

/// Writes one little-endian `u16` a character of the range: its simplified form, itself where there is none.
pub(crate) fn write(out: &Path) -> Result<(), Box<dyn Error>> {
    let converter = OpenCC::from_config(BuiltinConfig::T2s)?;
    let mut table = Vec::with_capacity(((LAST - FIRST + 1) * 2) as usize);
    for code in FIRST..=LAST {
        // Twice: what a simplified form is itself written for today (薴 苧 苎).
        let twice = |c| simplified(&converter, char::from_u32(simplified(&converter, c)).unwrap_or(c));
        let simple = char::from_u32(code).map(twice).unwrap_or(code);
        table.extend_from_slice(&u16::try_from(simple).unwrap_or(code as u16).to_le_bytes());
    }
    std::fs::write(out, table)?;
    Ok(())
}

fn simplified(converter: &OpenCC, c: char) -> u32 {
    let text = converter.convert(&c.to_string());
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(one), None) => u32::from(one),
        _ => u32::from(c),
    }
}
