//! The one place where the stages meet: a transcript in, a conversation of the report out.

mod assemble;
mod examples;
mod pauses;
mod rules;

pub use examples::{ExampleOutcome, Outcome};

use crate::config::Settings;
use crate::detect::{Detector, Heard};
use crate::read::{Document, Format};
use crate::report::{Conversation, RolesKnown, RuleInfo, StandardInfo, Tool};
use crate::roles::{Known, LabelTable, Line, Roles, roles, tell};
use crate::standard::Standard;
use crate::text::SourceText;
use crate::transcript::{Channel, Role, Transcript};
use crate::verdict::{Spoken, credits, judge};

/// Checks documents against a standard. Built once; `Send + Sync`; every method takes `&self`.
pub struct Checker {
    standard: Standard,
    detector: Detector,
    settings: Settings,
    labels: LabelTable,
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
        }
    }

    /// Checks every conversation of a document, in order.
    pub fn check(&self, document: &Document, origin: &Origin) -> Vec<Conversation> {
        document
            .conversations
            .iter()
            .map(|transcript| self.conversation(document, transcript, origin))
            .collect()
    }

    /// The rules that run, for lists, explanations and renderers.
    pub fn rules(&self) -> Vec<RuleInfo> {
        rules::infos(&self.standard, self.settings.lang)
    }

    /// What runs, with which settings and standard.
    pub fn tool(&self) -> Tool {
        Tool {
            name: "wuxin",
            version: env!("CARGO_PKG_VERSION"),
            settings: self.settings.in_report(),
            standard: StandardInfo {
                id: self.standard.id.clone(),
                title: self.standard.title.clone(),
                number: self.standard.number.clone(),
                sha256: self.standard.sha256.clone(),
            },
        }
    }

    /// Runs every example inside the rules (`wuxin rules test`).
    pub fn test_rules(&self) -> Vec<ExampleOutcome> {
        examples::run(&self.standard, &self.detector)
    }

    fn conversation(&self, document: &Document, transcript: &Transcript, origin: &Origin) -> Conversation {
        let heard = self.hear(&document.source, transcript);
        let known = self.roles(document, transcript, &heard);
        let turns = spoken(&document.source, transcript, &known, heard);
        let judged = judge(&self.standard, &turns);
        let channel = transcript.meta.channel.unwrap_or(Channel::Visit);
        let credits = credits(&self.standard, &turns, channel);
        assemble::Assembly { checker: self, document, transcript, origin, known: &known, turns: &turns }
            .conversation(&judged, &credits)
    }

    /// The role of a script's turns that name nobody: subtitles and recognisers' output without speakers are never
    /// taken as staff speech.
    fn unlabelled(&self, document: &Document) -> Role {
        if matches!(document.format, Format::Txt | Format::Markdown) {
            self.settings.unlabelled
        } else {
            Role::Unknown
        }
    }

    /// Every turn, blind to who speaks.
    fn hear(&self, source: &SourceText, transcript: &Transcript) -> Vec<Heard> {
        let turns = transcript.turns.iter();
        turns.map(|turn| self.detector.hear(turn.said(source), &pauses::edges(turn))).collect()
    }

    /// By labels, else by what was heard.
    fn roles(&self, document: &Document, transcript: &Transcript, heard: &[Heard]) -> Roles {
        let known = roles(transcript, &self.labels, self.unlabelled(document));
        let lines: Vec<Line<'_>> = transcript
            .turns
            .iter()
            .zip(heard)
            .map(|(turn, heard)| Line { speaker: turn.speaker, said: turn.said(&document.source), heard })
            .collect();
        tell(&self.standard, transcript, &lines, known)
    }
}

/// What was heard, with who says it.
fn spoken<'a>(
    source: &'a SourceText,
    transcript: &'a Transcript,
    known: &Roles,
    heard: Vec<Heard>,
) -> Vec<Spoken<'a>> {
    let role_of = known.turns.iter().copied().chain(std::iter::repeat(Role::Unknown));
    let turns = transcript.turns.iter().zip(heard).zip(role_of);
    turns
        .map(|((turn, heard), role)| Spoken {
            role,
            speaker: turn.speaker,
            said: turn.said(source),
            heard,
            mention: turn.mention,
        })
        .collect()
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
