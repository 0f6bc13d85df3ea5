//! The command line: arguments in, library calls, words out. Nothing is decided here that a library user would miss.
#![allow(
    clippy::disallowed_methods,
    reason = "the command line is where the environment and the working folder are read"
)]

mod args;
mod audio;
mod audit;
mod baseline;
mod cache;
mod check;
mod command;
mod compare;
mod digest;
mod engine;
mod feed;
mod git;
mod ignored;
mod init;
mod inputs;
mod interrupt;
mod outputs;
mod piece;
mod pipeline;
mod problem;
mod progress;
mod review;
mod rules;
mod score;
mod setup;
mod standard;
mod tally;
mod terminal;
mod usage;
mod verdicts;
mod worker;

#[cfg(test)]
mod tests;

use args::Task;
use problem::{Problem, Stop};
use std::ffi::OsString;
use std::io::{self, Write};
use terminal::Shell;
use wuxin::diagnostic::Lang;

/// Wrong usage, broken settings, or an input that could not be read (contract, "Exit codes").
const EXIT_FAILED: u8 = 2;

/// Runs the command that `args` (the program's name first) ask for.
pub(crate) fn run(args: Vec<OsString>) -> u8 {
    let lang = args::lang_of(&args, std::env::var("LANG").ok().as_deref());
    let mut command = command::command(lang);
    let mut shell = Shell::new(args::color_of(&args));
    let code = match command.try_get_matches_from_mut(args.iter()) {
        Ok(matches) => finish(args::task(&matches).run(&mut shell, lang), &shell, lang),
        Err(error) => usage::report(&error, &shell, lang),
    };
    // What is still to be written belongs to the run; a reader that left is no failure.
    match shell.out.flush() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => EXIT_FAILED,
        _ => code,
    }
}

impl Task {
    /// The exit code, or why there is none.
    fn run(&self, shell: &mut Shell, lang: Lang) -> Result<u8, Stop> {
        match self {
            Task::Check(args) => check::run(args, shell),
            Task::Compare(args, by) => compare::run(args, *by, shell),
            Task::List { pack, json } => rules::list(pack, *json, shell),
            Task::Show { pack, id, form } => rules::show(pack, id, *form, shell),
            Task::Test { pack } => rules::test(pack, shell),
            Task::Audit { pack, against, json } => audit::audit(pack, against, *json, shell),
            Task::Stress { pack, id, json } => audit::stress(pack, id.as_deref(), *json, shell),
            Task::ReviewAdd(args) => review::add(args, shell),
            Task::ReviewList(args) => review::list(args, shell),
            #[cfg(feature = "xlsx")]
            Task::ReviewImport(args) => review::import(args, shell),
            Task::BaselineUpdate(args) => baseline::update(args, shell),
            Task::Score(args) => score::run(args, shell),
            Task::Standard { pack, form } => standard::run(pack, *form, shell),
            Task::Init => init::run(lang, shell),
            Task::Completions(kind) => {
                let mut out = Vec::new();
                clap_complete::generate(*kind, &mut command::command(lang), "wuxin", &mut out);
                shell.out.write_all(&out)?;
                Ok(0)
            }
        }
    }
}

fn finish(result: Result<u8, Stop>, shell: &Shell, lang: Lang) -> u8 {
    match result {
        Ok(code) => code,
        Err(Stop::Problem(problem)) => problem.report(shell),
        Err(Stop::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(Stop::Output(error)) => Problem::output(&error, lang).report(shell),
    }
}
