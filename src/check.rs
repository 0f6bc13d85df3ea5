//! The one place where the stages meet: a transcript in, a conversation of the report out.

mod across;
mod assemble;
mod audit;
mod coverage;
mod examples;
mod hearing;
mod inspect;
mod notes;
mod pauses;
mod place;
mod review;
mod rules;
mod said;
mod speakers;
mod stress;
mod suppress;

pub use examples::{ExampleOutcome, Outcome};
pub use hearing::{BadRow, Case, Fault, HEADER, cases};
pub use inspect::Inspect;

use crate::config::Settings;
use crate::detect::Detector;
use crate::diagnostic::{Confidence, Severity};
use crate::read::Document;
use crate::report::{Conversation, Coverage, RolesKnown, RuleInfo, StandardInfo, Tool};
use crate::review::Verdicts;
use crate::roles::{Known, LabelTable};
use crate::score::channel;
use crate::standard::{PackError, Scenario, Standard};
use crate::transcript::Transcript;
use crate::verdict::{Judged, credits, judge};

/// Checks documents against a standard. Built once; `Send + Sync`; every method takes `&self`.
pub struct Checker {
    standard: Standard,
    detector: Detector,
    settings: Settings,
    labels: LabelTable,
    verdicts: Option<Verdicts>,
    scenario: Option<Scenario>,
    words: bool,
}

/// Where a document comes from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The path as it stands in the report.
    pub path: String,
    /// Of the file's bytes, hex.
    pub sha256: Option<String>,
}

impl Checker {
    /// Compiles the standard's patterns.
    pub fn new(standard: Standard, settings: &Settings) -> Self {
        Checker {
            detector: Detector::new(&standard),
            labels: LabelTable::new(&settings.staff, &settings.visitor),
            settings: settings.clone(),
            standard,
            verdicts: None,
            scenario: None,
            words: false,
        }
    }

    /// The same, with the words of every turn in its reports.
    pub fn with_words(self) -> Self {
        Checker { words: true, ..self }
    }

    /// The same, with what reviewers said of findings.
    pub fn reviewed_by(self, verdicts: Verdicts) -> Self {
        Checker { verdicts: Some(verdicts), ..self }
    }

    /// The same for a role-play: its planted opportunities are scored in place of those that are heard.
    pub fn playing(self, scenario: Scenario) -> Self {
        Checker { scenario: Some(scenario), ..self }
    }

    /// Fewer chances than this allow no verdict on a change.
    pub fn least_chances(&self) -> usize {
        self.standard.scoring.least_chances
    }

    /// Reads a scenario; its rules are those of the standard.
    pub fn scenario(&self, name: &str, text: &str) -> Result<Scenario, PackError> {
        Scenario::parse(name, text, &self.standard, self.settings.lang)
    }

    /// Checks every conversation of a document, in order.
    pub fn check(&self, document: &Document, origin: &Origin) -> Vec<Conversation> {
        self.inspect(document, origin, Inspect::Nothing)
    }

    /// The same, looking into the turns that are asked for.
    pub fn inspect(&self, document: &Document, origin: &Origin, ask: Inspect) -> Vec<Conversation> {
        document
            .conversations
            .iter()
            .map(|transcript| self.conversation(document, transcript, origin, ask))
            .collect()
    }

    /// Findings below are not shown.
    fn minimum(&self) -> Confidence {
        self.settings.min_confidence.unwrap_or_else(|| Confidence::new(self.standard.scoring.minimum))
    }

    /// The rules that run, for lists, explanations and renderers.
    pub fn rules(&self) -> Vec<RuleInfo> {
        rules::infos(&self.standard, self.settings.lang)
    }

    /// The same without their patterns and examples: enough to tell findings.
    pub fn outlines(&self) -> Vec<RuleInfo> {
        rules::outlines(&self.standard, self.settings.lang)
    }

    /// What runs, with which settings and standard.
    pub fn tool(&self) -> Tool {
        Tool {
            name: "wuxin",
            version: env!("CARGO_PKG_VERSION"),
            settings: self.settings.in_report(),
            standard: self.standard_info(),
        }
    }

    fn standard_info(&self) -> StandardInfo {
        StandardInfo {
            id: self.standard.id.clone(),
            title: self.standard.title.clone(),
            number: self.standard.number.clone(),
            sha256: self.standard.sha256.clone(),
        }
    }

    /// How every article and item of the standard is checked.
    pub fn coverage(&self) -> Coverage {
        coverage::coverage(&self.standard, self.standard_info(), self.settings.lang)
    }

    /// Runs every example inside the rules (`wuxin rules test`).
    pub fn test_rules(&self) -> Vec<ExampleOutcome> {
        examples::run(&self.standard, &self.detector)
    }

    fn conversation(
        &self,
        document: &Document,
        transcript: &Transcript,
        origin: &Origin,
        ask: Inspect,
    ) -> Conversation {
        let room = speakers::Room { checker: self, document, transcript };
        let labelled = room.labelled();
        let heard = room.hear(&labelled);
        let known = room.roles(&heard, labelled);
        let swapped = room.swapped(&heard, &known);
        let turns = room.spoken(&known.turns, heard);
        let judged = judge(&self.standard, &turns);
        let across = across::across(&room, &turns, &judged);
        let channel = channel(&self.standard, &turns, transcript.meta.channel, self.settings.channel);
        let credits = credits(&self.standard, &turns, channel.is);
        assemble::Assembly {
            checker: self,
            document,
            transcript,
            origin,
            known: &known,
            swapped,
            turns: &turns,
            channel,
        }
        .conversation(&judged, &across, &credits, ask)
    }

    /// The severity of a verdict before the speaker is looked at; `None` where it is switched off or not sure enough
    /// to be shown.
    fn severity(&self, judged: &Judged) -> Option<Severity> {
        let rule = self.standard.banned.get(judged.rule)?;
        if judged.hit.confidence < self.minimum() {
            return None;
        }
        let configured = self.settings.severity.get(&rule.id).copied();
        let severity = configured.unwrap_or(Some(rule.severity))?;
        let unsure = judged.hit.confidence.value() < self.standard.scoring.warning_below;
        Some(if unsure { severity.min(Severity::Warning) } else { severity })
    }
}

/// How the report names what is known of the roles.
fn roles_known(known: Known) -> RolesKnown {
    match known {
        Known::Labelled => RolesKnown::Labelled,
        Known::Configured => RolesKnown::Configured,
        Known::Inferred => RolesKnown::Inferred,
        Known::Unknown => RolesKnown::Unknown,
    }
}
