//! What articles ask of speech, as far as words show it.

use super::{Spoken, around};
use crate::detect::{Act, Hit};
use crate::text::{Said, Span};
use crate::transcript::Role;

/// An article rule's words in one turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// Index of the rule in `Standard::article_rules`.
    pub rule: usize,
    /// Index of the turn.
    pub turn: usize,
    /// The words.
    pub span: Span<Said>,
    /// What was heard.
    pub hit: Hit,
}

/// Everything that articles ask for, or warn of, in what staff says: the first words of each rule in each turn.
pub fn observed(turns: &[Spoken<'_>]) -> Vec<Observed> {
    let mut out: Vec<Observed> = Vec::new();
    for (i, turn) in turns.iter().enumerate().filter(|(_, t)| t.role != Role::Visitor && !t.mention) {
        for hit in &turn.heard.hits {
            let Act::Article(rule) = hit.act else { continue };
            let known = out.iter().rev().take_while(|o| o.turn == i).any(|o| o.rule == usize::from(rule));
            let unlike = |h: &Hit| h.act == Act::ArticleUnless(rule) && h.span.overlaps(hit.span);
            if !known && !around(turn, hit.span).iter().any(unlike) {
                out.push(Observed { rule: usize::from(rule), turn: i, span: hit.span, hit: hit.clone() });
            }
        }
    }
    out
}
