//! Who speaks for the office: by the input's own word, by configuration, by well-known labels, else by what they say.

mod evidence;
mod labels;
mod tell;

pub use evidence::Line;
pub use labels::LabelTable;
pub use tell::{Told, looks_swapped, tell};

use crate::transcript::{Role, Transcript};
use labels::by_name;

/// Who is who in one conversation.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    /// By turn.
    pub turns: Vec<Role>,
    /// How they are known.
    pub known: Known,
    /// Labels that nothing knows, as written.
    pub unknown_labels: Vec<String>,
    /// Who was taken as staff by what they say, and how sure that is.
    pub told: Option<Told>,
}

/// How the roles of a conversation are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known {
    /// By the input or by well-known labels.
    Labelled,
    /// By configuration.
    Configured,
    /// By what the speakers say.
    Inferred,
    /// Not at all.
    #[default]
    Unknown,
}

/// Tells the roles of a conversation. `unlabelled` is the role of turns in a script that names nobody.
pub fn roles(transcript: &Transcript, table: &LabelTable, unlabelled: Role) -> Roles {
    let labels: Vec<(Option<Role>, bool)> = transcript
        .speakers
        .iter()
        .map(|label| match table.role(label) {
            Some(role) => (Some(role), true),
            None => (by_name(label), false),
        })
        .collect();
    let nobody = transcript.speakers.is_empty();
    let turns: Vec<Role> = transcript
        .turns
        .iter()
        .map(|turn| {
            let label = turn.speaker.and_then(|i| labels.get(i as usize)).and_then(|l| l.0);
            turn.role.or(label).unwrap_or(if nobody { unlabelled } else { Role::Unknown })
        })
        .collect();
    let unknown_labels = transcript
        .speakers
        .iter()
        .enumerate()
        .zip(&labels)
        .filter(|((i, _), (role, _))| role.is_none() && unstated(transcript, *i))
        .map(|((_, label), _)| label.clone())
        .collect();
    let known = if turns.iter().all(|role| *role == Role::Unknown) {
        Known::Unknown
    } else if labels.iter().any(|l| l.1) || (nobody && !table.is_empty()) {
        Known::Configured
    } else {
        Known::Labelled
    };
    Roles { turns, known, unknown_labels, told: None }
}

/// Whether some turn of the speaker lacks a role of its own.
fn unstated(transcript: &Transcript, speaker: usize) -> bool {
    transcript.turns.iter().any(|t| t.speaker == Some(speaker as u32) && t.role.is_none())
}
