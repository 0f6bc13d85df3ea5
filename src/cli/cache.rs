//! `--cache`: what was made of an input is kept under a name that is a digest of everything it depends on. What has
//! changed has another name; so nothing here is ever wrong, only old.

use super::piece::Piece;
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};
use wuxin::text::hex;

/// The name that is used where none is given; hidden, so that no walk meets it.
pub(super) const FOLDER: &str = ".wuxin-cache";
/// The first line of an entry.
const HEAD: &[u8] = b"wuxin-cache/1\n";
const DIGEST: usize = 32;
/// Entries that nobody asked for in so long are removed.
const OLD: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// A folder with results.
#[derive(Debug)]
pub(super) struct Cache {
    folder: PathBuf,
    /// What all results of this run depend on.
    run: Sha256,
    /// Numbers temporary names.
    written: AtomicUsize,
}

/// The name of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key(String);

impl Cache {
    /// Opens or makes the folder. `run`: rule pack, version, settings, reports.
    pub(super) fn open(folder: &Path, run: &[&str]) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        private(folder)?;
        for (name, text) in [
            (
                "CACHEDIR.TAG",
                "Signature: 8a477f597d28d172789f06886806bc55\n# Made by wuxin --cache; may be removed.\n",
            ),
            (".gitignore", "*\n"),
        ] {
            if !folder.join(name).exists() {
                fs::write(folder.join(name), text)?;
            }
        }
        let mut digest = Sha256::new();
        run.iter().for_each(|part| add(&mut digest, part.as_bytes()));
        Ok(Cache { folder: folder.to_owned(), run: digest, written: AtomicUsize::new(0) })
    }

    /// The name of what is made of these parts.
    pub(super) fn key(&self, parts: &[&[u8]]) -> Key {
        let mut digest = self.run.clone();
        parts.iter().for_each(|part| add(&mut digest, part));
        Key(hex(&digest.finalize()))
    }

    /// What is kept under that name. What is damaged counts as absent, and is written anew.
    pub(super) fn get(&self, key: &Key) -> Option<Piece> {
        let path = self.path(key);
        let bytes = fs::read(&path).ok()?;
        let (digest, body) = bytes.strip_prefix(HEAD)?.split_at_checked(DIGEST)?;
        if Sha256::digest(body).as_slice() != digest {
            return None;
        }
        let piece = serde_json::from_slice(body).ok()?;
        // It is young again; that this fails matters to nobody.
        let _ = fs::File::options()
            .append(true)
            .open(&path)
            .and_then(|file| file.set_modified(SystemTime::now()));
        Some(piece)
    }

    /// Keeps it. A full disk makes the next run slower and this one no worse.
    pub(super) fn put(&self, key: &Key, piece: &Piece) {
        let _ = self.write(key, piece);
    }

    fn write(&self, key: &Key, piece: &Piece) -> io::Result<()> {
        let body = serde_json::to_vec(piece)?;
        let path = self.path(key);
        let shelf = path.parent().unwrap_or(&self.folder);
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let beside = shelf.join(format!("{}.{number}.new", std::process::id()));
        fs::create_dir_all(shelf)?;
        fs::write(&beside, [HEAD, Sha256::digest(&body).as_slice(), &body].concat())?;
        fs::rename(&beside, &path).inspect_err(|_| _ = fs::remove_file(&beside))
    }

    fn path(&self, Key(name): &Key) -> PathBuf {
        let (shelf, rest) = name.split_at(2);
        self.folder.join(shelf).join(rest)
    }

    /// Removes what nobody has asked for in a month, and what was never finished.
    pub(super) fn tidy(&self) {
        let shelves = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let entries = shelves.filter_map(|shelf| fs::read_dir(shelf.path()).ok()).flatten().flatten();
        for entry in entries {
            let age = entry.metadata().and_then(|about| about.modified()).map(|then| then.elapsed());
            if matches!(age, Ok(Ok(age)) if age > OLD) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Parts are told apart by their lengths.
fn add(digest: &mut Sha256, part: &[u8]) {
    digest.update((part.len() as u64).to_le_bytes());
    digest.update(part);
}

/// Results hold what people said: they are their owner's business.
#[cfg(unix)]
fn private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn private(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_found_by_all_that_it_depends_on_and_only_whole() {
        let folder = tempfile::tempdir().unwrap();
        let cache = |run: &[&str]| Cache::open(folder.path(), run).unwrap();
        let here = cache(&["pack", "1"]);
        let key = here.key(&[b"ab", b"c"]);
        assert!(key != here.key(&[b"a", b"bc"]) && key != cache(&["pack", "2"]).key(&[b"ab", b"c"]));
        assert!(here.get(&key).is_none());
        here.put(&key, &Piece::skipped("lock-file"));
        assert_eq!(cache(&["pack", "1"]).get(&key).unwrap().skipped, ["lock-file"]);
        let path = here.path(&key);
        let whole = fs::read(&path).unwrap();
        for damaged in [&whole[..whole.len() - 1], b"", &[&whole[..], b" "].concat()] {
            fs::write(&path, damaged).unwrap();
            assert!(here.get(&key).is_none());
        }
        here.put(&key, &Piece::default());
        assert!(here.get(&key).is_some());
        let old = SystemTime::now() - 2 * OLD;
        fs::File::options().append(true).open(&path).unwrap().set_modified(old).unwrap();
        here.tidy();
        assert!(here.get(&key).is_none());
    }
}
