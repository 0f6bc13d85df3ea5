//! Places in a file that was read piece by piece: spans count from the start of the piece that the report holds, JSON
//! shows them from the start of the file.

use super::Conversation;
use crate::text::{Raw, Span};
use std::borrow::Cow;

impl Conversation {
    /// The same with spans that count from the start of the file. Where they do not fit 32 bits there are none: the line
    /// and the column still say where it is.
    pub fn in_whole_file(&self) -> Cow<'_, Conversation> {
        let start = self.source.start();
        if start == 0 {
            return Cow::Borrowed(self);
        }
        let mut one = self.clone();
        for finding in &mut one.findings {
            finding.span = finding.span.and_then(|span| moved(span, start));
            finding.pieces = finding
                .pieces
                .take()
                .and_then(|pieces| pieces.into_iter().map(|piece| moved(piece, start)).collect());
            if let Some(excused) = &mut finding.excused {
                excused.span = excused.span.and_then(|span| moved(span, start));
            }
        }
        for approved in &mut one.approved {
            approved.span = approved.span.and_then(|span| moved(span, start));
        }
        let scores = [Some(&mut one.score), one.reviewed.as_mut()];
        for chance in scores.into_iter().flatten().flat_map(|score| &mut score.opportunities) {
            chance.span = chance.span.and_then(|span| moved(span, start));
        }
        Cow::Owned(one)
    }
}

fn moved(span: Span<Raw>, by: u64) -> Option<Span<Raw>> {
    let at = |offset: u32| u32::try_from(u64::from(offset) + by).ok();
    Some(Span::new(at(span.start)?, at(span.end)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_32_bits_there_is_no_span() {
        let span = Span::new(5, 9);
        assert_eq!(moved(span, 100), Some(Span::new(105, 109)));
        assert_eq!(moved(span, u64::from(u32::MAX) - 9), Some(Span::new(u32::MAX - 4, u32::MAX)));
        assert_eq!(moved(span, u64::from(u32::MAX) - 8), None);
    }
}
