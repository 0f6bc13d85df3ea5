//! A Markdown file as blocks of lines.

use super::super::cut::Cut;
use super::super::remarks;
use crate::text::{Raw, Span};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// What kind of block it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Kind {
    /// A heading, with its level from 1.
    Heading(u8),
    Paragraph,
    /// An item of a list.
    Item,
    Quote,
}

/// A block.
#[derive(Debug)]
pub(in crate::read) enum Block {
    /// Lines of text; marks of emphasis are gone.
    Text { kind: Kind, lines: Vec<Cut> },
    /// The cells of the first row, and of the others.
    Table { head: Vec<Cut>, rows: Vec<Vec<Cut>> },
}

const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// The blocks of `text`, in order.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut walker = Walker { text, ..Walker::default() };
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        walker.event(event, range);
    }
    walker.finish_block();
    walker.out
}

/// The comments that speak to wuxin, in order.
pub(super) fn remarks(text: &str) -> Vec<Span<Raw>> {
    if remarks::in_html(text, 0..text.len()).is_empty() {
        return Vec::new();
    }
    let html = Parser::new_ext(text, OPTIONS).into_offset_iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => Some(range),
        _ => None,
    });
    html.flat_map(|range| remarks::in_html(text, range)).collect()
}

#[derive(Default)]
struct Walker<'a> {
    text: &'a str,
    out: Vec<Block>,
    lines: Vec<Cut>,
    line: Cut,
    heading: Option<u8>,
    items: usize,
    quotes: usize,
    /// Inside a fenced block or a picture: nothing there is said.
    mute: usize,
    table: Option<Table>,
}

#[derive(Default)]
struct Table {
    head: Vec<Cut>,
    rows: Vec<Vec<Cut>>,
    row: Vec<Cut>,
}

impl Walker<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                self.mute += 1;
                self.behind_remark(range);
            }
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) if self.mute == 0 => self.words(&words, range),
            Event::Code(words) if self.mute == 0 => self.code(&words, range),
            Event::SoftBreak | Event::HardBreak => self.finish_line(),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.finish_line(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::CodeBlock(CodeBlockKind::Indented) => self.finish_block(),
            Tag::CodeBlock(_) | Tag::Image { .. } | Tag::MetadataBlock(_) => self.mute += 1,
            Tag::Heading { level, .. } => {
                self.finish_block();
                self.heading = Some(*level as u8);
            }
            Tag::Item => {
                self.finish_block();
                self.items += 1;
            }
            Tag::BlockQuote(_) => {
                self.finish_block();
                self.quotes += 1;
            }
            Tag::Table(_) => {
                self.finish_block();
                self.table = Some(Table::default());
            }
            Tag::Paragraph | Tag::List(_) => self.finish_block(),
            _ => {}
        }
    }

    /// Markdown takes what stands behind a comment on its line for HTML; a comment to wuxin must not hide speech.
    fn behind_remark(&mut self, html: Range<usize>) {
        let all = remarks::in_html(self.text, html.clone());
        let first = all.first().map(|remark| remark.range().start);
        let opens = first.and_then(|first| self.text.get(html.start..first));
        if let (Some(""), Some(last)) = (opens.map(str::trim), all.last()) {
            self.finish_block();
            let mut from = last.range().end;
            for line in self.text.get(from..html.end).unwrap_or("").split('\n') {
                self.plain(from, line);
                self.finish_line();
                from += line.len() + 1;
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock | TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                self.mute = self.mute.saturating_sub(1);
                self.finish_block();
            }
            TagEnd::Heading(_) => {
                self.finish_block();
                self.heading = None;
            }
            TagEnd::Item => {
                self.finish_block();
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::BlockQuote(_) => {
                self.finish_block();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Paragraph | TagEnd::List(_) => self.finish_block(),
            TagEnd::TableCell | TagEnd::TableRow | TagEnd::TableHead | TagEnd::Table => {
                self.end_of_table_part(tag)
            }
            _ => {}
        }
    }

    fn end_of_table_part(&mut self, tag: TagEnd) {
        self.finish_line();
        let Some(table) = &mut self.table else { return };
        match tag {
            TagEnd::TableCell => {
                let mut cell = Cut::default();
                self.lines.drain(..).for_each(|line| cell.append(&line));
                table.row.push(cell);
            }
            TagEnd::TableHead => table.head = std::mem::take(&mut table.row),
            TagEnd::TableRow => table.rows.push(std::mem::take(&mut table.row)),
            _ => {
                if let Some(Table { head, rows, .. }) = self.table.take() {
                    self.out.push(Block::Table { head, rows });
                }
            }
        }
    }

    /// Words as they stand, an entity, or a line of an indented block.
    fn words(&mut self, words: &str, range: Range<usize>) {
        let raw = self.text.get(range.clone()).unwrap_or("");
        if raw == words {
            let mut from = range.start;
            for line in words.split('\n') {
                if from > range.start {
                    self.finish_line();
                }
                self.plain(from, line);
                from += line.len() + 1;
            }
            return;
        }
        let mut chars = words.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            self.line.undone(c, Span::of(range));
        }
    }

    /// Adds `words`, which stand at `from`, without marks of emphasis that the parser left: it takes `**客服：**您` for
    /// plain text, because a mark between punctuation and a letter closes nothing.
    fn plain(&mut self, from: usize, words: &str) {
        let bytes = words.as_bytes();
        let (mut kept, mut at) = (0, 0);
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr3(b'*', b'_', b'~', rest)) {
            at += found;
            let mark = bytes.get(at).copied().unwrap_or(0);
            let len = bytes.iter().skip(at).take_while(|byte| **byte == mark).count();
            if mark == b'*' || len > 1 {
                self.line.plain(Span::<Raw>::of(from + kept..from + at));
                kept = at + len;
            }
            at += len;
        }
        self.line.plain(Span::of(from + kept..from + words.len()));
    }

    fn code(&mut self, words: &str, range: Range<usize>) {
        let raw = self.text.get(range.clone()).unwrap_or("");
        if let Some(found) = raw.find(words) {
            self.line.plain(Span::of(range.start + found..range.start + found + words.len()));
        }
    }

    fn finish_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.text(self.text).trim().is_empty() {
            self.lines.push(line);
        }
    }

    fn finish_block(&mut self) {
        self.finish_line();
        if self.lines.is_empty() {
            return;
        }
        let kind = match self.heading {
            Some(level) => Kind::Heading(level),
            None if self.items > 0 => Kind::Item,
            None if self.quotes > 0 => Kind::Quote,
            None => Kind::Paragraph,
        };
        self.out.push(Block::Text { kind, lines: std::mem::take(&mut self.lines) });
    }
}
