//! Whether a walk would leave out a file that somebody else has listed.

use super::inputs::IGNORE_FILE;
use ignore::gitignore::Gitignore;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The ignore files of one folder.
struct Folder {
    own: Gitignore,
    git: Gitignore,
    /// A repository begins here: what stands above is no business of its files.
    top: bool,
}

/// The ignore files read so far.
#[derive(Default)]
pub(super) struct Ignored {
    folders: HashMap<PathBuf, Folder>,
}

impl Ignored {
    /// Whether `file` is left out below `root`; both from the root of the file system. A folder that is left out takes
    /// all that is in it along.
    pub(super) fn leaves_out(&mut self, file: &Path, root: &Path) -> bool {
        let mut below: Vec<&Path> = file.ancestors().take_while(|path| *path != root).collect();
        below.reverse();
        below.into_iter().any(|path| self.matches(path, path != file))
    }

    /// The nearest word on `path` holds; wuxin's own files come before those of git.
    fn matches(&mut self, path: &Path, is_dir: bool) -> bool {
        let mut git = None;
        let mut inside = true;
        for dir in path.ancestors().skip(1) {
            let folder = self.folder(dir);
            let own = folder.own.matched(path, is_dir);
            if !own.is_none() {
                return own.is_ignore();
            }
            if inside && git.is_none() {
                let said = folder.git.matched(path, is_dir);
                git = (!said.is_none()).then(|| said.is_ignore());
            }
            inside &= !folder.top;
        }
        git.unwrap_or(false)
    }

    fn folder(&mut self, dir: &Path) -> &Folder {
        // What is wrong in a line of an ignore file makes that line void, as in a walk.
        self.folders.entry(dir.to_owned()).or_insert_with(|| Folder {
            own: Gitignore::new(dir.join(IGNORE_FILE)).0,
            git: Gitignore::new(dir.join(".gitignore")).0,
            top: dir.join(".git").exists(),
        })
    }
}
