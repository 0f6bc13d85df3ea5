//! `wuxin compare`: sessions side by side.

use super::args::Check;
use super::check::ready;
use super::problem::{Problem, Stop, Trouble, shown};
use super::review::conversations;
use super::rules::{document, style};
use super::setup::Setup;
use super::terminal::Shell;
use std::collections::BTreeMap;
use std::path::Path;
use wuxin::render::{self, Format};
use wuxin::report::{self, Conversation, Group};
use wuxin::transcript::Date;

/// What makes a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum By {
    /// A file, or a folder that is named beside others.
    #[default]
    Session,
    Date,
    Staff,
    Case,
}

impl By {
    pub(super) const ALL: [By; 4] = [By::Session, By::Date, By::Staff, By::Case];

    pub(super) fn word(self) -> &'static str {
        match self {
            By::Session => "session",
            By::Date => "date",
            By::Staff => "staff",
            By::Case => "case",
        }
    }

    /// Whether the sessions follow each other in time.
    fn is_ordered(self) -> bool {
        matches!(self, By::Session | By::Date)
    }
}

pub(super) fn run(args: &Check, by: By, shell: &mut Shell) -> Result<u8, Stop> {
    let setup = Setup::new(&args.pack)?;
    let (engine, mut book) = ready(&setup, args)?;
    let mut named: Vec<(String, Conversation)> = Vec::new();
    for path in &args.paths {
        let found = conversations(&setup, &engine, std::slice::from_ref(path), args.no_ignore)?;
        named.extend(found.into_iter().map(|one| (session(path, args.paths.len(), by, &one), one)));
    }
    if let Some(book) = &mut book {
        named.iter().for_each(|(_, one)| book.note(one));
        book.say(shell);
    }
    let groups = grouped(named, by);
    if groups.len() < 2 {
        let trouble = Trouble::FewSessions(groups.len());
        return Err(Problem::about("wuxin compare", &trouble, setup.lang()).into());
    }
    let compared = report::compare(by.word(), by.is_ordered(), &groups, engine.least_chances());
    let rules = engine.rules_by_id();
    let style = style(setup.lang(), shell);
    match args.format {
        Format::Json => return document(&compared, shell),
        Format::Markdown => render::compare_markdown(&compared, &rules, &style, &mut shell.out)?,
        _ => render::compare(&compared, &rules, &style, &mut shell.out)?,
    }
    Ok(0)
}

/// The name of the session that a conversation belongs to. A folder by itself holds many sessions, one beside others
/// is one.
fn session(path: &Path, paths: usize, by: By, one: &Conversation) -> String {
    let unknown = || "—".to_owned();
    match by {
        By::Staff => one.meta.staff.clone().unwrap_or_else(unknown),
        By::Case => one.meta.case.clone().unwrap_or_else(unknown),
        By::Date => day(one).map_or_else(unknown, |day| day.to_string()),
        By::Session if path.is_dir() && paths > 1 => file_name(&shown(path)),
        By::Session => match &one.conversation {
            Some(id) => format!("{}#{id}", stem(&one.path)),
            None => stem(&one.path),
        },
    }
}

fn file_name(path: &str) -> String {
    path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// A file's name without what tells its format.
fn stem(path: &str) -> String {
    let name = file_name(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
        _ => name,
    }
}

/// The day that the input states, else the one in its path.
fn day(one: &Conversation) -> Option<Date> {
    one.meta.date.as_deref().and_then(Date::found_in).or_else(|| Date::found_in(&one.path))
}

/// One group a name: by day where they follow each other and it is known, then by name.
fn grouped(named: Vec<(String, Conversation)>, by: By) -> Vec<Group> {
    let mut groups: BTreeMap<String, Vec<Conversation>> = BTreeMap::new();
    for (name, one) in named {
        groups.entry(name).or_default().push(one);
    }
    let first = |all: &[Conversation]| all.iter().filter_map(day).min();
    let mut dated: Vec<(Option<Date>, Group)> = groups
        .into_iter()
        .map(|(name, conversations)| {
            let day = first(&conversations);
            (day, Group { name, date: day.map(|day| day.to_string()), conversations })
        })
        .collect();
    if by.is_ordered() {
        // Those without a day come last, in the order of their names.
        dated.sort_by_key(|(day, _)| (day.is_none(), *day));
    }
    dated.into_iter().map(|(_, group)| group).collect()
}
