//! Lists the files of the built-in rule pack so that the program carries them.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Writes `EMBEDDED`, names and texts in order of name.
pub(crate) fn write(pack: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", pack.display());
    let mut files = Vec::new();
    collect(pack, pack, &mut files)?;
    files.sort();
    let mut code = String::from("pub(super) const EMBEDDED: &[(&str, &str)] = &[\n");
    for (name, path) in files {
        writeln!(code, "    ({name:?}, include_str!({path:?})),")?;
    }
    code.push_str("];\n");
    std::fs::write(out, code)?;
    Ok(())
}

fn collect(pack: &Path, dir: &Path, files: &mut Vec<(String, PathBuf)>) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", dir.display());
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(pack, &path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            let name = path.strip_prefix(pack)?.to_string_lossy().replace('\\', "/");
            files.push((name, path));
        }
    }
    Ok(())
}
