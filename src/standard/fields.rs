//! Reading one TOML file of a pack key by key, collecting every slip with a picture of its line.

use super::tree::{Table, Value};
use crate::diagnostic::{Label, Lang, Message, Picture, Severity};
use crate::text::{Raw, SourceText, Span};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use toml::de::DeTable;

/// One file of a pack and the slips found in the whole pack so far.
pub(super) struct PackFile<'s> {
    name: &'s str,
    content: Content<'s>,
    lang: Lang,
    slips: &'s RefCell<Vec<Picture>>,
}

/// A file as it is written, or as the build script parsed it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Content<'s> {
    Text(&'s str),
    Parsed(&'s [u8]),
}

impl Content<'_> {
    /// What pictures show. Only a text has pictures: a slip in what was parsed before makes the loader read the text.
    fn text(&self) -> &str {
        match self {
            Content::Text(text) => text,
            Content::Parsed(_) => "",
        }
    }
}

impl<'s> PackFile<'s> {
    pub(super) fn new(
        name: &'s str,
        content: Content<'s>,
        lang: Lang,
        slips: &'s RefCell<Vec<Picture>>,
    ) -> Self {
        PackFile { name, content, lang, slips }
    }

    /// The whole file; every syntax slip becomes a picture.
    pub(super) fn parse(&self) -> Table<'s> {
        match self.content {
            Content::Text(text) => self.parse_text(text),
            Content::Parsed(bytes) => postcard::from_bytes(bytes).unwrap_or_else(|error| {
                self.slip(0..0, &Message::new("pack.syntax").arg("what", error));
                Table::default()
            }),
        }
    }

    fn parse_text(&self, text: &'s str) -> Table<'s> {
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let message = Message::new("pack.syntax").arg("what", error.message());
            self.slip(error.span().unwrap_or(0..0), &message);
        }
        Table::of(table.into_inner())
    }

    /// Records a slip at `at` (bytes in the file).
    pub(super) fn slip(&self, at: Range<usize>, message: &Message) {
        let cure = Message { key: format!("{}.cure", message.key).into(), args: message.args.clone() };
        self.slips.borrow_mut().push(Picture {
            name: self.name.to_owned(),
            source: SourceText::new(self.content.text().to_owned()),
            code: "pack".to_owned(),
            severity: Severity::Error,
            message: message.words(self.lang),
            help: cure.words(self.lang),
            labels: vec![Label { span: Span::<Raw>::of(at), text: String::new(), primary: true }],
        });
    }
}

/// The keys of one table; [`Fields::finish`] reports those that nothing asked for.
pub(super) struct Fields<'f, 'i> {
    pub(super) file: &'f PackFile<'f>,
    pub(super) span: Range<usize>,
    table: &'f Table<'i>,
    asked: RefCell<Vec<&'static str>>,
}

/// A string of the file and where it stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

impl<'f, 'i> Fields<'f, 'i> {
    /// The keys of the file itself.
    pub(super) fn root(file: &'f PackFile<'f>, table: &'f Table<'i>) -> Self {
        Fields::new(file, table, 0..file.content.text().len())
    }

    fn new(file: &'f PackFile<'f>, table: &'f Table<'i>, span: Range<usize>) -> Self {
        Fields { file, span, table, asked: RefCell::default() }
    }

    fn get(&self, key: &'static str) -> Option<&'f Value<'i>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    fn wrong(&self, key: &str, value: &Value<'_>, wanted: &str) {
        let message = Message::new("pack.type").arg("key", key).arg("wanted", wanted);
        self.file.slip(value.span(), &message);
    }

    fn missing(&self, key: &str) {
        let head = self.span.start..self.span.end.min(self.span.start + 1);
        self.file.slip(head, &Message::new("pack.missing").arg("key", key));
    }

    /// Where a key's value stands; the table's head where it is missing.
    pub(super) fn place(&self, key: &str) -> Range<usize> {
        let head = self.span.start..self.span.end.min(self.span.start + 1);
        self.table.get(key).map_or(head, |value| value.span())
    }

    /// A list of tables that must not be empty.
    pub(super) fn required_tables(&self, key: &'static str) -> Vec<Fields<'f, 'i>> {
        if !self.table.contains_key(key) {
            self.missing(key);
        }
        self.tables(key)
    }

    /// Whether the key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// A string that may be absent.
    pub(super) fn text(&self, key: &'static str) -> Option<Text> {
        let value = self.get(key)?;
        match value.as_str() {
            Some(text) => Some(Text { text: text.to_owned(), span: value.span() }),
            None => {
                self.wrong(key, value, "string");
                None
            }
        }
    }

    /// A string that must be there and must not be empty.
    pub(super) fn required(&self, key: &'static str) -> Text {
        match self.text(key) {
            Some(text) if !text.text.trim().is_empty() => text,
            Some(text) => {
                self.file.slip(text.span.clone(), &Message::new("pack.empty").arg("key", key));
                text
            }
            None => {
                if !self.table.contains_key(key) {
                    self.missing(key);
                }
                Text::default()
            }
        }
    }

    /// An optional string, empty where absent.
    pub(super) fn string(&self, key: &'static str) -> String {
        self.text(key).map(|t| t.text).unwrap_or_default()
    }

    /// A number, integer or not.
    pub(super) fn number(&self, key: &'static str) -> Option<f64> {
        let value = self.get(key)?;
        let number = value.as_number();
        if number.is_none() {
            self.wrong(key, value, "number");
        }
        number
    }

    /// A whole number that must be there.
    pub(super) fn whole(&self, key: &'static str) -> u32 {
        match self.number(key) {
            Some(n) if n >= 0.0 && n.fract() == 0.0 => n as u32,
            Some(_) => {
                if let Some(value) = self.get(key) {
                    self.wrong(key, value, "integer");
                }
                0
            }
            None => {
                if !self.table.contains_key(key) {
                    self.missing(key);
                }
                0
            }
        }
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        let flag = value.as_bool();
        if flag.is_none() {
            self.wrong(key, value, "true / false");
        }
        flag
    }

    /// A list of strings; a single string counts as a list of one.
    pub(super) fn strings(&self, key: &'static str) -> Vec<Text> {
        self.items(key).into_iter().filter_map(|value| self.as_text(key, value)).collect()
    }

    fn as_text(&self, key: &str, value: &Value<'_>) -> Option<Text> {
        let Some(text) = value.as_str() else {
            self.wrong(key, value, "string");
            return None;
        };
        Some(Text { text: text.to_owned(), span: value.span() })
    }

    /// The values of a list, or a single value as a list of one.
    pub(super) fn items(&self, key: &'static str) -> Vec<&'f Value<'i>> {
        match self.get(key) {
            None => Vec::new(),
            Some(value) => match value.as_array() {
                Some(list) => list.iter().collect(),
                None => vec![value],
            },
        }
    }

    /// A sub-table that may be absent.
    pub(super) fn table(&self, key: &'static str) -> Option<Fields<'f, 'i>> {
        let value = self.get(key)?;
        self.as_table(key, value)
    }

    /// A sub-table that must be there.
    pub(super) fn required_table(&self, key: &'static str) -> Option<Fields<'f, 'i>> {
        if !self.table.contains_key(key) {
            self.missing(key);
        }
        self.table(key)
    }

    /// A list of tables (`[[key]]`).
    pub(super) fn tables(&self, key: &'static str) -> Vec<Fields<'f, 'i>> {
        self.items(key).into_iter().filter_map(|value| self.as_table(key, value)).collect()
    }

    /// One value as a table.
    pub(super) fn as_table(&self, key: &str, value: &'f Value<'i>) -> Option<Fields<'f, 'i>> {
        match value.as_table() {
            Some(table) => Some(Fields::new(self.file, table, value.span())),
            None => {
                self.wrong(key, value, "table");
                None
            }
        }
    }

    /// The keys as written, for tables whose keys are free (`[class]`, `[stage.greeting]`).
    pub(super) fn free_keys(&self) -> Vec<(String, Range<usize>, &'f Value<'i>)> {
        self.table.iter().map(|(key, value)| (key.text.to_string(), key.span(), value)).collect()
    }

    /// Reports every key that nothing asked for.
    pub(super) fn finish(&self) {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            if !asked.contains(&key.text.as_ref()) {
                let known = asked.iter().copied().collect::<BTreeSet<_>>();
                let known = known.into_iter().collect::<Vec<_>>().join(" ");
                let message = Message::new("pack.unknown-key").arg("key", &key.text).arg("known", known);
                self.file.slip(key.span(), &message);
            }
        }
    }
}
