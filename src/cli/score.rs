//! `wuxin rules score`: how well labelled speech is heard.

use super::args::Pack;
use super::engine::Engine;
use super::problem::{Problem, Stop, Trouble, shown};
use super::rules::{document, style};
use super::setup::Setup;
use super::terminal::Shell;
use std::path::{Path, PathBuf};
use wuxin::check::{BadRow, Case};
use wuxin::diagnostic::{Explain, Label, Lang, Picture, Severity};
use wuxin::render;
use wuxin::text::SourceText;

/// `wuxin rules score`
#[derive(Debug)]
pub(super) struct Score {
    pub(super) paths: Vec<PathBuf>,
    pub(super) pack: Pack,
    pub(super) misses: bool,
    pub(super) json: bool,
}

pub(super) fn run(args: &Score, shell: &mut Shell) -> Result<u8, Stop> {
    let setup = Setup::new(&args.pack)?;
    let engine = setup.engine()?;
    let (mut cases, mut bad) = (Vec::new(), Vec::new());
    for path in &args.paths {
        match read(path, &engine, setup.lang()) {
            Ok(rows) => cases.extend(rows),
            Err(Problem(pictures)) => bad.extend(pictures),
        }
    }
    if !bad.is_empty() {
        return Err(Problem(bad).into());
    }
    let hearing = engine.measure(&cases);
    if args.json {
        return document(&hearing, shell);
    }
    render::hearing(&hearing, args.misses, &style(setup.lang(), shell), &mut shell.out)?;
    Ok(0)
}

fn read(path: &Path, engine: &Engine, lang: Lang) -> Result<Vec<Case>, Problem> {
    let text = table(path, lang)?;
    engine.cases(&text).map_err(|bad| pictures(path, &text, &bad, lang))
}

/// The text of a table.
pub(super) fn table(path: &Path, lang: Lang) -> Result<String, Problem> {
    let about = |trouble: &Trouble| Problem::about(&shown(path), trouble, lang);
    let bytes = std::fs::read(path).map_err(|error| about(&Trouble::from(&error)))?;
    let text = String::from_utf8(bytes).map_err(|_| about(&Trouble::NotText))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// Each bad row with a picture of it.
fn pictures(path: &Path, text: &str, bad: &[BadRow], lang: Lang) -> Problem {
    let source = SourceText::new(text.to_owned());
    let picture = |row: &BadRow| Picture {
        name: shown(path),
        source: source.clone(),
        code: row.code().to_owned(),
        severity: Severity::Error,
        message: row.message().words(lang),
        help: row.cure().words(lang),
        labels: vec![Label { span: row.span, text: String::new(), primary: true }],
    };
    Problem(bad.iter().map(picture).collect())
}
