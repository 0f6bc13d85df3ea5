//! Bytes to transcripts: one file a format, told apart by what stands in it.
//!
//! [`read`] decodes a file, finds out its format and hands back its conversations. Every word of a turn maps to the
//! file: escapes, cue breaks and line breaks are gaps and opaque pieces of the turn's map, never edits of its text.
//!
//! What is wrong with a whole file is a [`ReadError`]; what is wrong with one record of many is a failure beside the
//! conversations that could be read; what could be put right is a note of the conversation.

pub mod about;
#[cfg(feature = "zip")]
pub mod archive;
mod ass;
mod chat;
mod clock;
mod csv;
mod cues;
mod cut;
mod eaf;
mod encoding;
mod error;
mod format;
mod funasr;
mod json;
mod json_lines;
mod labels;
mod lines;
mod lrc;
mod markdown;
mod markup;
#[cfg(feature = "office")]
mod office;
mod own;
pub mod records;
mod remarks;
pub mod rttm;
mod segments;
mod shapes;
#[cfg_attr(not(feature = "office"), allow(dead_code, reason = "only documents have places"))]
mod sites;
mod sniff;
mod srt;
mod stm;
mod table;
mod textgrid;
mod tiers;
mod turns;
mod txt;
#[cfg(any(feature = "office", feature = "zip"))]
mod unzip;
mod vendor;
mod vtt;
mod walk;
mod whisper;
mod whisper_cpp;
mod words;
mod xml;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;

pub use error::{Located, Place, ReadError};
pub use format::Format;
pub use sites::Sites;
pub use table::Columns;
pub use walk::{Verdict, head, looks_like_transcript, passed_over};

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

/// What the user says of how files are to be read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which columns of a table hold what.
    pub columns: Columns,
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
    /// Where the words stand, in a document without text bytes to point into: then `source` was made from it.
    pub sites: Option<Sites>,
}

/// Reads a file.
///
/// # Errors
/// Where the file is no text, over 4 GiB, broken, of no known shape, or holds no speech at all.
pub fn read(input: &Input<'_>) -> Result<Document, ReadError> {
    read_with(input, &Options::default())
}

/// The same, as the user says.
///
/// # Errors
/// As [`read`].
pub fn read_with(input: &Input<'_>, options: &Options) -> Result<Document, ReadError> {
    if input.bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if let Some(found) = package(input, options) {
        return found;
    }
    if let Some(kind) = sniff::foreign(input.bytes) {
        return Err(ReadError::Foreign { kind });
    }
    if rttm::is(input) {
        return Err(rttm::Rttm::read(input.bytes).err().unwrap_or(ReadError::NoWords));
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
    let mut found = dispatch(&source, input, guess, options)?;
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
    Ok(Document { source, format, encoding: decoded.name.to_owned(), conversations, failures, sites: None })
}

/// Reads a Word or spreadsheet file; nothing where it is none.
fn package(input: &Input<'_>, options: &Options) -> Option<Result<Document, ReadError>> {
    if let Some(error) = sniff::ole(input.bytes, input.name) {
        return Some(Err(error));
    }
    let named = input.format.or_else(|| sniff::extension(input.name)).filter(|format| format.is_package());
    if !input.bytes.starts_with(b"PK") {
        // Something else under that name: a text is read as one.
        let head = input.bytes.get(..input.bytes.len().min(walk::HEAD)).unwrap_or_default();
        let broken = input.format.is_some() || sniff::foreign(head).is_none() && head.contains(&0);
        return named.filter(|_| broken).map(|format| Err(ReadError::Package { kind: format.name() }));
    }
    document(input, named, options)
}

#[cfg(feature = "office")]
fn document(
    input: &Input<'_>,
    named: Option<Format>,
    options: &Options,
) -> Option<Result<Document, ReadError>> {
    let format = match office::kind(input.bytes) {
        Some(Ok(format)) => format,
        Some(Err(kind)) => return Some(Err(ReadError::Unsupported { kind })),
        None => return named.map(|format| Err(ReadError::Package { kind: format.name() })),
    };
    Some(office::read(input.bytes, format, &options.columns).and_then(
        |office::Office { made, mut conversations }| {
            let first = conversations.first_mut().ok_or(ReadError::NoSpeech)?;
            if input.format.is_none() {
                first.notes.splice(0..0, differs(input.name, format));
            }
            Ok(Document {
                source: SourceText::new(made.text),
                format,
                encoding: "UTF-8".to_owned(),
                conversations,
                failures: Vec::new(),
                sites: Some(made.sites),
            })
        },
    ))
}

#[cfg(not(feature = "office"))]
fn document(_: &Input<'_>, named: Option<Format>, _: &Options) -> Option<Result<Document, ReadError>> {
    named.map(|format| Err(ReadError::Unsupported { kind: format.name() }))
}

/// Whether a zip archive is a document itself.
#[cfg(feature = "zip")]
fn is_document(bytes: &[u8]) -> bool {
    #[cfg(feature = "office")]
    return office::kind(bytes).is_some();
    #[cfg(not(feature = "office"))]
    return {
        let _ = bytes;
        false
    };
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

fn dispatch(
    source: &SourceText,
    input: &Input<'_>,
    guess: sniff::Guess,
    options: &Options,
) -> Result<Found, ReadError> {
    let text = source.text();
    let format = match (input.format, guess) {
        (Some(format), _) if format.is_json() => return shapes::read(source, input.name, Some(format)),
        (None, sniff::Guess::Json) => return shapes::read(source, input.name, None),
        (Some(format), _) | (None, sniff::Guess::Is(format)) => format,
    };
    let conversation = match format {
        Format::Srt => srt::read(text)?,
        Format::Vtt => vtt::read(text)?,
        Format::Ass => ass::read(text)?,
        Format::Lrc => lrc::read(text)?,
        Format::TextGrid => textgrid::read(text)?,
        Format::Eaf => eaf::read(text)?,
        Format::Csv | Format::Tsv => return tables(text, format, options),
        Format::Markdown => markdown::read(text),
        Format::Chat => chat::read(text),
        Format::Stm => return stm::read(source),
        _ => txt::read(text),
    };
    Found::one(format, conversation)
}

/// Reads a table in a text.
fn tables(text: &str, format: Format, options: &Options) -> Result<Found, ReadError> {
    let delimiter = match format {
        Format::Tsv => b'\t',
        _ => csv::delimiter(text).filter(|mark| *mark != b'\t').unwrap_or(b','),
    };
    let open = |at| ReadError::Expected { kind: "CSV", place: xml::place(text, at), expected: "\"…\"" };
    let table = csv::table(text, delimiter).map_err(open)?;
    let conversations = table::read(text, &[table], &options.columns)?;
    if conversations.is_empty() {
        return Err(ReadError::NoSpeech);
    }
    Ok(Found { format, conversations, failures: Vec::new() })
}

/// A note where the extension names another format than the one found.
fn differs(name: &str, found: Format) -> Option<Note> {
    let named = sniff::extension(name)?;
    let same = named == found || named.is_json() && found.is_json();
    (!same).then(|| Note { code: "extension-differs", detail: found.name().to_owned() })
}
