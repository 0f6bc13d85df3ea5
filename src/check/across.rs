//! Phrases that run on across the listener's 嗯: the two turns around it are heard together.

use super::pauses;
use super::speakers::Room;
use crate::detect::fold_text;
use crate::normalize::{Edge, Strength};
use crate::standard::pattern::Node;
use crate::text::{Span, is_word};
use crate::transcript::{Role, Turn};
use crate::verdict::{Judged, Spoken, judge_turn};

/// A turn of more characters is no backchannel.
const BACKCHANNEL: usize = 2;

/// A verdict on words that begin in one turn and end in the next but one.
pub(super) struct Across {
    /// Its turn is the first; its spans point into `said`.
    pub(super) judged: Judged,
    /// Both turns' words.
    pub(super) said: String,
    /// Where the second turn's words begin.
    pub(super) edge: u32,
}

/// Every verdict on words that really cross a backchannel; `own` are those on the turns by themselves.
pub(super) fn across(room: &Room<'_>, turns: &[Spoken<'_>], own: &[Judged]) -> Vec<Across> {
    let mut out = Vec::new();
    for (i, three) in turns.windows(3).enumerate() {
        if let [first, between, second] = three
            && goes_on(first, second)
            && first.speaker != between.speaker
            && is_backchannel(between.said, &room.checker.standard.backchannel)
        {
            out.extend(crossing(room, turns.get(..i).unwrap_or(&[]), first, second, own));
        }
    }
    out
}

/// One known speaker, whose words are judged.
fn goes_on(first: &Spoken<'_>, second: &Spoken<'_>) -> bool {
    first.speaker.is_some()
        && (first.speaker, first.role) == (second.speaker, second.role)
        && first.role != Role::Visitor
}

fn is_backchannel(said: &str, words: &Node) -> bool {
    if said.chars().filter(|c| is_word(*c)).nth(BACKCHANNEL).is_some() {
        return false;
    }
    let bare: String = fold_text(said).chars().filter(|c| is_word(*c)).collect();
    let asks = said.contains(['？', '?']);
    !asks && is_one_of(words, &bare)
}

fn is_one_of(words: &Node, said: &str) -> bool {
    match words {
        Node::Alt(list) => list.iter().any(|word| is_one_of(word, said)),
        Node::Words(word) => word == said,
        _ => false,
    }
}

/// The verdicts across one backchannel. What either turn shows by itself at the same place is not said twice.
fn crossing(
    room: &Room<'_>,
    before: &[Spoken<'_>],
    first: &Spoken<'_>,
    second: &Spoken<'_>,
    own: &[Judged],
) -> Vec<Across> {
    let said = format!("{}{}", first.said, second.said);
    let edge = Span::<()>::of(0..first.said.len()).end;
    let heard = room.checker.detector.hear(&said, &edges(room, before.len(), edge));
    let (role, speaker, mention) = (first.role, first.speaker, first.mention || second.mention);
    let joined = Spoken { role, speaker, said: &said, heard, mention };
    let known = |judged: &Judged| {
        let of = |turn: usize, shift: u32| {
            let shown = own.iter().filter(|o| o.turn == turn && room.checker.severity(o).is_some());
            shown.map(|o| o.hit.span.shifted(shift)).any(|span| span.overlaps(judged.hit.span))
        };
        of(before.len(), 0) || of(before.len() + 2, edge)
    };
    judge_turn(&room.checker.standard, before, &joined)
        .into_iter()
        .filter(|j| j.hit.span.start < edge && edge < j.hit.span.end && !known(j))
        .map(|judged| Across { judged, said: said.clone(), edge })
        .collect()
}

/// The pauses of both turns, and the one between them.
fn edges(room: &Room<'_>, first: usize, edge: u32) -> Vec<Edge> {
    let of = |turn: usize| {
        room.transcript.turns.get(turn).map(|turn: &Turn| pauses::edges(turn)).unwrap_or_default()
    };
    let mut out = of(first);
    out.push(Edge { at: edge, strength: Strength::Edge });
    out.extend(of(first + 2).into_iter().map(|e| Edge { at: e.at + edge, ..e }));
    out
}
