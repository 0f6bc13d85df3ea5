//! `context.toml`.

use super::fields::{Fields, PackFile};
use super::model::{Context, ContextTable};
use super::samples::{patterns, samples};
use super::words::Words;

pub(super) fn context(file: &PackFile<'_>, words: &Words) -> Context {
    let table = file.parse();
    let fields = Fields::root(file, &table);
    let read = |key| one(&fields, key, words);
    let context = Context {
        cover: read("cover"),
        question: read("question"),
        comfort: read("comfort"),
        quoting: read("quoting"),
        no_quoting: read("no_quoting"),
        mention: read("mention"),
        remedy: read("remedy"),
        no_remedy: read("no_remedy"),
    };
    fields.finish();
    context
}

fn one(fields: &Fields<'_, '_>, key: &'static str, words: &Words) -> ContextTable {
    let Some(table) = fields.required_table(key) else { return ContextTable::default() };
    let (mut say, before) = (patterns(&table, "say", words), patterns(&table, "before", words));
    say.extend(before);
    let context = ContextTable {
        say,
        after: patterns(&table, "after", words),
        along: patterns(&table, "along", words),
        hits: samples(&table, "hits", true),
        passes: samples(&table, "passes", false),
    };
    table.finish();
    context
}
