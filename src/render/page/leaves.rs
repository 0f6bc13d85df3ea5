//! More conversations than one page can hold: a page each, and an index.

use super::digest::Digest;
use super::frame::Frame;
use super::{Message, Setting, escape, index, markup, side, wording};
use crate::render::{Rules, Style};
use crate::report::{Conversation, Report};
use std::io::{self, Write};

/// One page of one conversation.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Its file name.
    pub name: String,
    /// What is in it.
    pub page: String,
}

/// Sets a page for each conversation as it comes; it only remembers their figures. Each page knows its neighbours, so a
/// conversation's page is there when the next comes.
#[derive(Debug)]
pub struct Leaves<'a> {
    rules: &'a Rules,
    style: &'a Style,
    /// The index seen from the pages, and the pages' folder seen from the index.
    index: String,
    folder: String,
    waiting: Option<Conversation>,
    digests: Vec<Digest>,
}

impl<'a> Leaves<'a> {
    /// One page holds so many conversations.
    pub const ON_ONE_PAGE: usize = 200;

    /// `index`: the file name of the index; `folder`: the name of the folder beside it that holds the pages.
    pub fn new(rules: &'a Rules, style: &'a Style, index: &str, folder: &str) -> Self {
        let index = format!("../{}", markup::address(index));
        let folder = format!("{}/", markup::address(folder));
        Leaves { rules, style, index, folder, waiting: None, digests: Vec::new() }
    }

    /// Takes a conversation; the page of the one before it.
    pub fn add(&mut self, one: Conversation) -> Option<Leaf> {
        let before = self.waiting.take();
        let leaf = before.as_ref().map(|before| self.leaf(before, true));
        self.digests.push(Digest::of(&one, self.style));
        self.waiting = Some(one);
        leaf
    }

    /// The page of the last conversation.
    pub fn last(&mut self) -> Option<Leaf> {
        let last = self.waiting.take();
        last.as_ref().map(|last| self.leaf(last, false))
    }

    /// Writes the index. `report` says what is to be said of the whole run; its files are not looked at.
    pub fn index(&self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let set = Setting { rules: self.rules, style: self.style };
        out.write_all(index::index(report, &self.digests, &self.folder, set).as_bytes())
    }

    /// The page of the conversation that was counted last.
    fn leaf(&self, one: &Conversation, more: bool) -> Leaf {
        let number = self.digests.len();
        let set = Setting { rules: self.rules, style: self.style };
        let mut one = one.clone();
        // Seen from one folder deeper.
        one.audio = one.audio.map(|address| format!("../{address}"));
        let way = [
            (number > 1).then(|| (name(number - 1), "render.page.previous-talk")),
            Some((self.index.clone(), "render.page.index")),
            more.then(|| (name(number + 1), "render.page.next-talk")),
        ];
        let link = |(address, key)| format!("<a href=\"{address}\">{}</a>\n", set.word(key));
        let way: String = way.into_iter().flatten().map(link).collect();
        let title = Message::new("render.page.title-of").arg("name", wording::path(&one, self.style));
        let body = format!(
            "<nav class=\"way\" aria-label=\"{}\">\n{way}</nav>\n{}",
            set.word("render.page.way"),
            super::conversations(&[&one], set)
        );
        let data = side::data(&[&one]);
        let title = escape(&self.style.say(&title));
        Leaf { name: name(number), page: Frame { title: &title, body: &body, data: &data, set }.page() }
    }
}

/// `0001.html`
pub(super) fn name(number: usize) -> String {
    format!("{number:04}.html")
}
