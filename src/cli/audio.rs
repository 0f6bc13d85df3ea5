//! `--audio DIR`: which recording belongs to which conversation.

use super::outputs::between;
use super::problem::Trouble;
use ignore::WalkBuilder;
use std::collections::BTreeMap;
use std::path::Path;
use wuxin::report::Conversation;

/// What browsers play, in the order in which one of several forms of a recording is chosen.
const KINDS: [&str; 5] = ["wav", "mp3", "m4a", "ogg", "flac"];
/// Folders deeper than this are not looked into.
const DEPTH: usize = 16;

/// The recordings below a folder.
#[derive(Debug, Default)]
pub(super) struct Recordings {
    /// From the working folder to the folder, parts joined by `/`.
    way: String,
    /// Paths below the folder, parts joined by `/`, by name and by name without its ending, in lower case.
    by_name: BTreeMap<String, Vec<String>>,
}

impl Recordings {
    pub(super) fn below(folder: &Path) -> Result<Self, Trouble> {
        let whole = folder.canonicalize().map_err(|error| Trouble::from(&error))?;
        let here = std::env::current_dir().and_then(|here| here.canonicalize());
        let way = here.map(|here| between(&here, &whole)).map_err(|error| Trouble::from(&error))?;
        std::fs::read_dir(&whole).map_err(|error| Trouble::from(&error))?;
        let mut out = Recordings { way, by_name: BTreeMap::new() };
        let walk = WalkBuilder::new(&whole)
            .standard_filters(false)
            .max_depth(Some(DEPTH))
            .sort_by_file_path(Ord::cmp)
            .build();
        let files =
            walk.filter_map(Result::ok).filter(|one| one.file_type().is_some_and(|kind| kind.is_file()));
        for path in files.filter_map(|one| one.path().strip_prefix(&whole).ok().map(Path::to_owned)) {
            out.add(&path);
        }
        Ok(out)
    }

    fn add(&mut self, path: &Path) {
        let Some(kind) = kind(path) else { return };
        let Some(name) = path.file_name().and_then(|name| name.to_str()).map(str::to_lowercase) else {
            return;
        };
        let stem = name.get(..name.len() - kind.len() - 1).unwrap_or(&name).to_owned();
        let parts: Vec<String> =
            path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        let path = parts.join("/");
        for key in [stem, name] {
            self.by_name.entry(key).or_default().push(path.clone());
        }
    }

    /// From the working folder to the recording of `one`: the one that it names, else one of the same name.
    pub(super) fn of(&self, one: &Conversation) -> Option<String> {
        // A file of one conversation only.
        let own = one.sha256.as_ref().map(|_| one.path.as_str()).and_then(stem);
        let names = [one.meta.recording.as_deref(), one.conversation.as_deref(), own];
        let path = names.into_iter().flatten().find_map(|name| self.named(name, &one.path))?;
        Some(format!("{}{path}", self.way))
    }

    /// Of several in one folder the first kind; of several folders the one called as the transcript's. A wrong recording
    /// is worse than none.
    fn named(&self, name: &str, transcript: &str) -> Option<&String> {
        let wanted = name.replace('\\', "/");
        let last = wanted.rsplit('/').next()?.to_lowercase();
        let all = self.by_name.get(&last)?;
        if let Some(exact) = all.iter().find(|path| **path == wanted) {
            return Some(exact);
        }
        let home = parent(transcript).rsplit('/').next().unwrap_or("");
        let near: Vec<&String> =
            all.iter().filter(|path| parent(path).rsplit('/').next().unwrap_or("") == home).collect();
        let all = if near.is_empty() { all.iter().collect() } else { near };
        let one_folder = all.windows(2).all(|pair| matches!(pair, [a, b] if parent(a) == parent(b)));
        all.into_iter()
            .filter(|_| one_folder)
            .min_by_key(|path| KINDS.iter().position(|known| kind(Path::new(path)).as_deref() == Some(known)))
    }
}

/// The ending of a recording's name.
fn kind(path: &Path) -> Option<String> {
    let kind = path.extension()?.to_str()?.to_lowercase();
    KINDS.contains(&kind.as_str()).then_some(kind)
}

fn parent(path: &str) -> &str {
    path.rsplit_once(['/', '\\']).map_or("", |(parent, _)| parent)
}

fn stem(path: &str) -> Option<&str> {
    Path::new(path).file_stem()?.to_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recordings(paths: &[&str]) -> Recordings {
        let mut out = Recordings { way: "../录音/".into(), by_name: BTreeMap::new() };
        paths.iter().for_each(|path| out.add(Path::new(path)));
        out
    }

    #[test]
    fn a_recording_is_found_by_its_name_and_never_guessed() {
        let all = recordings(&["a/01.WAV", "a/01.mp3", "b/01.wav", "b/02.flac", "b/notes.txt", "c/03.ogg"]);
        let named = |name: &str, transcript: &str| all.named(name, transcript).map(String::as_str);
        assert_eq!(named("02", "x/y.srt"), Some("b/02.flac"));
        assert_eq!(named("02.FLAC", "x/y.srt"), Some("b/02.flac"));
        assert_eq!(named("D:\\rec\\03.ogg", "y.srt"), Some("c/03.ogg"));
        assert_eq!(named("01", "in/a/01.srt"), Some("a/01.WAV"));
        assert_eq!(named("01.mp3", "in/z/01.srt"), Some("a/01.mp3"));
        assert_eq!(named("b/01.wav", "in/a/01.srt"), Some("b/01.wav"));
        assert_eq!(named("01", "in/z/01.srt"), None);
        assert_eq!(named("notes", "in/a/01.srt"), None);
        assert_eq!(named("..", "a"), None);
    }

    #[test]
    fn a_folder_is_walked() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("内")).unwrap();
        std::fs::write(folder.path().join("内/甲 1.mp3"), "x").unwrap();
        let all = Recordings::below(folder.path()).unwrap();
        assert_eq!(all.by_name["甲 1"], ["内/甲 1.mp3"]);
        assert!(Recordings::below(&folder.path().join("nowhere")).is_err());
    }
}
