//! A match by sound, aligned with its pattern: how many characters are written right, how many are other characters
//! of the same sound.

use crate::normalize::{class, fold, near, reads};
use crate::standard::pattern::Node;

/// Characters of the pattern that were matched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Alignment {
    /// Written as the pattern writes them.
    pub(super) right: u32,
    /// Other characters of the same sound.
    pub(super) wrong: u32,
    /// Other characters of nearly the same sound.
    pub(super) near: u32,
    /// Where those other characters stand: a bit for each of the first 64 characters of the text, marks counted.
    pub(super) slips: u64,
}

impl Alignment {
    pub(super) fn length(self) -> u32 {
        self.right + self.wrong + self.near
    }
}

/// The alignment of the whole of `chars` (a piece of a block, marks included) with the fewest wrong characters.
pub(super) fn align(node: &Node, chars: &[char]) -> Option<Alignment> {
    let start = Reached(vec![(0, Alignment::default())]);
    step(node, chars, start).at(chars.len())
}

/// The best alignment up to each place reached so far, in order of place.
#[derive(Clone, Default)]
struct Reached(Vec<(usize, Alignment)>);

impl Reached {
    fn offer(&mut self, at: usize, alignment: Alignment) {
        let far = |a: &Alignment| a.wrong + 2 * a.near;
        let behind = self.0.partition_point(|(place, _)| *place < at);
        match self.0.get_mut(behind) {
            Some((place, entry)) if *place == at => {
                if (far(&alignment), entry.right) < (far(entry), alignment.right) {
                    *entry = alignment;
                }
            }
            _ => self.0.insert(behind, (at, alignment)),
        }
    }

    fn at(&self, at: usize) -> Option<Alignment> {
        self.0.iter().find(|(place, _)| *place == at).map(|(_, alignment)| *alignment)
    }
}

fn is_mark(c: Option<&char>) -> bool {
    matches!(c, Some('、' | '，' | '。'))
}

/// Every place, and the one behind a mark that may stand there.
fn over_marks(reached: &Reached, chars: &[char]) -> Reached {
    let mut out = reached.clone();
    for (at, alignment) in &reached.0 {
        if is_mark(chars.get(*at)) {
            out.offer(at + 1, *alignment);
        }
    }
    out
}

fn step(node: &Node, chars: &[char], from: Reached) -> Reached {
    if from.0.is_empty() {
        return from;
    }
    match node {
        Node::Words(text) => text.chars().fold(from, |reached, c| character(fold(c), chars, &reached)),
        Node::Seq(list) => list.iter().fold(from, |reached, part| step(part, chars, reached)),
        Node::Alt(list) => {
            let mut out = Reached::default();
            for part in list.iter() {
                for (at, alignment) in step(part, chars, from.clone()).0 {
                    out.offer(at, alignment);
                }
            }
            out
        }
        Node::Opt(inner) => {
            let mut out = from.clone();
            for (at, alignment) in step(inner, chars, from).0 {
                out.offer(at, alignment);
            }
            out
        }
        Node::Gap { most, .. } => {
            let mut out = Reached::default();
            for (at, alignment) in &from.0 {
                for more in 0..=usize::from(*most) {
                    if at + more <= chars.len() {
                        out.offer(at + more, *alignment);
                    }
                }
            }
            out
        }
        Node::Pause => over_marks(&from, chars),
    }
}

fn character(wanted: char, chars: &[char], from: &Reached) -> Reached {
    let mut out = Reached::default();
    for (at, alignment) in over_marks(from, chars).0 {
        let Some(c) = chars.get(at) else { continue };
        let mut next = alignment;
        match class(*c) {
            _ if *c == wanted => next.right += 1,
            Some(heard) if reads(wanted, heard) => next.wrong += 1,
            Some(heard) if class(wanted).is_some_and(|usual| near(usual).contains(&heard)) => next.near += 1,
            _ => continue,
        }
        if *c != wanted {
            next.slips |= 1u64.checked_shl(at as u32).unwrap_or(0);
        }
        out.offer(at + 1, next);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::Words;
    use crate::standard::pattern::parse;

    fn of(pattern: &str, text: &str) -> Option<(u32, u32, u32)> {
        let words = Words::from_lists(&[("you", &["你", "您"])]);
        align(&parse(pattern, &words).unwrap().node, &text.chars().collect::<Vec<_>>())
            .map(|a| (a.right, a.wrong, a.near))
    }

    #[test]
    fn counts_what_is_right_and_wrong() {
        assert_eq!(of("[{you}]急什么", "你级什么"), Some((3, 1, 0)));
        assert_eq!(of("有意见…找领导去", "有一件，你照领导去"), Some((4, 3, 0)));
        assert_eq!(of("急什么", "急什么"), Some((3, 0, 0)));
        assert_eq!(of("不关我的事", "不关我的书"), Some((4, 0, 1)));
        assert_eq!(of("急什么", "问什么"), None);
    }
}
