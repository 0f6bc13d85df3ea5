//! A pattern as a regular expression over a window (see `window.rs`), over characters or over sounds alike.

use crate::normalize::{fold, near, symbols};
use crate::standard::pattern::{Node, Pattern};
use std::fmt::Write as _;

/// How a character of a pattern is written in the expression.
pub(super) trait Alphabet {
    /// What may stand for one folded character of the pattern.
    fn symbols(&self, c: char) -> Vec<char>;

    /// The same as a class of an expression.
    fn class(&self, c: char) -> String {
        let symbols: Vec<String> =
            self.symbols(c).into_iter().map(|s| regex::escape(&s.to_string())).collect();
        if symbols.len() == 1 { symbols.concat() } else { format!("[{}]", symbols.concat()) }
    }
}

/// Characters stand for themselves.
pub(super) struct Characters;

impl Alphabet for Characters {
    fn symbols(&self, c: char) -> Vec<char> {
        vec![c]
    }
}

/// Characters stand for everything that sounds like them or nearly so.
pub(super) struct Sounds;

impl Alphabet for Sounds {
    fn symbols(&self, c: char) -> Vec<char> {
        let mut all = symbols(c);
        let usual = all.first().copied().unwrap_or(c);
        all.extend(near(usual));
        all
    }
}

/// Any pause, weak ones only, and the gap's characters: the marks of a window.
const PAUSE: &str = "[、，。]?";
const STUMBLE: &str = "[、，]?";

/// The expression of a pattern. Group 1 is the match, anchors outside.
pub(super) fn expression(pattern: &Pattern, lead: &Node, particle: &Node, alphabet: &dyn Alphabet) -> String {
    let body = node(&pattern.node, alphabet);
    let mut out = String::new();
    if pattern.starts_clause {
        out.push_str(&clause_start(lead, alphabet));
    }
    let _ = write!(out, "({body})");
    if pattern.ends_clause {
        out.push_str(&clause_end(particle, alphabet));
    }
    out
}

/// The beginning of a clause and up to two lead-in words.
pub(super) fn clause_start(lead: &Node, alphabet: &dyn Alphabet) -> String {
    format!("(?:^|[、，。])(?:(?:{}){STUMBLE}){{0,2}}", node(lead, alphabet))
}

/// Particles and the end of a clause.
pub(super) fn clause_end(particle: &Node, alphabet: &dyn Alphabet) -> String {
    format!("(?:{STUMBLE}(?:{}))*(?:$|[、，。])", node(particle, alphabet))
}

fn node(node_: &Node, alphabet: &dyn Alphabet) -> String {
    match node_ {
        Node::Words(text) => text.chars().map(|c| alphabet.class(fold(c))).collect::<Vec<_>>().join(STUMBLE),
        Node::Seq(list) => sequence(list, alphabet),
        Node::Alt(list) => {
            // Longest first: the match is the same whatever order the author chose.
            let mut parts: Vec<&Node> = list.iter().collect();
            parts.sort_by_key(|part| std::cmp::Reverse(super::literals::reach(part)));
            let parts: Vec<String> = parts.into_iter().map(|part| node(part, alphabet)).collect();
            format!("(?:{})", parts.join("|"))
        }
        Node::Opt(inner) => format!("(?:{})?", node(inner, alphabet)),
        Node::Gap { most, wide: false } => format!("[^、，。]{{0,{most}}}?"),
        Node::Gap { most, wide: true } => format!("(?s:.){{0,{most}}}?"),
        Node::Pause => PAUSE.to_owned(),
    }
}

/// Parts joined so that a stumble may stand between any two.
fn sequence(list: &[Node], alphabet: &dyn Alphabet) -> String {
    let mut out = String::new();
    for (i, part) in list.iter().enumerate() {
        let last = i + 1 == list.len();
        match part {
            Node::Opt(inner) if !last => {
                let _ = write!(out, "(?:{}{STUMBLE})?", node(inner, alphabet));
            }
            Node::Opt(inner) => {
                let _ = write!(out, "(?:{})?", node(inner, alphabet));
            }
            _ => {
                out.push_str(&node(part, alphabet));
                if !last && !matches!(part, Node::Gap { wide: true, .. } | Node::Pause) {
                    out.push_str(STUMBLE);
                }
            }
        }
    }
    out
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::Words;
    use crate::standard::pattern::parse;

    fn found<'t>(pattern: &str, text: &'t str) -> Option<&'t str> {
        let words = Words::from_lists(&[("you", &["你", "您"])]);
        let lead = Node::Alt(vec![Node::Words("我说".into())]);
        let particle = Node::Alt(vec![Node::Words("啊".into())]);
        let expression = expression(&parse(pattern, &words).unwrap(), &lead, &particle, &Characters);
        let regex = regex::Regex::new(&expression).unwrap();
        regex.captures(text).map(|c| c.get(1).unwrap().as_str())
    }

    #[test]
    fn gaps_stay_in_their_clause_and_stumbles_are_bridged() {
        assert_eq!(found("有意见…找领导", "有意见你去找领导"), Some("有意见你去找领导"));
        assert_eq!(found("有意见…找领导", "有意见。你去找领导"), None);
        assert_eq!(found("有意见……找领导", "有意见。你去找领导"), Some("有意见。你去找领导"));
        assert_eq!(found("[{you}]急什么", "您，急什么"), Some("您，急什么"));
        assert_eq!(found("喊什么，等会儿", "喊什么。等会儿"), Some("喊什么。等会儿"));
    }

    #[test]
    fn anchors_reach_over_lead_ins_and_particles() {
        assert_eq!(found("^不知道$", "我说不知道啊"), Some("不知道"));
        assert_eq!(found("^不知道$", "您，不知道，您"), Some("不知道"));
        assert_eq!(found("^不知道$", "谁不知道"), None);
        assert_eq!(found("^不知道$", "不知道您"), None);
    }
}
