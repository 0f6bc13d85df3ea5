//! Writing the store: the new file stands whole or not at all, and nobody else writes meanwhile.

use super::row::Row;
use crate::diagnostic::Explain;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Why a verdict was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file beside the store that another writer works on, or left behind.
    #[error("{path} is there: somebody else is writing", path = .0.display())]
    Busy(PathBuf),
    /// The store is no UTF-8: it would be damaged.
    #[error("{path} is not UTF-8", path = .0.display())]
    NotText(PathBuf),
    /// What the system says.
    #[error("{path}: {1}", path = .0.display())]
    Io(PathBuf, io::Error),
}

impl Explain for WriteError {
    fn code(&self) -> &'static str {
        match self {
            WriteError::Busy(_) => "verdicts-busy",
            WriteError::NotText(_) => "verdicts-not-utf8",
            WriteError::Io(..) => "verdicts-io",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        let (path, what) = match self {
            WriteError::Busy(path) | WriteError::NotText(path) => (path, String::new()),
            WriteError::Io(path, error) => (path, error.to_string()),
        };
        vec![("path", path.display().to_string()), ("what", what)]
    }
}

/// Adds a verdict as the last line.
pub fn append(store: &Path, row: &Row) -> Result<(), WriteError> {
    append_all(store, std::slice::from_ref(row))
}

/// Adds verdicts as the last lines, all or none. Whatever stands in the file, unknown fields and broken lines too, stays
/// as it is.
///
/// The new text is written beside the store under a fixed name that only one writer can create, then takes its place
/// by renaming.
pub fn append_all(store: &Path, rows: &[Row]) -> Result<(), WriteError> {
    // A link stays a link: what it points to is replaced.
    let store = fs::canonicalize(store).unwrap_or_else(|_| store.to_owned());
    let mut draft = Draft::new(&store)?;
    let io = |error| WriteError::Io(store.clone(), error);
    let mut text = before(&store)?;
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for row in rows {
        text.push_str(&serde_json::to_string(row).map_err(|error| io(error.into()))?);
        text.push('\n');
    }
    draft.replace(&store, &text).map_err(io)
}

fn before(store: &Path) -> Result<String, WriteError> {
    match fs::read_to_string(store) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        Err(error) if error.kind() == ErrorKind::InvalidData => Err(WriteError::NotText(store.to_owned())),
        Err(error) => Err(WriteError::Io(store.to_owned(), error)),
    }
}

/// The file that is to take the store's place; gone when the work fails.
struct Draft {
    path: PathBuf,
    file: File,
    /// From then on a file of this name is another writer's.
    in_place: bool,
}

impl Draft {
    fn new(store: &Path) -> Result<Self, WriteError> {
        let name = store.file_name().unwrap_or_default().to_string_lossy();
        let path = store.with_file_name(format!(".{name}.new"));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => Ok(Draft { path, file, in_place: false }),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(WriteError::Busy(path)),
            Err(error) => Err(WriteError::Io(path, error)),
        }
    }

    fn replace(&mut self, store: &Path, text: &str) -> io::Result<()> {
        self.file.write_all(text.as_bytes())?;
        if let Ok(old) = fs::metadata(store) {
            self.file.set_permissions(old.permissions())?;
        }
        self.file.sync_all()?;
        fs::rename(&self.path, store)?;
        self.in_place = true;
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.in_place {
            // The failure that led here is told; this one adds nothing.
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_in_its_place_leaves_the_next_writers_draft_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("v.jsonl");
        let mut draft = Draft::new(&store).unwrap();
        draft.replace(&store, "a\n").unwrap();
        let next = Draft::new(&store).unwrap();
        drop(draft);
        assert!(next.path.exists());
        drop(next);
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "one that comes to nothing leaves nothing"
        );
        assert_eq!(fs::read_to_string(&store).unwrap(), "a\n");
    }
}
