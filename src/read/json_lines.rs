//! JSON, one value a line. A line that cannot be read is a failure, and the rest goes on.

use super::error::{Place, ReadError};
use super::format::Format;
use super::json::{Node, Scanner};
use super::lines::{lines, offset};
use super::shapes::{Shape, shape, unknown};
use super::{Found, own};
use crate::text::SourceText;
use crate::transcript::Transcript;

/// Reads every line that is not blank; nothing where the file is not of that kind: its first line ends inside a value,
/// and no other line is one.
pub(super) fn read(source: &SourceText, format: Option<Format>) -> Option<Result<Found, ReadError>> {
    let text = source.text();
    let mut found = Found {
        format: Format::OwnLines,
        conversations: Vec::new(),
        failures: Vec::new(),
    };
    let mut any = false;
    for (i, (start, end)) in lines(text).enumerate() {
        if text.get(start..end).unwrap_or("").trim().is_empty() {
            continue;
        }
        let mut scanner = Scanner::new(text, start..end);
        let node = scanner
            .value()
            .and_then(|node| scanner.end().map(|()| node))
            .map_err(|fault| fault.error(source));
        any |= node.as_ref().is_ok_and(|node| !node.fields().is_empty());
        let read = node.and_then(|node| record(&node, source, format));
        found.take(read, &(i + 1).to_string(), || Place::at(source, offset(start)));
    }
    any.then(|| found.or_first_failure())
}

/// Whether the file, which is not one value, is meant to be one a line: two lines begin with `{`.
pub(super) fn is_likely(source: &SourceText) -> bool {
    let text = source.text();
    lines(text)
        .filter(|(start, end)| text.get(*start..*end).unwrap_or("").starts_with('{'))
        .take(2)
        .count()
        == 2
}

fn record(
    node: &Node<'_>,
    source: &SourceText,
    format: Option<Format>,
) -> Result<Option<Transcript>, ReadError> {
    match shape(node, format) {
        Some(Shape::Own) => own::conversation(node, source).map_err(|slip| slip.error(source)),
        _ => Err(unknown(node)),
    }
}
