//! The store of human verdicts on the command line: where it stands, what is wrong in it, what day it is.

use super::problem::{Problem, Trouble, shown};
use super::setup::Setup;
use super::terminal::Shell;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use wuxin::diagnostic::{Explain, Label, Lang, Message, Picture, Severity};
use wuxin::report::{Conversation, Warning};
use wuxin::review::{BadLine, FILE_NAME, Lined, Place, Store, Verdict, Verdicts};
use wuxin::transcript::Date;

/// A store that was read, and what was checked meanwhile.
pub(super) struct Book {
    name: String,
    store: Store,
    bad: Vec<BadLine>,
    lang: Lang,
    paths: Vec<String>,
    found: Vec<Place>,
    /// Whether only some of the files are checked, so that a verdict that names none cannot be told to be stale.
    some: bool,
}

/// The store that is meant: the one named, else the one beside `wuxin.toml`, else the one in the working folder.
pub(super) fn path(setup: &Setup, named: Option<&Path>) -> PathBuf {
    let beside = setup.config.root.join(FILE_NAME);
    match named {
        Some(named) => named.to_owned(),
        None if beside.exists() => beside,
        None if Path::new(FILE_NAME).exists() => PathBuf::from(FILE_NAME),
        None => beside,
    }
}

/// Today, by the machine's clock in UTC.
pub(super) fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Date::of_days(u32::try_from(seconds / 86_400).unwrap_or(0))
}

impl Book {
    /// Opens the store. One that is named must be there; otherwise none is needed.
    pub(super) fn open(setup: &Setup, named: Option<&Path>) -> Result<Option<Book>, Problem> {
        let (path, lang) = (path(setup, named), setup.lang());
        if named.is_none() && !path.exists() {
            return Ok(None);
        }
        let about = |trouble: &Trouble| Problem::about(&shown(&path), trouble, lang);
        let bytes = std::fs::read(&path).map_err(|error| about(&Trouble::from(&error)))?;
        let text = String::from_utf8(bytes).map_err(|_| about(&Trouble::NotText))?;
        let (store, bad) = Store::parse(&text);
        Ok(Some(Book {
            name: shown(&path),
            store,
            bad,
            lang,
            paths: Vec::new(),
            found: Vec::new(),
            some: false,
        }))
    }

    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    pub(super) fn verdicts(&self, today: Date) -> Verdicts {
        Verdicts { store: self.store.clone(), today }
    }

    /// Only some of the files are checked.
    pub(super) fn some_of_all(&mut self) {
        self.some = true;
    }

    /// Remembers what was found, so that [`Book::notices`] can tell what was not.
    pub(super) fn note(&mut self, one: &Conversation) {
        let found = one.findings.iter().map(|finding| finding.fingerprint.clone());
        self.note_found(&one.path, one.conversation.as_deref(), found);
    }

    /// The same of a conversation that is known by its findings' fingerprints.
    pub(super) fn note_found(
        &mut self,
        path: &str,
        conversation: Option<&str>,
        found: impl IntoIterator<Item = String>,
    ) {
        if self.paths.last().is_none_or(|last| last != path) {
            self.paths.push(path.to_owned());
        }
        self.found.extend(found.into_iter().map(|fingerprint| Place {
            fingerprint,
            path: path.to_owned(),
            conversation: conversation.map(str::to_owned),
        }));
    }

    /// Lines that cannot be read.
    fn bad(&self) -> impl Iterator<Item = Picture> + '_ {
        self.bad.iter().map(|bad| self.picture(bad.code(), bad.span, &bad.message(), &bad.cure()))
    }

    /// The lines that accept what is no longer found, as they stand in the store.
    pub(super) fn outlived(&self, gone: impl Fn(&str) -> bool) -> Vec<String> {
        let lines = self.store.outlived(&self.paths, &self.found, gone);
        lines.into_iter().map(|one| self.store.source.slice(one.span).to_owned()).collect()
    }

    /// Lines that cannot be read, then verdicts whose finding is gone: those that accept something together, for they
    /// are many and go together.
    fn notices(&self) -> Vec<Picture> {
        let stale = self.store.stale(&self.paths, &self.found).into_iter();
        let stale = stale.filter(|lined| !self.some || lined.row.path.is_some());
        let (accepted, others): (Vec<&Lined>, Vec<&Lined>) =
            stale.partition(|lined| lined.row.verdict == Verdict::Accepted);
        let others = others.into_iter().map(|lined| self.stale(lined));
        self.bad().chain(others).chain(self.outdated(&accepted)).collect()
    }

    fn outdated(&self, accepted: &[&Lined]) -> Option<Picture> {
        let first = accepted.first()?;
        let message = Message::new("baseline.stale").arg("count", accepted.len());
        Some(self.picture("baseline-stale", first.span, &message, &Message::new("baseline.stale.cure")))
    }

    /// The same for JSON.
    pub(super) fn warnings(&self) -> Vec<Warning> {
        let place = |picture: &Picture| {
            let line = picture.labels.first().map(|label| picture.source.position(label.span.start).line);
            format!("{}:{}: {}", picture.name, line.unwrap_or(0), picture.message)
        };
        let notices = self.notices().into_iter();
        notices.map(|picture| Warning { code: picture.code.clone(), message: place(&picture) }).collect()
    }

    /// Says on standard error which lines cannot be read.
    pub(super) fn say_bad(&self, shell: &Shell) {
        self.bad().for_each(|picture| shell.say(&picture.draw(&shell.err_look)));
    }

    /// Says the notices on standard error.
    pub(super) fn say(&self, shell: &Shell) {
        for picture in self.notices() {
            shell.say(&picture.draw(&shell.err_look));
        }
    }

    fn stale(&self, lined: &Lined) -> Picture {
        let message = Message::new("review.stale")
            .arg("fingerprint", &lined.row.fingerprint)
            .arg("reviewer", &lined.row.reviewer);
        self.picture("verdict-stale", lined.span, &message, &Message::new("review.stale.cure"))
    }

    fn picture(
        &self,
        code: &str,
        span: wuxin::text::Span<wuxin::text::Raw>,
        message: &Message,
        cure: &Message,
    ) -> Picture {
        Picture {
            name: self.name.clone(),
            source: self.store.source.clone(),
            code: code.to_owned(),
            severity: Severity::Warning,
            message: message.words(self.lang),
            help: cure.words(self.lang),
            labels: vec![Label { span, text: String::new(), primary: true }],
        }
    }
}
