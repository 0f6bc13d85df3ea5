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
use wuxin::read::about::{self, AboutError, BESIDE, NamePattern, fill};
use wuxin::read::rttm::{RTTM, Rttm};
use wuxin::report::{Conversation, Failure, RuleInfo, Tool};
use wuxin::transcript::Meta;
use wuxin::{check, read, standard};

/// Bytes of a file beside a transcript that are looked at.
const BESIDE_LIMIT: u64 = 4 << 20;

/// Gives the file beside a transcript that has the same name and this ending, with its path.
type Beside<'a> = &'a mut dyn FnMut(&str) -> Option<(String, Vec<u8>)>;

/// The standard, ready to check; shared by all threads.
pub(super) struct Engine {
    checker: check::Checker,
    rules: Vec<RuleInfo>,
    format: Option<read::Format>,
    options: read::Options,
    names: Option<NamePattern>,
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

    fn failed(failure: Failure) -> Self {
        Checked { failures: vec![failure], ..Checked::default() }
    }
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
        let checker = check::Checker::new(standard, &config.settings);
        let options = read::Options { columns };
        Ok(Engine { rules: checker.rules(), checker, format, options, names, lang })
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
        Ok(Engine { checker: self.checker.playing(scenario), ..self })
    }

    pub(super) fn rules(&self) -> impl Iterator<Item = &RuleInfo> {
        self.rules.iter()
    }

    pub(super) fn tool(&self) -> Tool {
        self.checker.tool()
    }

    /// Reads and checks one input: a file, or every transcript in an archive.
    pub(super) fn check(&self, input: &Input, ask: check::Inspect) -> Vec<Checked> {
        let bytes = match self.bytes(input) {
            Ok(Bytes::All(bytes)) => bytes,
            Ok(Bytes::NoTranscript(why)) => return vec![Checked::skipped(why)],
            Err(trouble) => return vec![Checked::failed(failure(&input.path, "", &trouble, self.lang))],
        };
        #[cfg(feature = "zip")]
        if read::archive::is_archive(&input.path, &bytes) {
            return self.archive(input, &bytes, ask);
        }
        let file = input.file.as_deref();
        let mut beside = |ending: &str| {
            let path = file?.with_extension(ending.trim_start_matches('.'));
            let mut bytes = Vec::new();
            File::open(&path).and_then(|file| file.take(BESIDE_LIMIT).read_to_end(&mut bytes)).ok()?;
            Some((shown(&path), bytes))
        };
        vec![self.one(&input.path, &input.path, &bytes, &mut beside, ask)]
    }

    /// Checks every transcript in an archive; what cannot be read leaves the others.
    #[cfg(feature = "zip")]
    fn archive(&self, input: &Input, bytes: &[u8], ask: check::Inspect) -> Vec<Checked> {
        let failed =
            |path: &str, error: &read::ReadError| Checked::failed(failure(path, "", error, self.lang));
        let mut archive = match read::archive::Archive::open(bytes) {
            Ok(archive) => archive,
            Err(error) => return vec![failed(&input.path, &error)],
        };
        let members = archive.members();
        let mut out = Vec::new();
        for member in &members {
            if let Some(why) = read::passed_over(&member.name) {
                out.push(Checked::skipped(why));
                continue;
            }
            let path = format!("{}!{}", input.path, member.name);
            let bytes = match archive.bytes(member) {
                Ok(bytes) => bytes,
                Err(error) => {
                    out.push(failed(&path, &error));
                    continue;
                }
            };
            if let read::Verdict::NotATranscript(why) = read::looks_like_transcript(&member.name, &bytes) {
                out.push(Checked::skipped(why));
                continue;
            }
            let mut beside = |ending: &str| {
                let name = Path::new(&member.name).with_extension(ending.trim_start_matches('.'));
                let name = name.to_string_lossy().into_owned();
                let found = members.iter().find(|one| one.name == name)?;
                let bytes = archive.bytes(found).ok().filter(|bytes| bytes.len() as u64 <= BESIDE_LIMIT)?;
                Some((format!("{}!{name}", input.path), bytes))
            };
            let name = format!("{}/{}", input.path, member.name);
            out.push(self.one(&path, &name, &bytes, &mut beside, ask));
        }
        out
    }

    /// Reads and checks one file. `name` is what patterns look at; `beside` gives files beside it by their ending.
    fn one(&self, path: &str, name: &str, bytes: &[u8], beside: Beside<'_>, ask: check::Inspect) -> Checked {
        self.try_one(path, name, bytes, beside, ask).unwrap_or_else(Checked::failed)
    }

    fn try_one(
        &self,
        path: &str,
        name: &str,
        bytes: &[u8],
        beside: Beside<'_>,
        ask: check::Inspect,
    ) -> Result<Checked, Failure> {
        let failed = |path: &str, error: &read::ReadError| {
            let place = error.place().map(ToString::to_string).unwrap_or_default();
            failure(path, &place, error, self.lang)
        };
        let input = read::Input { bytes, name: path, format: self.format };
        let mut document = read::read_with(&input, &self.options).map_err(|error| failed(path, &error))?;
        if let Some((beside, bytes)) = beside(RTTM) {
            let speakers = Rttm::read(&bytes).map_err(|error| failed(&beside, &error))?;
            speakers.lay_on(&mut document);
        }
        let about = self.about(name, beside).map_err(|error| failure(path, "", &error, self.lang))?;
        fill(&mut document, &about);
        let sha256 = (document.conversations.len() == 1).then(|| hex(bytes));
        let origin = check::Origin { path: path.to_owned(), sha256 };
        let failures = document.failures.iter();
        Ok(Checked {
            read: true,
            skipped: None,
            conversations: self.checker.inspect(&document, &origin, ask),
            failures: failures
                .map(|record| failure(path, &record.place.to_string(), &record.error, self.lang))
                .collect(),
        })
    }

    /// What is known besides the words: from `NAME.meta.json` beside the file, then from its path.
    fn about(&self, name: &str, beside: Beside<'_>) -> Result<Meta, AboutError> {
        let by_path = self.names.as_ref().map(|names| names.read(name)).unwrap_or_default();
        match beside(BESIDE) {
            Some((path, bytes)) => Ok(about::beside(&path, &bytes)?.or(by_path)),
            None => Ok(by_path),
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
                (&mut file).take(read::head(&name)).read_to_end(bytes)?;
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
