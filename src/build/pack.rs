//! Lists the files of the built-in rule pack so that the program carries them: as they are written, and parsed.

#[path = "../standard/digest.rs"]
mod digest;
#[path = "../standard/tree.rs"]
mod tree;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use toml::de::DeTable;
use tree::Table;

/// A file of the pack: its name, where it is, its text.
type PackFile = (String, PathBuf, String);

/// Writes `pack.rs` with `EMBEDDED` (names, texts and parsed texts, in order of name) and `SHA256`.
pub(crate) fn write(pack: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", pack.display());
    let mut files = Vec::new();
    collect(pack, pack, &mut files)?;
    files.sort();
    let digest = digest::sha256(files.iter().map(|(name, _, text)| (name.as_str(), text.as_str())));
    let mut code = format!("pub(super) const SHA256: &str = {digest:?};\n");
    code.push_str("pub(super) const EMBEDDED: &[(&str, &str, &[u8])] = &[\n");
    for (number, (name, path, text)) in files.iter().enumerate() {
        let parsed = out.join(format!("pack-{number}.bin"));
        std::fs::write(&parsed, parse(text))?;
        writeln!(code, "    ({name:?}, include_str!({path:?}), include_bytes!({parsed:?})),")?;
    }
    code.push_str("];\n");
    std::fs::write(out.join("pack.rs"), code)?;
    Ok(())
}

/// Nothing where the text is no TOML: the program then reads the text, and shows its author where the slip is.
fn parse(text: &str) -> Vec<u8> {
    let table = DeTable::parse(text).map(|table| Table::of(table.into_inner()));
    table.ok().and_then(|table| postcard::to_allocvec(&table).ok()).unwrap_or_default()
}

fn collect(pack: &Path, dir: &Path, files: &mut Vec<PackFile>) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", dir.display());
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(pack, &path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            let name = path.strip_prefix(pack)?.to_string_lossy().replace('\\', "/");
            let text = std::fs::read_to_string(&path)?;
            files.push((name, path, text));
        }
    }
    Ok(())
}
