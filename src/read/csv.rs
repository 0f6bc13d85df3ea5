//! CSV and TSV: csv-core tells where a field ends, ours is where its words stand.

use super::cut::Cut;
use super::lines::offset;
use super::table::{Cell, Row, Table};
use crate::text::Span;
use csv_core::{ReadFieldResult, ReaderBuilder};

/// Whisper's own TSV quotes nothing.
const WHISPER: &str = "start\tend\ttext";

/// The rows of `text`.
///
/// # Errors
/// Where a quote is never closed: the byte at which it stands. In a TSV it is then taken to be one that is said.
pub(super) fn table(text: &str, delimiter: u8) -> Result<Table, usize> {
    match rows(text, delimiter, !text.starts_with(WHISPER)) {
        Err(_) if delimiter == b'\t' => rows(text, delimiter, false),
        found => found,
    }
}

fn rows(text: &str, delimiter: u8, quoting: bool) -> Result<Table, usize> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).quoting(quoting).build();
    let bytes = text.as_bytes();
    let (mut table, mut row) = (Table::default(), Row::default());
    let (mut at, mut column, mut field) = (0usize, 0u32, 0usize);
    let mut out = [0u8; 4096];
    loop {
        let (result, read, _) = reader.read_field(bytes.get(at..).unwrap_or_default(), &mut out);
        at += read;
        let end = match result {
            ReadFieldResult::OutputFull | ReadFieldResult::InputEmpty => continue,
            ReadFieldResult::End => return Ok(table),
            ReadFieldResult::Field { record_end } => record_end,
        };
        let words = words(text, field, at, delimiter, quoting)?;
        if column == 0 {
            row.at = offset(field);
        }
        if !words.is_empty() {
            row.cells.push(Cell { column, cut: words, time: None });
        }
        (field, column) = (at, column.saturating_add(1));
        if end {
            if !row.cells.is_empty() {
                table.rows.push(std::mem::take(&mut row));
            }
            (row, column) = (Row::default(), 0);
        }
    }
}

/// The words of the field that was read from byte `from` to byte `to`, what ends it included.
fn words(text: &str, from: usize, to: usize, delimiter: u8, quoting: bool) -> Result<Cut, usize> {
    let field = text.get(from..to).unwrap_or("");
    // The reader meets the LF of a CRLF, and blank lines, only with the next field.
    let start = from + field.len() - field.trim_start_matches(['\r', '\n']).len();
    let field = text.get(start..to).unwrap_or("");
    let mut cut = Cut::default();
    let Some(inner) = field.strip_prefix('"').filter(|_| quoting) else {
        let bare = field.strip_suffix(char::from(delimiter)).unwrap_or(field);
        let bare = bare.trim_end_matches(['\r', '\n']);
        cut.plain(Span::of(start..start + bare.len()));
        return Ok(cut);
    };
    quoted(&mut cut, inner, start + 1, delimiter).then_some(cut).ok_or(start)
}

/// The words of a field in quotes: `""` is one quote, and what follows the closing one stands as it is. Whether
/// there is a closing one.
fn quoted(cut: &mut Cut, inner: &str, start: usize, delimiter: u8) -> bool {
    let (mut kept, mut at) = (0, 0);
    while let Some(found) = inner.get(at..).and_then(|rest| rest.find('"')) {
        at += found;
        cut.plain(Span::of(start + kept..start + at));
        if inner.as_bytes().get(at + 1) == Some(&b'"') {
            cut.undone('"', Span::of(start + at..start + at + 2));
            at += 2;
            kept = at;
            continue;
        }
        let rest = inner.get(at + 1..).unwrap_or("");
        let bare = rest.strip_suffix(char::from(delimiter)).unwrap_or(rest).trim_end_matches(['\r', '\n']);
        cut.plain(Span::of(start + at + 1..start + at + 1 + bare.len()));
        return true;
    }
    false
}

/// What parts the fields: what the first lines hold most of.
pub(super) fn delimiter(text: &str) -> Option<u8> {
    let head: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(3).collect();
    let count = |mark: char| head.iter().map(|line| line.matches(mark).count()).max().unwrap_or(0);
    let counts = [(b'\t', count('\t')), (b',', count(',')), (b';', count(';'))];
    counts
        .into_iter()
        .max_by_key(|(mark, n)| (*n, *mark == b'\t'))
        .filter(|(_, n)| *n > 0)
        .map(|(mark, _)| mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let table = table(text, b',').unwrap();
        let row = |row: &Row| row.cells.iter().map(|cell| cell.cut.text(text).into_owned()).collect();
        table.rows.iter().map(row).collect()
    }

    #[test]
    fn fields_read_as_they_are_written() {
        assert_eq!(
            cells("角色,内容\r\n\r\n客服,\"您好，\"\"张\"\",\r\n请坐\"\r\n客户,好\n,\"a\"b\n"),
            [vec!["角色", "内容"], vec!["客服", "您好，\"张\",\r\n请坐"], vec!["客户", "好"], vec!["ab"]]
        );
        assert_eq!(cells("a,b,"), [["a", "b"]]);
        assert_eq!(table("a,\"b", b',').unwrap_err(), 2);
        assert_eq!(table("a\t\"b", b'\t').unwrap().rows[0].cells.len(), 2);
        assert_eq!(cells(""), [[""; 0]; 0]);
        assert_eq!(
            (delimiter("a\tb,c\n"), delimiter("角色;内容"), delimiter("您好")),
            (Some(b'\t'), Some(b';'), None)
        );
    }

    proptest::proptest! {
        /// What csv-core makes of a field is what the cut reads.
        #[test]
        fn the_cut_agrees_with_the_library(text in "[a客\",\r\n ]{0,24}") {
            let mut reader = ReaderBuilder::new().build();
            let (mut at, mut all, mut out) = (0, Vec::new(), [0u8; 256]);
            let (mut field, mut len) = (Vec::new(), 0);
            loop {
                let (result, read, wrote) = reader.read_field(&text.as_bytes()[at..], &mut out);
                (at, len) = (at + read, len + wrote);
                field.extend_from_slice(&out[..wrote]);
                match result {
                    ReadFieldResult::End => break,
                    ReadFieldResult::Field { .. } => {
                        all.push(String::from_utf8(std::mem::take(&mut field)).unwrap());
                    }
                    _ => {}
                }
            }
            all.retain(|field| !field.is_empty());
            if table(&text, b',').is_ok() {
                let ours: Vec<String> = cells(&text).into_iter().flatten().collect();
                proptest::prop_assert_eq!(ours, all);
            }
        }
    }
}
