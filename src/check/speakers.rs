//! Who is in the room: every turn heard blind to who speaks, then given its role.

use super::{Checker, pauses};
use crate::detect::Heard;
use crate::read::{Document, Format};
use crate::roles::{Line, Roles, looks_swapped, roles, tell};
use crate::transcript::{Role, Transcript};
use crate::verdict::{Spoken, judge};
use std::sync::Arc;

/// One conversation before anybody is judged.
pub(super) struct Room<'a> {
    pub(super) checker: &'a Checker,
    pub(super) document: &'a Document,
    pub(super) transcript: &'a Transcript,
}

impl<'a> Room<'a> {
    /// Every turn: by sound as well, unless a label says that a visitor speaks.
    pub(super) fn hear(&self, labelled: &Roles) -> Vec<Arc<Heard>> {
        let detector = &self.checker.detector;
        let role_of = labelled.turns.iter().copied().chain(std::iter::repeat(Role::Unknown));
        let turns = self.transcript.turns.iter().zip(role_of);
        turns
            .map(|(turn, role)| {
                let (said, edges) = (turn.said(&self.document.source), pauses::edges(turn));
                match role {
                    Role::Visitor => detector.hear_written(said, &edges),
                    Role::Staff | Role::Unknown => detector.hear(said, &edges),
                }
            })
            .collect()
    }

    /// By labels.
    pub(super) fn labelled(&self) -> Roles {
        roles(self.transcript, &self.checker.labels, self.unlabelled())
    }

    /// By labels, else by what was heard.
    pub(super) fn roles(&self, heard: &[Arc<Heard>], labelled: Roles) -> Roles {
        tell(&self.checker.standard, self.transcript, &self.lines(heard), labelled)
    }

    /// Where labels and speech say the opposite of each other: the findings that there would be under swapped labels.
    pub(super) fn swapped(&self, heard: &[Arc<Heard>], known: &Roles) -> Option<usize> {
        let standard = &self.checker.standard;
        if !looks_swapped(standard, &self.lines(heard), known) {
            return None;
        }
        let other = |role: &Role| match role {
            Role::Staff => Role::Visitor,
            Role::Visitor => Role::Staff,
            Role::Unknown => Role::Unknown,
        };
        let turns: Vec<Role> = known.turns.iter().map(other).collect();
        let judged = judge(standard, &self.spoken(&turns, heard.to_vec()));
        let counts = judged.iter().filter(|j| j.excused.is_none() && self.checker.severity(j).is_some());
        Some(counts.count())
    }

    /// What was heard, with who says it.
    pub(super) fn spoken(&self, roles: &[Role], heard: Vec<Arc<Heard>>) -> Vec<Spoken<'a>> {
        let (document, transcript) = (self.document, self.transcript);
        let role_of = roles.iter().copied().chain(std::iter::repeat(Role::Unknown));
        let turns = transcript.turns.iter().zip(heard).zip(role_of);
        turns
            .map(|((turn, heard), role)| Spoken {
                role,
                speaker: turn.speaker,
                said: turn.said(&document.source),
                heard,
                mention: turn.mention,
            })
            .collect()
    }

    fn lines<'h>(&'h self, heard: &'h [Arc<Heard>]) -> Vec<Line<'h>> {
        let turns = self.transcript.turns.iter().zip(heard);
        turns
            .map(|(turn, heard)| Line {
                speaker: turn.speaker,
                said: turn.said(&self.document.source),
                heard,
            })
            .collect()
    }

    /// The role of a script's turns that name nobody: subtitles and recognisers' output without speakers are never
    /// taken as staff speech.
    fn unlabelled(&self) -> Role {
        if matches!(self.document.format, Format::Txt | Format::Markdown) {
            self.checker.settings.unlabelled
        } else {
            Role::Unknown
        }
    }
}
