//! Files of one record after another, read piece by piece: how large the whole is does not matter.

use super::{Document, Format, ReadError, json_lines};
use crate::text::SourceText;
use crate::transcript::Note;
use std::io::{self, Read};

/// Bytes of a piece, unless a record is longer.
pub const PIECE: usize = 2 << 20;

/// Whole records of a file, as text, and where in the file they stand.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The records; it knows its place in the file.
    pub source: SourceText,
    /// What was wrong and put right.
    notes: Vec<Note>,
}

/// Cuts what `input` brings into pieces, each after the end of a record. The text is UTF-8.
#[derive(Debug)]
pub struct Pieces<R> {
    input: R,
    /// Where in some bytes the last whole record ends.
    ends: fn(&[u8]) -> Option<usize>,
    rest: Vec<u8>,
    start: u64,
    line: u32,
    ended: bool,
}

impl<R: Read> Pieces<R> {
    /// Of a file with a record a line.
    pub fn lines(input: R) -> Self {
        Pieces::new(input, |bytes| memchr::memrchr(b'\n', bytes).map(|at| at + 1))
    }

    /// Of a file whose records end where `ends` says; it is given bytes that begin with a record.
    pub fn new(input: R, ends: fn(&[u8]) -> Option<usize>) -> Self {
        Pieces { input, ends, rest: Vec::new(), start: 0, line: 0, ended: false }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// Where the input cannot be read, or a single record is over 4 GiB.
    pub fn next_piece(&mut self) -> io::Result<Option<Piece>> {
        let mut wanted = PIECE;
        let end = loop {
            self.fill(wanted)?;
            match (self.ends)(&self.rest) {
                _ if self.ended => break self.rest.len(),
                Some(end) if end > 0 => break end,
                _ if u32::try_from(wanted * 2).is_err() => return Err(io::ErrorKind::FileTooLarge.into()),
                _ => wanted *= 2,
            }
        };
        if end == 0 {
            return Ok(None);
        }
        let rest = self.rest.split_off(end);
        let bytes = std::mem::replace(&mut self.rest, rest);
        Ok(Some(self.piece(bytes)))
    }

    fn fill(&mut self, wanted: usize) -> io::Result<()> {
        let missing = wanted.saturating_sub(self.rest.len());
        let read = (&mut self.input).take(missing as u64).read_to_end(&mut self.rest)?;
        self.ended = self.ended || read < missing;
        Ok(())
    }

    fn piece(&mut self, bytes: Vec<u8>) -> Piece {
        let (text, damaged) = match String::from_utf8(bytes) {
            Ok(text) => (text, false),
            Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
        };
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) if self.start == 0 => rest.to_owned(),
            _ => text,
        };
        let source = SourceText::part(text, self.start, self.line);
        let notes = if damaged { vec![invalid(&source)] } else { Vec::new() };
        self.start += source.text().len() as u64;
        let breaks = u32::try_from(breaks(source.text().as_bytes())).unwrap_or(u32::MAX);
        self.line = self.line.saturating_add(breaks);
        Piece { source, notes }
    }
}

/// Line breaks, as the index of lines counts them.
fn breaks(bytes: &[u8]) -> usize {
    let ends = |i: &usize| bytes.get(*i) == Some(&b'\n') || bytes.get(i + 1) != Some(&b'\n');
    memchr::memchr2_iter(b'\n', b'\r', bytes).filter(ends).count()
}

/// The note that says where bytes were no text.
fn invalid(source: &SourceText) -> Note {
    let first = source.text().find('\u{fffd}').unwrap_or(0);
    let place = source.position(u32::try_from(first).unwrap_or(0));
    let count = source.text().matches('\u{fffd}').count();
    Note { code: "invalid-bytes", detail: format!("{}:{} ({count})", place.line, place.column) }
}

impl Piece {
    /// Whether a file that begins so holds wuxin's own conversations, one a line: each can be read by itself.
    pub fn is_own_lines(&self) -> bool {
        self.notes.is_empty() && json_lines::is_likely(&self.source) && json_lines::begins_own(&self.source)
    }
}

/// Reads the records of a piece; those that cannot be read are failures.
pub fn read_piece(piece: &Piece) -> Document {
    let found = json_lines::own_records(&piece.source);
    let (mut conversations, failures): (Vec<_>, Vec<_>) = (found.conversations, found.failures);
    if let Some(first) = conversations.first_mut() {
        first.notes.splice(0..0, piece.notes.iter().cloned());
    }
    let source = piece.source.clone();
    Document {
        source,
        format: Format::OwnLines,
        encoding: "UTF-8".to_owned(),
        conversations,
        failures,
        sites: None,
    }
}

/// The error of a record that is too large.
pub fn too_large(error: &io::Error) -> Option<ReadError> {
    (error.kind() == io::ErrorKind::FileTooLarge).then_some(ReadError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_hold_whole_lines_and_know_where_they_stand() {
        let line = format!("{}\r\n", "五心".repeat(100_000));
        let whole = format!("\u{feff}{}末", line.repeat(9));
        let text = whole.trim_start_matches('\u{feff}');
        let mut pieces = Pieces::lines(whole.as_bytes());
        let (mut at, mut count) = (0, 0);
        while let Some(piece) = pieces.next_piece().unwrap() {
            let here = piece.source.text();
            assert_eq!(piece.source.start(), at as u64);
            assert_eq!(&text[at..at + here.len()], here);
            assert_eq!(piece.source.position(0).line as usize, text[..at].matches('\n').count() + 1);
            assert!(here.ends_with(['\n', '末']));
            (at, count) = (at + here.len(), count + 1);
        }
        assert_eq!(at, text.len());
        assert!(count > 2, "{count}");
    }

    #[test]
    fn a_long_record_is_one_piece_and_bad_bytes_are_noted() {
        let mut bytes = "x".repeat(3 * PIECE).into_bytes();
        bytes.extend(b"\nab\xff\n");
        let mut pieces = Pieces::lines(bytes.as_slice());
        let first = pieces.next_piece().unwrap().unwrap();
        assert!(first.source.text().len() > 3 * PIECE);
        assert_eq!(first.notes[0].detail, "2:3 (1)");
        assert!(pieces.next_piece().unwrap().is_none());
    }
}
