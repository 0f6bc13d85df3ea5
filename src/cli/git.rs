//! What changed, as git tells it. Paths are taken as bytes between NULs, and what a user sets for diffs to be read by
//! people makes no difference.

use super::problem::Trouble;
use std::ffi::{OsStr, OsString};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Which changes are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Since {
    /// Those in the index, as they are there.
    Staged,
    /// Those of the working folder since it parted from this revision.
    Rev(String),
}

/// A file that was added or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Changed {
    /// From the folder that the command runs in.
    pub(super) path: PathBuf,
    /// From the root of the file system.
    pub(super) whole: PathBuf,
    /// What is staged of it; nothing where the file itself is meant.
    pub(super) blob: Option<String>,
    /// A link, not a file.
    pub(super) link: bool,
}

/// The working tree, and where in it the command runs.
struct Tree {
    top: PathBuf,
    /// Below the top; empty at it.
    prefix: PathBuf,
}

/// Modes of the index: a link to another path, and a repository inside the repository.
const LINK: &[u8] = b"120000";
const MODULE: &[u8] = b"160000";

/// The files that were added or changed, and the top of the working tree. A renamed file is a new one.
pub(super) fn changed(since: &Since) -> Result<(PathBuf, Vec<Changed>), Trouble> {
    let tree = tree()?;
    let from = match since {
        Since::Staged => "--cached".to_owned(),
        Since::Rev(rev) => base(rev)?,
    };
    let raw =
        ["--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "-O/dev/null", "--diff-filter=ACMT"];
    let args = [&["-c", "diff.relative=false", "diff"], &raw[..], &[from.as_str(), "--"]].concat();
    let out = git(&args)?;
    let staged = *since == Since::Staged;
    let list = records(&out).filter_map(|(about, path)| tree.file(about, path, staged)).collect();
    Ok((tree.top, list))
}

/// What is staged under this name.
pub(super) fn blob(id: &str) -> Result<Vec<u8>, Trouble> {
    git(&["cat-file", "blob", id])
}

/// `:100644 100644 OLD NEW M` and the path of each change.
fn records(out: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut fields = out.split(|byte| *byte == 0);
    std::iter::from_fn(move || Some((fields.next().filter(|about| !about.is_empty())?, fields.next()?)))
}

impl Tree {
    fn file(&self, about: &[u8], path: &[u8], staged: bool) -> Option<Changed> {
        let mut fields = about.split(|byte| *byte == b' ').skip(1);
        let (mode, id) = (fields.next()?, fields.nth(1)?);
        if mode == MODULE {
            return None;
        }
        let below = PathBuf::from(os(path));
        Some(Changed {
            path: self.seen_from_here(&below),
            whole: self.top.join(&below),
            blob: staged.then(|| String::from_utf8_lossy(id).into_owned()),
            link: mode == LINK,
        })
    }

    fn seen_from_here(&self, below: &Path) -> PathBuf {
        match below.strip_prefix(&self.prefix) {
            Ok(path) => path.to_owned(),
            Err(_) => self.prefix.components().map(|_| "..").collect::<PathBuf>().join(below),
        }
    }
}

fn tree() -> Result<Tree, Trouble> {
    let out = git(&["rev-parse", "--show-toplevel", "--show-prefix"])?;
    let mut lines = out.split(|byte| *byte == b'\n').map(|line| PathBuf::from(os(line)));
    let (top, prefix) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    Ok(Tree { top: top.canonicalize().unwrap_or(top), prefix })
}

/// Where the working tree parted from a revision; the revision itself where they have nothing in common.
fn base(rev: &str) -> Result<String, Trouble> {
    let name = format!("{rev}^{{commit}}");
    let verify = ["rev-parse", "--verify", "--quiet", "--end-of-options", &name];
    let known = git(&verify).map_err(|trouble| match trouble {
        Trouble::Git(_) => Trouble::Rev(rev.to_owned()),
        other => other,
    })?;
    // `rev-parse` repeats the mark that ends its options.
    let id = |out: &[u8]| {
        let text = String::from_utf8_lossy(out);
        text.lines().next_back().unwrap_or_default().to_owned()
    };
    let known = id(&known);
    Ok(git(&["merge-base", &known, "HEAD"]).map_or(known, |out| id(&out)))
}

/// Runs git where the command runs; its output.
fn git(args: &[&str]) -> Result<Vec<u8>, Trouble> {
    let mut command = Command::new("git");
    command.args(args).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").stdin(Stdio::null());
    let output = command.output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => Trouble::NoGit,
        _ => Trouble::System(error.to_string()),
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    match said.contains("not a git repository") {
        true => Err(Trouble::NoRepository),
        false => Err(Trouble::Git(said.lines().next().unwrap_or_default().to_owned())),
    }
}

#[cfg(unix)]
fn os(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(bytes).to_owned()
}

#[cfg(not(unix))]
fn os(bytes: &[u8]) -> OsString {
    OsStr::new(&*String::from_utf8_lossy(bytes)).to_owned()
}
