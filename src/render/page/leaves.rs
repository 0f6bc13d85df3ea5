//! More conversations than one page can hold: a page each, and an index.

use super::super::{Style, uri};
use super::digest::Digest;
use super::frame::Frame;
use super::{Message, Setting, escape, index, side, wording};
use crate::report::{Conversation, Report};
use std::io::{self, Write};

/// One page holds so many conversations.
pub const ON_ONE_PAGE: usize = 200;

/// Where an index and its pages are.
#[derive(Clone, Debug)]
pub struct Shelf {
    /// The file name of the index.
    pub index: String,
    /// The name of the folder beside it that holds the pages.
    pub folder: String,
}

/// Hands every conversation's page to `leaf` by its file name, then writes the index.
pub fn pages(
    report: &Report,
    shelf: &Shelf,
    style: &Style,
    leaf: &mut dyn FnMut(&str, &str) -> io::Result<()>,
    out: &mut dyn Write,
) -> io::Result<()> {
    // Pages are one folder deeper.
    let links = format!("../{}", report.links);
    let set = Setting { rules: &report.rules, style, links: &links };
    for (one, number) in report.files.iter().zip(1..) {
        leaf(&name(number), &page(report, shelf, one, number, set))?;
    }
    let digests: Vec<Digest> = report.files.iter().map(|one| Digest::of(one, style)).collect();
    let folder = format!("{}/", uri::encode(&shelf.folder));
    out.write_all(index::index(report, &digests, &folder, set).as_bytes())
}

fn page(report: &Report, shelf: &Shelf, one: &Conversation, number: usize, set: Setting<'_>) -> String {
    let way = [
        (number > 1).then(|| (name(number - 1), "render.page.previous-talk")),
        Some((format!("../{}", uri::encode(&shelf.index)), "render.page.index")),
        (number < report.files.len()).then(|| (name(number + 1), "render.page.next-talk")),
    ];
    let link = |(address, key)| format!("<a href=\"{address}\">{}</a>\n", set.word(key));
    let way: String = way.into_iter().flatten().map(link).collect();
    let title = Message::new("render.page.title-of").arg("name", wording::path(one, set.style));
    let body = format!(
        "<nav class=\"way\" aria-label=\"{}\">\n{way}</nav>\n{}",
        set.word("render.page.way"),
        super::conversations(&[one], set)
    );
    Frame { title: &escape(&set.style.say(&title)), body: &body, data: &side::data(&[one]), set }.page()
}

/// `0001.html`
pub(super) fn name(number: usize) -> String {
    format!("{number:04}.html")
}
