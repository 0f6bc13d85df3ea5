//! A pack's files, from the program or from a folder, to a [`Standard`].

use super::digest;
use super::embedded::{EMBEDDED, SHA256};
use super::fields::{Content, Fields, PackFile, Text};
use super::model::{Context, Situation, Standard, Tellings};
use super::pattern::Node;
use super::scoring::Scoring;
use super::words::Words;
use super::{approved, articles, banned, context, scoring, situations, tellings};
use crate::diagnostic::{Lang, Message, Picture};
use rayon::prelude::*;
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
            files: EMBEDDED.iter().map(|(name, text, _)| ((*name).to_owned(), (*text).to_owned())).collect(),
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
    /// The built-in standard, from what the build script parsed. A slip needs a picture, and a picture the text.
    pub fn embedded(lang: Lang) -> Result<Standard, PackError> {
        let files = EMBEDDED.iter().map(|(name, _, parsed)| (*name, Content::Parsed(parsed))).collect();
        let (standard, slips) = Loader { files, lang }.standard(SHA256.to_owned());
        if slips.is_empty() { Ok(standard) } else { Standard::from_files(&PackFiles::embedded(), lang) }
    }

    /// The pack in a folder.
    pub fn load(dir: &Path, lang: Lang) -> Result<Standard, PackError> {
        Standard::from_files(&PackFiles::folder(dir)?, lang)
    }

    /// A pack from its files; `lang` is the language of the slips' pictures.
    pub fn from_files(files: &PackFiles, lang: Lang) -> Result<Standard, PackError> {
        let texts = || files.files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let loader =
            Loader { files: texts().map(|(name, text)| (name, Content::Text(text))).collect(), lang };
        let (standard, slips) = loader.standard(digest::sha256(texts()));
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
    files: BTreeMap<&'a str, Content<'a>>,
    lang: Lang,
}

impl Loader<'_> {
    fn read<T>(&self, name: &str, content: Content<'_>, one: impl FnOnce(&PackFile<'_>) -> T) -> Told<T> {
        let slips = RefCell::default();
        let told = one(&PackFile::new(name, content, self.lang, &slips));
        (told, slips.into_inner())
    }

    /// Reads one file by name; a missing one is a slip and reads as empty.
    fn open<T>(&self, name: &str, one: impl FnOnce(&PackFile<'_>) -> T) -> Told<T> {
        let found = self.files.get(name).copied();
        self.read(name, found.unwrap_or(Content::Text("")), |file| {
            if found.is_none() {
                file.slip(0..0, &Message::new("pack.no-file").arg("name", name));
            }
            one(file)
        })
    }

    /// Reads every file of a folder.
    fn each<T: Send>(&self, folder: &str, one: impl Fn(&PackFile<'_>) -> T + Sync) -> Told<Vec<T>> {
        let files: Vec<_> = self.files.iter().filter(|(name, _)| name.starts_with(folder)).collect();
        let told: Vec<Told<T>> =
            files.par_iter().map(|(name, content)| self.read(name, **content, &one)).collect();
        let (rules, slips): (Vec<T>, Vec<Vec<Picture>>) = told.into_iter().unzip();
        (rules, slips.into_iter().flatten().collect())
    }

    fn standard(&self, sha256: String) -> Told<Standard> {
        let (words, words_slips) = self.open("words.toml", words_of);
        let (situations, situations_slips) =
            self.open("situations.toml", |file| situations::situations(file, &words));
        let named = Named { words: &words, situations: &situations };
        // Banned phrases are most of a pack: what else there is takes about as long as a share of them.
        let ((banned, banned_slips), (mut standard, slips)) = rayon::join(
            || self.each("banned/", |file| banned::banned(file, &named)),
            || self.all_but_banned(&named),
        );
        (standard.banned, standard.situations, standard.sha256) = (banned, situations, sha256);
        (standard, [words_slips, situations_slips, banned_slips, slips].concat())
    }

    fn all_but_banned(&self, named: &Named<'_>) -> Told<Standard> {
        let (approved, approved_slips) = self.each("approved/", |file| approved::approved(file, named));
        let (article_rules, articles_slips) =
            self.each("articles/", |file| articles::article_rule(file, named));
        let (context, context_slips) = self.open("context.toml", |file| context::context(file, named.words));
        let (scoring, scoring_slips) = self.open("scoring.toml", |file| scoring::scoring(file, named));
        let (head, head_slips) =
            self.open("standard.toml", |file| self.head(file, named.words, (context, scoring)));
        let (tellings, tellings_slips) = self.tellings(named.words);
        let slips =
            [approved_slips, articles_slips, context_slips, scoring_slips, head_slips, tellings_slips]
                .concat();
        (Standard { approved, article_rules, tellings, ..head }, slips)
    }

    fn head(&self, file: &PackFile<'_>, words: &Words, (context, scoring): (Context, Scoring)) -> Standard {
        let table = file.parse();
        let fields = Fields::root(file, &table);
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
            sha256: String::new(),
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
        let Some(content) = self.files.get("roles.toml") else { return Told::default() };
        self.read("roles.toml", *content, |file| tellings::tellings(file, words))
    }
}

/// The word classes of `words.toml`.
fn words_of(file: &PackFile<'_>) -> Words {
    let table = file.parse();
    let fields = Fields::root(file, &table);
    let mut raw = BTreeMap::new();
    if let Some(classes) = fields.required_table("class") {
        for (name, _, value) in classes.free_keys() {
            let members = value.as_array().map(|list| {
                list.iter()
                    .filter_map(|m| m.as_str().map(|text| (text.to_owned(), m.span())))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_build_script_parsed_says_what_the_texts_say() {
        let parsed = Standard::embedded(Lang::Zh).unwrap();
        let read = Standard::from_files(&PackFiles::embedded(), Lang::Zh).unwrap();
        assert!(parsed.sha256.len() == 64 && !parsed.banned.is_empty());
        assert!(format!("{parsed:?}") == format!("{read:?}"), "the two differ");
    }

    #[test]
    fn what_was_parsed_has_no_slips() {
        let files = EMBEDDED.iter().map(|(name, _, parsed)| (*name, Content::Parsed(parsed))).collect();
        let (_, slips) = Loader { files, lang: Lang::Zh }.standard(String::new());
        assert!(slips.is_empty(), "each start would read the texts, too");
    }
}
