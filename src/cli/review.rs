//! `wuxin review`: what people say of findings.

use super::args::Pack;
use super::engine::{Checked, Engine};
use super::inputs::Walk;
#[cfg(feature = "xlsx")]
use super::problem::failure;
use super::problem::{Problem, Stop, Trouble, shown};
use super::rules::{document, style};
use super::setup::Setup;
use super::terminal::Shell;
use super::verdicts::{Book, path, today};
use rayon::prelude::*;
use std::io::Write;
use std::path::PathBuf;
use wuxin::check::Inspect;
use wuxin::diagnostic::{Message, one_line};
use wuxin::render;
use wuxin::report::{Conversation, Finding, REVIEWS_SCHEMA, ReviewRow, Reviewed, Reviews};
use wuxin::review::{self, Row, Verdict};
use wuxin::transcript::Date;

/// `wuxin review add`
#[derive(Debug)]
pub(super) struct Add {
    pub(super) pack: Pack,
    pub(super) no_ignore: bool,
    pub(super) verdicts: Option<PathBuf>,
    pub(super) fingerprint: String,
    pub(super) verdict: Verdict,
    pub(super) reviewer: String,
    pub(super) reason: String,
    pub(super) date: Option<Date>,
    pub(super) expires: Option<Date>,
    /// Where the finding stands.
    pub(super) within: Vec<PathBuf>,
}

/// `wuxin review list`
#[derive(Debug)]
pub(super) struct List {
    pub(super) pack: Pack,
    pub(super) no_ignore: bool,
    pub(super) verdicts: Option<PathBuf>,
    pub(super) paths: Vec<PathBuf>,
    pub(super) as_of: Option<Date>,
    pub(super) json: bool,
}

/// Adds one verdict to the store.
pub(super) fn add(args: &Add, shell: &mut Shell) -> Result<u8, Stop> {
    let setup = Setup::new(&args.pack)?;
    let (lang, store) = (setup.lang(), path(&setup, args.verdicts.as_deref()));
    let row = match args.within.as_slice() {
        [] => known(args, args.fingerprint.clone()),
        paths => the_one(args, &conversations(&setup, &setup.engine()?, paths, args.no_ignore)?),
    };
    let row = row.map_err(|trouble| Problem::about(&args.fingerprint, &trouble, lang))?;
    review::append(&store, &row).map_err(|error| Problem::about(&shown(&store), &error, lang))?;
    let done = Message::new("review.added")
        .arg("path", one_line(&shown(&store)))
        .arg("verdict", Message::new(format!("review.state.{}", row.verdict.word())).words(lang))
        .arg("fingerprint", &row.fingerprint)
        .arg("rule", row.rule.as_deref().unwrap_or_default());
    writeln!(shell.out, "{}", done.words(lang))?;
    Ok(0)
}

/// A verdict on a finding of which only the fingerprint is known.
fn known(args: &Add, fingerprint: String) -> Result<Row, Trouble> {
    if !review::is_fingerprint(&fingerprint) {
        return Err(Trouble::Fingerprint(fingerprint));
    }
    Ok(Row {
        fingerprint,
        verdict: args.verdict,
        reviewer: args.reviewer.clone(),
        reason: args.reason.clone(),
        date: args.date.unwrap_or_else(today),
        expires: args.expires,
        rule: None,
        path: None,
        conversation: None,
        text: None,
        rest: serde_json::Map::new(),
    })
}

/// A verdict on the one finding whose fingerprint begins so.
fn the_one(args: &Add, found: &[Conversation]) -> Result<Row, Trouble> {
    let all = found.iter().flat_map(|one| one.findings.iter().map(move |finding| (one, finding)));
    let begins: Vec<(&Conversation, &Finding)> =
        all.filter(|(_, finding)| finding.fingerprint.starts_with(&args.fingerprint)).collect();
    match begins.as_slice() {
        [(one, finding)] => Ok(about(&known(args, finding.fingerprint.clone())?, one, finding)),
        [] => Err(Trouble::NoFinding(args.fingerprint.clone())),
        several => Err(Trouble::Findings(several.len())),
    }
}

/// What `row` says, of this finding.
pub(super) fn about(row: &Row, one: &Conversation, finding: &Finding) -> Row {
    Row {
        fingerprint: finding.fingerprint.clone(),
        rule: Some(finding.rule.clone()),
        path: Some(one.path.clone()),
        conversation: one.conversation.clone(),
        text: Some(finding.text.clone()),
        ..row.clone()
    }
}

/// Lists the store, or the findings below `paths` with what was said of them.
pub(super) fn list(args: &List, shell: &mut Shell) -> Result<u8, Stop> {
    let setup = Setup::new(&args.pack)?;
    let today = args.as_of.unwrap_or_else(today);
    let mut book = Book::open(&setup, args.verdicts.as_deref())?;
    let rows = match (args.paths.as_slice(), &mut book) {
        ([], Some(book)) => stored(book, today),
        ([], None) => Vec::new(),
        (paths, book) => {
            let engine = setup.engine()?;
            let engine = match book {
                Some(book) => engine.reviewed_by(book.verdicts(today)),
                None => engine,
            };
            let found = conversations(&setup, &engine, paths, args.no_ignore)?;
            if let Some(book) = book {
                found.iter().for_each(|one| book.note(one));
            }
            found.iter().flat_map(to_review).collect()
        }
    };
    let reviews = Reviews { schema: REVIEWS_SCHEMA, rows };
    if args.json {
        document(&reviews, shell)?;
    } else {
        render::reviews(&reviews, &style(setup.lang(), shell), &mut shell.out)?;
    }
    shell.out.flush()?;
    if let Some(book) = &book {
        if args.paths.is_empty() { book.say_bad(shell) } else { book.say(shell) }
    }
    Ok(0)
}

fn stored(book: &Book, today: Date) -> Vec<ReviewRow> {
    let row = |row: &Row| ReviewRow {
        fingerprint: row.fingerprint.clone(),
        state: if row.has_expired(today) { "expired" } else { row.verdict.word() },
        rule: row.rule.clone(),
        place: row.path.clone(),
        text: row.text.clone(),
        review: Some(Reviewed {
            verdict: row.verdict.word(),
            reviewer: row.reviewer.clone(),
            reason: row.reason.clone(),
            date: row.date.to_string(),
            expires: row.expires.map(|day| day.to_string()),
        }),
    };
    book.store().current().into_iter().map(|lined| row(&lined.row)).collect()
}

/// `12` for a paragraph, `Sheet1!C7` for a cell.
fn place_name(place: &serde_json::Value) -> String {
    let text = |key: &str| place.get(key).and_then(serde_json::Value::as_str);
    match (text("sheet"), text("cell")) {
        (Some(sheet), Some(cell)) => format!("{sheet}!{cell}"),
        _ => place.get("paragraph").map(ToString::to_string).unwrap_or_default(),
    }
}

/// The findings that a person may judge: all but those that the conversation itself excuses.
fn to_review(one: &Conversation) -> Vec<ReviewRow> {
    let open = |finding: &&Finding| finding.excused.as_ref().is_none_or(|excused| excused.why == "accepted");
    let place = |finding: &Finding| match (finding.start, &finding.place) {
        (Some(start), _) => format!("{}:{}:{}", one.path, start.line, start.column),
        (None, Some(place)) => format!("{}:{}", one.path, place_name(place)),
        (None, None) => one.path.clone(),
    };
    let row = |finding: &Finding| ReviewRow {
        fingerprint: finding.fingerprint.clone(),
        state: finding.review.as_ref().map_or("open", |review| review.verdict),
        rule: Some(finding.rule.clone()),
        place: Some(place(finding)),
        text: Some(finding.text.clone()),
        review: finding.review.clone(),
    };
    one.findings.iter().filter(open).map(row).collect()
}

/// Everything that is said below `paths`; what cannot be read stops the command.
pub(super) fn conversations(
    setup: &Setup,
    engine: &Engine,
    paths: &[PathBuf],
    no_ignore: bool,
) -> Result<Vec<Conversation>, Problem> {
    let walk = Walk::new(&setup.config, no_ignore)
        .map_err(|trouble| Problem::about(&shown(&setup.config.root), &trouble, setup.lang()))?;
    let found = walk.find(paths);
    let mut failures: Vec<_> = found.failures.into_iter().map(|(failure, _)| failure).collect();
    let mut out = Vec::new();
    let all: Vec<Vec<Checked>> =
        found.inputs.par_iter().map(|input| engine.check(input, Inspect::Nothing)).collect();
    for checked in all.into_iter().flatten() {
        out.extend(checked.conversations);
        failures.extend(checked.failures);
    }
    match failures.is_empty() {
        true => Ok(out),
        false => Err(Problem::of(failures)),
    }
}

/// `wuxin review import`
#[cfg(feature = "xlsx")]
#[derive(Debug)]
pub(super) struct Import {
    pub(super) pack: Pack,
    pub(super) verdicts: Option<PathBuf>,
    pub(super) workbook: PathBuf,
    pub(super) reviewer: Option<String>,
    pub(super) date: Option<Date>,
}

/// Adds to the store what a workbook says and the store does not; nothing where a cell is not understood.
#[cfg(feature = "xlsx")]
pub(super) fn import(args: &Import, shell: &mut Shell) -> Result<u8, Stop> {
    let setup = Setup::new(&args.pack)?;
    let (lang, store, name) = (setup.lang(), path(&setup, args.verdicts.as_deref()), shown(&args.workbook));
    let bytes =
        std::fs::read(&args.workbook).map_err(|error| Problem::about(&name, &Trouble::from(&error), lang))?;
    let defaults =
        review::Defaults { reviewer: args.reviewer.clone(), date: args.date.unwrap_or_else(today) };
    let filling =
        review::filled_in(&bytes, &defaults).map_err(|error| Problem::about(&name, &error, lang))?;
    if !filling.bad.is_empty() {
        let bad = filling.bad.iter().map(|bad| failure(&name, &bad.place, bad, lang));
        return Err(Problem::of(bad.collect()).into());
    }
    // A store that is named may begin here.
    let book = if store.exists() { Book::open(&setup, Some(&store))? } else { None };
    let known = |one: &review::Filled| book.as_ref().is_some_and(|b| b.store().holds(&one.row, one.dated));
    let total = filling.rows.len();
    let rows: Vec<Row> = filling.rows.into_iter().filter(|one| !known(one)).map(|one| one.row).collect();
    if !rows.is_empty() {
        review::update(&store, &rows, &[]).map_err(|error| Problem::about(&shown(&store), &error, lang))?;
    }
    let done = Message::new("review.imported")
        .arg("path", one_line(&shown(&store)))
        .arg("added", rows.len())
        .arg("known", total - rows.len())
        .arg("open", filling.open);
    writeln!(shell.out, "{}", done.words(lang))?;
    Ok(0)
}
