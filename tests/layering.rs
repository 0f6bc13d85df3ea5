//! Data flows one way: a module may name only what stands above it in the list.
//!
//! Every file of `src/` is parsed; `use`, inline paths, re-exports and macro bodies are all looked at, with `crate::`,
//! `self::`, `super::` and `wuxin::` resolved. The test also proves that it can fail, in each of these ways.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};

/// The rooms in order; those on one line are unaware of each other.
const ROOMS: &[&[&str]] = &[
    &["text"],
    &["diagnostic"],
    &["transcript"],
    &["standard"],
    &["read"],
    &["normalize"],
    &["segment"],
    &["detect"],
    &["roles"],
    &["verdict"],
    &["conduct"],
    &["score"],
    &["report"],
    &["config", "review"],
    &["check"],
    &["render"],
    &["cli", "lsp"],
];

/// Rooms that may name less than everything above them.
const ONLY: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("diagnostic", &["text"]),
    ("transcript", &["text"]),
    ("standard", &["text", "diagnostic", "transcript"]),
    ("read", &["text", "diagnostic", "transcript"]),
    ("normalize", &["text"]),
    ("segment", &["text"]),
    ("conduct", &["text", "transcript", "standard", "roles"]),
    ("render", &["text", "diagnostic", "transcript", "report"]),
    ("review", &["text", "diagnostic", "transcript"]),
    ("config", &["text", "diagnostic", "transcript", "standard"]),
];

/// `Norm` is named in these rooms only.
const NORM: &[&str] = &["text", "normalize", "segment", "detect"];

fn rank(room: &str) -> Option<usize> {
    ROOMS.iter().position(|row| row.contains(&room))
}

fn allowed(from: &str, to: &str) -> bool {
    if from == to {
        return true;
    }
    if let Some((_, only)) = ONLY.iter().find(|(room, _)| *room == from) {
        return only.contains(&to);
    }
    match (rank(from), rank(to)) {
        (Some(from), Some(to)) => to < from,
        _ => false,
    }
}

/// What one file names.
#[derive(Default)]
struct Names {
    /// Every path, as its segments.
    paths: Vec<Vec<String>>,
    idents: Vec<String>,
}

impl<'ast> Visit<'ast> for Names {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.paths.push(path.segments.iter().map(|s| s.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&item.tree, Vec::new());
    }

    fn visit_ident(&mut self, ident: &'ast proc_macro2::Ident) {
        self.idents.push(ident.to_string());
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.tokens(mac.tokens.clone());
        visit::visit_macro(self, mac);
    }

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
}

impl Names {
    fn tree(&mut self, tree: &syn::UseTree, mut before: Vec<String>) {
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.tree(&path.tree, before);
            }
            syn::UseTree::Name(name) => {
                self.idents.push(name.ident.to_string());
                before.push(name.ident.to_string());
                self.paths.push(before);
            }
            syn::UseTree::Rename(name) => {
                self.idents.push(name.ident.to_string());
                before.push(name.ident.to_string());
                self.paths.push(before);
            }
            syn::UseTree::Glob(_) => self.paths.push(before),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.tree(item, before.clone()));
            }
        }
    }

    /// Paths inside a macro's tokens: runs of identifiers joined by `::`.
    fn tokens(&mut self, stream: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in stream {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 && !path.is_empty() {
                        self.paths.push(std::mem::take(&mut path));
                    }
                    self.idents.push(ident.to_string());
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                other => {
                    self.paths.push(std::mem::take(&mut path));
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.paths.push(path);
    }
}

/// The module path of a file: `src/detect/hear.rs` is `detect::hear`.
fn module_of(relative: &Path) -> Vec<String> {
    let mut out: Vec<String> = relative
        .with_extension("")
        .components()
        .map(|c| c.as_os_str().to_string_lossy().into_owned())
        .collect();
    if out.last().is_some_and(|last| last == "mod" || last == "lib") {
        out.pop();
    }
    out
}

/// The room that a path names, seen from `module`; `None` for other crates, std and things inside the module.
fn target(module: &[String], path: &[String]) -> Option<String> {
    let first = path.first()?.as_str();
    let absolute: Vec<String> = match first {
        "crate" | "wuxin" => path[1..].to_vec(),
        "self" => module.iter().chain(&path[1..]).cloned().collect(),
        "super" => {
            let ups = path.iter().take_while(|s| *s == "super").count();
            module.iter().take(module.len().saturating_sub(ups)).chain(&path[ups..]).cloned().collect()
        }
        _ => return None,
    };
    absolute.first().filter(|room| rank(room).is_some()).cloned()
}

/// Every arrow of a file that runs the wrong way.
fn wrong(relative: &Path, code: &str) -> Vec<String> {
    let module = module_of(relative);
    let Some(room) = module.first().cloned() else { return Vec::new() };
    if room == "main" || room == "build" {
        return Vec::new();
    }
    let file = syn::parse_file(code).unwrap_or_else(|e| panic!("{}: {e}", relative.display()));
    let mut names = Names::default();
    names.visit_file(&file);
    let mut out = Vec::new();
    for path in &names.paths {
        if let Some(to) = target(&module, path)
            && !allowed(&room, &to)
        {
            out.push(format!("{}: {room} names {to} ({})", relative.display(), path.join("::")));
        }
    }
    if !NORM.contains(&room.as_str()) && names.idents.iter().any(|ident| ident == "Norm") {
        out.push(format!("{}: {room} names Norm", relative.display()));
    }
    out
}

fn sources(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn tree() -> BTreeMap<PathBuf, String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let relative = |path: &PathBuf| path.strip_prefix(&src).unwrap().to_path_buf();
    files.iter().map(|path| (relative(path), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn no_arrow_runs_back_up() {
    let found: Vec<String> = tree().iter().flat_map(|(path, code)| wrong(path, code)).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_module_has_a_room() {
    for path in tree().keys() {
        let module = module_of(path);
        if let Some(room) = module.first() {
            assert!(rank(room).is_some() || room == "main" || room == "build", "{room} is in no room");
        }
    }
}

#[test]
fn a_forbidden_path_is_found_in_every_form() {
    let file = Path::new("detect/hear.rs");
    for code in [
        "use crate::verdict::Judged;",
        "use crate::{text::Span, verdict::{Judged as J}};",
        "fn f() { let x = crate::verdict::judge(); }",
        "pub use crate::verdict::Judged;",
        "pub use super::super::verdict::*;",
        "fn f(x: &crate::report::Report) {}",
        "fn f() { vec![crate::verdict::judge()]; }",
        "mod inner { use wuxin::verdict; }",
    ] {
        assert!(!wrong(file, code).is_empty(), "not found: {code}");
    }
    assert!(!wrong(Path::new("verdict/mod.rs"), "use crate::text::Norm;").is_empty());
    assert!(wrong(file, "use crate::text::Norm; use super::how::How;").is_empty());
}
