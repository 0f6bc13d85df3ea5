//! Bytes to transcripts: one file a format, told apart by what stands in it.
//!
//! [`read`] decodes a file, finds out its format and hands back its conversations. Every word of a turn maps to the
//! file: escapes, cue breaks and line breaks are gaps and opaque pieces of the turn's map, never edits of its text.
//!
//! What is wrong with a whole file is a [`ReadError`]; what is wrong with one record of many is a failure beside the
//! conversations that could be read; what could be put right is a note of the conversation.

pub mod about;
mod chat;
mod clock;
mod cues;
mod cut;
mod encoding;
mod error;
mod format;
mod funasr;
mod json;
mod json_lines;
mod labels;
mod lines;
mod markdown;
mod markup;
mod own;
pub mod records;
mod remarks;
mod segments;
mod shapes;
mod sniff;
mod srt;
mod stm;
mod turns;
mod txt;
mod vendor;
mod vtt;
mod walk;
mod whisper;
mod whisper_cpp;
mod words;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;

pub use error::{Located, Place, ReadError};
pub use format::Format;
pub use walk::{HEAD, Verdict, looks_like_transcript};

use crate::text::SourceText;
use crate::transcript::{Note, Transcript};

/// A file to be read.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// What is in it.
    pub bytes: &'a [u8],
    /// Its path; the extension is a weak hint. `-` for standard input.
    pub name: &'a str,
    /// The format, where the user states it.
    pub format: Option<Format>,
}

/// A file as read.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text that the spans of all conversations point into.
    pub source: SourceText,
    /// What the file turned out to be.
    pub format: Format,
    /// The encoding it was decoded from, such as `UTF-8` or `GB18030`.
    pub encoding: String,
    /// The conversations, in order of the file; never empty unless there are failures.
    pub conversations: Vec<Transcript>,
    /// Records that could not be read, while the others could.
    pub failures: Vec<Located<ReadError>>,
}

/// Reads a file.
///
/// # Errors
/// Where the file is no text, over 4 GiB, broken, of no known shape, or holds no speech at all.
pub fn read(input: &Input<'_>) -> Result<Document, ReadError> {
    if input.bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if let Some(kind) = sniff::foreign(input.bytes) {
        return Err(ReadError::Foreign { kind });
    }
    let decoded = encoding::decode(input.bytes)?;
    if decoded.text.trim_start().is_empty() {
        return Err(ReadError::Empty);
    }
    if input.format.is_none()
        && let Some(kind) = sniff::unsupported(&decoded.text)
    {
        return Err(ReadError::Unsupported { kind });
    }
    let source = SourceText::new(decoded.text);
    let guess = sniff::guess(source.text(), input.name);
    let mut found = dispatch(&source, input, guess)?;
    let mut notes = decoded.notes;
    if input.format.is_none()
        && let Some(note) = differs(input.name, found.format)
    {
        notes.push(note);
    }
    if let Some(first) = found.conversations.first_mut() {
        first.notes.splice(0..0, notes);
    }
    let Found { format, conversations, failures } = found;
    Ok(Document { source, format, encoding: decoded.name.to_owned(), conversations, failures })
}

/// What a reader found.
struct Found {
    format: Format,
    conversations: Vec<Transcript>,
    failures: Vec<Located<ReadError>>,
}

impl Found {
    fn one(format: Format, conversation: Option<Transcript>) -> Result<Self, ReadError> {
        let conversation = conversation.ok_or(ReadError::NoSpeech)?;
        Ok(Found { format, conversations: vec![conversation], failures: Vec::new() })
    }
}

fn dispatch(source: &SourceText, input: &Input<'_>, guess: sniff::Guess) -> Result<Found, ReadError> {
    let text = source.text();
    let format = match (input.format, guess) {
        (Some(format), _) if format.is_json() => return shapes::read(source, input.name, Some(format)),
        (None, sniff::Guess::Json) => return shapes::read(source, input.name, None),
        (Some(format), _) | (None, sniff::Guess::Is(format)) => format,
    };
    let conversation = match format {
        Format::Srt => srt::read(text)?,
        Format::Vtt => vtt::read(text)?,
        Format::Markdown => markdown::read(text),
        Format::Chat => chat::read(text),
        Format::Stm => return stm::read(source),
        _ => txt::read(text),
    };
    Found::one(format, conversation)
}

/// A note where the extension names another format than the one found.
fn differs(name: &str, found: Format) -> Option<Note> {
    let named = sniff::extension(name)?;
    let same = named == found || named.is_json() && found.is_json();
    (!same).then(|| Note { code: "extension-differs", detail: found.name().to_owned() })
}
