//! What the arguments ask for.

use super::baseline::Update;
use super::compare::By;
use super::git::Since;
use super::progress::When;
use super::review;
use super::score::Score;
use super::terminal::Color;
use clap::ArgMatches;
use clap_complete::Shell as CompletionShell;
use std::ffi::OsString;
use std::path::PathBuf;
use wuxin::check::Inspect;
use wuxin::config::Layer;
use wuxin::diagnostic::{Confidence, Lang, Severity};
use wuxin::render::Format;
use wuxin::review::Verdict;
use wuxin::transcript::{Channel, Date, Role};

/// What is to be done.
#[derive(Debug)]
pub(super) enum Task {
    Check(Box<Check>),
    Compare(Box<Check>, By),
    List {
        pack: Pack,
        json: bool,
    },
    Show {
        pack: Pack,
        id: String,
        form: Form,
    },
    Test {
        pack: Pack,
    },
    Audit {
        pack: Pack,
        against: Vec<PathBuf>,
        json: bool,
    },
    Stress {
        pack: Pack,
        id: Option<String>,
        json: bool,
    },
    Score(Score),
    ReviewAdd(Box<review::Add>),
    ReviewList(review::List),
    #[cfg(feature = "xlsx")]
    ReviewImport(Box<review::Import>),
    BaselineUpdate(Box<Update>),
    Standard {
        pack: Pack,
        form: CoverageForm,
    },
    Init,
    Completions(CompletionShell),
}

/// How a rule is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// What a reader wants.
    Explained,
    /// With every pattern and example.
    Whole,
    Json,
}

/// How the coverage matrix is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CoverageForm {
    Full,
    Json,
    Markdown,
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
    /// Reports in files besides the one on standard output.
    pub(super) outputs: Vec<(Format, PathBuf)>,
    pub(super) pack: Pack,
    pub(super) print_config: bool,
    pub(super) show_excused: bool,
    pub(super) show_score: bool,
    pub(super) inspect: Inspect,
    pub(super) verdicts: Option<PathBuf>,
    pub(super) as_of: Option<Date>,
    /// What a role-play plants.
    pub(super) scenario: Option<PathBuf>,
    /// Where the recordings are.
    pub(super) audio: Option<PathBuf>,
    pub(super) no_ignore: bool,
    /// Only what changed.
    pub(super) changed: Option<Since>,
    /// Whether files that are given count as if they were met in their folders.
    pub(super) as_met: bool,
    pub(super) jobs: usize,
    pub(super) progress: When,
    /// Where results are kept; empty for the usual place.
    pub(super) cache: Option<PathBuf>,
    /// Whether cards are asked for.
    pub(super) score: bool,
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

/// What the matched arguments ask for.
pub(super) fn task(matches: &ArgMatches) -> Task {
    match matches.subcommand() {
        Some(("check", matches)) => Task::Check(Box::new(check(matches))),
        Some(("score", matches)) => Task::Check(Box::new(cards(matches))),
        Some(("compare", matches)) => {
            let word = one(matches, "by").unwrap_or_default();
            let by = By::ALL.into_iter().find(|by| by.word() == word).unwrap_or_default();
            Task::Compare(Box::new(read(matches)), by)
        }
        Some(("rules", matches)) => match matches.subcommand() {
            Some(("show", matches)) => Task::Show {
                pack: pack(matches),
                id: text(matches, "id"),
                form: if json(matches) { Form::Json } else { Form::Whole },
            },
            Some(("test", matches)) => Task::Test { pack: pack(matches) },
            Some(("audit", matches)) => Task::Audit {
                pack: pack(matches),
                against: matches.get_many("against").unwrap_or_default().cloned().collect(),
                json: json(matches),
            },
            Some(("stress", matches)) => {
                Task::Stress { pack: pack(matches), id: one(matches, "id"), json: json(matches) }
            }
            Some(("score", matches)) => Task::Score(Score {
                paths: matches.get_many("cases").unwrap_or_default().cloned().collect(),
                pack: pack(matches),
                misses: matches.get_flag("misses"),
                json: json(matches),
            }),
            Some((_, matches)) => Task::List { pack: pack(matches), json: json(matches) },
            None => Task::List { pack: Pack::default(), json: false },
        },
        Some(("explain", matches)) => {
            Task::Show { pack: pack(matches), id: text(matches, "id"), form: Form::Explained }
        }
        Some(("review", matches)) => match matches.subcommand() {
            Some(("add", matches)) => Task::ReviewAdd(Box::new(review_add(matches))),
            #[cfg(feature = "xlsx")]
            Some(("import", matches)) => Task::ReviewImport(Box::new(review_import(matches))),
            other => Task::ReviewList(review_list(other.map_or(matches, |(_, matches)| matches))),
        },
        Some(("baseline", matches)) => {
            let update = matches.subcommand().map_or(matches, |(_, matches)| matches);
            Task::BaselineUpdate(Box::new(baseline_update(update)))
        }
        Some(("standard", matches)) => Task::Standard {
            pack: pack(matches),
            form: match one(matches, "format").as_deref() {
                Some("json") => CoverageForm::Json,
                Some("md") => CoverageForm::Markdown,
                _ => CoverageForm::Full,
            },
        },
        Some(("completions", matches)) => {
            Task::Completions(matches.get_one("shell").copied().unwrap_or(CompletionShell::Bash))
        }
        _ => Task::Init,
    }
}

fn check(matches: &ArgMatches) -> Check {
    let mut check = read(matches);
    check.pack.layer.fail_on = one(matches, "fail-on").map(|word| severity(&word));
    Check {
        outputs: matches.get_many("output").unwrap_or_default().cloned().collect(),
        print_config: matches.get_flag("print-config"),
        show_excused: matches.get_flag("show-excused"),
        show_score: matches.get_flag("show-score"),
        changed: match matches.get_flag("staged") {
            true => Some(Since::Staged),
            false => one(matches, "since").map(Since::Rev),
        },
        as_met: matches.get_flag("force-exclude"),
        audio: matches.get_one("audio").cloned(),
        cache: matches.get_one("cache").cloned(),
        progress: match one(matches, "progress").as_deref() {
            Some("always") => When::Always,
            Some("never") => When::Never,
            _ => When::Auto,
        },
        inspect: match matches.get_one("inspect") {
            Some(line) => Inspect::Line(*line),
            None if matches.get_flag("why") => Inspect::Notable,
            None => Inspect::Nothing,
        },
        ..check
    }
}

/// `wuxin score`.
fn cards(matches: &ArgMatches) -> Check {
    let check = read(matches);
    let format = match check.format {
        Format::Full => Format::Card,
        Format::Page => Format::Html,
        other => other,
    };
    Check { score: true, format, ..check }
}

/// What checking and scoring share: which inputs, and how they are read.
fn read(matches: &ArgMatches) -> Check {
    let format = one(matches, "format").unwrap_or_default();
    let mut formats = Format::CHECK.iter().chain(Format::SCORE).copied();
    Check {
        paths: matches.get_many("path").unwrap_or_default().cloned().collect(),
        format: formats.find(|known| known.name() == format).unwrap_or_default(),
        outputs: Vec::new(),
        pack: reading(matches),
        print_config: false,
        show_excused: false,
        show_score: false,
        audio: None,
        inspect: Inspect::Nothing,
        verdicts: matches.get_one("verdicts").cloned(),
        as_of: matches.get_one("as-of").copied(),
        scenario: matches.try_get_one("scenario").ok().flatten().cloned(),
        score: false,
        no_ignore: matches.get_flag("no-ignore"),
        changed: None,
        as_met: false,
        jobs: matches.get_one::<u16>("jobs").copied().map_or(0, usize::from),
        progress: When::default(),
        cache: None,
    }
}

/// The settings, and what the command line says of how inputs are read.
fn reading(matches: &ArgMatches) -> Pack {
    let mut pack = pack(matches);
    pack.layer = Layer {
        min_confidence: matches.get_one("min-confidence").copied().map(Confidence::new),
        staff: list(matches, "staff"),
        visitor: list(matches, "visitor"),
        unlabelled: one(matches, "unlabelled")
            .map(|who| if who == "staff" { Role::Staff } else { Role::Unknown }),
        input_format: one(matches, "input-format"),
        columns: one(matches, "columns"),
        name_pattern: one(matches, "name-pattern"),
        channel: one(matches, "channel")
            .and_then(|word| Channel::ALL.into_iter().find(|channel| channel.word() == word)),
        ..pack.layer
    };
    pack
}

fn review_add(matches: &ArgMatches) -> review::Add {
    let word = text(matches, "verdict");
    review::Add {
        pack: reading(matches),
        no_ignore: matches.get_flag("no-ignore"),
        verdicts: matches.get_one("verdicts").cloned(),
        fingerprint: text(matches, "fingerprint").to_lowercase(),
        verdict: Verdict::ALL.into_iter().find(|one| one.word() == word).unwrap_or(Verdict::Confirmed),
        reviewer: text(matches, "reviewer"),
        reason: text(matches, "reason"),
        date: matches.get_one("date").copied(),
        expires: matches.get_one("expires").copied(),
        within: matches.get_many("in").unwrap_or_default().cloned().collect(),
    }
}

#[cfg(feature = "xlsx")]
fn review_import(matches: &ArgMatches) -> review::Import {
    review::Import {
        pack: pack(matches),
        verdicts: matches.get_one("verdicts").cloned(),
        workbook: matches.get_one("workbook").cloned().unwrap_or_default(),
        reviewer: one(matches, "reviewer"),
        date: matches.get_one("date").copied(),
    }
}

fn review_list(matches: &ArgMatches) -> review::List {
    review::List {
        pack: reading(matches),
        no_ignore: matches.get_flag("no-ignore"),
        verdicts: matches.get_one("verdicts").cloned(),
        paths: matches.get_many("findings-in").unwrap_or_default().cloned().collect(),
        as_of: matches.get_one("as-of").copied(),
        json: json(matches),
    }
}

fn baseline_update(matches: &ArgMatches) -> Update {
    Update {
        read: read(matches),
        reviewer: one(matches, "reviewer"),
        reason: one(matches, "reason"),
        date: matches.get_one("date").copied(),
        until: matches.get_one("until").copied(),
        prune: matches.get_flag("prune"),
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
