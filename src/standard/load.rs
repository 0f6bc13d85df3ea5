//! A pack's files, from the program or from a folder, to a [`Standard`].

use super::embedded::EMBEDDED;
use super::fields::{Fields, PackFile, Text};
use super::model::{Context, Situation, Standard, Tellings};
use super::pattern::Node;
use super::scoring::Scoring;
use super::words::Words;
use super::{approved, articles, banned, context, scoring, situations, tellings};
use crate::diagnostic::{Lang, Message, Picture};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Slips of the author, each with a picture.
    #[error("the rule pack has {} slips", .0.len())]
    Slips(Vec<Picture>),
    /// A file of the pack could not be read.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// The files of a pack by name (`banned/B01.toml`).
#[derive(Clone, Debug, Default)]
pub struct PackFiles {
    files: BTreeMap<String, String>,
}

impl PackFiles {
    /// The built-in pack.
    pub fn embedded() -> Self {
        PackFiles {
            files: EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
        }
    }

    /// The `.toml` files of a folder and of its sub-folders `banned`, `approved`, `articles`.
    pub fn folder(dir: &Path) -> Result<Self, PackError> {
        let mut files = BTreeMap::new();
        for sub in ["", "banned", "approved", "articles"] {
            let folder = dir.join(sub);
            let io = |source| PackError::Io { path: folder.clone(), source };
            for entry in std::fs::read_dir(&folder).map_err(io)? {
                let path = entry.map_err(io)?.path();
                if path.extension().is_some_and(|e| e == "toml") {
                    let text = std::fs::read_to_string(&path)
                        .map_err(|source| PackError::Io { path: path.clone(), source })?;
                    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                    files.insert(if sub.is_empty() { name } else { format!("{sub}/{name}") }, text);
                }
            }
        }
        Ok(PackFiles { files })
    }

    /// Replaces or adds one file: for tests that break a pack on purpose.
    pub fn with(mut self, name: &str, text: &str) -> Self {
        self.files.insert(name.to_owned(), text.to_owned());
        self
    }

    /// The text of one file.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }

    /// Names in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(move |(name, _)| name.starts_with(folder))
            .map(|(n, t)| (n.as_str(), t.as_str()))
    }

    fn sha256(&self) -> String {
        let mut hash = Sha256::new();
        for (name, text) in &self.files {
            hash.update(name.as_bytes());
            hash.update([0]);
            hash.update(text.as_bytes());
            hash.update([0]);
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What patterns and rules may refer to by name.
pub(super) struct Named<'a> {
    pub(super) words: &'a Words,
    situations: &'a [Situation],
}

impl Named<'_> {
    /// The index of a situation; a slip where there is none of that name.
    pub(super) fn situation(&self, fields: &Fields<'_, '_>, text: &Text) -> Option<usize> {
        let found = self.situations.iter().position(|s| s.id == text.text);
        if found.is_none() {
            let known = self.situations.iter().map(|s| s.id.as_str()).collect::<Vec<_>>().join(" ");
            let message = Message::new("pack.choice").arg("value", &text.text).arg("known", known);
            fields.file.slip(text.span.clone(), &message);
        }
        found
    }
}

impl Standard {
    /// The built-in standard.
    pub fn embedded(lang: Lang) -> Result<Standard, PackError> {
        Standard::from_files(&PackFiles::embedded(), lang)
    }

    /// The pack in a folder.
    pub fn load(dir: &Path, lang: Lang) -> Result<Standard, PackError> {
        Standard::from_files(&PackFiles::folder(dir)?, lang)
    }

    /// A pack from its files; `lang` is the language of the slips' pictures.
    pub fn from_files(files: &PackFiles, lang: Lang) -> Result<Standard, PackError> {
        let (standard, slips) = Loader { files, lang }.standard();
        if slips.is_empty() { Ok(standard) } else { Err(PackError::Slips(slips)) }
    }
}

/// How many items an appendix has; 0 where the pack does not say.
fn items(fields: &Fields<'_, '_>, key: &'static str) -> u8 {
    let stated = fields.has(key).then(|| fields.whole(key));
    stated.and_then(|n| u8::try_from(n).ok()).unwrap_or(0)
}

/// What a file says, and its author's slips: each file has its own, so that files are read side by side.
type Told<T> = (T, Vec<Picture>);

struct Loader<'a> {
    files: &'a PackFiles,
    lang: Lang,
}

impl Loader<'_> {
    fn read<T>(&self, name: &str, text: &str, one: impl FnOnce(&PackFile<'_>, &str) -> T) -> Told<T> {
        let slips = RefCell::default();
        let told = one(&PackFile::new(name, text, self.lang, &slips), text);
        (told, slips.into_inner())
    }

    /// Reads one file by name; a missing one is a slip and reads as empty.
    fn open<T>(&self, name: &str, one: impl FnOnce(&PackFile<'_>, &str) -> T) -> Told<T> {
        let found = self.files.get(name);
        self.read(name, found.unwrap_or(""), |file, text| {
            if found.is_none() {
                file.slip(0..0, &Message::new("pack.no-file").arg("name", name));
            }
            one(file, text)
        })
    }

    /// Reads every file of a folder.
    fn each<T: Send>(&self, folder: &str, one: impl Fn(&PackFile<'_>, &str) -> T + Sync) -> Told<Vec<T>> {
        let files: Vec<(&str, &str)> = self.files.under(folder).collect();
        let told: Vec<Told<T>> = files.par_iter().map(|(name, text)| self.read(name, text, &one)).collect();
        let (rules, slips): (Vec<T>, Vec<Vec<Picture>>) = told.into_iter().unzip();
        (rules, slips.into_iter().flatten().collect())
    }

    fn standard(&self) -> Told<Standard> {
        let (words, words_slips) = self.open("words.toml", words_of);
        let (situations, situations_slips) =
            self.open("situations.toml", |file, text| situations::situations(file, text, &words));
        let named = Named { words: &words, situations: &situations };
        // Banned phrases are most of a pack: what else there is takes about as long as a share of them.
        let ((banned, banned_slips), (mut standard, slips)) = rayon::join(
            || self.each("banned/", |file, text| banned::banned(file, text, &named)),
            || self.all_but_banned(&named),
        );
        (standard.banned, standard.situations) = (banned, situations);
        (standard, [words_slips, situations_slips, banned_slips, slips].concat())
    }

    fn all_but_banned(&self, named: &Named<'_>) -> Told<Standard> {
        let (approved, approved_slips) =
            self.each("approved/", |file, text| approved::approved(file, text, named));
        let (article_rules, articles_slips) =
            self.each("articles/", |file, text| articles::article_rule(file, text, named));
        let (context, context_slips) =
            self.open("context.toml", |file, text| context::context(file, text, named.words));
        let (scoring, scoring_slips) =
            self.open("scoring.toml", |file, text| scoring::scoring(file, text, named));
        let (head, head_slips) =
            self.open("standard.toml", |file, text| self.head(file, text, named.words, (context, scoring)));
        let (tellings, tellings_slips) = self.tellings(named.words);
        let slips =
            [approved_slips, articles_slips, context_slips, scoring_slips, head_slips, tellings_slips]
                .concat();
        (Standard { approved, article_rules, tellings, ..head }, slips)
    }

    fn head(
        &self,
        file: &PackFile<'_>,
        text: &str,
        words: &Words,
        (context, scoring): (Context, Scoring),
    ) -> Standard {
        let table = file.parse(text);
        let fields = Fields::new(file, table.get_ref(), 0..text.len());
        let class = |name: &str| words.class(name).cloned().unwrap_or(Node::Alt(Vec::new().into()));
        // For people who read the pack; nothing computes with them.
        for key in ["index_number", "title_en", "issuer_en"] {
            let _ = fields.string(key);
        }
        let standard = Standard {
            id: fields.required("id").text,
            title: fields.required("title").text,
            number: fields.required("number").text,
            date: fields.required("date").text,
            issuer: fields.required("issuer").text,
            sha256: self.files.sha256(),
            articles: fields.tables("article").iter().map(articles::article).collect(),
            items: ["approved_items", "banned_items"].map(|key| items(&fields, key)),
            banned: Vec::new(),
            approved: Vec::new(),
            article_rules: Vec::new(),
            situations: Vec::new(),
            context,
            tellings: Tellings::default(),
            scoring,
            lead: class("lead"),
            particle: class("particle"),
            backchannel: class("backchannel"),
        };
        fields.finish();
        standard
    }

    /// A pack without the file tells nobody's role by speech.
    fn tellings(&self, words: &Words) -> Told<Tellings> {
        let Some(text) = self.files.get("roles.toml") else { return Told::default() };
        self.read("roles.toml", text, |file, text| tellings::tellings(file, text, words))
    }
}

/// The word classes of `words.toml`.
fn words_of(file: &PackFile<'_>, text: &str) -> Words {
    let table = file.parse(text);
    let fields = Fields::new(file, table.get_ref(), 0..text.len());
    let mut raw = BTreeMap::new();
    if let Some(classes) = fields.required_table("class") {
        for (name, _, value) in classes.free_keys() {
            let members = value.get_ref().as_array().map(|list| {
                list.iter()
                    .filter_map(|m| m.get_ref().as_str().map(|text| (text.to_owned(), m.span())))
                    .collect::<Vec<_>>()
            });
            match members {
                Some(members) => drop(raw.insert(name, members)),
                None => {
                    let message =
                        Message::new("pack.type").arg("key", &name).arg("wanted", "list of strings");
                    file.slip(value.span(), &message);
                }
            }
        }
    }
    fields.finish();
    let (words, errors) = Words::resolve(&raw);
    for (span, error) in errors {
        let key = format!("pattern.{}", error.code);
        file.slip(span, &Message::new(key).arg("detail", error.detail).arg("pattern", ""));
    }
    words
}
