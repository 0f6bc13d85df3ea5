//! JSON: which recogniser wrote it, by its keys.

use super::error::{Located, Place, ReadError, shown};
use super::format::Format;
use super::json::{self, Node, Value};
use super::{Found, json_lines, own, sniff};
use crate::text::SourceText;
use crate::transcript::Transcript;

/// What a value holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One conversation in wuxin's own form.
    Own,
    /// A list of them.
    OwnList,
    /// An object with `segments`, as Whisper writes it.
    Whisper,
    /// A bare list of segments.
    WhisperList,
    /// `transcription`.
    WhisperCpp,
    /// One FunASR result.
    FunAsr,
    /// A list of them.
    FunAsrList,
}

/// Reads a JSON file, of the stated format or of the one that its keys tell.
pub(super) fn read(source: &SourceText, name: &str, format: Option<Format>) -> Result<Found, ReadError> {
    let by_line = format == Some(Format::OwnLines) || sniff::extension(name) == Some(Format::OwnLines);
    if by_line && let Some(found) = json_lines::read(source, format) {
        return found;
    }
    match json::whole(source) {
        Ok(node) => document(&node, source, format),
        // Not one value: perhaps one a line.
        Err(error) => match json_lines::read(source, format) {
            Some(Ok(found)) if by_line || json_lines::is_likely(source) => Ok(found),
            _ => Err(error),
        },
    }
}

/// The shape of `node`; of a stated format, that format's.
pub(super) fn shape(node: &Node<'_>, format: Option<Format>) -> Option<Shape> {
    let list = node.items().is_some();
    match format {
        Some(Format::Own | Format::OwnLines) => Some(if list { Shape::OwnList } else { Shape::Own }),
        Some(Format::Whisper) => Some(if list { Shape::WhisperList } else { Shape::Whisper }),
        Some(Format::WhisperCpp) => Some(Shape::WhisperCpp),
        Some(Format::FunAsr) => Some(if list { Shape::FunAsrList } else { Shape::FunAsr }),
        _ => match node.items() {
            Some(items) => list_shape(items),
            None => object_shape(node),
        },
    }
}

fn object_shape(node: &Node<'_>) -> Option<Shape> {
    let list = |key| node.get(key).is_some_and(|value| value.items().is_some());
    if node.has("turns") {
        Some(Shape::Own)
    } else if list("transcription") {
        Some(Shape::WhisperCpp)
    } else if node.has("sentence_info") || node.has("stamp_sents") || node.has("is_final") {
        Some(Shape::FunAsr)
    } else if list("segments") {
        let funasr = node.has("duration_s") || node.has("key");
        Some(if funasr { Shape::FunAsr } else { Shape::Whisper })
    } else if node.has("text") && (node.has("key") || node.has("wav_name") || node.has("timestamp")) {
        Some(Shape::FunAsr)
    } else {
        None
    }
}

fn list_shape(items: &[Node<'_>]) -> Option<Shape> {
    let first = items.first()?;
    match object_shape(first) {
        Some(Shape::Own) => Some(Shape::OwnList),
        Some(Shape::FunAsr) => Some(Shape::FunAsrList),
        Some(_) => None,
        None if first.has("start") && first.has("end") && (first.has("text") || first.has("words")) => {
            Some(Shape::WhisperList)
        }
        None => None,
    }
}

fn document(node: &Node<'_>, source: &SourceText, format: Option<Format>) -> Result<Found, ReadError> {
    let blank = matches!(&node.value, Value::List(items) if items.is_empty());
    let Some(shape) = shape(node, format) else {
        return Err(if blank { ReadError::NoSpeech } else { unknown(node) });
    };
    match shape {
        Shape::Own => Found::one(
            Format::Own,
            own::conversation(node, source).map_err(|slip| slip.error(source))?,
        ),
        Shape::OwnList => many(Format::Own, node, source),
        _ => Err(unknown(node)),
    }
}

/// The error for JSON of no known shape: names its first keys.
pub(super) fn unknown(node: &Node<'_>) -> ReadError {
    let object = node.items().and_then(|items| items.first()).unwrap_or(node);
    let keys: Vec<String> = object
        .fields()
        .iter()
        .take(5)
        .map(|(key, _)| shown(&key.text(), 20))
        .collect();
    let keys = if keys.is_empty() {
        object.kind().to_owned()
    } else {
        keys.join(", ")
    };
    ReadError::UnknownShape { keys }
}

/// A list of conversations: those that cannot be read are failures.
fn many(format: Format, node: &Node<'_>, source: &SourceText) -> Result<Found, ReadError> {
    let mut found = Found {
        format,
        conversations: Vec::new(),
        failures: Vec::new(),
    };
    for (i, item) in node.items().unwrap_or(&[]).iter().enumerate() {
        let read =
            own::conversation(item, source).map_err(|slip| slip.under(format_args!("[{i}]")).error(source));
        let place = || Place {
            path: format!("[{i}]"),
            ..Place::at(source, item.span.start)
        };
        found.take(read, &(i + 1).to_string(), place);
    }
    found.or_first_failure()
}

impl Found {
    /// Adds a record as read: a conversation, or a failure at `place`.
    pub(super) fn take(
        &mut self,
        read: Result<Option<Transcript>, ReadError>,
        id: &str,
        place: impl FnOnce() -> Place,
    ) {
        match read.and_then(|conversation| conversation.ok_or(ReadError::NoSpeech)) {
            Ok(mut conversation) => {
                conversation.id.get_or_insert_with(|| id.to_owned());
                self.conversations.push(conversation);
            }
            Err(error) => {
                let place = error.place().cloned().unwrap_or_else(place);
                self.failures.push(Located { place, error });
            }
        }
    }

    /// The whole is an error where not one record could be read.
    pub(super) fn or_first_failure(self) -> Result<Self, ReadError> {
        match self.failures.first() {
            Some(first) if self.conversations.is_empty() => Err(first.error.clone()),
            None if self.conversations.is_empty() => Err(ReadError::NoSpeech),
            _ => Ok(self),
        }
    }
}
