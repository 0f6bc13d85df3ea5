//! The arguments: one description, whose words come from the catalogue, and what it makes of them.

use super::terminal::Color;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use clap_complete::Shell as CompletionShell;
use std::ffi::OsString;
use std::path::PathBuf;
use wuxin::config::Layer;
use wuxin::diagnostic::{Confidence, Lang, Message, Severity};
use wuxin::render::Format;
use wuxin::transcript::Role;

/// What is to be done.
#[derive(Debug)]
pub(super) enum Task {
    Check(Box<Check>),
    List { pack: Pack, json: bool },
    Show { pack: Pack, id: String, json: bool },
    Test { pack: Pack },
    Init,
    Completions(CompletionShell),
}

/// Where settings and the standard come from.
#[derive(Debug, Default)]
pub(super) struct Pack {
    pub(super) config: Option<PathBuf>,
    pub(super) no_config: bool,
    /// What the command line says over the file.
    pub(super) layer: Layer,
}

/// `wuxin check`.
#[derive(Debug)]
pub(super) struct Check {
    pub(super) paths: Vec<PathBuf>,
    pub(super) format: Format,
    pub(super) pack: Pack,
    pub(super) print_config: bool,
    pub(super) show_excused: bool,
    pub(super) show_score: bool,
    pub(super) no_ignore: bool,
    pub(super) jobs: usize,
}

/// The language to speak before the arguments are understood: `--lang`, else the environment's.
pub(super) fn lang_of(args: &[OsString], environment: Option<&str>) -> Lang {
    match value_of(args, "--lang").or(environment) {
        Some(lang) if lang.starts_with("en") => Lang::En,
        _ => Lang::Zh,
    }
}

/// The same for `--color`, which errors of usage obey too.
pub(super) fn color_of(args: &[OsString]) -> Color {
    match value_of(args, "--color") {
        Some("always") => Color::Always,
        Some("never") => Color::Never,
        _ => Color::Auto,
    }
}

fn value_of<'a>(args: &'a [OsString], option: &str) -> Option<&'a str> {
    let args: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).take_while(|arg| *arg != "--").collect();
    let joined = args.iter().rev().find_map(|arg| arg.strip_prefix(option)?.strip_prefix('='));
    let parted = args.windows(2).rev().find(|pair| pair.first() == Some(&option));
    joined.or_else(|| parted.and_then(|pair| pair.get(1).copied()))
}

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

    fn check(&self) -> Command {
        let formats = Format::ALL.map(Format::name);
        let args = [
            self.positional("path", "PATH").num_args(0..).value_parser(value_parser!(PathBuf)),
            self.option("format", "FORMAT").value_parser(formats),
            self.flag("show-excused"),
            self.flag("show-score"),
            self.option("staff", "LABEL").action(ArgAction::Append),
            self.option("visitor", "LABEL").action(ArgAction::Append),
            self.option("unlabelled", "WHO").value_parser(["staff", "unknown"]),
            self.option("min-confidence", "N").value_parser(fraction),
            self.option("fail-on", "LEVEL").value_parser(["error", "warning", "note", "never"]),
            self.option("input-format", "NAME"),
            self.option("name-pattern", "PATTERN"),
            self.flag("no-ignore"),
            self.option("jobs", "N").value_parser(value_parser!(u16)),
            self.flag("print-config"),
        ];
        let command = self.command("check", "check", args.into_iter().chain(self.pack()));
        command.after_help(self.say("cli.after.check".into()))
    }

    fn rules(&self) -> Command {
        let format = || {
            let help = self.say("cli.option.rules-format".into());
            self.option("format", "FORMAT").value_parser(["text", "json"]).help(help)
        };
        let show = [self.positional("id", "ID").required(true), format()].into_iter().chain(self.pack());
        self.command("rules", "rules", []).subcommand_required(true).arg_required_else_help(true).subcommands(
            [
                self.command("list", "rules-list", [format()].into_iter().chain(self.pack())),
                self.command("show", "rules-show", show),
                self.command("test", "rules-test", self.pack()),
            ],
        )
    }

    fn explain(&self) -> Command {
        let id = self.positional("id", "ID").required(true);
        self.command("explain", "explain", [id].into_iter().chain(self.pack()))
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
            words.rules(),
            words.explain(),
            words.command("init", "init", []),
            words.completions(),
        ])
}

fn fraction(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|number| (0.0..=1.0).contains(number)).ok_or_else(String::new)
}

/// What the matched arguments ask for.
pub(super) fn task(matches: &ArgMatches) -> Task {
    match matches.subcommand() {
        Some(("check", matches)) => Task::Check(Box::new(check(matches))),
        Some(("rules", matches)) => match matches.subcommand() {
            Some(("show", matches)) => {
                Task::Show { pack: pack(matches), id: text(matches, "id"), json: json(matches) }
            }
            Some(("test", matches)) => Task::Test { pack: pack(matches) },
            Some((_, matches)) => Task::List { pack: pack(matches), json: json(matches) },
            None => Task::List { pack: Pack::default(), json: false },
        },
        Some(("explain", matches)) => {
            Task::Show { pack: pack(matches), id: text(matches, "id"), json: false }
        }
        Some(("completions", matches)) => {
            Task::Completions(matches.get_one("shell").copied().unwrap_or(CompletionShell::Bash))
        }
        _ => Task::Init,
    }
}

fn check(matches: &ArgMatches) -> Check {
    let paths: Vec<PathBuf> = matches.get_many("path").unwrap_or_default().cloned().collect();
    let mut pack = pack(matches);
    pack.layer = Layer {
        min_confidence: matches.get_one("min-confidence").copied().map(Confidence::new),
        fail_on: one(matches, "fail-on").map(|word| severity(&word)),
        staff: list(matches, "staff"),
        visitor: list(matches, "visitor"),
        unlabelled: one(matches, "unlabelled")
            .map(|who| if who == "staff" { Role::Staff } else { Role::Unknown }),
        input_format: one(matches, "input-format"),
        name_pattern: one(matches, "name-pattern"),
        ..pack.layer
    };
    let format = one(matches, "format").unwrap_or_default();
    Check {
        paths,
        format: Format::ALL.into_iter().find(|known| known.name() == format).unwrap_or_default(),
        pack,
        print_config: matches.get_flag("print-config"),
        show_excused: matches.get_flag("show-excused"),
        show_score: matches.get_flag("show-score"),
        no_ignore: matches.get_flag("no-ignore"),
        jobs: matches.get_one::<u16>("jobs").copied().map_or(0, usize::from),
    }
}

fn pack(matches: &ArgMatches) -> Pack {
    Pack {
        config: matches.get_one("config").cloned(),
        no_config: matches.get_flag("no-config"),
        layer: Layer {
            lang: one(matches, "lang").map(|lang| if lang == "en" { Lang::En } else { Lang::Zh }),
            standard: matches.get_one("standard").cloned(),
            ..Layer::default()
        },
    }
}

fn json(matches: &ArgMatches) -> bool {
    one(matches, "format").as_deref() == Some("json")
}

fn one(matches: &ArgMatches, name: &str) -> Option<String> {
    matches.get_one::<String>(name).cloned()
}

fn text(matches: &ArgMatches, name: &str) -> String {
    one(matches, name).unwrap_or_default()
}

fn list(matches: &ArgMatches, name: &str) -> Option<Vec<String>> {
    Some(matches.get_many::<String>(name)?.cloned().collect())
}

fn severity(word: &str) -> Option<Severity> {
    [Severity::Note, Severity::Warning, Severity::Error].into_iter().find(|severity| severity.word() == word)
}
