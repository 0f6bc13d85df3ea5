//! Word documents: training scripts and minutes.
//!
//! Paragraphs are counted as they begin in `word/document.xml`, empty ones and those in tables and text boxes too;
//! deleted text, field codes and the second rendering that Word keeps for old programs are not read. A paragraph is a
//! line of the text made here, so line 12 is paragraph 12. The words go the way of Markdown: headings, lists and tables
//! mean the same ([`super::super::markdown`]).

use super::super::cut::Cut;
use super::super::error::ReadError;
use super::super::markdown::{Block, Kind, is_table, speaks, turns};
use super::super::remarks;
use super::super::sites::{Made, Site, broken};
use super::super::xml::{Node, Xml, attribute};
use super::package::Package;
use super::styles::Styles;
use crate::text::{Raw, Span};
use crate::transcript::Transcript;

const KIND: &str = "docx";
/// Paragraphs of a document: an empty one is six bytes, folded to next to nothing.
const PARAGRAPHS: usize = 2_000_000;

/// A document as text.
pub(in crate::read) struct Word {
    pub(in crate::read) made: Made,
    blocks: Vec<Block>,
    /// Comments to wuxin.
    remarks: Vec<Span<Raw>>,
}

impl Word {
    /// Takes a document apart.
    pub(in crate::read) fn open(bytes: &[u8]) -> Result<Self, ReadError> {
        let mut package = Package::open(bytes, KIND)?;
        let styles = Styles::read(&package.part("word/styles.xml")?.unwrap_or_default());
        let main = main_part(&mut package)?;
        let text = package.part(&main)?.ok_or(ReadError::Package { kind: KIND })?;
        let mut walker = Walker::new(&styles);
        walker.walk(&text)?;
        Ok(walker.finish())
    }

    /// Its conversation; nothing where nobody says a word.
    pub(in crate::read) fn conversation(&self) -> Option<Transcript> {
        let conversation = turns(&self.made.text, &self.blocks)?;
        Some(Transcript { remarks: self.remarks.clone(), ..conversation })
    }

    /// Whether there is labelled speech of people in it.
    pub(in crate::read) fn has_speech(&self) -> bool {
        speaks(&self.made.text, &self.blocks)
    }
}

/// Where the document stands in its package.
fn main_part(package: &mut Package<'_>) -> Result<String, ReadError> {
    const USUAL: &str = "word/document.xml";
    let relations = package.part("_rels/.rels")?.unwrap_or_default();
    let mut xml = Xml::new(&relations, KIND);
    loop {
        match xml.next()? {
            Node::Start(start)
                if attribute(&start, "Type").is_some_and(|t| t.ends_with("/officeDocument")) =>
            {
                let target = attribute(&start, "Target").unwrap_or_default();
                return Ok(target.trim_start_matches('/').to_owned());
            }
            Node::Eof => return Ok(USUAL.to_owned()),
            _ => {}
        }
    }
}

/// A paragraph.
struct Paragraph {
    words: String,
    kind: Kind,
}

/// What stands where, by the numbers of paragraphs from 0.
enum Part {
    Paragraph(usize),
    /// Rows of cells of paragraphs.
    Table(Vec<Vec<Vec<usize>>>),
}

struct Walker<'s> {
    styles: &'s Styles,
    /// Prefix of the names that matter, such as `w:`.
    prefix: String,
    paragraphs: Vec<Paragraph>,
    /// Those that are open, the innermost last: a text box stands inside a paragraph.
    open: Vec<usize>,
    parts: Vec<Part>,
    table: Option<Vec<Vec<Vec<usize>>>>,
    tables: u32,
    /// Elements deep inside something that is not read.
    mute: u32,
    /// Inside the words of a run.
    words: bool,
}

/// What is not read, at any depth: deletions, codes of fields, how characters sound, properties that hold old ones.
const MUTE: &[&str] =
    &["del", "moveFrom", "instrText", "delText", "rt", "pPrChange", "rPrChange", "tblPrChange"];

impl<'s> Walker<'s> {
    fn new(styles: &'s Styles) -> Self {
        Walker {
            styles,
            prefix: String::new(),
            paragraphs: Vec::new(),
            open: Vec::new(),
            parts: Vec::new(),
            table: None,
            tables: 0,
            mute: 0,
            words: false,
        }
    }

    fn walk(&mut self, text: &str) -> Result<(), ReadError> {
        let mut xml = Xml::new(text, KIND);
        let mut root = true;
        loop {
            match xml.next()? {
                Node::Start(start) => {
                    let name = start.name();
                    let name: &str = name.as_ref();
                    if root && !name.ends_with("document") {
                        return Err(ReadError::Package { kind: KIND });
                    }
                    if root {
                        name.trim_end_matches("document").clone_into(&mut self.prefix);
                        root = false;
                    }
                    let bare = name.strip_prefix(self.prefix.as_str()).unwrap_or("").to_owned();
                    let fallback = name.ends_with(":Fallback");
                    self.start(&bare, fallback, |key| attribute(&start, key));
                    if self.paragraphs.len() > PARAGRAPHS {
                        return Err(ReadError::TooMany { limit: PARAGRAPHS });
                    }
                }
                Node::End(_) if self.mute > 0 => self.mute -= 1,
                Node::End(name) => self.end(name.strip_prefix(self.prefix.as_str()).unwrap_or("")),
                Node::Text(range) if self.words => self.say(text.get(range).unwrap_or("")),
                Node::Char(c, _) if self.words => self.say(c.encode_utf8(&mut [0; 4])),
                Node::Eof if root => return Err(ReadError::Package { kind: KIND }),
                Node::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn start(&mut self, name: &str, fallback: bool, attribute: impl Fn(&str) -> Option<String>) {
        if self.mute > 0 || fallback || MUTE.contains(&name) {
            self.mute += 1;
            return;
        }
        match name {
            "p" => self.begin(),
            "tbl" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.table = Some(Vec::new());
                }
            }
            "tr" if self.tables == 1 => self.table.iter_mut().for_each(|table| table.push(Vec::new())),
            "tc" if self.tables == 1 => {
                let row = self.table.as_mut().and_then(|table| table.last_mut());
                row.into_iter().for_each(|row| row.push(Vec::new()));
            }
            "pStyle" => self.kind(self.styles.kind(&attribute("val").unwrap_or_default())),
            "outlineLvl" => self.kind(super::styles::outline(&attribute("val").unwrap_or_default())),
            "numPr" => self.kind(Some(Kind::Item)),
            "t" => self.words = true,
            "tab" | "ptab" if self.in_run(&attribute) => self.say("\t"),
            "br" | "cr" => self.say("\n"),
            "noBreakHyphen" => self.say("-"),
            _ => {}
        }
    }

    /// A tab that is said, not a stop of the ruler.
    fn in_run(&self, attribute: &impl Fn(&str) -> Option<String>) -> bool {
        attribute("pos").is_none()
    }

    fn begin(&mut self) {
        let number = self.paragraphs.len();
        self.paragraphs.push(Paragraph { words: String::new(), kind: Kind::Paragraph });
        self.open.push(number);
        let cell = self.table.as_mut().and_then(|table| table.last_mut()).and_then(|row| row.last_mut());
        match cell {
            Some(cell) => cell.push(number),
            None => self.parts.push(Part::Paragraph(number)),
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => {
                self.open.pop();
            }
            "t" => self.words = false,
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0
                    && let Some(table) = self.table.take()
                {
                    self.parts.push(Part::Table(table));
                }
            }
            _ => {}
        }
    }

    fn current(&mut self) -> Option<&mut Paragraph> {
        self.open.last().and_then(|number| self.paragraphs.get_mut(*number))
    }

    fn say(&mut self, words: &str) {
        if let Some(paragraph) = self.current() {
            paragraph.words.push_str(words);
        }
    }

    /// The first of its kinds that says something: a style, then what the paragraph has of its own.
    fn kind(&mut self, kind: Option<Kind>) {
        if let (Some(paragraph), Some(kind)) = (self.current(), kind)
            && paragraph.kind == Kind::Paragraph
        {
            paragraph.kind = kind;
        }
    }

    fn finish(self) -> Word {
        let mut made = Made::default();
        let mut spans = Vec::with_capacity(self.paragraphs.len());
        for (paragraph, number) in self.paragraphs.iter().zip(1..) {
            spans.push(made.words(&paragraph.words, Site::Paragraph(number)));
            made.line();
        }
        let mut out = Blocks {
            text: &made.text,
            paragraphs: &self.paragraphs,
            spans: &spans,
            blocks: Vec::new(),
            remarks: Vec::new(),
            apart: true,
        };
        for part in &self.parts {
            match part {
                Part::Paragraph(number) => out.paragraph(*number, false),
                Part::Table(rows) => out.table(rows),
            }
        }
        let (blocks, mut remarks) = (out.blocks, out.remarks);
        // A table may be looked at twice.
        remarks.sort_by_key(|remark| remark.start);
        remarks.dedup();
        Word { made, blocks, remarks }
    }
}

/// Paragraphs and tables as blocks.
struct Blocks<'a> {
    text: &'a str,
    paragraphs: &'a [Paragraph],
    spans: &'a [Span<Raw>],
    blocks: Vec<Block>,
    /// Comments to wuxin, which nobody says.
    remarks: Vec<Span<Raw>>,
    /// Whether the next paragraph does not go on with the one above.
    apart: bool,
}

impl Blocks<'_> {
    fn span(&self, number: usize) -> Span<Raw> {
        self.spans.get(number).copied().unwrap_or(Span::point(0))
    }

    /// Lines of the paragraph as a block of their own, or below those of the paragraph right above: who spoke there
    /// goes on. A blank one, a heading, a list item and a stage direction in brackets stand apart.
    fn paragraph(&mut self, number: usize, apart: bool) {
        let kind = self.paragraphs.get(number).map_or(Kind::Paragraph, |paragraph| paragraph.kind);
        let span = self.span(number);
        let before = self.remarks.len();
        let lines = self.said(number);
        if lines.is_empty() && self.remarks.len() > before {
            return;
        }
        let direction = is_direction(span.slice(self.text));
        let apart = apart || self.apart || kind != Kind::Paragraph || direction;
        self.apart = lines.is_empty() || direction;
        match self.blocks.last_mut() {
            _ if lines.is_empty() => {}
            Some(Block::Text { kind: Kind::Paragraph, lines: above }) if !apart => above.extend(lines),
            _ => self.blocks.push(Block::Text { kind, lines }),
        }
    }

    /// A table of who says what, or of what not to say; any other is a form whose cells hold paragraphs.
    fn table(&mut self, rows: &[Vec<Vec<usize>>]) {
        let mut rows_of: Vec<Vec<Cut>> =
            rows.iter().map(|row| row.iter().map(|cell| self.cell(cell)).collect()).collect();
        if rows_of.is_empty() {
            return;
        }
        let with_head = Block::Table { head: rows_of.remove(0), rows: rows_of };
        if is_table(self.text, &with_head) {
            return self.blocks.push(with_head);
        }
        let Block::Table { head, rows: mut all } = with_head else { return };
        let width = head.len();
        all.insert(0, head);
        let headless = Block::Table { head: vec![Cut::default(); width], rows: all };
        if is_table(self.text, &headless) {
            return self.blocks.push(headless);
        }
        for cell in rows.iter().flatten() {
            for (nth, number) in cell.iter().enumerate() {
                self.paragraph(*number, nth == 0);
            }
        }
        self.apart = true;
    }

    fn cell(&mut self, numbers: &[usize]) -> Cut {
        let mut all = Cut::default();
        for number in numbers {
            self.said(*number).iter().for_each(|line| all.append(line));
        }
        all
    }

    /// The lines of a paragraph without the comments in them, which are kept apart.
    fn said(&mut self, number: usize) -> Vec<Cut> {
        let mut out = Vec::new();
        for line in broken(self.text, self.span(number)) {
            let found = remarks::in_line(self.text, line.range());
            if found.is_empty() {
                out.push(cut(line));
                continue;
            }
            let starts = std::iter::once(line.start).chain(found.iter().map(|remark| remark.end));
            let ends = found.iter().map(|remark| remark.start).chain([line.end]);
            let mut words = Cut::default();
            starts.zip(ends).for_each(|(start, end)| words.plain(Span::new(start, end)));
            if !words.text(self.text).trim().is_empty() {
                out.push(words);
            }
            self.remarks.extend(found);
        }
        out
    }
}

fn cut(span: Span<Raw>) -> Cut {
    let mut cut = Cut::default();
    cut.plain(span);
    cut
}

/// `（来访人进门。）`
fn is_direction(words: &str) -> bool {
    let words = words.trim();
    words.starts_with(['（', '(']) && words.ends_with(['）', ')'])
}
