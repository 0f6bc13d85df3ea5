//! Where a verdict's words stand: in one turn, or in two with the listener's 嗯 between them; in a file's bytes, or in a
//! paragraph or a cell.

use super::across::Across;
use super::assemble::{Assembly, Near};
use crate::diagnostic::Severity;
use crate::read::Sites;
use crate::report::{Conversation, Drawn, SaidAt};
use crate::text::{Raw, Said, Span};
use crate::transcript::{Clock, Transcript, Turn};
use crate::verdict::{Judged, Spoken};

/// A verdict that is shown, with its words and their place.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) judged: &'a Judged,
    pub(super) severity: Severity,
    /// The words that the verdict's spans point into.
    pub(super) said: &'a str,
    /// Where the words of the next turn but one begin.
    edge: Option<u32>,
}

impl<'a> Shown<'a> {
    pub(super) fn in_turn(judged: &'a Judged, severity: Severity, turn: &Spoken<'a>) -> Self {
        Shown { judged, severity, said: turn.said, edge: None }
    }

    pub(super) fn across(across: &'a Across, severity: Severity) -> Self {
        Shown { judged: &across.judged, severity, said: &across.said, edge: Some(across.edge) }
    }

    /// What tells the finding from another; across two turns it is all of both.
    pub(super) fn near(&self, assembly: &Assembly<'_>, turn: &Turn) -> Near<'a> {
        match self.edge {
            None => assembly.near(turn, self.judged.hit.span, self.said),
            Some(_) => Near { said: self.said, within: Span::of(0..self.said.len()) },
        }
    }

    /// The turns that a span touches, with its part of each.
    fn parts<'t>(&self, transcript: &'t Transcript, span: Span<Said>) -> Vec<(usize, &'t Turn, Span<Said>)> {
        let first = self.judged.turn;
        let parts = match self.edge {
            Some(edge) => vec![
                (first, Span::new(span.start.min(edge), span.end.min(edge))),
                (first + 2, Span::new(span.start.saturating_sub(edge), span.end.saturating_sub(edge))),
            ],
            None => vec![(first, span)],
        };
        let whole = parts.len() == 1;
        let touched = parts.into_iter().filter(|(_, part)| whole || !part.is_empty());
        touched.filter_map(|(i, part)| Some((i, transcript.turns.get(i)?, part))).collect()
    }

    /// Numbers of the turns, from 1.
    pub(super) fn turns(&self, transcript: &Transcript) -> Vec<u32> {
        self.parts(transcript, self.judged.hit.span).iter().map(|(i, ..)| *i as u32 + 1).collect()
    }

    /// The pieces of a span in the file.
    pub(super) fn pieces(&self, transcript: &Transcript, span: Span<Said>) -> Vec<Span<Raw>> {
        let parts = self.parts(transcript, span);
        parts.iter().flat_map(|(_, turn, part)| turn.map.pieces(*part)).collect()
    }

    /// A span in the words of each turn that it touches.
    pub(super) fn said_at(&self, transcript: &Transcript, span: Span<Said>) -> Vec<SaidAt> {
        let parts = self.parts(transcript, span);
        parts.iter().map(|(i, _, part)| SaidAt { turn: *i as u32 + 1, span: *part }).collect()
    }

    /// From the first piece to the last.
    pub(super) fn hull(&self, transcript: &Transcript, span: Span<Said>) -> Option<Span<Raw>> {
        self.pieces(transcript, span).into_iter().reduce(Span::hull)
    }

    /// When the words were said.
    pub(super) fn time(&self, transcript: &Transcript) -> Option<Clock> {
        let parts = self.parts(transcript, self.judged.hit.span);
        parts.iter().filter_map(|(_, turn, part)| turn.time_of(Some(*part))).reduce(hull)
    }
}

/// Points at paragraphs and cells instead of at bytes, which the file does not have.
pub(super) fn point(found: &mut Conversation, sites: &Sites) {
    for finding in &mut found.findings {
        let pieces = finding.pieces.take().unwrap_or_default();
        finding.place = sites.place(&found.source, &pieces);
        let excuse = finding.excused.as_mut().and_then(|excused| excused.span.take());
        finding.drawn = Some(Drawn { pieces, excuse });
        (finding.span, finding.start, finding.end) = (None, None, None);
    }
    for approved in &mut found.approved {
        approved.span = None;
    }
}

fn hull(a: Clock, b: Clock) -> Clock {
    Clock { start: a.start.min(b.start), end: a.end.max(b.end) }
}
