//! JSON, one value a line. A line that cannot be read is a failure, and the rest goes on.

use super::error::{Places, ReadError};
use super::format::Format;
use super::json::{self, Node};
use super::lines::{lines, offset};
use super::shapes::{Shape, shape, unknown};
use super::{Found, funasr, own, vendor, whisper, whisper_cpp};
use crate::text::SourceText;
use crate::transcript::Transcript;

/// Reads every line that is not blank; nothing where no line is an object: then the file is not of that kind.
pub(super) fn read(source: &SourceText, format: Option<Format>) -> Option<Result<Found, ReadError>> {
    let text = source.text();
    let mut found = Found { format: Format::OwnLines, conversations: Vec::new(), failures: Vec::new() };
    let mut log = funasr::Results::new(source, true);
    let mut messages = vendor::Log::new(text);
    let (mut any, mut places) = (false, Places::new(source));
    for (i, (start, end)) in lines(text).enumerate() {
        if text.get(start..end).unwrap_or("").trim().is_empty() {
            continue;
        }
        let node = json::part(start..end, &mut places);
        any |= node.as_ref().is_ok_and(|node| !node.fields().is_empty());
        let read = match node.and_then(|node| record(&node, &mut places, format, (&mut log, &mut messages))) {
            Ok(Read::Conversation(conversation)) => Ok(*conversation),
            Ok(Read::Logged) => continue,
            Ok(Read::Answer(answer)) => {
                found.merge(answer, i + 1);
                continue;
            }
            Err(error) => Err(error),
        };
        found.take(read, &(i + 1).to_string(), || places.at(offset(start)));
    }
    if let Some((format, conversation)) = messages.finish() {
        if found.conversations.is_empty() {
            found.format = format;
        }
        found.conversations.extend(conversation);
    }
    let own = found.conversations.len();
    found.take_recordings(log);
    if own == 0 && !found.conversations.is_empty() {
        found.format = Format::FunAsr;
    }
    any.then(|| found.or_first_failure())
}

/// Whether the file, which is not one value, is meant to be one a line: two lines begin with `{`.
pub(super) fn is_likely(source: &SourceText) -> bool {
    let text = source.text();
    lines(text).filter(|(start, end)| text.get(*start..*end).unwrap_or("").starts_with('{')).take(2).count()
        == 2
}

/// Whether the first line that is not blank is a conversation in wuxin's own form.
pub(super) fn begins_own(source: &SourceText) -> bool {
    let text = source.text();
    let spoken =
        |(start, end): &(usize, usize)| text.get(*start..*end).is_some_and(|line| !line.trim().is_empty());
    let first = lines(text).find(spoken);
    let node = first.and_then(|(start, end)| json::part(start..end, &mut Places::new(source)).ok());
    node.is_some_and(|node| shape(&node, None) == Some(Shape::Own))
}

/// Reads lines of wuxin's own form: whole lines of a file that may go on before and after.
pub(super) fn own_records(source: &SourceText) -> Found {
    let text = source.text();
    let mut found = Found { format: Format::OwnLines, conversations: Vec::new(), failures: Vec::new() };
    let mut places = Places::new(source);
    for (i, (start, end)) in lines(text).enumerate() {
        if text.get(start..end).unwrap_or("").trim().is_empty() {
            continue;
        }
        let node = json::part(start..end, &mut places);
        let read = node.and_then(|node| match shape(&node, None) {
            Some(Shape::Own) => own::conversation(&node, source).map_err(|slip| slip.error(&mut places)),
            _ => Err(unknown(&node)),
        });
        let line = source.lines_before() as usize + i + 1;
        found.take(read, &line.to_string(), || places.at(offset(start)));
    }
    found
}

/// What a line held.
enum Read {
    /// A conversation of its own, if anybody speaks.
    Conversation(Box<Option<Transcript>>),
    /// A part of a recording.
    Logged,
    /// What a recognition service answers: perhaps several recordings.
    Answer(Found),
}

fn record(
    node: &Node<'_>,
    places: &mut Places<'_>,
    format: Option<Format>,
    (log, messages): (&mut funasr::Results<'_>, &mut vendor::Log<'_>),
) -> Result<Read, ReadError> {
    let source = places.source();
    if messages.take(node, format).map_err(|slip| slip.error(places))? {
        return Ok(Read::Logged);
    }
    let conversation = match shape(node, format) {
        Some(Shape::Own) => own::conversation(node, source),
        Some(Shape::Whisper) => whisper::conversation(node, source),
        Some(Shape::WhisperCpp) => whisper_cpp::conversation(node, source),
        Some(Shape::FunAsr) => {
            return log.add(node).map(|()| Read::Logged).map_err(|slip| slip.error(places));
        }
        Some(Shape::Vendor(format)) => return vendor::read(node, source, format).map(Read::Answer),
        _ => return Err(unknown(node)),
    };
    conversation.map(|found| Read::Conversation(Box::new(found))).map_err(|slip| slip.error(places))
}

impl Found {
    /// Adds what one line held; the file is of the format of its first line.
    fn merge(&mut self, answer: Found, line: usize) {
        if self.conversations.is_empty() {
            self.format = answer.format;
        }
        for mut conversation in answer.conversations {
            conversation.id.get_or_insert_with(|| line.to_string());
            self.conversations.push(conversation);
        }
        self.failures.extend(answer.failures);
    }
}
