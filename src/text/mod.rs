//! Places in text: typed spans, the maps between them, and the source they point into.
//!
//! Three texts are told apart by type: [`Raw`], the file as decoded to UTF-8 (without its byte order mark); [`Said`],
//! the text of one turn after the container's escapes are undone and its pieces are joined; [`Norm`], that text after
//! normalisation. All offsets are bytes, `u32`, so a text may hold 4 GiB at the most.

mod hex;
mod lines;
mod map;
mod source;
mod span;
mod word;

pub use hex::hex;
pub use lines::{LineIndex, Position};
pub use map::{MapBuilder, OffsetMap};
pub use source::SourceText;
pub use span::{Norm, Raw, Said, Span};
pub use word::is_word;
