//! `wuxin baseline update`: what is found today is accepted, so that only what is new counts. A baseline is no file of
//! its own: it is the `accepted` lines among the verdicts.

use super::args::Check;
use super::problem::{Problem, Stop, Trouble, shown};
use super::review::{about, conversations};
use super::setup::Setup;
use super::terminal::Shell;
use super::verdicts::{Book, path, today};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use wuxin::diagnostic::{Lang, Message, one_line};
use wuxin::report::{Conversation, Finding};
use wuxin::review::{self, Row, Verdict, file_name};
use wuxin::transcript::Date;

/// `wuxin baseline update`
#[derive(Debug)]
pub(super) struct Update {
    /// What to look at, and how.
    pub(super) read: Check,
    pub(super) reviewer: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) date: Option<Date>,
    pub(super) until: Option<Date>,
    /// Whether lines go whose finding is gone.
    pub(super) prune: bool,
}

/// Accepts what nobody has decided on, and tells which lines have outlived their findings.
pub(super) fn update(args: &Update, shell: &mut Shell) -> Result<u8, Stop> {
    let setup = Setup::new(&args.read.pack)?;
    let (lang, named) = (setup.lang(), args.read.verdicts.as_deref());
    let day = args.read.as_of.unwrap_or_else(today);
    let mut book = match named {
        Some(named) if !named.exists() => None,
        _ => Book::open(&setup, named)?,
    };
    let engine = match &book {
        Some(book) => setup.engine()?.reviewed_by(book.verdicts(day)),
        None => setup.engine()?,
    };
    let found = conversations(&setup, &engine, &args.read.paths, args.read.no_ignore)?;
    if found.is_empty() {
        let nothing = Trouble::Nothing(Message::new("cli.nothing").words(lang));
        return Err(Problem::about(".", &nothing, lang).into());
    }
    if let Some(book) = &mut book {
        found.iter().for_each(|one| book.note(one));
        book.say_bad(shell);
    }
    let store = path(&setup, named);
    let rows = undecided(&found, &row(args, day, lang));
    let outlived = book.as_ref().map(|book| book.outlived(|path| is_gone(path, &store))).unwrap_or_default();
    let without = if args.prune { outlived.as_slice() } else { &[] };
    if !rows.is_empty() || !without.is_empty() {
        review::update(&store, &rows, without)
            .map_err(|error| Problem::about(&shown(&store), &error, lang))?;
    }
    let known = found.iter().flat_map(|one| &one.findings).filter(|finding| finding.review.is_some()).count();
    let done = Message::new("baseline.updated")
        .arg("path", one_line(&shown(&store)))
        .arg("added", rows.len())
        .arg("known", known);
    writeln!(shell.out, "{}", done.words(lang))?;
    if !outlived.is_empty() {
        let key = if args.prune { "baseline.pruned" } else { "baseline.outlived" };
        writeln!(shell.out, "{}", Message::new(key).arg("count", outlived.len()).words(lang))?;
    }
    Ok(0)
}

/// What every new line says.
fn row(args: &Update, day: Date, lang: Lang) -> Row {
    let said = |given: &Option<String>, key: &'static str| {
        given.clone().unwrap_or_else(|| Message::new(key).words(lang))
    };
    Row {
        fingerprint: String::new(),
        verdict: Verdict::Accepted,
        reviewer: said(&args.reviewer, "baseline.reviewer"),
        reason: said(&args.reason, "baseline.reason"),
        date: args.date.unwrap_or(day),
        expires: args.until,
        rule: None,
        path: None,
        conversation: None,
        text: None,
        rest: serde_json::Map::new(),
    }
}

/// A line for each finding that counts and of which nobody has said anything that holds. A line is about files of a
/// name: one is enough for the same finding in two of them.
fn undecided(found: &[Conversation], row: &Row) -> Vec<Row> {
    let mut seen = BTreeSet::new();
    let mut new = |one: &Conversation, finding: &Finding| {
        let name = file_name(&one.path).to_owned();
        seen.insert((finding.fingerprint.clone(), name, one.conversation.clone()))
    };
    let all = found.iter().flat_map(|one| one.findings.iter().map(move |finding| (one, finding)));
    let open = all.filter(|(_, finding)| finding.excused.is_none() && finding.review.is_none());
    open.filter(|(one, finding)| new(one, finding)).map(|(one, finding)| about(row, one, finding)).collect()
}

/// Whether no file is where a line says, seen from here or from the store.
fn is_gone(path: &str, store: &Path) -> bool {
    let beside = store.parent().unwrap_or(Path::new("")).join(path);
    !Path::new(path).exists() && !beside.exists()
}
