//! Where the command line meets the library's stages: the only file here that names them.

use super::digest::sha256;
use super::git;
use super::inputs::Input;
use super::problem::{Problem, Trouble, failure, shown};
use std::fs::File;
use std::io::{self, Read};
use std::mem::ManuallyDrop;
use std::path::Path;
use wuxin::config::Config;
use wuxin::diagnostic::{Lang, Message};
use wuxin::read::about::{self, BESIDE, NamePattern, fill};
use wuxin::read::rttm::{RTTM, Rttm};
use wuxin::render::Rules;
use wuxin::report::{Conversation, Failure, RuleInfo, Tool};
use wuxin::transcript::Meta;
use wuxin::{check, read, standard};

/// Bytes of a file beside a transcript that are looked at.
const BESIDE_LIMIT: u64 = 4 << 20;

/// The standard, ready to check; shared by all threads.
pub(super) struct Engine {
    /// There is one as long as the process runs: to free its many small pieces one by one takes as long as to check a
    /// file, and the process ends in any case.
    checker: ManuallyDrop<check::Checker>,
    format: Option<read::Format>,
    options: read::Options,
    names: Option<NamePattern>,
    /// What is planted, where it is a role-play.
    scenario: String,
    lang: Lang,
}

/// What became of one input.
#[derive(Debug, Default)]
pub(super) struct Checked {
    /// Whether it could be read as a transcript.
    pub(super) read: bool,
    /// Why it was left out, below a folder.
    pub(super) skipped: Option<&'static str>,
    pub(super) conversations: Vec<Conversation>,
    /// Of the whole or of records in it.
    pub(super) failures: Vec<Failure>,
}

impl Checked {
    fn skipped(why: &'static str) -> Self {
        Checked { skipped: Some(why), ..Checked::default() }
    }

    /// The whole of it.
    fn failed(failed: Failure) -> Self {
        Checked { failures: vec![failed], ..Checked::default() }
    }
}

/// An input as read.
pub(super) enum Loaded {
    All(Material),
    /// Below a folder, what does not look like a transcript, and why.
    Skipped(&'static str),
}

/// What there is to be checked.
pub(super) struct Material {
    pub(super) bytes: Vec<u8>,
    /// What is known besides the words.
    pub(super) about: Result<Meta, Failure>,
    /// Who speaks when, where a file beside it says so: its path and its bytes.
    pub(super) rttm: Option<(String, Vec<u8>)>,
}

/// An example inside a rule, and what is wrong with it, if anything.
#[derive(Debug)]
pub(super) struct Example {
    pub(super) rule: String,
    pub(super) text: String,
    pub(super) verdict: Option<Message>,
}

impl Engine {
    pub(super) fn new(config: &Config) -> Result<Engine, Problem> {
        let lang = config.settings.lang;
        let standard = match &config.standard {
            Some(folder) => standard::Standard::load(folder, lang),
            None => standard::Standard::embedded(lang),
        };
        let standard = standard.map_err(|error| problem(error, lang))?;
        let format = match &config.input_format {
            Some(name) => Some(name.parse().map_err(|error| Problem::about("--input-format", &error, lang))?),
            None => None,
        };
        let columns = match &config.columns {
            Some(text) => text.parse().map_err(|error| Problem::about("--columns", &error, lang))?,
            None => read::Columns::default(),
        };
        let names = match &config.settings.name_pattern {
            Some(text) => {
                Some(NamePattern::new(text).map_err(|error| Problem::about("--name-pattern", &error, lang))?)
            }
            None => None,
        };
        let checker = ManuallyDrop::new(check::Checker::new(standard, &config.settings));
        let options = read::Options { columns };
        Ok(Engine { checker, format, options, names, scenario: String::new(), lang })
    }

    /// The same, with what reviewers said of findings.
    pub(super) fn reviewed_by(self, verdicts: wuxin::review::Verdicts) -> Self {
        self.with(|checker| checker.reviewed_by(verdicts))
    }

    /// The same, with the words of every turn in its reports.
    pub(super) fn with_words(self) -> Self {
        self.with(|checker| checker.with_words())
    }

    fn with(self, more: impl FnOnce(check::Checker) -> check::Checker) -> Self {
        Engine { checker: ManuallyDrop::new(more(ManuallyDrop::into_inner(self.checker))), ..self }
    }

    /// Fewer chances than this allow no verdict on a change.
    pub(super) fn least_chances(&self) -> usize {
        self.checker.least_chances()
    }

    /// The same for a role-play.
    pub(super) fn playing(self, path: &Path) -> Result<Self, Problem> {
        let about = |trouble: &Trouble| Problem::about(&shown(path), trouble, self.lang);
        let bytes = std::fs::read(path).map_err(|error| about(&Trouble::from(&error)))?;
        let text = String::from_utf8(bytes).map_err(|_| about(&Trouble::NotText))?;
        let scenario = self.checker.scenario(&shown(path), text.trim_start_matches('\u{feff}'));
        let scenario = scenario.map_err(|error| problem(error, self.lang))?;
        Ok(Engine { scenario: text, ..self.with(|checker| checker.playing(scenario)) })
    }

    /// The rules in the order of the standard.
    pub(super) fn rules(&self) -> Vec<RuleInfo> {
        self.checker.rules()
    }

    /// The rules as renderers look them up.
    pub(super) fn rules_by_id(&self) -> Rules {
        by_id(self.rules())
    }

    /// The same for findings that are told one by one.
    pub(super) fn outlines_by_id(&self) -> Rules {
        by_id(self.checker.outlines())
    }

    pub(super) fn tool(&self) -> Tool {
        self.checker.tool()
    }

    /// Everything that results depend on besides the input: the same text, the same results.
    pub(super) fn marks(&self) -> String {
        let tool = serde_json::to_string(&self.tool()).unwrap_or_default();
        format!("{tool}\n{:?}\n{:?}\n{}", self.format, self.options, self.scenario)
    }

    /// Reads and checks one input: a file, or every transcript in an archive.
    pub(super) fn check(&self, input: &Input, ask: check::Inspect) -> Vec<Checked> {
        match self.load(input) {
            Ok(Loaded::Skipped(why)) => vec![Checked::skipped(why)],
            Ok(Loaded::All(material)) => self.examine(input, &material, ask),
            Err(failed) => vec![Checked::failed(failed)],
        }
    }

    /// Reads one input, as bytes.
    pub(super) fn load(&self, input: &Input) -> Result<Loaded, Failure> {
        match self.bytes(input).map_err(|trouble| failure(&input.path, "", &trouble, self.lang))? {
            Bytes::All(bytes) => {
                Ok(Loaded::All(Material { bytes, about: self.known(input), rttm: beside(input, RTTM) }))
            }
            Bytes::NoTranscript(why) => Ok(Loaded::Skipped(why)),
        }
    }

    /// What is known besides the words of an input.
    pub(super) fn known(&self, input: &Input) -> Result<Meta, Failure> {
        self.about(&input.path, &input.path, beside(input, BESIDE))
    }

    /// What is known besides the words: from `NAME.meta.json` beside the file, then from its path.
    fn about(&self, path: &str, name: &str, beside: Option<(String, Vec<u8>)>) -> Result<Meta, Failure> {
        let by_path = self.names.as_ref().map(|names| names.read(name)).unwrap_or_default();
        let Some((at, bytes)) = beside else { return Ok(by_path) };
        let told = about::beside(&at, &bytes).map_err(|error| failure(path, "", &error, self.lang))?;
        Ok(told.or(by_path))
    }

    /// Checks what was read.
    pub(super) fn examine(&self, input: &Input, material: &Material, ask: check::Inspect) -> Vec<Checked> {
        #[cfg(feature = "zip")]
        if read::archive::is_archive(&input.path, &material.bytes) {
            return self.archive(input, &material.bytes, ask);
        }
        vec![self.one(&input.path, material, ask)]
    }

    /// Checks every transcript in an archive; what cannot be read leaves the others.
    #[cfg(feature = "zip")]
    fn archive(&self, input: &Input, bytes: &[u8], ask: check::Inspect) -> Vec<Checked> {
        match read::archive::Archive::open(bytes) {
            Ok(mut archive) => {
                let members = archive.members();
                let member = |one| self.member(input, &mut archive, &members, one, ask);
                members.iter().map(member).collect()
            }
            Err(error) => vec![Checked::failed(failure(&input.path, "", &error, self.lang))],
        }
    }

    #[cfg(feature = "zip")]
    fn member(
        &self,
        input: &Input,
        archive: &mut read::archive::Archive<'_>,
        members: &[read::archive::Member],
        member: &read::archive::Member,
        ask: check::Inspect,
    ) -> Checked {
        if let Some(why) = read::passed_over(&member.name) {
            return Checked::skipped(why);
        }
        let path = format!("{}!{}", input.path, member.name);
        let bytes = match archive.bytes(member) {
            Ok(bytes) => bytes,
            Err(error) => return Checked::failed(failure(&path, "", &error, self.lang)),
        };
        if let read::Verdict::NotATranscript(why) = read::looks_like_transcript(&member.name, &bytes) {
            return Checked::skipped(why);
        }
        let mut beside = |ending: &str| {
            let name = Path::new(&member.name).with_extension(ending.trim_start_matches('.'));
            let name = name.to_string_lossy().into_owned();
            let found = members.iter().find(|one| one.name == name)?;
            let bytes = archive.bytes(found).ok().filter(|bytes| bytes.len() as u64 <= BESIDE_LIMIT)?;
            Some((format!("{}!{name}", input.path), bytes))
        };
        let name = format!("{}/{}", input.path, member.name);
        let about = self.about(&path, &name, beside(BESIDE));
        self.one(&path, &Material { bytes, about, rttm: beside(RTTM) }, ask)
    }

    /// Checks one file.
    fn one(&self, path: &str, material: &Material, ask: check::Inspect) -> Checked {
        let failed = |path: &str, error: &read::ReadError| {
            let place = error.place().map(ToString::to_string).unwrap_or_default();
            Checked::failed(failure(path, &place, error, self.lang))
        };
        let input = read::Input { bytes: &material.bytes, name: path, format: self.format };
        let mut document = match read::read_with(&input, &self.options) {
            Ok(document) => document,
            Err(error) => return failed(path, &error),
        };
        if let Some((beside, bytes)) = &material.rttm {
            match Rttm::read(bytes) {
                Ok(speakers) => _ = speakers.lay_on(&mut document),
                Err(error) => return failed(beside, &error),
            }
        }
        let sha256 = (document.conversations.len() == 1).then(|| sha256(&material.bytes));
        self.judge(path, document, sha256, (&material.about, ask))
    }

    /// Checks some records of a file that is read piece by piece.
    pub(super) fn examine_records(
        &self,
        input: &Input,
        records: &read::records::Piece,
        about: &Result<Meta, Failure>,
        ask: check::Inspect,
    ) -> Checked {
        let mut checked = self.judge(&input.path, read::records::read_piece(records), None, (about, ask));
        checked.read = !checked.conversations.is_empty();
        checked
    }

    /// Why a file that was read piece by piece could not be read to its end.
    pub(super) fn broken_off(&self, input: &Input, error: &io::Error) -> Failure {
        match read::records::too_large(error) {
            Some(error) => failure(&input.path, "", &error, self.lang),
            None => failure(&input.path, "", &Trouble::from(error), self.lang),
        }
    }

    /// Whether an input may hold a conversation a line: so it is named, or it has a name that says nothing.
    pub(super) fn may_be_lines(&self, input: &Input) -> bool {
        let ending = Path::new(&input.path).extension().and_then(|ending| ending.to_str());
        match self.format {
            Some(format) => format == read::Format::OwnLines,
            None => ending.is_none_or(|ending| ["jsonl", "ndjson"].contains(&&*ending.to_lowercase())),
        }
    }

    fn judge(
        &self,
        path: &str,
        mut document: read::Document,
        sha256: Option<String>,
        (about, ask): (&Result<Meta, Failure>, check::Inspect),
    ) -> Checked {
        match about {
            Ok(about) => fill(&mut document, about),
            Err(failed) => return Checked::failed(failed.clone()),
        }
        let origin = check::Origin { path: path.to_owned(), sha256 };
        let failures = document.failures.iter();
        Checked {
            read: true,
            skipped: None,
            conversations: self.checker.inspect(&document, &origin, ask),
            failures: failures
                .map(|record| failure(path, &record.place.to_string(), &record.error, self.lang))
                .collect(),
        }
    }

    /// The bytes of an input; below a folder, only of what looks like a transcript.
    fn bytes(&self, input: &Input) -> Result<Bytes, Trouble> {
        let mut bytes = Vec::new();
        let Some(path) = &input.file else {
            io::stdin().lock().read_to_end(&mut bytes).map_err(|error| Trouble::from(&error))?;
            return Ok(Bytes::All(bytes));
        };
        if let Some(blob) = &input.blob {
            let bytes = git::blob(blob)?;
            let name = name(path);
            let wanted = usize::try_from(read::head(&name)).unwrap_or(usize::MAX);
            let head = bytes.get(..wanted).unwrap_or(&bytes);
            return Ok(match read::looks_like_transcript(&name, head) {
                read::Verdict::NotATranscript(why) => Bytes::NoTranscript(why),
                read::Verdict::Transcript => Bytes::All(bytes),
            });
        }
        let read = |bytes: &mut Vec<u8>| -> io::Result<Option<&'static str>> {
            let mut file = File::open(path)?;
            if !input.named {
                let name = name(path);
                let head = read::head(&name);
                // A whole file is read at one go: its length is asked for only once.
                match file.metadata()?.len() > head {
                    true => (&mut file).take(head).read_to_end(bytes)?,
                    false => file.read_to_end(bytes)?,
                };
                if let read::Verdict::NotATranscript(why) = read::looks_like_transcript(&name, bytes) {
                    return Ok(Some(why));
                }
            }
            file.read_to_end(bytes)?;
            Ok(None)
        };
        match read(&mut bytes) {
            Ok(None) => Ok(Bytes::All(bytes)),
            Ok(Some(why)) => Ok(Bytes::NoTranscript(why)),
            Err(error) => Err(Trouble::from(&error)),
        }
    }

    /// Reads labelled rows.
    pub(super) fn cases(&self, text: &str) -> Result<Vec<check::Case>, Vec<check::BadRow>> {
        let rules = self.rules();
        let banned = rules.iter().filter(|rule| rule.kind == "banned");
        check::cases(text, &banned.map(|rule| rule.id.as_str()).collect::<Vec<_>>())
    }

    /// How every article and item of the standard is checked.
    pub(super) fn coverage(&self) -> wuxin::report::Coverage {
        self.checker.coverage()
    }

    /// What is doubtful about the patterns.
    pub(super) fn audit(&self, material: &[String]) -> wuxin::report::Audit {
        self.checker.audit(material)
    }

    /// How well items are heard through a bad recogniser.
    pub(super) fn stress(&self, only: Option<&str>) -> wuxin::report::Stress {
        self.checker.stress(only)
    }

    /// How well they are heard.
    pub(super) fn measure(&self, cases: &[check::Case]) -> wuxin::report::Hearing {
        self.checker.measure(cases)
    }

    /// Runs the examples inside the rules.
    pub(super) fn examples(&self) -> Vec<Example> {
        let examples = self.checker.test_rules().into_iter();
        examples
            .map(|example| Example {
                rule: example.rule,
                text: example.text,
                verdict: verdict(example.outcome),
            })
            .collect()
    }
}

enum Bytes {
    All(Vec<u8>),
    NoTranscript(&'static str),
}

/// A file beside an input, told by its ending: its path and its bytes.
fn beside(input: &Input, ending: &str) -> Option<(String, Vec<u8>)> {
    let path = input.file.as_deref()?.with_extension(ending.trim_start_matches('.'));
    let mut bytes = Vec::new();
    File::open(&path).and_then(|file| file.take(BESIDE_LIMIT).read_to_end(&mut bytes)).ok()?;
    Some((shown(&path), bytes))
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn problem(error: standard::PackError, lang: Lang) -> Problem {
    match error {
        standard::PackError::Slips(pictures) => Problem(pictures),
        standard::PackError::Io { path, source } => {
            Problem::about(&shown(&path), &Trouble::from(&source), lang)
        }
    }
}

/// What is wrong, from the author's side.
fn verdict(outcome: check::Outcome) -> Option<Message> {
    match outcome {
        check::Outcome::Right => None,
        check::Outcome::Missing => Some(Message::new("cli.rules.missing")),
        check::Outcome::Elsewhere { found } => Some(Message::new("cli.rules.elsewhere").arg("found", found)),
        check::Outcome::Noisy { found } => Some(Message::new("cli.rules.noisy").arg("found", found)),
    }
}

fn by_id(rules: Vec<RuleInfo>) -> Rules {
    rules.into_iter().map(|rule| (rule.id.clone(), rule)).collect()
}
