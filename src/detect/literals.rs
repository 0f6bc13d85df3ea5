//! The literals that a pattern cannot do without: the automaton searches for them.

use crate::standard::pattern::Node;

/// A run of a pattern may expand to this many literals at the most.
const MOST: usize = 96;
/// Longer literals make no better candidates: expansion stops being worth its literals.
const LONG_ENOUGH: usize = 4;

/// The best set of literals of which each match holds at least one; `None` where the pattern has no fixed run.
pub(super) fn required(node: &Node) -> Option<Vec<String>> {
    let set = best(node)?;
    set.iter().all(|literal| !literal.is_empty()).then_some(set)
}

fn shortest(set: &[String]) -> usize {
    set.iter().map(|s| s.chars().count()).min().unwrap_or(0)
}

/// Longer is better up to [`LONG_ENOUGH`]; then fewer.
fn score(set: &[String]) -> (usize, usize) {
    (shortest(set).min(LONG_ENOUGH), usize::MAX - set.len())
}

fn best(node: &Node) -> Option<Vec<String>> {
    let mut found: Option<Vec<String>> = None;
    let mut offer = |set: Vec<String>| {
        if shortest(&set) > 0 && found.as_ref().is_none_or(|best| score(&set) > score(best)) {
            found = Some(set);
        }
    };
    if let Some(set) = expand(node) {
        offer(set);
    }
    match node {
        Node::Seq(list) => {
            for (from, _) in list.iter().enumerate() {
                for to in from + 1..=list.len() {
                    let part = list.get(from..to).unwrap_or(&[]);
                    match expand_seq(part) {
                        Some(set) => offer(set),
                        None => break,
                    }
                }
            }
            for part in list {
                if let Some(set) = best(part) {
                    offer(set);
                }
            }
        }
        Node::Alt(list) => {
            let sets: Option<Vec<Vec<String>>> = list.iter().map(best).collect();
            if let Some(sets) = sets {
                let mut all: Vec<String> = sets.into_iter().flatten().collect();
                all.sort();
                all.dedup();
                offer(all);
            }
        }
        Node::Words(_) | Node::Opt(_) | Node::Gap { .. } | Node::Pause => {}
    }
    found
}

/// Everything a node can be, if that is a short list of fixed texts.
pub(super) fn expand(node: &Node) -> Option<Vec<String>> {
    match node {
        Node::Words(text) => Some(vec![text.clone()]),
        Node::Seq(list) => expand_seq(list),
        Node::Alt(list) => {
            let mut out = Vec::new();
            for part in list {
                out.extend(expand(part)?);
                if out.len() > MOST {
                    return None;
                }
            }
            out.sort();
            out.dedup();
            Some(out)
        }
        Node::Opt(inner) => {
            let mut out = expand(inner)?;
            out.push(String::new());
            Some(out)
        }
        Node::Pause => Some(vec![String::new()]),
        Node::Gap { .. } => None,
    }
}

fn expand_seq(list: &[Node]) -> Option<Vec<String>> {
    let mut out = vec![String::new()];
    for part in list {
        let more = expand(part)?;
        if out.len() * more.len() > MOST {
            return None;
        }
        out = out.iter().flat_map(|head| more.iter().map(move |tail| format!("{head}{tail}"))).collect();
    }
    out.sort();
    out.dedup();
    Some(out)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::Words;
    use crate::standard::pattern::parse;

    fn of(text: &str) -> Vec<String> {
        let words = Words::from_lists(&[("you", &["你", "您"]), ("what", &["什么", "啥"])]);
        required(&parse(text, &words).unwrap().node).unwrap_or_default()
    }

    #[test]
    fn the_longest_fixed_run_wins() {
        assert_eq!(of("有意见…找领导去"), ["找领导去"]);
        assert_eq!(of("[{you}]急{what}"), ["急什么", "急啥"]);
        assert_eq!(of("(喊|叫)…(闭嘴|等着)"), ["等着", "闭嘴"]);
    }

    #[test]
    fn a_pattern_without_a_fixed_run_has_none() {
        let gap = Node::Gap { most: 4, wide: false };
        let node = Node::Seq(vec![Node::Opt(Box::new(Node::Words("你".into()))), gap]);
        assert_eq!(required(&node), None);
    }
}
