//! The contract's JSON. The shapes are those of `report`; here they only become bytes.

use super::compact;
use crate::diagnostic::steers;
use crate::report::{Conversation, Report};
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};
use std::io::{self, Write};

/// Bytes of a usual conversation.
const LINE: usize = 16 << 10;

/// One document, indented.
pub(super) fn document(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    if report.files.iter().any(|one| one.source.start() > 0) {
        let files = report.files.iter().map(|one| one.in_whole_file().into_owned()).collect();
        return write(&Report { files, ..report.clone() }, Visible(PrettyFormatter::new()), out);
    }
    write(report, Visible(PrettyFormatter::new()), out)
}

/// One conversation on one line.
pub(super) fn line(one: &Conversation) -> io::Result<String> {
    let mut out = String::with_capacity(LINE);
    compact::write(one.in_whole_file().as_ref(), &mut out)?;
    out.push('\n');
    Ok(out)
}

/// Any value, on one line.
pub(super) fn visible(value: &(impl Serialize + ?Sized)) -> Result<String, serde_json::Error> {
    let mut out = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut out, Visible(CompactFormatter)))?;
    String::from_utf8(out).map_err(serde::ser::Error::custom)
}

/// One element of a list that is being written, on a line of its own.
pub(super) fn element(value: &impl Serialize, begun: &mut bool, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(if std::mem::replace(begun, true) { b",\n" } else { b"\n" })?;
    value.serialize(&mut Serializer::with_formatter(&mut *out, Visible(CompactFormatter)))?;
    Ok(())
}

/// Any document of another format, indented.
pub(super) fn pretty(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    write(value, Visible(PrettyFormatter::new()), out)
}

fn write<W: Write + ?Sized>(
    value: &impl Serialize,
    formatter: impl Formatter,
    out: &mut W,
) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, formatter))?;
    out.write_all(b"\n")
}

/// Escapes in strings, besides what JSON demands, the characters that would steer a terminal: the value is the same.
struct Visible<F>(F);

macro_rules! pass_on {
    ($($name:ident($($arg:ident: $type:ty),*);)*) => {$(
        fn $name<W: ?Sized + Write>(&mut self, out: &mut W $(, $arg: $type)*) -> io::Result<()> {
            self.0.$name(out $(, $arg)*)
        }
    )*};
}

impl<F: Formatter> Formatter for Visible<F> {
    pass_on! {
        begin_array(); end_array(); begin_array_value(first: bool); end_array_value();
        begin_object(); end_object(); begin_object_key(first: bool); end_object_key();
        begin_object_value(); end_object_value();
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut plain = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| steers(*c)) {
            out.write_all(fragment.as_bytes().get(plain..at).unwrap_or_default())?;
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(out, "\\u{unit:04x}")?;
            }
            plain = at + c.len_utf8();
        }
        out.write_all(fragment.as_bytes().get(plain..).unwrap_or_default())
    }
}
