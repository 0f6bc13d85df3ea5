//! Word classes: the vocabulary that patterns share.

use super::pattern::{Node, PatternError, parse};
use std::collections::BTreeMap;

/// The classes of a pack, each filled in to alternatives.
#[derive(Clone, Debug, Default)]
pub struct Words {
    classes: BTreeMap<String, Node>,
}

/// A class as written: its members, each a small pattern with the place of its text.
pub(super) type RawClasses = BTreeMap<String, Vec<(String, std::ops::Range<usize>)>>;

impl Words {
    /// The alternatives of a class.
    pub fn class(&self, name: &str) -> Option<&Node> {
        self.classes.get(name)
    }

    /// Names and members, for explanations.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Node)> {
        self.classes.iter()
    }

    /// Fills in classes that use classes; a circle or an unknown name is an error at the member's place.
    pub(super) fn resolve(raw: &RawClasses) -> (Words, Vec<(std::ops::Range<usize>, PatternError)>) {
        let (mut words, mut errors) = (Words::default(), Vec::new());
        let mut left: Vec<&String> = raw.keys().collect();
        while !left.is_empty() {
            let before = left.len();
            left.retain(|name| !words.try_fill(name, raw, &mut errors, false));
            if left.len() == before {
                // A circle, or a name that no class has: report each and give up on them.
                for name in &left {
                    words.try_fill(name, raw, &mut errors, true);
                }
                break;
            }
        }
        (words, errors)
    }

    fn try_fill(
        &mut self,
        name: &str,
        raw: &RawClasses,
        errors: &mut Vec<(std::ops::Range<usize>, PatternError)>,
        last: bool,
    ) -> bool {
        let mut list = Vec::new();
        for (member, span) in raw.get(name).into_iter().flatten() {
            match parse(member, self) {
                Ok(pattern) => list.push(pattern.node),
                Err(error) if error.code == "unknown-class" && !last => return false,
                Err(error) => errors.push((span.clone(), error)),
            }
        }
        self.classes.insert(name.to_owned(), Node::Alt(list.into()));
        true
    }

    #[cfg(test)]
    pub(crate) fn from_lists(lists: &[(&str, &[&str])]) -> Words {
        let fill = |members: &[&str]| Node::Alt(members.iter().map(|m| Node::Words((*m).into())).collect());
        Words { classes: lists.iter().map(|(name, members)| ((*name).to_owned(), fill(members))).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_may_use_classes_and_circles_are_refused() {
        let raw = |lists: &[(&str, &str)]| -> RawClasses {
            lists
                .iter()
                .map(|(name, member)| ((*name).to_owned(), vec![((*member).to_owned(), 0..1)]))
                .collect()
        };
        let (words, errors) = Words::resolve(&raw(&[("a_for", "{z_what}用"), ("z_what", "啥")]));
        assert!(errors.is_empty());
        assert!(words.class("a_for").is_some());
        let (_, errors) = Words::resolve(&raw(&[("a", "{b}用"), ("b", "{a}啥")]));
        assert!(!errors.is_empty());
    }
}
