//! The catalogue of messages: both languages say the same things, and the code asks only for what is there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The families of keys that `Explain` derives from an error's code.
const BY_CODE: [&str; 2] = ["error.", "cure."];

fn catalogue(lang: &str) -> BTreeMap<String, String> {
    let path = format!("{}/src/locales/{lang}.yml", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).unwrap();
    let mut out = BTreeMap::new();
    for line in
        text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#') && !l.starts_with("_version"))
    {
        let (key, value) =
            line.split_once(": ").unwrap_or_else(|| panic!("{path}: not `key: \"words\"`: {line}"));
        assert!(
            value.starts_with('"') && value.ends_with('"'),
            "{path}: words stand in double quotes: {line}"
        );
        assert!(out.insert(key.to_owned(), value.to_owned()).is_none(), "{path}: {key} stands twice");
    }
    out
}

fn places(words: &str) -> BTreeSet<&str> {
    words.split("%{").skip(1).map(|rest| rest.split('}').next().unwrap()).collect()
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            out.push(path);
        }
    }
}

#[test]
fn both_languages_have_the_same_keys_and_places() {
    let (zh, en) = (catalogue("zh"), catalogue("en"));
    let keys = |catalogue: &BTreeMap<String, String>| catalogue.keys().cloned().collect::<BTreeSet<_>>();
    let differ: Vec<String> = keys(&zh).symmetric_difference(&keys(&en)).cloned().collect();
    assert!(differ.is_empty(), "in one language only: {differ:?}");
    for (key, words) in &zh {
        assert_eq!(places(words), places(&en[key]), "{key}");
    }
}

/// String literals that look like a key of a known family. One that ends in `{…}` or a dot asks for a family.
#[test]
fn every_key_that_the_code_names_exists() {
    let zh = catalogue("zh");
    let families: BTreeSet<&str> =
        zh.keys().filter_map(|key| key.split_once('.')).map(|(head, _)| head).collect();
    let mut files = Vec::new();
    sources(Path::new(&format!("{}/src", env!("CARGO_MANIFEST_DIR"))), &mut files);
    let mut seen = 0;
    for path in files.iter().filter(|path| !path.starts_with("src/locales")) {
        let text = fs::read_to_string(path).unwrap();
        for literal in literals(&text) {
            let Some((family, rest)) = literal.split_once('.') else { continue };
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._{}".contains(c);
            if !families.contains(family) || rest.is_empty() || rest == "rs" || !rest.chars().all(plain) {
                continue;
            }
            seen += 1;
            let known = match literal.split_once('{') {
                Some((head, _)) => BY_CODE.contains(&head) || zh.keys().any(|key| key.starts_with(head)),
                None => zh.contains_key(literal),
            };
            assert!(known, "{}: no words for {literal:?}", path.display());
        }
    }
    assert!(seen > 50, "the scan finds keys");
}

/// The string literals of a source text, found plainly: between quotes, on one line.
fn literals(text: &str) -> Vec<&str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .collect()
}
