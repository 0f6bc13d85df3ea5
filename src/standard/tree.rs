//! What a TOML file of a pack holds, before anything is asked of it. The build script makes the same of the built-in
//! pack (`src/build/pack.rs`), so that a start need not parse what every start parses.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Keys in order, each with its value.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Table<'t>(#[serde(borrow)] Vec<(Key<'t>, Value<'t>)>);

/// A key and where it stands.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Key<'t> {
    #[serde(borrow)]
    pub(crate) text: Cow<'t, str>,
    #[serde(skip)]
    at: Place,
}

/// A value and where it stands.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Value<'t> {
    #[serde(borrow)]
    pub(crate) what: What<'t>,
    #[serde(skip)]
    at: Place,
}

/// Bytes in the file. The built-in pack has none: a place is asked for only to show a slip, and then the text is read.
type Place = Range<u32>;

/// The kinds of values that packs use.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum What<'t> {
    Text(#[serde(borrow)] Cow<'t, str>),
    Number(f64),
    Flag(bool),
    List(#[serde(borrow)] Vec<Value<'t>>),
    Table(#[serde(borrow)] Table<'t>),
    /// Nothing that a pack uses: a time, say.
    Other,
}

impl<'t> Table<'t> {
    pub(crate) fn of(table: DeTable<'t>) -> Self {
        let key = |key: Spanned<Cow<'t, str>>| Key { at: place(key.span()), text: key.into_inner() };
        Table(table.into_iter().map(|(name, value)| (key(name), Value::of(value))).collect())
    }
}

/// What the loader asks; the build script only writes.
#[allow(dead_code, reason = "the build script shares this file")]
impl<'t> Table<'t> {
    pub(crate) fn get(&self, key: &str) -> Option<&Value<'t>> {
        self.iter().find(|(name, _)| name.text == key).map(|(_, value)| value)
    }

    pub(crate) fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &Key<'t>> {
        self.iter().map(|(key, _)| key)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &(Key<'t>, Value<'t>)> {
        self.0.iter()
    }
}

#[allow(dead_code, reason = "the build script shares this file")]
impl Key<'_> {
    pub(crate) fn span(&self) -> Range<usize> {
        self.at.start as usize..self.at.end as usize
    }
}

#[allow(dead_code, reason = "the build script shares this file")]
impl<'t> Value<'t> {
    pub(crate) fn span(&self) -> Range<usize> {
        self.at.start as usize..self.at.end as usize
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match &self.what {
            What::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_number(&self) -> Option<f64> {
        match self.what {
            What::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(crate) fn as_bool(&self) -> Option<bool> {
        match self.what {
            What::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    pub(crate) fn as_array(&self) -> Option<&[Value<'t>]> {
        match &self.what {
            What::List(list) => Some(list),
            _ => None,
        }
    }

    pub(crate) fn as_table(&self) -> Option<&Table<'t>> {
        match &self.what {
            What::Table(table) => Some(table),
            _ => None,
        }
    }
}

impl<'t> Value<'t> {
    fn of(value: Spanned<DeValue<'t>>) -> Self {
        let at = place(value.span());
        let number = |text: &str| text.replace('_', "").parse().map_or(What::Other, What::Number);
        let what = match value.into_inner() {
            DeValue::String(text) => What::Text(text),
            DeValue::Integer(n) => number(n.as_str()),
            DeValue::Float(n) => number(n.as_str()),
            DeValue::Boolean(flag) => What::Flag(flag),
            DeValue::Datetime(_) => What::Other,
            DeValue::Array(list) => What::List(list.into_iter().map(Value::of).collect()),
            DeValue::Table(table) => What::Table(Table::of(table)),
        };
        Value { what, at }
    }
}

fn place(at: Range<usize>) -> Place {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    byte(at.start)..byte(at.end)
}
