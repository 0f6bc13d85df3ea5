//! The pattern language of rule authors (rules/README.md): parsed and its classes filled in, not yet compiled.

use super::words::Words;
use std::ops::Range;
use std::sync::Arc;

/// A gap without a number spans up to this many characters of the clause.
pub const GAP: u8 = 4;
/// A gap over pauses spans up to this many characters.
pub const WIDE_GAP: u8 = 12;

/// One pattern as its author wrote it and as it is understood.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As written.
    pub source: String,
    /// What it matches, anchors aside.
    pub node: Node,
    /// `^`: a clause begins here.
    pub starts_clause: bool,
    /// `$`: a clause ends here.
    pub ends_clause: bool,
}

/// What a pattern is made of. Word classes are filled in as alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// These characters.
    Words(String),
    /// One after another.
    Seq(Arc<[Node]>),
    /// One of these. A word class is shared by all patterns that name it.
    Alt(Arc<[Node]>),
    /// This or nothing.
    Opt(Box<Node>),
    /// Up to `most` characters; over pauses if `wide`.
    Gap {
        /// In characters.
        most: u8,
        /// Whether pauses may lie in it.
        wide: bool,
    },
    /// A pause may stand here, strong or weak.
    Pause,
}

/// Why a pattern could not be understood: a catalogue key under `pattern.` and the place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// `pattern.` and this is the catalogue's key.
    pub code: &'static str,
    /// What it is about.
    pub detail: String,
    /// Bytes in the pattern.
    pub at: Range<usize>,
}

/// Parses `source` and fills in the classes of `words`.
pub fn parse(source: &str, words: &Words) -> Result<Pattern, PatternError> {
    let mut parser = Parser { source, at: 0, words, depth: 0, open: Vec::new() };
    parser.spaces();
    let starts_clause = parser.eat('^');
    let node = parser.alternatives()?;
    let ends_clause = parser.eat('$');
    parser.spaces();
    match parser.peek() {
        None if is_empty(&node) => Err(parser.error("empty", source, 0..source.len())),
        None if !is_fixed(&node) => Err(parser.error("no-literal", source, 0..source.len())),
        None => Ok(Pattern { source: source.to_owned(), node, starts_clause, ends_clause }),
        Some(_) if ends_clause => Err(parser.error("anchor-inside", '$', parser.at - 1..parser.at)),
        Some(c @ ('^' | '$')) => Err(parser.error("anchor-inside", c, parser.here())),
        Some(c) => Err(parser.error("unbalanced", c, parser.here())),
    }
}

fn is_empty(node: &Node) -> bool {
    match node {
        Node::Words(text) => text.is_empty(),
        Node::Seq(list) | Node::Alt(list) => list.iter().all(is_empty),
        Node::Opt(_) | Node::Gap { .. } | Node::Pause => false,
    }
}

/// Whether some characters are always there, in one form or another: the search begins with them.
fn is_fixed(node: &Node) -> bool {
    match node {
        Node::Words(text) => !text.is_empty(),
        Node::Seq(list) => list.iter().any(is_fixed),
        Node::Alt(list) => list.iter().all(is_fixed),
        Node::Opt(_) | Node::Gap { .. } | Node::Pause => false,
    }
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
    words: &'a Words,
    depth: usize,
    /// The parts of every list that is still being read, the innermost last: a list of its own for each bracket
    /// would double the time of a load.
    open: Vec<Node>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.source.get(self.at..)?.chars().next()
    }

    fn here(&self) -> Range<usize> {
        self.at..self.at + self.peek().map_or(0, char::len_utf8)
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn spaces(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.bump();
        }
    }

    fn error(&self, code: &'static str, detail: impl ToString, at: Range<usize>) -> PatternError {
        PatternError { code, detail: detail.to_string(), at }
    }

    fn alternatives(&mut self) -> Result<Node, PatternError> {
        let first = self.open.len();
        loop {
            let node = self.sequence()?;
            self.open.push(node);
            if !(self.eat('|') || self.eat('｜')) {
                return Ok(self.close(first, Node::Alt));
            }
        }
    }

    fn sequence(&mut self) -> Result<Node, PatternError> {
        let first = self.open.len();
        while let Some(node) = self.item()? {
            match (self.open.get_mut(first..).and_then(<[Node]>::last_mut), node) {
                (Some(Node::Words(before)), Node::Words(more)) => before.push_str(&more),
                (_, node) => self.open.push(node),
            }
        }
        Ok(self.close(first, Node::Seq))
    }

    /// The parts from `first` on as one node; a single part stands for itself.
    fn close(&mut self, first: usize, list: fn(Arc<[Node]>) -> Node) -> Node {
        let only = (self.open.len() == first + 1).then(|| self.open.pop()).flatten();
        only.unwrap_or_else(|| list(self.open.drain(first..).collect()))
    }

    fn item(&mut self) -> Result<Option<Node>, PatternError> {
        self.spaces();
        let start = self.at;
        let Some(c) = self.peek() else { return Ok(None) };
        match c {
            _ if is_plain(c) => Ok(Some(self.plain())),
            '|' | '｜' | ')' | '）' | ']' | '}' | '^' | '$' => Ok(None),
            '(' | '（' => self.group(start, &[')', '）']).map(|node| Some(self.maybe(node))),
            '[' => self.group(start, &[']']).map(|node| Some(Node::Opt(Box::new(node)))),
            '{' => self.class().map(|node| Some(self.maybe(node))),
            '…' => Ok(Some(self.gap())),
            '.' if self.source.get(self.at..).is_some_and(|rest| rest.starts_with("...")) => {
                self.at += 2;
                Ok(Some(self.gap()))
            }
            // What is left are pauses.
            _ => {
                self.bump();
                Ok(Some(Node::Pause))
            }
        }
    }

    /// Characters that stand for themselves, up to one that does not.
    fn plain(&mut self) -> Node {
        let rest = self.source.get(self.at..).unwrap_or("");
        let end = rest.find(|c| !is_plain(c)).unwrap_or(rest.len());
        self.at += end;
        Node::Words(rest.get(..end).unwrap_or("").to_owned())
    }

    /// What stands between brackets; `]?` means the same as `]`.
    fn group(&mut self, start: usize, close: &[char]) -> Result<Node, PatternError> {
        self.bump();
        self.depth += 1;
        if self.depth > 16 {
            return Err(self.error("too-deep", "", start..self.at));
        }
        let node = self.alternatives()?;
        self.depth -= 1;
        if !close.iter().any(|c| self.eat(*c)) {
            return Err(self.error("unclosed", "", start..self.at));
        }
        if is_empty(&node) {
            return Err(self.error("empty", "", start..self.at));
        }
        if close == [']'] {
            self.eat('?');
        }
        Ok(node)
    }

    /// A `?` right behind a group or a class makes it optional.
    fn maybe(&mut self, node: Node) -> Node {
        if self.eat('?') { Node::Opt(Box::new(node)) } else { node }
    }

    fn class(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        let rest = self.source.get(self.at..).unwrap_or("");
        let Some(end) = rest.find('}') else {
            return Err(self.error("unclosed", "", start..self.source.len()));
        };
        let name = rest.get(1..end).unwrap_or("").trim();
        self.at += end + 1;
        match self.words.class(name) {
            Some(node) => Ok(node.clone()),
            None => Err(self.error("unknown-class", name, start..self.at)),
        }
    }

    /// The place stands on the first `…`.
    fn gap(&mut self) -> Node {
        self.bump();
        let wide = self.eat('…') || self.peek() == Some('.') && self.eat_dots();
        let digits: String = std::iter::from_fn(|| self.digit()).take(2).collect();
        let default = if wide { WIDE_GAP } else { GAP };
        Node::Gap { most: digits.parse().unwrap_or(default), wide }
    }

    fn eat_dots(&mut self) -> bool {
        let dots = self.source.get(self.at..).is_some_and(|rest| rest.starts_with("..."));
        if dots {
            self.at += 3;
        }
        dots
    }

    fn digit(&mut self) -> Option<char> {
        let c = self.peek().filter(char::is_ascii_digit)?;
        self.bump();
        Some(c)
    }
}

/// Whether a character stands for itself. Nearly every one is of the first range: the others are asked for less.
fn is_plain(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') || !(is_pause(c) || is_sign(c) || c.is_whitespace())
}

/// What the language is written with, pauses aside.
fn is_sign(c: char) -> bool {
    matches!(c, '|' | '｜' | '(' | '（' | ')' | '）' | '[' | ']' | '{' | '}' | '^' | '$' | '…')
}

/// Punctuation that stands for a pause in a pattern.
fn is_pause(c: char) -> bool {
    matches!(c, '，' | ',' | '。' | '.' | '！' | '!' | '？' | '?' | '；' | ';' | '、' | '：' | ':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        Words::from_lists(&[("you", &["你", "您"]), ("what", &["什么", "啥"])])
    }

    #[test]
    fn reads_every_construct() {
        let pattern = parse("^{you}急(什么|啥) [呢]…3找……她，去$", &words()).unwrap();
        assert!(pattern.starts_clause && pattern.ends_clause);
        let Node::Seq(list) = pattern.node else { panic!() };
        assert_eq!(list[1], Node::Words("急".into()));
        assert!(matches!(list[3], Node::Opt(_)));
        assert_eq!(list[4], Node::Gap { most: 3, wide: false });
        assert_eq!(list[6], Node::Gap { most: WIDE_GAP, wide: true });
        assert_eq!(list[8], Node::Pause);
    }

    #[test]
    fn says_where_the_slip_is() {
        let slip = |text: &str| parse(text, &words()).unwrap_err();
        assert_eq!(slip("急(什么").code, "unclosed");
        assert_eq!(slip("{they}急").code, "unknown-class");
        assert_eq!(slip("{they}急").at, 0..6);
        assert_eq!(slip("急$什么").code, "anchor-inside");
        assert_eq!(slip("急）").code, "unbalanced");
        assert!(
            matches!(&parse("急(什么)?呢", &words()).unwrap().node, Node::Seq(list) if matches!(list[1], Node::Opt(_)))
        );
        assert_eq!(slip("…").code, "no-literal");
        assert_eq!(slip("急()").code, "empty");
    }
}
