//! What a pattern says: sentences that it stands for.

use super::pattern::Node;

/// One sentence of a pattern. `choose` picks one of so many ways: an alternative, or an optional part (0: left out).
/// Gaps stay empty.
pub fn saying(node: &Node, choose: &mut dyn FnMut(usize) -> usize) -> String {
    match node {
        Node::Words(text) => text.clone(),
        Node::Seq(list) => list.iter().map(|part| saying(part, choose)).collect(),
        Node::Alt(list) => {
            let at = choose(list.len());
            list.get(at).map(|part| saying(part, choose)).unwrap_or_default()
        }
        Node::Opt(inner) if choose(2) == 1 => saying(inner, choose),
        Node::Pause => "，".to_owned(),
        Node::Opt(_) | Node::Gap { .. } => String::new(),
    }
}

/// The shortest sentence, without pauses.
pub fn shortest(node: &Node) -> String {
    match node {
        Node::Words(text) => text.clone(),
        Node::Seq(list) => list.iter().map(shortest).collect(),
        Node::Alt(list) => {
            list.iter().map(shortest).min_by_key(|text| text.chars().count()).unwrap_or_default()
        }
        Node::Opt(_) | Node::Gap { .. } | Node::Pause => String::new(),
    }
}

/// Up to `most` different sentences: the shortest, then others by turns.
pub fn sayings(node: &Node, most: usize) -> Vec<String> {
    let mut out = vec![shortest(node)];
    // Each round walks the choices with another stride, so that parts vary against each other.
    for round in 0..most * 2 {
        let mut step = round;
        let said = saying(node, &mut |ways| {
            step += round / 2 + 1;
            step % ways.max(1)
        });
        if out.len() < most && !out.contains(&said) {
            out.push(said);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::Words;
    use crate::standard::pattern::parse;

    #[test]
    fn sentences_of_a_pattern() {
        let words = Words::from_lists(&[("what", &["什么", "啥"])]);
        let node = parse("[你]急{what}…，等着", &words).unwrap().node;
        assert_eq!(shortest(&node), "急啥等着");
        let all = sayings(&node, 9);
        assert!(all.len() >= 4 && all.contains(&"你急什么，等着".to_owned()), "{all:?}");
        assert_eq!(sayings(&parse("闭嘴", &words).unwrap().node, 9), ["闭嘴"]);
    }
}
