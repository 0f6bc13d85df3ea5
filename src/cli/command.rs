//! The description of the command line: one place, whose words come from the catalogue.

use super::compare::By;
use super::outputs::OutputParser;
use clap::{Arg, ArgAction, Command, value_parser};
use clap_complete::Shell as CompletionShell;
use std::path::PathBuf;
use wuxin::diagnostic::{Lang, Message};
use wuxin::render::Format;
use wuxin::review::Verdict;
use wuxin::transcript::{Channel, Date};

/// The place in help of what all commands share.
const LAST: usize = 1000;

/// Builds the command with its words in one language.
struct Words(Lang);

impl Words {
    fn say(&self, key: String) -> String {
        Message::new(key).words(self.0)
    }

    /// A command; what it takes comes before `--help` and the options that all commands share.
    fn command(&self, name: &'static str, key: &str, args: impl IntoIterator<Item = Arg>) -> Command {
        let usage = self.say(format!("cli.usage.{key}"));
        let template =
            format!("{{about}}\n\n{}{{usage}}\n\n{{all-args}}{{after-help}}\n", self.heading("usage"));
        Command::new(name)
            .about(self.say(format!("cli.about.{key}")))
            .override_usage(usage)
            .help_template(template)
            .disable_help_flag(true)
            .disable_help_subcommand(true)
            .subcommand_help_heading(self.heading("commands"))
            .next_help_heading(self.heading("options"))
            .term_width(0)
            .args(args)
            .arg(self.flag("help").short('h').action(ArgAction::Help).display_order(LAST))
    }

    fn heading(&self, key: &str) -> String {
        self.say(format!("cli.heading.{key}"))
    }

    fn flag(&self, name: &'static str) -> Arg {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(self.say(format!("cli.option.{name}")))
    }

    fn option(&self, name: &'static str, value: &'static str) -> Arg {
        let help = self.say(format!("cli.option.{name}"));
        Arg::new(name)
            .long(name)
            .value_name(value)
            .help(help)
            .hide_possible_values(true)
            .action(ArgAction::Set)
    }

    fn positional(&self, name: &'static str, value: &'static str) -> Arg {
        let help = self.say(format!("cli.value.{name}"));
        Arg::new(name)
            .value_name(value)
            .help(help)
            .help_heading(self.heading("values"))
            .hide_possible_values(true)
    }

    /// What says which settings and which standard.
    fn pack(&self) -> [Arg; 3] {
        [
            self.option("standard", "DIR").value_parser(value_parser!(PathBuf)),
            self.option("config", "FILE").value_parser(value_parser!(PathBuf)).conflicts_with("no-config"),
            self.flag("no-config"),
        ]
    }

    fn common(&self) -> [Arg; 2] {
        [
            self.option("lang", "LANG").value_parser(["zh", "en"]).global(true).display_order(LAST - 2),
            self.option("color", "WHEN")
                .value_parser(["auto", "always", "never"])
                .global(true)
                .display_order(LAST - 1),
        ]
    }

    /// How findings that a verdict is about are looked for: as `check` does.
    fn reading(&self) -> [Arg; 9] {
        [
            self.option("staff", "LABEL").action(ArgAction::Append),
            self.option("visitor", "LABEL").action(ArgAction::Append),
            self.option("unlabelled", "WHO").value_parser(["staff", "unknown"]),
            self.option("min-confidence", "N").value_parser(fraction),
            self.option("input-format", "NAME"),
            self.option("columns", "FIELD=NAME,…"),
            self.option("name-pattern", "PATTERN"),
            self.option("channel", "WAY").value_parser(Channel::ALL.map(Channel::word)),
            self.flag("no-ignore"),
        ]
    }

    /// Which inputs, and how they are read.
    fn inputs(&self, formats: &[Format]) -> [Arg; 14] {
        let [staff, visitor, unlabelled, confidence, format, columns, pattern, channel, ignore] =
            self.reading();
        [
            self.positional("path", "PATH").num_args(0..).value_parser(value_parser!(PathBuf)),
            self.option("format", "FORMAT").value_parser(names(formats)),
            staff,
            visitor,
            unlabelled,
            confidence,
            format,
            columns,
            pattern,
            self.verdicts(),
            self.day("as-of"),
            channel,
            ignore,
            self.option("jobs", "N").value_parser(value_parser!(u16)),
        ]
    }

    fn check(&self) -> Command {
        let shown = [
            self.option("output", "FORMAT=FILE").action(ArgAction::Append).value_parser(OutputParser),
            self.flag("show-excused"),
            self.flag("show-score"),
            self.option("audio", "DIR").value_parser(value_parser!(PathBuf)),
            self.flag("why").conflicts_with("inspect"),
            self.option("inspect", "LINE").value_parser(value_parser!(u32).range(1..)),
            self.option("fail-on", "LEVEL").value_parser(["error", "warning", "note", "never"]),
            self.flag("print-config"),
            self.flag("staged").conflicts_with("since"),
            self.option("since", "REV").value_parser(said),
            self.flag("force-exclude"),
            self.option("cache", "DIR")
                .value_parser(value_parser!(PathBuf))
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value(super::cache::FOLDER),
            self.option("progress", "WHEN")
                .value_parser(["auto", "always", "never"])
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("always"),
        ];
        let args = self.inputs(Format::CHECK).into_iter().chain(shown).chain(self.pack());
        self.command("check", "check", args).after_help(self.say("cli.after.check".into()))
    }

    fn score(&self) -> Command {
        let help = self.say("cli.option.score-format".into());
        let args = self.inputs(Format::SCORE).map(|arg| match arg.get_id().as_str() {
            "format" => arg.help(help.clone()),
            _ => arg,
        });
        self.command("score", "score", args.into_iter().chain([self.scenario()]).chain(self.pack()))
    }

    fn compare(&self) -> Command {
        let (help, paths) =
            (self.say("cli.option.paper-format".into()), self.say("cli.value.session".into()));
        let args = self.inputs(Format::SCORE).map(|arg| match arg.get_id().as_str() {
            "format" => arg.help(help.clone()).value_parser(["full", "json", "md"]),
            "path" => arg.help(paths.clone()).value_name("SESSION").num_args(1..).required(true),
            _ => arg,
        });
        let by = self.option("by", "WHAT").value_parser(By::ALL.map(By::word));
        self.command("compare", "compare", args.into_iter().chain([by, self.scenario()]).chain(self.pack()))
    }

    fn rules(&self) -> Command {
        let format = || {
            let help = self.say("cli.option.rules-format".into());
            self.option("format", "FORMAT").value_parser(["text", "json"]).help(help)
        };
        let show = [self.positional("id", "ID").required(true), format()].into_iter().chain(self.pack());
        let files = self.positional("cases", "FILE").required(true).num_args(1..);
        let stress = [self.positional("id", "ID"), format()].into_iter().chain(self.pack());
        let against =
            self.option("against", "FILE").action(ArgAction::Append).value_parser(value_parser!(PathBuf));
        let audit = [against, format()].into_iter().chain(self.pack());
        let score = [files.value_parser(value_parser!(PathBuf)), format(), self.flag("misses")];
        self.command("rules", "rules", []).subcommand_required(true).arg_required_else_help(true).subcommands(
            [
                self.command("list", "rules-list", [format()].into_iter().chain(self.pack())),
                self.command("show", "rules-show", show),
                self.command("test", "rules-test", self.pack()),
                self.command("audit", "rules-audit", audit),
                self.command("stress", "rules-stress", stress),
                self.command("score", "rules-score", score.into_iter().chain(self.pack())),
            ],
        )
    }

    fn explain(&self) -> Command {
        let id = self.positional("id", "ID").required(true);
        self.command("explain", "explain", [id].into_iter().chain(self.pack()))
    }

    fn scenario(&self) -> Arg {
        self.option("scenario", "FILE").value_parser(value_parser!(PathBuf))
    }

    fn verdicts(&self) -> Arg {
        self.option("verdicts", "FILE").value_parser(value_parser!(PathBuf))
    }

    fn day(&self, name: &'static str) -> Arg {
        self.option(name, "YYYY-MM-DD").value_parser(|text: &str| text.parse::<Date>())
    }

    fn review(&self) -> Command {
        let help = self.say("cli.option.rules-format".into());
        let format = self.option("format", "FORMAT").value_parser(["text", "json"]).help(help);
        let said = |name, value| self.option(name, value).required(true).value_parser(said);
        let add = [
            self.positional("fingerprint", "FINGERPRINT").required(true),
            self.option("verdict", "VERDICT").required(true).value_parser(Verdict::ALL.map(Verdict::word)),
            said("reviewer", "NAME"),
            said("reason", "TEXT"),
            self.day("date"),
            self.day("expires"),
            self.option("in", "PATH").action(ArgAction::Append).value_parser(value_parser!(PathBuf)),
            self.verdicts(),
        ];
        let paths = self.positional("findings-in", "PATH").num_args(0..);
        let list = [paths.value_parser(value_parser!(PathBuf)), format, self.verdicts(), self.day("as-of")];
        let all = [
            self.command("add", "review-add", add.into_iter().chain(self.reading()).chain(self.pack())),
            self.command("list", "review-list", list.into_iter().chain(self.reading()).chain(self.pack())),
            #[cfg(feature = "xlsx")]
            self.import(),
        ];
        self.command("review", "review", [])
            .subcommand_required(true)
            .arg_required_else_help(true)
            .subcommands(all)
    }

    #[cfg(feature = "xlsx")]
    fn import(&self) -> Command {
        let workbook = self.positional("workbook", "FILE.xlsx").required(true);
        let args = [
            workbook.value_parser(value_parser!(PathBuf)),
            self.option("reviewer", "NAME")
                .value_parser(said)
                .help(self.say("cli.option.import-reviewer".into())),
            self.day("date").help(self.say("cli.option.import-date".into())),
            self.verdicts(),
        ];
        self.command("import", "review-import", args.into_iter().chain(self.pack()))
    }

    fn baseline(&self) -> Command {
        // What is found depends on how it is read; what is written is no report.
        let unseen =
            |arg: Arg| if arg.get_id() == "format" || arg.get_id() == "jobs" { arg.hide(true) } else { arg };
        let row = [
            self.option("reviewer", "NAME").value_parser(said),
            self.option("reason", "TEXT").value_parser(said),
            self.day("date"),
            self.day("until").help(self.say("cli.option.expires".into())),
            self.flag("prune"),
        ];
        let args = self.inputs(Format::CHECK).map(unseen).into_iter().chain(row).chain(self.pack());
        self.command("baseline", "baseline", [])
            .subcommand_required(true)
            .arg_required_else_help(true)
            .subcommand(self.command("update", "baseline-update", args))
    }

    fn standard(&self) -> Command {
        let help = self.say("cli.option.paper-format".into());
        let format = self.option("format", "FORMAT").value_parser(["full", "json", "md"]).help(help);
        self.command("standard", "standard", [format].into_iter().chain(self.pack()))
    }

    fn completions(&self) -> Command {
        let shell = self.positional("shell", "SHELL").value_parser(value_parser!(CompletionShell));
        self.command("completions", "completions", [shell.required(true)])
    }
}

/// The whole command.
pub(super) fn command(lang: Lang) -> Command {
    let words = Words(lang);
    let version = words.flag("version").short('V').action(ArgAction::Version);
    words
        .command("wuxin", "wuxin", words.common().into_iter().chain([version.display_order(LAST)]))
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([
            words.check(),
            words.score(),
            words.compare(),
            words.rules(),
            words.explain(),
            words.review(),
            words.baseline(),
            words.standard(),
            words.command("init", "init", []),
            words.completions(),
        ])
}

fn names(formats: &[Format]) -> Vec<&'static str> {
    formats.iter().map(|format| format.name()).collect()
}

/// What must say something.
fn said(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err(String::new()) } else { Ok(text.to_owned()) }
}

fn fraction(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|number| (0.0..=1.0).contains(number)).ok_or_else(String::new)
}
