//! A table for spreadsheets (RFC 4180), with a byte order mark, without which Excel would not see UTF-8. No cell can run:
//! what looks like a formula gets an apostrophe before it.

use super::columns::{Cell, Column, Row, is_like_a_formula, listed};
use super::{Rules, Style};
use crate::report::Conversation;
use ::csv::{Terminator, WriterBuilder};
use std::io::{self, Write};

pub(super) fn start(style: &Style, out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    rows([Column::ALL.map(|column| column.heading(style))], out)
}

pub(super) fn conversation(
    one: &Conversation,
    rules: &Rules,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let row = |finding| Row { one, finding, rules, style };
    let cells = |finding| Column::ALL.map(|column| plain(column.cell(&row(finding))));
    self::rows(listed(one, style).map(cells), out)
}

fn rows<const N: usize>(rows: impl IntoIterator<Item = [String; N]>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    for row in rows {
        writer.write_record(row)?;
    }
    writer.flush()
}

fn plain(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) if is_like_a_formula(&text) => format!("'{text}"),
        Cell::Text(text) => text,
    }
}
