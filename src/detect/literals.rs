//! The literals that a pattern cannot do without: the automaton searches for them.

use crate::standard::pattern::Node;

/// A run of a pattern may expand to this many literals at the most.
const MOST: usize = 48;

/// The best set of literals of which each match holds at least one; `None` where the pattern has no fixed run.
pub(super) fn required(node: &Node) -> Option<Vec<String>> {
    match best(node)?.run {
        Run::Node(node) => expand(node),
        Run::Seq(list) => expand_seq(list),
        Run::Alt(list) => {
            let mut all: Vec<String> = Vec::new();
            for part in list {
                all.extend(required(part)?);
            }
            all.sort();
            all.dedup();
            Some(all)
        }
    }
}

/// A run of a pattern, measured before any literal of it is written out.
#[derive(Clone, Copy)]
struct Choice<'a> {
    run: Run<'a>,
    size: Size,
}

#[derive(Clone, Copy)]
enum Run<'a> {
    Node(&'a Node),
    Seq(&'a [Node]),
    /// Each alternative by its own best run.
    Alt(&'a [Node]),
}

/// How many literals a run expands to, and the characters of the shortest.
#[derive(Clone, Copy)]
struct Size {
    count: usize,
    shortest: usize,
}

/// Longer literals meet less by chance, more of them make a larger automaton. Two characters are met in every other
/// sentence, so a third is worth thirty alternatives; beyond four there is nothing to gain.
fn score(size: Size) -> i64 {
    let rare = match size.shortest {
        0 | 1 => 0,
        2 => 30,
        3 => 70,
        _ => 85,
    };
    rare - 8 * i64::from(size.count.max(1).ilog2())
}

fn better<'a>(found: Option<Choice<'a>>, offer: Choice<'a>) -> Option<Choice<'a>> {
    match found {
        _ if offer.size.shortest == 0 => found,
        Some(old) if score(old.size) >= score(offer.size) => found,
        _ => Some(offer),
    }
}

fn best(node: &Node) -> Option<Choice<'_>> {
    let mut found = measure(node).and_then(|size| better(None, Choice { run: Run::Node(node), size }));
    match node {
        Node::Seq(list) => {
            for from in 0..list.len() {
                for to in from + 1..=list.len() {
                    let part = list.get(from..to).unwrap_or(&[]);
                    let Some(size) = measure_seq(part) else { break };
                    found = better(found, Choice { run: Run::Seq(part), size });
                }
            }
            for inner in list.iter().filter_map(best) {
                found = better(found, inner);
            }
        }
        Node::Alt(list) => {
            if let Some(size) = each_by_its_best(list) {
                found = better(found, Choice { run: Run::Alt(list), size });
            }
        }
        Node::Words(_) | Node::Opt(_) | Node::Gap { .. } | Node::Pause => {}
    }
    found
}

fn each_by_its_best(list: &[Node]) -> Option<Size> {
    let mut size = Size { count: 0, shortest: usize::MAX };
    for part in list {
        let best = best(part)?.size;
        size = Size { count: size.count + best.count, shortest: size.shortest.min(best.shortest) };
    }
    Some(size)
}

/// The size of a node's expansion, if that is a short list of fixed texts.
fn measure(node: &Node) -> Option<Size> {
    let size = match node {
        Node::Words(text) => Size { count: 1, shortest: text.chars().count() },
        Node::Seq(list) => measure_seq(list)?,
        Node::Alt(list) => {
            let mut size = Size { count: 0, shortest: usize::MAX };
            for part in list {
                let one = measure(part)?;
                size = Size { count: size.count + one.count, shortest: size.shortest.min(one.shortest) };
            }
            size
        }
        Node::Opt(inner) => Size { count: measure(inner)?.count + 1, shortest: 0 },
        Node::Pause => Size { count: 1, shortest: 0 },
        Node::Gap { .. } => return None,
    };
    (size.count <= MOST).then_some(size)
}

fn measure_seq(list: &[Node]) -> Option<Size> {
    let mut size = Size { count: 1, shortest: 0 };
    for part in list {
        let one = measure(part)?;
        size = Size { count: size.count * one.count, shortest: size.shortest + one.shortest };
        if size.count > MOST {
            return None;
        }
    }
    Some(size)
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
