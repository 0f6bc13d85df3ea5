//! The oracle of programs: the same pattern as a regular expression, matched by the library that everybody trusts.

use crate::normalize::fold;
use crate::standard::pattern::{Node, Pattern};
use std::fmt::Write as _;

/// Any pause, weak ones only, and the gap's characters: the marks of a window.
const PAUSE: &str = "[、，。]?";
const STUMBLE: &str = "[、，]?";

/// The expression of a pattern. Group 1 is the match, anchors outside.
pub(super) fn expression(pattern: &Pattern, lead: &Node, particle: &Node) -> String {
    let body = node(&pattern.node);
    let mut out = String::new();
    if pattern.starts_clause {
        out.push_str(&clause_start(lead));
    }
    let _ = write!(out, "({body})");
    if pattern.ends_clause {
        out.push_str(&clause_end(particle));
    }
    out
}

/// The beginning of a clause and up to two lead-in words.
fn clause_start(lead: &Node) -> String {
    format!("(?:^|[、，。])(?:(?:{}){STUMBLE}){{0,2}}", node(lead))
}

/// Particles and the end of a clause.
fn clause_end(particle: &Node) -> String {
    format!("(?:{STUMBLE}(?:{}))*(?:$|[、，。])", node(particle))
}

fn node(node_: &Node) -> String {
    match node_ {
        Node::Words(text) => {
            text.chars().map(|c| regex::escape(&fold(c).to_string())).collect::<Vec<_>>().join(STUMBLE)
        }
        Node::Seq(list) => sequence(list),
        Node::Alt(list) => {
            // Longest first: the match is the same whatever order the author chose, and however words are grouped.
            let mut parts = flat(list).unwrap_or_else(|| list.iter().collect());
            parts.sort_by_key(|part| std::cmp::Reverse(super::measure::reach(part)));
            let parts: Vec<String> = parts.into_iter().map(node).collect();
            format!("(?:{})", parts.join("|"))
        }
        Node::Opt(inner) => format!("(?:{})?", node(inner)),
        Node::Gap { most, wide: false } => format!("[^、，。]{{0,{most}}}?"),
        Node::Gap { most, wide: true } => format!("(?s:.){{0,{most}}}?"),
        Node::Pause => PAUSE.to_owned(),
    }
}

/// The words of alternatives that are nothing but words.
fn flat(list: &[Node]) -> Option<Vec<&Node>> {
    let mut out = Vec::new();
    for part in list {
        match part {
            Node::Words(_) => out.push(part),
            Node::Alt(inner) => out.extend(flat(inner)?),
            _ => return None,
        }
    }
    Some(out)
}

/// Parts joined so that a stumble may stand between any two.
fn sequence(list: &[Node]) -> String {
    let mut out = String::new();
    for (i, part) in list.iter().enumerate() {
        let last = i + 1 == list.len();
        match part {
            Node::Opt(inner) if !last => {
                let _ = write!(out, "(?:{}{STUMBLE})?", node(inner));
            }
            Node::Opt(inner) => {
                let _ = write!(out, "(?:{})?", node(inner));
            }
            _ => {
                out.push_str(&node(part));
                if !last && !matches!(part, Node::Gap { wide: true, .. } | Node::Pause) {
                    out.push_str(STUMBLE);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::block::{Block, Written};
    use super::super::callers::{Called, Spoken};
    use super::super::lexicon::{Act, Entry, Lexicon};
    use super::super::matching::{Pad, Room};
    use super::*;
    use crate::normalize::{Break, Normalized, Strength, View};
    use crate::standard::Words;
    use crate::standard::pattern::parse;
    use crate::text::OffsetMap;
    use proptest::prelude::*;

    /// A view of the characters of `text`, its marks taken as pauses.
    fn view(text: &str) -> Normalized {
        let (mut bare, mut breaks) = (String::new(), Vec::<Break>::new());
        for c in text.chars() {
            let strength = match c {
                '、' => Strength::Edge,
                '，' => Strength::Weak,
                '。' => Strength::Strong,
                _ => {
                    bare.push(c);
                    continue;
                }
            };
            breaks.push(Break { at: bare.len() as u32, strength });
        }
        let map = OffsetMap::shift(bare.len() as u32, 0);
        Normalized { view: View::Plain, text: bare, map, breaks }
    }

    fn both<const N: usize>(pattern: &str, text: &str) -> (Vec<String>, Vec<String>) {
        let words = Words::from_lists(&[("you", &["你", "您"])]);
        let lead = parse("我说|{you}", &words).unwrap().node;
        let particle = parse("啊|呢", &words).unwrap().node;
        let pattern = parse(pattern, &words).unwrap();
        let regex = regex::Regex::new(&expression(&pattern, &lead, &particle)).unwrap();
        let (mut wanted, mut from) = (Vec::new(), 0);
        while let Some(found) = regex.captures_at(text, from) {
            let (whole, group) = (found.get(0).unwrap(), found.get(1).unwrap());
            wanted.push(group.as_str().to_owned());
            from = group.end().max(whole.start() + 1);
            while !text.is_char_boundary(from) {
                from += 1;
            }
        }
        let lexicon = Lexicon::of(vec![Entry::plain(Act::Cover, &pattern)], &lead, &particle);
        let mut block = Block::<N>::default();
        block.fill(&view(text), 0, 0, &lexicon.letters);
        let room = Room::new(&block, &Written, &lexicon);
        let found = room.matches::<1>(lexicon.plan(0).unwrap(), &mut Pad::default());
        let mut called = Called::default();
        called
            .by_letters(lexicon.context(), Spoken { units: &block.bare, at: &block.bare_at, account: false });
        let needed = lexicon.context().needs.met(0, &block, &Written, &lexicon.vocabulary);
        assert!(found.is_empty() || called.entries == [0] && needed, "{text}");
        (wanted, found.iter().map(|range| block.slice(range).iter().collect()).collect())
    }

    fn found(pattern: &str, text: &str) -> Vec<String> {
        let (wanted, found) = both::<1>(pattern, text);
        assert_eq!(wanted, found, "{pattern} in {text}");
        found
    }

    #[test]
    fn gaps_stay_in_their_clause_and_stumbles_are_bridged() {
        assert_eq!(found("有意见…找领导", "有意见你去找领导"), ["有意见你去找领导"]);
        assert_eq!(found("有意见…找领导", "有意见。你去找领导"), [""; 0]);
        assert_eq!(found("有意见……找领导", "有意见。你去找领导"), ["有意见。你去找领导"]);
        assert_eq!(found("[{you}]急什么", "您，急什么你急什么"), ["您，急什么", "你急什么"]);
        assert_eq!(found("喊什么，等会儿", "喊什么。等会儿"), ["喊什么。等会儿"]);
    }

    #[test]
    fn anchors_reach_over_lead_ins_and_particles() {
        assert_eq!(found("^不知道$", "我说不知道啊"), ["不知道"]);
        assert_eq!(found("^不知道$", "您，不知道，您"), ["不知道"]);
        assert_eq!(found("^不知道$", "谁不知道"), [""; 0]);
        assert_eq!(found("^不知道$", "不知道您"), [""; 0]);
    }

    const PATTERNS: [&str; 12] = [
        "有意见…找领导",
        "^不知道$",
        "[你]急(什么|啥)",
        "(不知道|(不|不知))…道",
        "{you}急[啊]{you}",
        "喊什么，等会儿",
        "^[我]真不知道",
        "急……什么$",
        "(你|我|你说)[真]不(知|知道)[啊]",
        "(你急|急什么)…(你|什么)",
        "[你][你]急…2什么[啊]",
        "^(我|不)[我]知…道$",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn a_program_finds_what_the_expression_finds(
            which in 0..PATTERNS.len(),
            text in "[有意见找领导你不知道急什么真啊我说]([，。、]?[有意见找领导你不知道急什么啥喊等会儿我真说啊]){0,14}[，。]?",
        ) {
            let (wanted, found) = both::<1>(PATTERNS[which], &text);
            prop_assert_eq!(&wanted, &found, "{} in {}", PATTERNS[which], &text);
            let (_, wide) = both::<4>(PATTERNS[which], &text);
            prop_assert_eq!(found, wide);
        }
    }
}
