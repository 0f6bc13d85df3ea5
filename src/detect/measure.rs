//! How much a pattern says: how many texts, how long, how often met.

use super::common::Chars;
use super::words::Wording;
use crate::standard::pattern::Node;

/// A run of a pattern may expand to this many literals at the most.
pub(super) const MOST: usize = 96;
/// Characters that stand in every other sentence.
static COMMON: Chars = Chars::of(
    "的了是我你您不这那有在就他也都个们人说来去要到什么怎没看好给上一家里事找问谁啥呢吗吧啊可还能会想",
);

/// How many literals a run expands to, the characters of the shortest, and how often one of them may be met.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) count: usize,
    pub(super) shortest: usize,
    /// Chances at a place of a text, 0..1.
    pub(super) met: f64,
}

impl Size {
    pub(super) const EMPTY: Size = Size { count: 1, shortest: 0, met: 1.0 };
    pub(super) const NONE: Size = Size { count: 0, shortest: usize::MAX, met: 0.0 };

    /// Of one text.
    pub(super) fn of(text: &str) -> Self {
        Size::of_chars(text.chars())
    }

    pub(super) fn of_chars(text: impl Iterator<Item = char>) -> Self {
        let (mut met, mut shortest) = (1.0, 0);
        for c in text {
            shortest += 1;
            // Behind another character the common ones are commoner still: they make words together.
            met *= match (COMMON.holds(c), met < 1.0) {
                (true, false) => 1.0 / 60.0,
                (true, true) => 1.0 / 12.0,
                (false, false) => 1.0 / 1500.0,
                (false, true) => 1.0 / 120.0,
            };
        }
        Size { count: 1, shortest, met }
    }

    /// Either.
    pub(super) fn or(self, other: Size) -> Self {
        Size {
            count: self.count + other.count,
            shortest: self.shortest.min(other.shortest),
            met: self.met + other.met,
        }
    }

    /// One behind the other.
    pub(super) fn then(self, other: Size) -> Self {
        Size {
            count: self.count * other.count,
            shortest: self.shortest + other.shortest,
            met: if self.shortest == 0 {
                self.met * other.met
            } else {
                self.met * (other.met * 12.0).min(1.0)
            },
        }
    }
}

/// The size of a node's expansion, if that is a short list of fixed texts.
pub(super) fn measure(node: &Node, words: Wording<'_>) -> Option<Size> {
    let size = match node {
        Node::Words(text) => Size::of(text),
        Node::Seq(list) => measure_seq(list, words)?,
        Node::Alt(list) => match words.set(node) {
            Some(set) => words.vocabulary.size(set),
            None => list.iter().try_fold(Size::NONE, |size, part| Some(size.or(measure(part, words)?)))?,
        },
        Node::Opt(inner) => measure(inner, words)?.or(Size::EMPTY),
        Node::Pause => Size::EMPTY,
        Node::Gap { .. } => return None,
    };
    (size.count <= MOST).then_some(size)
}

pub(super) fn measure_seq(list: &[Node], words: Wording<'_>) -> Option<Size> {
    list.iter().try_fold(Size::EMPTY, |size, part| {
        let size = size.then(measure(part, words)?);
        (size.count <= MOST).then_some(size)
    })
}

/// Characters in the longest text a node can match.
pub(super) fn reach(node: &Node) -> usize {
    match node {
        Node::Words(text) => text.chars().count(),
        Node::Seq(list) => list.iter().map(reach).sum(),
        Node::Alt(list) => list.iter().map(reach).max().unwrap_or(0),
        Node::Opt(inner) => reach(inner),
        Node::Gap { most, .. } => usize::from(*most),
        Node::Pause => 1,
    }
}

/// Pauses that the pattern itself asks for.
pub(super) fn pauses(node: &Node) -> usize {
    match node {
        Node::Pause | Node::Gap { wide: true, .. } => 1,
        Node::Seq(list) => list.iter().map(pauses).sum(),
        Node::Alt(list) => list.iter().map(pauses).max().unwrap_or(0),
        Node::Opt(inner) => pauses(inner),
        Node::Words(_) | Node::Gap { wide: false, .. } => 0,
    }
}

/// Whether the pattern has a gap.
pub(super) fn has_gap(node: &Node) -> bool {
    match node {
        Node::Gap { .. } => true,
        Node::Seq(list) | Node::Alt(list) => list.iter().any(has_gap),
        Node::Opt(inner) => has_gap(inner),
        Node::Words(_) | Node::Pause => false,
    }
}
