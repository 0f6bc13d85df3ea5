//! What clap finds wrong with the arguments, in the user's language.

use super::EXIT_FAILED;
use super::problem::Problem;
use super::terminal::Shell;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::io::Write;
use wuxin::diagnostic::{Lang, Message, Picture, Severity};
use wuxin::text::SourceText;

/// Shows help where it was asked for, else what is wrong; the exit code.
pub(super) fn report(error: &clap::Error, shell: &Shell, lang: Lang) -> u8 {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let mut out = std::io::stdout().lock();
            // A reader that left early has what it wanted.
            let _ = write!(out, "{}", error.render()).and_then(|()| out.flush());
            0
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            shell.say(&error.render().to_string());
            EXIT_FAILED
        }
        _ => Problem(vec![picture(error, lang)]).report(shell),
    }
}

fn picture(error: &clap::Error, lang: Lang) -> Picture {
    let mut help: Vec<String> = Vec::new();
    if let Some(meant) = suggestion(error) {
        help.push(Message::new("config.help.meant").arg("word", meant).words(lang));
    }
    if let Some(values) = context(error, ContextKind::ValidValue) {
        help.push(Message::new("cli.usage-help.values").arg("values", values).words(lang));
    }
    help.push(Message::new("cli.usage-help.more").words(lang));
    Picture {
        name: line(lang),
        source: SourceText::default(),
        code: "usage".into(),
        severity: Severity::Error,
        message: message(error).words(lang),
        help: help.join("\n"),
        labels: Vec::new(),
    }
}

/// The command that was meant to run, as far as it is known.
fn line(lang: Lang) -> String {
    let command = super::command::command(lang);
    let known = |arg: &String| command.find_subcommand(arg).is_some();
    std::iter::once("wuxin".to_owned())
        .chain(std::env::args().skip(1).find(known))
        .collect::<Vec<_>>()
        .join(" ")
}

fn message(error: &clap::Error) -> Message {
    let arg = context(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => Message::new("cli.usage-error.unknown").arg("arg", arg),
        ErrorKind::InvalidSubcommand => {
            let name = context(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            Message::new("cli.usage-error.command").arg("name", name)
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            Message::new("cli.usage-error.no-value").arg("arg", arg)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            Message::new("cli.usage-error.value").arg("arg", arg).arg("value", value)
        }
        ErrorKind::MissingRequiredArgument => Message::new("cli.usage-error.missing").arg("arg", arg),
        ErrorKind::ArgumentConflict => {
            let other = context(error, ContextKind::PriorArg).unwrap_or_default();
            Message::new("cli.usage-error.conflict").arg("arg", arg).arg("other", other)
        }
        _ => {
            let said = error.to_string();
            let first = said.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
            Message::new("cli.usage-error.other").arg("what", first)
        }
    }
}

fn suggestion(error: &clap::Error) -> Option<String> {
    [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .find_map(|kind| context(error, kind))
        .or_else(|| {
            let name = context(error, ContextKind::InvalidSubcommand)?;
            std::path::Path::new(&name).exists().then(|| format!("wuxin check {name}"))
        })
}

/// What clap tells about the error, lists joined.
fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) if !texts.is_empty() => Some(texts.join(" ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
}
