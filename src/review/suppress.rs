//! Suppressions: comments in a transcript that say which findings may stand there, and why.
//!
//! `wuxin: ignore B07 B20 -- reason` on a line of its own holds for the words below it: the next line on which somebody
//! speaks and those that go on with it, up to a blank line or another label. Beside words it holds for its own line.
//! `ignore-start B07 -- reason` holds up to `ignore-end B07`. A comment that is not understood suppresses nothing, and
//! neither does a range that is not closed.

use crate::diagnostic::{Explain, Message};
use crate::text::{Raw, SourceText, Span};
use crate::transcript::{Transcript, Turn};
use std::collections::{BTreeMap, BTreeSet};

/// One rule of one comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The rule's id.
    pub rule: String,
    /// Why its findings may stand.
    pub reason: String,
    /// The comment.
    pub comment: Span<Raw>,
    /// The comment's line, from 1.
    pub line: u32,
    /// Where they may.
    pub covers: Span<Raw>,
}

/// What the comments of a transcript suppress, and what is wrong with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suppressions {
    /// In order of their comments' ends.
    pub list: Vec<Suppression>,
    /// Those of a rule, by the places where they begin to hold.
    places: BTreeMap<String, Vec<Held>>,
    misused: Vec<Misuse>,
}

/// Where one of the list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Held {
    index: usize,
    covers: Span<Raw>,
    /// The furthest that it or any before it holds.
    reach: u32,
}

/// A comment that does not do what its author wants.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Misuse {
    /// Of the comment, from 1.
    pub line: u32,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What is wrong with a comment; with the rule, where it is one of several.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// `-->` is missing.
    Open,
    /// Asks for something else; for what.
    Unclear(String),
    /// Names no rule.
    NoRule,
    /// Gives no reason.
    NoReason,
    /// Names a rule that the standard does not have.
    UnknownRule(String),
    /// A range that no comment ends.
    Unclosed(String),
    /// The end of a range that no comment begins.
    NotBegun(String),
    /// The beginning of a range inside a range.
    Begun(String),
    /// There is nothing to suppress.
    Unused(String),
}

/// What a comment asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    Ignore,
    Start,
    End,
}

/// A comment as understood.
#[derive(Debug, PartialEq, Eq)]
struct Comment<'a> {
    ask: Ask,
    rules: Vec<&'a str>,
    reason: &'a str,
}

/// Reads one comment with its marks.
fn comment(text: &str) -> Result<Comment<'_>, Wrong> {
    let body = match text.strip_prefix("<!--") {
        Some(body) => body.strip_suffix("-->").ok_or(Wrong::Open)?,
        None => text,
    };
    let (_, said) = body.split_once([':', '：']).unwrap_or_default();
    let (head, reason) = parted(said);
    let mut words = head.split([',', '，', '、']).flat_map(str::split_whitespace);
    let asked = words.next().unwrap_or_default();
    let known = [("ignore", Ask::Ignore), ("ignore-start", Ask::Start), ("ignore-end", Ask::End)];
    let ask = known.into_iter().find(|(word, _)| asked.eq_ignore_ascii_case(word));
    let (_, ask) = ask.ok_or_else(|| Wrong::Unclear(asked.to_owned()))?;
    let rules: Vec<&str> = words.collect();
    match () {
        () if rules.is_empty() => Err(Wrong::NoRule),
        () if reason.is_empty() && ask != Ask::End => Err(Wrong::NoReason),
        () => Ok(Comment { ask, rules, reason }),
    }
}

/// What stands before the reason, and the reason.
fn parted(said: &str) -> (&str, &str) {
    const MARKS: [&str; 5] = ["--", "——", "—", "：", ":"];
    let first = MARKS.iter().filter_map(|mark| Some((said.find(mark)?, *mark)));
    // Of two that begin at one place the longer stands first in the list.
    let Some((at, mark)) = first.min_by_key(|(at, _)| *at) else { return (said, "") };
    let reason = said.get(at + mark.len()..).unwrap_or_default();
    (said.get(..at).unwrap_or_default(), reason.trim_start_matches(['-', '—']).trim())
}

/// A line that is spoken.
struct Spoken<'a> {
    span: Span<Raw>,
    turn: &'a Turn,
    /// Its index among the segments of the turn.
    segment: usize,
}

/// The comments being gone through.
struct Reading<'a> {
    source: &'a SourceText,
    known: &'a [&'a str],
    /// Every line that is spoken, in order.
    spoken: Vec<Spoken<'a>>,
    /// The ranges that are open, by rule: the comment and its reason.
    open: BTreeMap<String, (Span<Raw>, String)>,
    out: Suppressions,
}

impl Suppressions {
    /// Understands the comments of `transcript`; `known` are the ids of all rules.
    pub fn new(transcript: &Transcript, source: &SourceText, known: &[&str]) -> Self {
        let lines = |turn: &'_ Turn| -> Vec<Span<Raw>> {
            turn.segments.iter().map(|segment| turn.map.hull(segment.span)).collect()
        };
        let spoken = transcript.turns.iter().flat_map(|turn| {
            let lines = lines(turn).into_iter().enumerate();
            lines.map(move |(segment, span)| Spoken { span, turn, segment })
        });
        let (open, out) = (BTreeMap::new(), Suppressions::default());
        let mut reading = Reading { source, known, spoken: spoken.collect(), open, out };
        transcript.remarks.iter().for_each(|remark| reading.remark(*remark));
        for (rule, (at, _)) in std::mem::take(&mut reading.open) {
            reading.wrong(at, Wrong::Unclosed(rule));
        }
        reading.out.places = places(&reading.out.list);
        reading.out
    }

    /// Which of them hold for a finding of `rule` with these pieces, in order.
    pub fn on(&self, rule: &str, pieces: &[Span<Raw>]) -> Vec<usize> {
        let held = self.places.get(rule).map(Vec::as_slice).unwrap_or_default();
        let at = |piece: &Span<Raw>| {
            let piece = *piece;
            let before = held.partition_point(|one| one.covers.start < piece.end);
            let near = held.iter().take(before).rev().take_while(move |one| one.reach > piece.start);
            near.filter(move |one| one.covers.overlaps(piece)).map(|one| one.index)
        };
        pieces.iter().flat_map(at).collect::<BTreeSet<usize>>().into_iter().collect()
    }

    /// What is wrong with the comments, those included that are not among the `used`; by line.
    pub fn misused(&self, used: &BTreeSet<usize>) -> Vec<Misuse> {
        let idle = self.list.iter().enumerate().filter(|(i, _)| !used.contains(i));
        let mut out = self.misused.clone();
        out.extend(idle.map(|(_, one)| Misuse { line: one.line, wrong: Wrong::Unused(one.rule.clone()) }));
        out.sort();
        out
    }
}

fn places(list: &[Suppression]) -> BTreeMap<String, Vec<Held>> {
    let mut out: BTreeMap<String, Vec<Held>> = BTreeMap::new();
    for (index, Suppression { rule, covers, .. }) in list.iter().enumerate() {
        out.entry(rule.clone()).or_default().push(Held { index, covers: *covers, reach: 0 });
    }
    for held in out.values_mut() {
        held.sort_by_key(|one| one.covers);
        let mut reach = 0;
        for one in held {
            reach = one.covers.end.max(reach);
            one.reach = reach;
        }
    }
    out
}

impl Reading<'_> {
    fn remark(&mut self, at: Span<Raw>) {
        match comment(at.slice(self.source.text())) {
            Err(wrong) => self.wrong(at, wrong),
            Ok(comment) => {
                for rule in &comment.rules {
                    let known = self.known.iter().find(|id| id.eq_ignore_ascii_case(rule));
                    match known.map(|id| (*id).to_owned()) {
                        Some(id) => self.rule(at, comment.ask, id, comment.reason),
                        None => self.wrong(at, Wrong::UnknownRule((*rule).to_owned())),
                    }
                }
            }
        }
    }

    fn rule(&mut self, at: Span<Raw>, ask: Ask, rule: String, reason: &str) {
        match ask {
            Ask::Ignore => self.suppress(rule, reason.to_owned(), at, self.below_or_beside(at)),
            Ask::Start if self.open.contains_key(&rule) => self.wrong(at, Wrong::Begun(rule)),
            Ask::Start => _ = self.open.insert(rule, (at, reason.to_owned())),
            Ask::End => match self.open.remove(&rule) {
                Some((start, reason)) => {
                    self.suppress(rule, reason, start, Span::new(start.end, at.start));
                }
                None => self.wrong(at, Wrong::NotBegun(rule)),
            },
        }
    }

    fn suppress(&mut self, rule: String, reason: String, comment: Span<Raw>, covers: Span<Raw>) {
        let line = self.source.lines().line(comment.start);
        self.out.list.push(Suppression { rule, reason, comment, line, covers });
    }

    fn wrong(&mut self, at: Span<Raw>, wrong: Wrong) {
        self.out.misused.push(Misuse { line: self.source.lines().line(at.start), wrong });
    }

    /// The comment's own line where somebody speaks on it, else the words below.
    fn below_or_beside(&self, at: Span<Raw>) -> Span<Raw> {
        let lines = self.source.lines();
        let own = self.source.line_span(lines.line(at.start)).hull(self.source.line_span(lines.line(at.end)));
        let after = self.spoken.partition_point(|line| line.span.end <= own.start);
        match self.spoken.get(after..).unwrap_or_default() {
            [line, ..] if line.span.overlaps(own) => own,
            [first, rest @ ..] => {
                // The first segment of another turn goes on with nothing.
                let on = rest.iter().take_while(|line| line.turn.goes_on(line.segment, self.source));
                on.fold(first.span, |covers, line| covers.hull(line.span))
            }
            [] => Span::point(at.end),
        }
    }
}

impl Explain for Misuse {
    fn code(&self) -> &'static str {
        match self.wrong {
            Wrong::Open => "suppression-open",
            Wrong::Unclear(_) => "suppression-unclear",
            Wrong::NoRule => "suppression-no-rule",
            Wrong::NoReason => "suppression-no-reason",
            Wrong::UnknownRule(_) => "suppression-unknown-rule",
            Wrong::Unclosed(_) => "suppression-unclosed",
            Wrong::NotBegun(_) => "suppression-not-begun",
            Wrong::Begun(_) => "suppression-begun",
            Wrong::Unused(_) => "suppression-unused",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        let what = match &self.wrong {
            Wrong::Open | Wrong::NoRule | Wrong::NoReason => "",
            Wrong::Unclear(what)
            | Wrong::UnknownRule(what)
            | Wrong::Unclosed(what)
            | Wrong::NotBegun(what)
            | Wrong::Begun(what)
            | Wrong::Unused(what) => what,
        };
        vec![("line", self.line.to_string()), ("what", what.to_owned())]
    }

    /// With the cure: a warning is one sentence.
    fn message(&self) -> Message {
        Message { key: format!("warning.{}", self.code()).into(), args: self.args() }
    }
}
