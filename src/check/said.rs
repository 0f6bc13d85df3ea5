//! The turns' own words with what was found in them.

use super::assemble::Assembly;
use crate::report::{Finding, Line, Mark, SaidAt};

impl Assembly<'_> {
    /// Every turn with its marks, where the words are asked for.
    pub(super) fn said(&self, findings: &[Finding]) -> Vec<Line> {
        if !self.checker.words {
            return Vec::new();
        }
        let turns = self.transcript.turns.iter().zip(self.turns);
        let mut lines: Vec<Line> = turns
            .map(|(turn, spoken)| Line {
                speaker: self.label(turn),
                role: spoken.role,
                time_ms: turn.clock(),
                text: spoken.said.to_owned(),
                marks: Vec::new(),
            })
            .collect();
        mark(&mut lines, findings);
        lines
    }
}

/// Lays the findings on the lines.
fn mark(lines: &mut [Line], findings: &[Finding]) {
    for (finding, one) in findings.iter().enumerate() {
        let excusing = one.excused.iter().flat_map(|excused| &excused.said);
        let found = one.said.iter().map(|at| (at, false));
        for (SaidAt { turn, span }, excuses) in found.chain(excusing.map(|at| (at, true))) {
            if let Some(line) = (*turn as usize).checked_sub(1).and_then(|i| lines.get_mut(i)) {
                line.marks.push(Mark { finding, span: *span, excuses });
            }
        }
    }
    for line in lines {
        line.marks.sort_by_key(|mark| (mark.span, mark.finding));
    }
}
