//! From arguments and `wuxin.toml` to the settings in force and the engine that runs by them.

use super::args::Pack;
use super::engine::Engine;
use super::problem::{Problem, Trouble, shown};
use std::path::{Path, PathBuf};
use wuxin::config::{self, Config, File};
use wuxin::diagnostic::Lang;

/// The settings, and the file they come from (for slips that only show when the standard is known).
pub(super) struct Setup {
    pub(super) config: Config,
    file: Option<File>,
}

impl Setup {
    /// Finds and reads the settings; every slip of the file at once.
    pub(super) fn new(pack: &Pack) -> Result<Setup, Problem> {
        let file = match file_of(pack) {
            Some(path) => Some(read(&path, pack.layer.lang)?),
            None => None,
        };
        let config = Config::new(file.as_ref(), &pack.layer);
        Ok(Setup { config, file })
    }

    pub(super) fn lang(&self) -> Lang {
        self.config.settings.lang
    }

    /// Where the settings come from, if from a file.
    pub(super) fn settings_file(&self) -> Option<&Path> {
        self.file.as_ref().map(|file| file.path.as_path())
    }

    /// Loads the standard; rules that the settings name must be in it.
    pub(super) fn engine(&self) -> Result<Engine, Problem> {
        let engine = Engine::new(&self.config)?;
        let Some(file) = &self.file else { return Ok(engine) };
        let rules = engine.outlines_by_id();
        let known: Vec<&str> = rules.keys().map(String::as_str).collect();
        let slips = file.unknown_rules(&known);
        if slips.is_empty() { Ok(engine) } else { Err(Problem(file.pictures(&slips, self.lang()))) }
    }
}

fn file_of(pack: &Pack) -> Option<PathBuf> {
    if pack.no_config {
        return None;
    }
    pack.config.clone().or_else(|| config::find(&std::env::current_dir().ok()?))
}

fn read(path: &Path, lang: Option<Lang>) -> Result<File, Problem> {
    let before = lang.unwrap_or_default();
    let bytes =
        std::fs::read(path).map_err(|error| Problem::about(&shown(path), &Trouble::from(&error), before))?;
    let text =
        String::from_utf8(bytes).map_err(|_| Problem::about(&shown(path), &Trouble::NotText, before))?;
    let (file, slips) = File::parse(path, text.trim_start_matches('\u{feff}'));
    // The file may itself say in which language its slips are told.
    let lang = lang.or(file.layer.lang).unwrap_or_default();
    if slips.is_empty() { Ok(file) } else { Err(Problem(file.pictures(&slips, lang))) }
}
