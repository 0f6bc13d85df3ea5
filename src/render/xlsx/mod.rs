//! A workbook for auditors: the sums, the findings with columns for the reviewer's verdict, then scores, rules and staff.
//!
//! Everything said is written as text, never as a formula; the document's times are constant, so that the same report
//! gives the same bytes.

mod findings;
mod grid;
mod look;
mod sheets;

use super::Style;
use crate::report::Report;
use look::Looks;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::io::{self, Write};

/// What a sheet may hold. Tests make it small.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Rows, the heading among them.
    pub(super) rows: u32,
    /// Links.
    pub(super) links: usize,
}

/// Excel's own.
const EXCEL: Limits = Limits { rows: 1_048_576, links: 65_530 };

pub(super) fn document(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&workbook(report, style, EXCEL).map_err(io::Error::other)?)
}

pub(super) fn workbook(report: &Report, style: &Style, limits: Limits) -> Result<Vec<u8>, XlsxError> {
    let made = ExcelDateTime::from_ymd(2019, 1, 1)?;
    let standard = &report.tool.standard;
    let about = DocProperties::new()
        .set_title("wuxin")
        .set_subject(format!("{} {}", standard.title, standard.number))
        .set_creation_datetime(&made);
    let looks = Looks::new();
    let paper = Paper { report, style, looks: &looks, limits };
    let mut book = Workbook::new();
    book.set_properties(&about);
    book.push_worksheet(sheets::summary(&paper)?);
    for sheet in findings::sheets(&paper)? {
        book.push_worksheet(sheet);
    }
    let tables = [sheets::conversations, sheets::rules, sheets::staff, sheets::errors];
    for table in tables {
        for sheet in table(&paper)? {
            book.push_worksheet(sheet);
        }
    }
    book.save_to_buffer()
}

/// What every sheet is made from.
#[derive(Clone, Copy)]
struct Paper<'a> {
    report: &'a Report,
    style: &'a Style,
    looks: &'a Looks,
    limits: Limits,
}
