//! Word and spreadsheet files: zip archives of XML, without text bytes to point into.

mod docx;
mod ods;
mod package;
mod sheets;
mod styles;
mod xlsx;

use super::error::ReadError;
use super::format::Format;
use super::sites::Made;
use super::table::{self, Columns, Table};
use super::unzip::Zip;
use crate::transcript::Transcript;

/// A file as text and conversations.
pub(super) struct Office {
    pub(super) made: Made,
    pub(super) conversations: Vec<Transcript>,
}

/// What kind of zip archive it is; nothing where it is one of something else.
pub(super) fn kind(bytes: &[u8]) -> Option<Result<Format, &'static str>> {
    let mut zip = Zip::open(bytes).ok()?;
    if zip.find("xl/workbook.xml").is_some() {
        return Some(Ok(Format::Xlsx));
    }
    if zip.find("xl/workbook.bin").is_some() {
        return Some(Err("XLSB"));
    }
    if let Some(index) = zip.find("mimetype") {
        let kind = zip.bytes(index).ok()?;
        let opened = kind.strip_prefix(b"application/vnd.oasis.opendocument.")?;
        return Some(if opened.starts_with(b"spreadsheet") { Ok(Format::Ods) } else { Err("OpenDocument") });
    }
    if zip.find("ppt/presentation.xml").is_some() {
        return Some(Err("PPTX"));
    }
    let types = zip.find("[Content_Types].xml")?;
    let types = zip.bytes(types).ok()?;
    let word = memchr::memmem::find(&types, b"wordprocessingml.document.main").is_some();
    word.then_some(Ok(Format::Docx))
}

/// Reads a file of that kind.
pub(super) fn read(bytes: &[u8], format: Format, columns: &Columns) -> Result<Office, ReadError> {
    if format == Format::Docx {
        let word = docx::Word::open(bytes)?;
        let conversations = word.conversation().into_iter().collect();
        return Ok(Office { made: word.made, conversations });
    }
    let (made, tables) = tables(bytes, format)?;
    let conversations = table::read(&made.text, &tables, columns)?;
    Ok(Office { made, conversations })
}

fn tables(bytes: &[u8], format: Format) -> Result<(Made, Vec<Table>), ReadError> {
    if format == Format::Ods { ods::tables(bytes) } else { xlsx::tables(bytes) }
}

/// Whether there is speech in it: what a walk asks of a document. Where it cannot be opened, reading it says why.
pub(super) fn has_speech(bytes: &[u8], format: Format) -> bool {
    match format {
        Format::Docx => docx::Word::open(bytes).map_or(true, |word| word.has_speech()),
        _ => tables(bytes, format)
            .map_or(true, |(made, tables)| tables.iter().any(|one| table::is_known(&made.text, one))),
    }
}
