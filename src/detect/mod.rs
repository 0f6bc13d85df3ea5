//! What is heard in a turn, blind to who speaks: banned phrases, parts of approved ones, situations, and what may
//! excuse a hit. Each hit points into the turn's text and says how it was heard and how sure that is.

mod account;
mod align;
mod bench;
mod block;
mod boundary;
mod callers;
mod common;
mod hear;
mod how;
mod index;
mod letters;
mod lexicon;
mod literals;
mod matching;
mod measure;
mod merge;
mod needs;
mod places;
mod plan;
mod probe;
mod program;
mod provenance;
mod recall;
mod seeds;
mod spelling;
mod stands;
mod units;
mod words;

#[cfg(test)]
mod oracle;

pub use account::{Account, Candidacy, Fate};
pub use hear::{Detector, Heard, Hit};
pub use how::{How, HowSet};
pub use lexicon::Act;

/// A text with every character in the form in which it is compared (width, case, script, variants): for labels and
/// fingerprints, which must not know the normalised offsets.
pub fn fold_text(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// A character in the form in which it is compared.
pub fn fold_char(c: char) -> char {
    crate::normalize::fold(c)
}
