//! `situations.toml`.

use super::fields::{Fields, PackFile, Text};
use super::model::Situation;
use super::samples::{bilingual, examples, patterns, role_named};
use super::words::Words;
use crate::transcript::Role;

pub(super) fn situations(file: &PackFile<'_>, words: &Words) -> Vec<Situation> {
    let table = file.parse();
    let fields = Fields::root(file, &table);
    let list = fields.tables("situation").iter().map(|s| situation(s, words)).collect();
    fields.finish();
    list
}

/// `staff`, `visitor` or `either`.
fn from(fields: &Fields<'_, '_>, text: &Text) -> Vec<Role> {
    match text.text.as_str() {
        "either" => vec![Role::Staff, Role::Visitor],
        _ => role_named(fields, text).into_iter().collect(),
    }
}

fn situation(fields: &Fields<'_, '_>, words: &Words) -> Situation {
    let (hits, passes) = examples(fields);
    let situation = Situation {
        id: fields.required("id").text,
        title: bilingual(fields, "title", "title_en"),
        from: fields.strings("from").iter().flat_map(|t| from(fields, t)).collect(),
        say: patterns(fields, "say", words),
        unless: patterns(fields, "unless", words),
        hits,
        passes,
    };
    fields.finish();
    situation
}
