//! JSON: which recogniser wrote it, by its keys.

use super::error::{Located, Place, Places, ReadError, shown};
use super::format::Format;
use super::json::{self, Node, Slip, Value};
use super::{Found, funasr, json_lines, own, sniff, vendor, whisper, whisper_cpp};
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
    /// An answer of a recognition service, or a list of them.
    Vendor(Format),
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
        Some(format) if vendor::knows(format) => Some(Shape::Vendor(format)),
        _ => {
            let shape = node.items().map_or_else(|| object_shape(node), list_shape);
            shape.or_else(|| vendor::told(node).map(Shape::Vendor))
        }
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
    } else if node.get("segments").and_then(Node::items).is_some_and(are_segments) {
        let funasr = node.has("duration_s") || node.has("key");
        Some(if funasr { Shape::FunAsr } else { Shape::Whisper })
    } else if node.has("text") && (node.has("key") || node.has("wav_name") || node.has("timestamp")) {
        Some(Shape::FunAsr)
    } else {
        None
    }
}

/// Whether these are segments with words, as far as the first one tells.
fn are_segments(items: &[Node<'_>]) -> bool {
    items.first().is_none_or(|first| first.has("text") || first.has("words"))
}

fn list_shape(items: &[Node<'_>]) -> Option<Shape> {
    let first = items.first()?;
    match object_shape(first) {
        Some(Shape::Own) => Some(Shape::OwnList),
        Some(Shape::FunAsr) => Some(Shape::FunAsrList),
        Some(_) => None,
        None if is_sentence(first) => Some(Shape::FunAsrList),
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
    let one = |format, read: Result<Option<Transcript>, Slip>| {
        Found::one(format, read.map_err(|slip| slip.error(&mut Places::new(source)))?)
    };
    match shape {
        Shape::Own => one(Format::Own, own::conversation(node, source)),
        Shape::OwnList => many(node, source),
        Shape::Whisper | Shape::WhisperList => one(Format::Whisper, whisper::conversation(node, source)),
        Shape::WhisperCpp => one(Format::WhisperCpp, whisper_cpp::conversation(node, source)),
        Shape::FunAsr | Shape::FunAsrList => recordings(node, source),
        Shape::Vendor(format) => vendor::read(node, source, format),
    }
}

/// The error for JSON of no known shape: names its first keys.
pub(super) fn unknown(node: &Node<'_>) -> ReadError {
    let object = node.items().and_then(|items| items.first()).unwrap_or(node);
    let keys: Vec<String> = object.fields().iter().take(5).map(|(key, _)| shown(&key.text(), 20)).collect();
    let keys = if keys.is_empty() { object.kind().to_owned() } else { keys.join(", ") };
    ReadError::UnknownShape { keys }
}

/// A list of conversations in wuxin's own form: those that cannot be read are failures.
fn many(node: &Node<'_>, source: &SourceText) -> Result<Found, ReadError> {
    let mut found = Found { format: Format::Own, conversations: Vec::new(), failures: Vec::new() };
    let mut places = Places::new(source);
    for (i, item) in node.items().unwrap_or(&[]).iter().enumerate() {
        let read = own::conversation(item, source);
        let read = read.map_err(|slip| slip.under(format_args!("[{i}]")).error(&mut places));
        let place = || Place { path: format!("[{i}]"), ..places.at(item.span.start) };
        found.take(read, &(i + 1).to_string(), place);
    }
    found.or_first_failure()
}

/// A FunASR result, or a list of them: a recording that cannot be read is a failure.
fn recordings(node: &Node<'_>, source: &SourceText) -> Result<Found, ReadError> {
    let mut results = funasr::Results::new(source, false);
    let (mut failures, mut places) = (Vec::new(), Places::new(source));
    let mut failed = |slip: Slip| failures.push(Located::from(slip.error(&mut places)));
    match node.items() {
        Some(items) if items.first().is_some_and(is_sentence) => {
            results.sentences(items).unwrap_or_else(&mut failed);
        }
        Some(items) => {
            for (i, item) in items.iter().enumerate() {
                results.add(item).unwrap_or_else(|slip| failed(slip.under(format_args!("[{i}]"))));
            }
        }
        None => results.add(node).unwrap_or_else(&mut failed),
    }
    let mut found = Found { format: Format::FunAsr, conversations: Vec::new(), failures };
    found.take_recordings(results);
    found.or_first_failure()
}

/// Whether it is an item of `sentence_info` that somebody saved by itself.
fn is_sentence(node: &Node<'_>) -> bool {
    node.has("start") && !node.has("key") && (node.has("spk") || node.has("sentence"))
}

impl From<ReadError> for Located<ReadError> {
    fn from(error: ReadError) -> Self {
        Located { place: error.place().cloned().unwrap_or_default(), error }
    }
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

    /// Adds recordings; one in which nobody speaks is a failure.
    pub(super) fn take_recordings(&mut self, results: funasr::Results<'_>) {
        let (conversations, silent) = results.finish();
        self.conversations.extend(conversations);
        for id in silent {
            let place = Place { path: shown(&id, 80), ..Place::default() };
            self.failures.push(Located { place, error: ReadError::NoSpeech });
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
