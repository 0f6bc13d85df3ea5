//! `roles.toml`.

use super::fields::{Fields, PackFile};
use super::model::{Telling, Tellings};
use super::samples::{examples, patterns};
use super::words::Words;

pub(super) fn tellings(file: &PackFile<'_>, words: &Words) -> Tellings {
    let table = file.parse();
    let fields = Fields::root(file, &table);
    let read = |key| one(&fields, key, words);
    let tellings = Tellings { staff: read("staff"), visitor: read("visitor") };
    fields.finish();
    tellings
}

fn one(fields: &Fields<'_, '_>, key: &'static str, words: &Words) -> Telling {
    let Some(table) = fields.required_table(key) else { return Telling::default() };
    let (hits, passes) = examples(&table);
    let read = |key| patterns(&table, key, words);
    let (strong, weak, only) = (read("strong"), read("weak"), read("only"));
    table.finish();
    Telling { strong, weak, only, hits, passes }
}
