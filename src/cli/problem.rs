//! What stops a command, and how that is said.

use super::EXIT_FAILED;
use super::terminal::Shell;
use std::io;
use std::path::Path;
use wuxin::diagnostic::{Explain, Lang, Message, Picture, Severity};
use wuxin::report::Failure;
use wuxin::text::SourceText;

/// Why a command ends early.
#[derive(Debug)]
pub(super) enum Stop {
    Problem(Problem),
    /// Nothing more can be written.
    Output(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Output(error)
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Stop::Problem(problem)
    }
}

/// Something that has to be put right before the command can run: exit code 2.
#[derive(Debug)]
pub(super) struct Problem(pub(super) Vec<Picture>);

/// A failure as it is drawn: there is no line to point at.
fn picture(failure: Failure) -> Picture {
    Picture {
        name: failure.path,
        source: SourceText::default(),
        code: failure.code,
        severity: Severity::Error,
        message: failure.message,
        help: failure.cure,
        labels: Vec::new(),
    }
}

impl Problem {
    /// One that is about `path` as a whole.
    pub(super) fn about(path: &str, error: &impl Explain, lang: Lang) -> Self {
        Problem(vec![picture(failure(path, "", error, lang))])
    }

    /// Inputs that could not be read.
    pub(super) fn of(failures: Vec<Failure>) -> Self {
        Problem(failures.into_iter().map(picture).collect())
    }

    pub(super) fn output(error: &io::Error, lang: Lang) -> Self {
        Problem::about("-", &Trouble::Output(error.to_string()), lang)
    }

    /// Says it on standard error; the exit code.
    pub(super) fn report(&self, shell: &Shell) -> u8 {
        let drawn: Vec<String> = self.0.iter().map(|picture| picture.draw(&shell.err_look)).collect();
        shell.say(&drawn.join("\n"));
        EXIT_FAILED
    }
}

/// An error as it stands in the report.
pub(super) fn failure(path: &str, place: &str, error: &impl Explain, lang: Lang) -> Failure {
    Failure {
        path: path.to_owned(),
        place: place.to_owned(),
        code: error.code().to_owned(),
        message: error.message().words(lang),
        cure: error.cure().words(lang),
    }
}

/// What goes wrong around files, before anything is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// No such file or folder.
    Missing,
    /// May not be opened.
    Forbidden,
    /// The system says something else.
    System(String),
    /// Standard output cannot be written to.
    Output(String),
    /// What would be written is read, or written twice.
    Taken,
    /// So many conversations are more than one page.
    LongPage(usize),
    /// A workbook on a terminal.
    NoText(&'static str),
    /// Nothing to check; with what was left out.
    Nothing(String),
    /// `init` finds a file already there.
    Exists,
    /// A settings file that is no UTF-8.
    NotText,
    /// A glob of `exclude`.
    Glob(String),
    /// Nobody speaks on this line.
    NoTurn(u32),
    /// Nothing to compare with.
    FewSessions(usize),
    /// What cannot be a fingerprint.
    Fingerprint(String),
    /// No finding's fingerprint begins so.
    NoFinding(String),
    /// The fingerprints of so many findings do.
    Findings(usize),
    /// There is no git to ask.
    NoGit,
    /// Not in a repository.
    NoRepository,
    /// A revision that git does not know.
    Rev(String),
    /// What git says.
    Git(String),
    /// `explain` knows no such rule; perhaps another is meant.
    NoRule(String, Option<String>),
}

impl From<&io::Error> for Trouble {
    fn from(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Trouble::Missing,
            io::ErrorKind::PermissionDenied => Trouble::Forbidden,
            _ => Trouble::System(error.to_string()),
        }
    }
}

impl Explain for Trouble {
    fn code(&self) -> &'static str {
        match self {
            Trouble::Missing => "no-such-file",
            Trouble::Forbidden => "forbidden",
            Trouble::System(_) => "system",
            Trouble::Output(_) => "output",
            Trouble::Taken => "output-taken",
            Trouble::NoText(_) => "output-not-text",
            Trouble::LongPage(_) => "output-long-page",
            Trouble::Nothing(_) => "nothing-to-check",
            Trouble::Exists => "file-exists",
            Trouble::NotText => "not-utf8",
            Trouble::Glob(_) => "bad-glob",
            Trouble::NoTurn(_) => "no-such-turn",
            Trouble::FewSessions(_) => "few-sessions",
            Trouble::Fingerprint(_) => "bad-fingerprint",
            Trouble::NoFinding(_) => "no-such-finding",
            Trouble::Findings(_) => "several-findings",
            Trouble::NoGit => "no-git",
            Trouble::NoRepository => "no-repository",
            Trouble::Rev(_) => "no-such-revision",
            Trouble::Git(_) => "git",
            Trouble::NoRule(..) => "no-such-rule",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Trouble::System(what) | Trouble::Output(what) | Trouble::Nothing(what) | Trouble::Glob(what) => {
                vec![("what", what.clone())]
            }
            Trouble::Rev(what) | Trouble::Git(what) => vec![("what", what.clone())],
            Trouble::Fingerprint(what) | Trouble::NoFinding(what) => vec![("what", what.clone())],
            Trouble::FewSessions(count) | Trouble::Findings(count) | Trouble::LongPage(count) => {
                vec![("what", count.to_string())]
            }
            Trouble::NoTurn(line) => vec![("what", line.to_string())],
            Trouble::NoText(format) => vec![("what", (*format).to_owned())],
            Trouble::NoRule(id, _) => vec![("what", id.clone())],
            _ => Vec::new(),
        }
    }

    fn message(&self) -> Message {
        Message { key: format!("cli.error.{}", self.code()).into(), args: self.args() }
    }

    fn cure(&self) -> Message {
        match self {
            Trouble::NoRule(_, Some(meant)) => Message::new("config.help.meant").arg("word", meant),
            _ => Message { key: format!("cli.cure.{}", self.code()).into(), args: self.args() },
        }
    }
}

/// A path as it is shown and reported.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}
