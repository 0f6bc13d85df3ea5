//! Who speaks, as written at the start of a line.
//!
//! Two steps. [`lead`] says what a line *could* begin with: a time, a label of at most 12 characters without sentence
//! punctuation, a colon (or brackets, a tab, a time behind it). Then the [`Census`] of the whole file decides which of
//! these are labels: `工作人员：` is one even if it stands once; `我跟你说：` never is; an unknown word is one where it
//! recurs, or where it looks like a name.

mod census;
mod header;
mod lead;
mod words;

pub(super) use census::{Census, addresses};
pub(super) use header::{Field as HeaderField, closing, header_field, section};
pub(super) use lead::{Kind, Lead, lead};
pub(super) use words::{are_voices, is_role};
