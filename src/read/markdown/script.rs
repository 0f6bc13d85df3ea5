//! Blocks to turns: who says what in a script.

use super::super::cut::Cut;
use super::super::labels::{Census, Kind as Mark, Lead, are_voices, header_field, is_role, lead};
use super::super::turns::{Join, Turns, Who};
use super::blocks::{Block, Kind};
use crate::transcript::Transcript;
use std::borrow::Cow;

/// Words that say of what follows that it must not be said.
const AVOID: &[&str] = &[
    "忌语",
    "忌語",
    "禁语",
    "禁語",
    "禁用",
    "不能说",
    "不要说",
    "不要这样说",
    "不可说",
    "不许说",
    "不应说",
    "不该说",
    "不能這樣說",
    "反面",
    "反例",
    "错误示范",
    "负面清单",
];
/// Headings of a column of roles.
const ROLE: &[&str] = &["角色", "说话人", "发言人", "人物", "说者", "身份", "speaker", "role"];
/// Headings of a column of words.
const WORDS: &[&str] = &["内容", "话", "台词", "发言", "说", "text", "words"];

/// The lines of every block, tables left out: what labels are counted in.
pub(super) fn texts<'a>(source: &'a str, blocks: &[Block]) -> Vec<Vec<Cow<'a, str>>> {
    let of = |block: &Block| match block {
        Block::Text { lines, .. } => lines.iter().map(|line| line.text(source)).collect(),
        Block::Table { .. } => Vec::new(),
    };
    blocks.iter().map(of).collect()
}

/// Counts what lines begin with, and gives the would-be label of each.
pub(super) fn count<'t>(texts: &'t [Vec<Cow<'_, str>>], census: &mut Census<'t>) -> Vec<Vec<Label<'t>>> {
    let mut of = |text: &'t Cow<'_, str>| {
        let found = lead(text).filter(|lead| !matches!(lead.kind, Mark::Unlabelled | Mark::Ahead));
        let id = census.count(found.as_ref());
        found.zip(id)
    };
    texts.iter().map(|lines| lines.iter().map(&mut of).collect()).collect()
}

/// What a line begins with, and its number in the census.
pub(super) type Label<'t> = Option<(Lead<'t>, u32)>;

/// The columns of roles and of words: named so in the first row, or the first column holds nothing but roles.
fn columns(source: &str, block: &Block) -> Option<(usize, usize)> {
    let Block::Table { head, rows } = block else { return None };
    let named = |names: &[&str]| {
        head.iter()
            .position(|cell| names.iter().any(|name| cell.text(source).trim().eq_ignore_ascii_case(name)))
    };
    if let (Some(role), Some(words)) = (named(ROLE), named(WORDS)) {
        return Some((role, words));
    }
    let role = |row: &Vec<Cut>| row.first().is_some_and(|cell| is_role(cell.text(source).trim()));
    (head.len() == 2 && !rows.is_empty() && rows.iter().all(role)).then_some((0, 1))
}

/// Whether each column holds the words of the one who is named at its head.
fn is_by_speaker(source: &str, block: &Block) -> bool {
    let Block::Table { head, .. } = block else { return false };
    let names: Vec<_> = head.iter().map(|cell| cell.text(source)).collect();
    are_voices(names.iter().map(|name| name.as_ref()))
}

/// Whether the block is a table of who says what.
pub(super) fn is_dialogue(source: &str, block: &Block) -> bool {
    columns(source, block).is_some() || is_by_speaker(source, block)
}

/// Whether the block is a table of who says what, or with a column of what not to say.
#[cfg(feature = "office")]
pub(in crate::read) fn is_table(source: &str, block: &Block) -> bool {
    let Block::Table { head, .. } = block else { return false };
    is_dialogue(source, block) || head.iter().any(|cell| is_avoid(&cell.text(source)))
}

/// Reads a script; nothing where nobody says a word.
pub(in crate::read) fn read(source: &str, blocks: &[Block]) -> Option<Transcript> {
    let texts = texts(source, blocks);
    let mut census = Census::default();
    let labels = count(&texts, &mut census);
    census.decide();
    let labelled = census.any() || blocks.iter().any(|block| is_dialogue(source, block));
    let turns = Turns::new(source);
    let mut stage =
        Stage { source, turns, census, labelled, avoid: None, now: None, hold: Hold::No, begun: false };
    for ((block, texts), labels) in blocks.iter().zip(&texts).zip(&labels) {
        match block {
            Block::Text { kind: Kind::Heading(level), lines } => stage.heading(*level, lines, texts, labels),
            Block::Text { kind, lines } => stage.block(*kind, lines, texts, labels),
            Block::Table { head, rows } if is_by_speaker(source, block) => stage.voices(head, rows),
            Block::Table { head, rows } => stage.table(head, rows, columns(source, block)),
        }
    }
    stage.turns.finish()
}

/// How long a label holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hold {
    /// To the end of its block.
    No,
    /// It stood alone: to the end of the next block.
    Once,
    /// It stood alone with a time, as minutes have it: until the next label.
    On,
}

struct Stage<'a, 't> {
    source: &'a str,
    turns: Turns<'a>,
    census: Census<'t>,
    labelled: bool,
    /// The level of the heading that says that what follows is to be avoided.
    avoid: Option<u8>,
    now: Option<Who>,
    hold: Hold,
    begun: bool,
}

impl<'t> Stage<'_, 't> {
    fn heading(&mut self, level: u8, lines: &[Cut], texts: &[Cow<'_, str>], labels: &[Label<'t>]) {
        if let ([line], [Some((lead, id))]) = (lines, labels)
            && self.census.is_label(*id)
            && lead.kind == Mark::Alone
        {
            return self.label(lead, line, false);
        }
        // A heading begins a new scene: what is said before and after it is not one turn.
        self.turns.part();
        (self.now, self.hold) = (None, Hold::No);
        if texts.iter().any(|text| is_avoid(text)) {
            self.avoid = Some(level);
        } else if self.avoid.is_some_and(|avoid| level <= avoid) {
            self.avoid = None;
        }
    }

    fn block(&mut self, kind: Kind, lines: &[Cut], texts: &[Cow<'_, str>], labels: &[Label<'t>]) {
        match self.hold {
            Hold::No => self.now = None,
            Hold::Once => self.hold = Hold::No,
            Hold::On => {}
        }
        for ((line, text), label) in lines.iter().zip(texts).zip(labels) {
            let known = label.filter(|(_, id)| self.census.is_label(*id));
            if let Some((lead, _)) = known {
                let avoid = self.avoid.is_some_and(|level| level > 1 || kind != Kind::Paragraph);
                self.label(&lead, line, avoid);
            } else if self.now.is_some() {
                self.words(line);
            } else {
                self.unlabelled(kind, line, text, label.map(|(lead, _)| lead));
            }
        }
    }

    fn label(&mut self, lead: &Lead<'_>, line: &Cut, mention: bool) {
        self.begun = true;
        let speaker = Some(self.turns.speaker(lead.label));
        let at = line.start().unwrap_or(0);
        let clock = lead.time.map(|(start, end)| self.turns.clock(start, end, at));
        self.now = Some(Who { speaker, clock, mention, ..Who::default() });
        let body = line.slice(u32::try_from(lead.body).unwrap_or(u32::MAX), u32::MAX);
        let alone = if lead.kind == Mark::Alone { Hold::On } else { Hold::Once };
        self.hold = alone;
        if !body.text(self.source).trim().is_empty() {
            self.hold = Hold::No;
            self.words(&body);
        }
    }

    /// Words of whoever speaks now; a label's time is that of its first line only.
    fn words(&mut self, line: &Cut) {
        let Some(who) = &mut self.now else { return };
        let said = *who;
        who.clock = None;
        if self.hold == Hold::Once {
            self.hold = Hold::No;
        }
        self.turns.say(said, line, &[]);
    }

    fn unlabelled(&mut self, kind: Kind, line: &Cut, text: &str, lead: Option<Lead<'_>>) {
        let field = lead.filter(|lead| lead.kind == Mark::Colon);
        if let Some((field, lead)) =
            field.and_then(|lead| Some((header_field(lead.label)?, lead))).filter(|_| !self.begun)
        {
            return field.keep(&mut self.turns.about().meta, text.get(lead.body..).unwrap_or(""));
        }
        let named = field.is_some_and(|lead| is_avoid(lead.label));
        let avoid = named || self.avoid.is_some() && kind != Kind::Paragraph;
        let about = kind != Kind::Paragraph && (is_avoid(text) || text.contains(['“', '「', '"']));
        if self.labelled && !avoid && !about {
            return;
        }
        self.begun = true;
        let from = if named { lead.map_or(0, |lead| lead.body) } else { 0 };
        let words = line.slice(u32::try_from(from).unwrap_or(0), u32::MAX);
        self.alone(&words, avoid || self.labelled);
    }

    fn table(&mut self, head: &[Cut], rows: &[Vec<Cut>], columns: Option<(usize, usize)>) {
        (self.now, self.hold) = (None, Hold::No);
        let avoided: Vec<bool> = head.iter().map(|cell| is_avoid(&cell.text(self.source))).collect();
        for row in rows {
            if let Some((role, words)) = columns {
                let (Some(role), Some(words)) = (row.get(role), row.get(words)) else { continue };
                let label = role.text(self.source).trim().to_owned();
                let speaker = (!label.is_empty()).then(|| self.turns.speaker(&label));
                self.turns.say(Who { speaker, mention: self.avoid.is_some(), ..Who::default() }, words, &[]);
                continue;
            }
            for (i, cell) in row.iter().enumerate() {
                let mention = self.avoid.is_some() || avoided.get(i).copied().unwrap_or(false);
                if (mention || !self.labelled) && !cell.text(self.source).trim().is_empty() {
                    self.alone(cell, mention);
                }
            }
        }
    }

    /// A table with a column for each speaker, a row at a time.
    fn voices(&mut self, head: &[Cut], rows: &[Vec<Cut>]) {
        (self.now, self.hold, self.begun) = (None, Hold::No, true);
        let names: Vec<String> = head.iter().map(|cell| cell.text(self.source).trim().to_owned()).collect();
        for (name, words) in rows.iter().flat_map(|row| names.iter().zip(row)) {
            if name.is_empty() || words.text(self.source).trim().is_empty() {
                continue;
            }
            let speaker = Some(self.turns.speaker(name));
            self.turns.say(Who { speaker, mention: self.avoid.is_some(), ..Who::default() }, words, &[]);
        }
    }

    fn alone(&mut self, words: &Cut, mention: bool) {
        self.turns.say(Who { mention, join: Join::Never, ..Who::default() }, words, &[]);
    }
}

fn is_avoid(text: &str) -> bool {
    AVOID.iter().any(|word| text.contains(word))
}
