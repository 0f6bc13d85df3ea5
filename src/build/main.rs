//! Tables made once, when the crate is built: the built-in rule pack, and traditional to simplified
//! characters, characters to sounds, jieba's words.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "a build script speaks to cargo through its output and its environment"
)]

mod near;
mod pack;
mod script;
mod sound;
mod words;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = std::path::PathBuf::from(std::env::var("OUT_DIR")?);
    let root = std::path::PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    println!("cargo::rerun-if-changed=src/build");
    pack::write(&root.join("rules/changzhou-2019"), &out)?;
    script::write(&out.join("script.bin"))?;
    sound::write(&out)?;
    let dictionary = root.join("src/segment/dict.txt");
    println!("cargo::rerun-if-changed={}", dictionary.display());
    words::write(&dictionary, &out)?;
    Ok(())
}
