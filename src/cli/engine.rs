//! Where the command line meets the library's stages: the only file here that names them.

use super::git;
use super::inputs::Input;
use super::problem::{Problem, Trouble, failure, shown};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use wuxin::config::Config;
use wuxin::diagnostic::{Lang, Message};
use wuxin::read::about::{AboutError, BESIDE, NamePattern, beside, fill};
use wuxin::report::{Conversation, Failure, RuleInfo, Tool};
use wuxin::transcript::Meta;
use wuxin::{check, read, standard};

/// Bytes of a file beside a transcript that are looked at.
const META_LIMIT: u64 = 1 << 20;

/// The standard, ready to check; shared by all threads.
pub(super) struct Engine {
    checker: check::Checker,
    rules: Vec<RuleInfo>,
    format: Option<read::Format>,
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
        let names = match &config.settings.name_pattern {
            Some(text) => {
                Some(NamePattern::new(text).map_err(|error| Problem::about("--name-pattern", &error, lang))?)
            }
            None => None,
        };
        let checker = check::Checker::new(standard, &config.settings);
        Ok(Engine { rules: checker.rules(), checker, format, names, scenario: String::new(), lang })
    }

    /// The same, with what reviewers said of findings.
    pub(super) fn reviewed_by(self, verdicts: wuxin::review::Verdicts) -> Self {
        Engine { checker: self.checker.reviewed_by(verdicts), ..self }
    }

    /// The same, with the words of every turn in its reports.
    pub(super) fn with_words(self) -> Self {
        Engine { checker: self.checker.with_words(), ..self }
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
        Ok(Engine { checker: self.checker.playing(scenario), scenario: text, ..self })
    }

    pub(super) fn rules(&self) -> impl Iterator<Item = &RuleInfo> {
        self.rules.iter()
    }

    pub(super) fn tool(&self) -> Tool {
        self.checker.tool()
    }

    /// Everything that results depend on besides the input: the same text, the same results.
    pub(super) fn marks(&self) -> String {
        let tool = serde_json::to_string(&self.tool()).unwrap_or_default();
        format!("{tool}\n{:?}\n{}", self.format, self.scenario)
    }

    /// Reads and checks one input.
    pub(super) fn check(&self, input: &Input, ask: check::Inspect) -> Checked {
        match self.load(input) {
            Ok(Loaded::Skipped(why)) => Checked { skipped: Some(why), ..Checked::default() },
            Ok(Loaded::All(material)) => self.examine(input, &material, ask),
            Err(failed) => Checked::failed(failed),
        }
    }

    /// Reads one input, as bytes.
    pub(super) fn load(&self, input: &Input) -> Result<Loaded, Failure> {
        match self.bytes(input).map_err(|trouble| failure(&input.path, "", &trouble, self.lang))? {
            Bytes::All(bytes) => Ok(Loaded::All(Material { bytes, about: self.known(input) })),
            Bytes::NoTranscript(why) => Ok(Loaded::Skipped(why)),
        }
    }

    /// What is known besides the words of an input.
    pub(super) fn known(&self, input: &Input) -> Result<Meta, Failure> {
        self.about(input).map_err(|error| failure(&input.path, "", &error, self.lang))
    }

    /// Checks what was read.
    pub(super) fn examine(&self, input: &Input, material: &Material, ask: check::Inspect) -> Checked {
        let name = input.path.as_str();
        let read = read::read(&read::Input { bytes: &material.bytes, name, format: self.format });
        let document = match read {
            Ok(document) => document,
            Err(error) => {
                let place = error.place().map(ToString::to_string).unwrap_or_default();
                return Checked::failed(failure(&input.path, &place, &error, self.lang));
            }
        };
        let sha256 = (document.conversations.len() == 1).then(|| hex(&material.bytes));
        self.judge(input, document, sha256, (&material.about, ask))
    }

    /// Checks some records of a file that is read piece by piece.
    pub(super) fn examine_records(
        &self,
        input: &Input,
        records: &read::records::Piece,
        about: &Result<Meta, Failure>,
        ask: check::Inspect,
    ) -> Checked {
        let mut checked = self.judge(input, read::records::read_piece(records), None, (about, ask));
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
        input: &Input,
        mut document: read::Document,
        sha256: Option<String>,
        (about, ask): (&Result<Meta, Failure>, check::Inspect),
    ) -> Checked {
        match about {
            Ok(about) => fill(&mut document, about),
            Err(failed) => return Checked::failed(failed.clone()),
        }
        let origin = check::Origin { path: input.path.clone(), sha256 };
        let failures = document.failures.iter();
        Checked {
            read: true,
            skipped: None,
            conversations: self.checker.inspect(&document, &origin, ask),
            failures: failures
                .map(|record| failure(&input.path, &record.place.to_string(), &record.error, self.lang))
                .collect(),
        }
    }

    /// What is known besides the words: from `NAME.meta.json` beside the input, then from its path.
    fn about(&self, input: &Input) -> Result<Meta, AboutError> {
        let by_path = self.names.as_ref().map(|names| names.read(&input.path)).unwrap_or_default();
        let Some(beside_it) = input.file.as_ref().map(|path| path.with_extension(&BESIDE[1..])) else {
            return Ok(by_path);
        };
        let mut bytes = Vec::new();
        let read = File::open(&beside_it).and_then(|file| file.take(META_LIMIT).read_to_end(&mut bytes));
        match read {
            Ok(_) => Ok(beside(&beside_it.to_string_lossy(), &bytes)?.or(by_path)),
            Err(_) => Ok(by_path),
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
            let head = bytes.get(..read::HEAD).unwrap_or(&bytes);
            return Ok(match read::looks_like_transcript(&name(path), head) {
                read::Verdict::NotATranscript(why) => Bytes::NoTranscript(why),
                read::Verdict::Transcript => Bytes::All(bytes),
            });
        }
        let read = |bytes: &mut Vec<u8>| -> io::Result<Option<&'static str>> {
            let mut file = File::open(path)?;
            if !input.named {
                (&mut file).take(read::HEAD as u64).read_to_end(bytes)?;
                if let read::Verdict::NotATranscript(why) = read::looks_like_transcript(&name(path), bytes) {
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
        let banned = self.rules.iter().filter(|rule| rule.kind == "banned");
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

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
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
