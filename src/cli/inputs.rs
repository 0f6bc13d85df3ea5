//! From the paths of the command line to the files to be read: folders walked, in order, each file once.

use super::git::{self, Changed, Since};
use super::ignored::Ignored;
use super::problem::{Trouble, failure, shown};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{DirEntry, WalkBuilder};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use wuxin::config::Config;
use wuxin::diagnostic::Lang;
use wuxin::report::Failure;

/// Besides `.gitignore`.
pub(super) const IGNORE_FILE: &str = ".wuxinignore";

/// One input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Input {
    /// As it stands in the report.
    pub(super) path: String,
    /// `None` for standard input.
    pub(super) file: Option<PathBuf>,
    /// What git has of it in its index, which is read in place of the file.
    pub(super) blob: Option<String>,
    /// Given on the command line, not met below a folder.
    pub(super) named: bool,
}

/// What the paths lead to.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// By path.
    pub(super) inputs: Vec<Input>,
    /// Left out, by reason.
    pub(super) skipped: BTreeMap<String, usize>,
    /// Paths that lead nowhere, with whether they were named.
    pub(super) failures: Vec<(Failure, bool)>,
}

/// How folders are walked.
pub(super) struct Walk {
    excluded: Gitignore,
    root: PathBuf,
    no_ignore: bool,
    lang: Lang,
}

impl Walk {
    pub(super) fn new(config: &Config, no_ignore: bool) -> Result<Self, Trouble> {
        let root = config.root.canonicalize().unwrap_or_else(|_| config.root.clone());
        let mut builder = GitignoreBuilder::new(&root);
        for glob in &config.exclude {
            builder.add_line(None, glob).map_err(|_| Trouble::Glob(glob.clone()))?;
        }
        let excluded = builder.build().map_err(|error| Trouble::Glob(error.to_string()))?;
        Ok(Walk { excluded, root, no_ignore, lang: config.settings.lang })
    }

    /// Everything below `paths`; the working folder where there are none.
    pub(super) fn find(&self, paths: &[PathBuf]) -> Found {
        let mut found = Found::default();
        if paths.is_empty() {
            self.folder(Path::new("."), &mut found);
        }
        for path in paths {
            match path.metadata() {
                _ if path.as_os_str() == "-" => {
                    found.inputs.push(Input { path: "-".into(), file: None, blob: None, named: true });
                }
                Ok(about) if about.is_dir() => self.folder(path, &mut found),
                Ok(_) => found.inputs.push(Input::of(path, true)),
                Err(error) => {
                    let failed = failure(&shown(path), "", &Trouble::from(&error), self.lang);
                    found.failures.push((failed, true));
                }
            }
        }
        found.in_order()
    }

    /// The same, but files that are given count as if they were met in their folders.
    pub(super) fn find_as_met(&self, paths: &[PathBuf]) -> Found {
        let (files, others): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(|p| p.is_file());
        let only_files = others.is_empty() && !paths.is_empty();
        let mut found = if only_files { Found::default() } else { self.find(&others) };
        let here = here();
        let met = |path: PathBuf| Changed {
            whole: path.canonicalize().unwrap_or_else(|_| here.join(&path)),
            link: path.is_symlink(),
            blob: None,
            path,
        };
        self.met(files.into_iter().map(met), &here, &mut found);
        found.in_order()
    }

    /// What changed, below `paths` where there are any, as far as a walk would meet it.
    pub(super) fn find_changed(&self, since: &Since, paths: &[PathBuf]) -> Result<Found, Trouble> {
        let (top, changed) = git::changed(since)?;
        let here = here();
        let whole = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| here.join(path));
        let within: Vec<PathBuf> = paths.iter().map(whole).collect();
        let asked =
            |one: &Changed| within.is_empty() || within.iter().any(|path| one.whole.starts_with(path));
        let mut found = Found::default();
        self.met(changed.into_iter().filter(asked), &top, &mut found);
        Ok(found.in_order())
    }

    /// Keeps what a walk from `root` would keep.
    fn met(&self, files: impl Iterator<Item = Changed>, root: &Path, found: &mut Found) {
        let mut ignored = Ignored::default();
        for file in files {
            let out_of = if file.whole.starts_with(root) { Some(root) } else { file.whole.parent() };
            let root = out_of.unwrap_or(root);
            if file.link {
                skip(found, "link", 1);
            } else if is_hidden(&file.whole, root) {
                skip(found, "hidden", 1);
            } else if !self.no_ignore && ignored.leaves_out(&file.whole, root) {
                skip(found, "ignored", 1);
            } else if self.excludes(&file.whole) {
                skip(found, "excluded", 1);
            } else {
                found.inputs.push(Input { blob: file.blob, ..Input::of(&file.path, false) });
            }
        }
    }

    fn folder(&self, folder: &Path, found: &mut Found) {
        let mut seen = BTreeSet::new();
        for entry in self.walker(folder, true).build() {
            match entry {
                Ok(entry) => self.entry(&entry, folder, found, &mut seen),
                Err(error) => {
                    let what = error.to_string();
                    let failed = failure(&shown(folder), "", &Trouble::System(what), self.lang);
                    found.failures.push((failed, false));
                }
            }
        }
        if !self.no_ignore {
            // A second walk without the rules tells what they left out.
            let all = self.walker(folder, false).build().filter_map(Result::ok);
            let ignored = all.filter(|entry| is_file(entry) && !seen.contains(entry.path())).count();
            skip(found, "ignored", ignored);
        }
    }

    fn entry(&self, entry: &DirEntry, folder: &Path, found: &mut Found, seen: &mut BTreeSet<PathBuf>) {
        if entry.path_is_symlink() && entry.depth() > 0 {
            return skip(found, "link", 1);
        }
        if !is_file(entry) {
            return;
        }
        seen.insert(entry.path().to_owned());
        if self.is_excluded(entry.path()) {
            return skip(found, "excluded", 1);
        }
        let path = if folder == Path::new(".") {
            entry.path().strip_prefix(".").unwrap_or(entry.path())
        } else {
            entry.path()
        };
        found.inputs.push(Input::of(path, false));
    }

    /// Always in the same order; settings of the user's machine (a global ignore file) make no difference.
    fn walker(&self, folder: &Path, rules: bool) -> WalkBuilder {
        let rules = rules && !self.no_ignore;
        let mut builder = WalkBuilder::new(folder);
        builder
            .standard_filters(false)
            .hidden(true)
            .parents(rules)
            .git_ignore(rules)
            .git_exclude(rules)
            .require_git(false)
            .sort_by_file_path(Ord::cmp);
        if rules {
            builder.add_custom_ignore_filename(IGNORE_FILE);
        }
        builder
    }

    fn is_excluded(&self, path: &Path) -> bool {
        if self.excluded.is_empty() {
            return false;
        }
        path.canonicalize().is_ok_and(|path| self.excludes(&path))
    }

    /// The same of a path from the root of the file system.
    fn excludes(&self, path: &Path) -> bool {
        path.strip_prefix(&self.root)
            .is_ok_and(|below| self.excluded.matched_path_or_any_parents(below, false).is_ignore())
    }
}

impl Input {
    fn of(path: &Path, named: bool) -> Self {
        Input { path: shown(path), file: Some(path.to_owned()), blob: None, named }
    }
}

impl Found {
    /// By path, each once.
    fn in_order(mut self) -> Self {
        // Named ones first among equals, so that they stay named.
        self.inputs.sort_by(|a, b| (&a.path, !a.named).cmp(&(&b.path, !b.named)));
        self.inputs.dedup_by(|later, first| later.path == first.path);
        self
    }
}

/// The folder that the command runs in.
fn here() -> PathBuf {
    std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default()
}

/// Whether a name below `root` begins with a point.
fn is_hidden(path: &Path, root: &Path) -> bool {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.iter().any(|name| name.to_string_lossy().starts_with('.'))
}

fn is_file(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file())
}

fn skip(found: &mut Found, reason: &str, count: usize) {
    if count > 0 {
        *found.skipped.entry(reason.to_owned()).or_default() += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use wuxin::config::{File, Layer};

    fn tree() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("b.txt", "x"),
            ("a/c.srt", "x"),
            ("a/skip.txt", "x"),
            ("a/.wuxinignore", "skip.txt\n"),
            ("node/x.txt", "x"),
            ("old/y.txt", "x"),
            (".gitignore", "node/\n"),
            (".hidden.txt", "x"),
            ("wuxin.toml", "exclude = [\"old/\"]\n"),
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn found(folder: &Path, paths: &[PathBuf], no_ignore: bool) -> (Vec<String>, Found) {
        let path = folder.join("wuxin.toml");
        let (file, slips) = File::parse(&path, &fs::read_to_string(&path).unwrap());
        assert!(slips.is_empty());
        let config = Config::new(Some(&file), &Layer::default());
        let found = Walk::new(&config, no_ignore).unwrap().find(paths);
        let bare = |input: &Input| Path::new(&input.path).strip_prefix(folder).unwrap().display().to_string();
        (found.inputs.iter().map(bare).collect(), found)
    }

    #[test]
    fn folders_are_walked_in_order_and_what_is_left_out_is_counted() {
        let folder = tree();
        let (paths, rest) = found(folder.path(), &[folder.path().to_owned()], false);
        assert_eq!(paths, ["a/c.srt", "b.txt", "wuxin.toml"]);
        assert_eq!(rest.skipped, BTreeMap::from([("excluded".into(), 1), ("ignored".into(), 2)]));
        let (paths, rest) = found(folder.path(), &[folder.path().to_owned()], true);
        assert_eq!(paths, ["a/c.srt", "a/skip.txt", "b.txt", "node/x.txt", "wuxin.toml"]);
        assert_eq!(rest.skipped, BTreeMap::from([("excluded".into(), 1)]));
    }

    #[test]
    fn a_file_that_is_named_is_read_once_and_whatever_the_rules_say() {
        let folder = tree();
        let named = |name: &str| folder.path().join(name);
        let paths = [named("a"), named("a/c.srt"), named("old/y.txt"), named("a/skip.txt"), named("nowhere")];
        let (paths, rest) = found(folder.path(), &paths, false);
        assert_eq!(paths, ["a/c.srt", "a/skip.txt", "old/y.txt"]);
        assert!(rest.inputs.iter().all(|input| input.named));
        assert_eq!((rest.failures[0].0.code.as_str(), rest.failures[0].1), ("no-such-file", true));
    }
}
