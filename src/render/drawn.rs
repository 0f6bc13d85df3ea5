//! One conversation as bytes, made apart from its neighbours: threads draw, one writer puts the pieces together.

use super::{
    Format, Printer, card, checkstyle, concise, csv, full, github, gitlab, inspected, json, junit, rdjson,
    score,
};
use crate::report::Conversation;
use serde::{Deserialize, Serialize};
use std::io::{self, Write};

/// A conversation as one format has it, and what it asks of what stands around it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    text: String,
    around: Around,
}

/// What stands between two conversations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Around {
    /// Nothing.
    #[default]
    Bare,
    /// Pictures: a blank line before them and one behind.
    Roomy,
    /// More than a line, with a blank line behind it.
    Ended,
    /// A line that may stand right below another such line.
    Tight,
    /// Elements of a list.
    Listed,
}

impl Drawn {
    /// Bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing is to be written.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

impl Printer<'_> {
    /// Draws one conversation, whatever was written before it. [`Printer::put`] writes it.
    ///
    /// # Errors
    /// What is drawn fits into memory; a failure is one of the format's library.
    pub fn draw(&self, one: &Conversation) -> io::Result<Drawn> {
        match self.format {
            Format::Full => return Ok(self.picture(one)),
            Format::Json | Format::Jsonl => {
                return Ok(Drawn { text: json::line(one)?, around: Around::Bare });
            }
            _ => {}
        }
        let (mut out, mut begun) = (Vec::new(), false);
        self.bytes(one, &mut begun, &mut out)?;
        let around = if begun { Around::Listed } else { Around::Bare };
        let text = String::from_utf8(out).map_err(io::Error::other)?;
        Ok(Drawn { text, around })
    }

    /// Writes what was drawn. It remembers where a blank line or a comma is due.
    pub fn put(&mut self, drawn: &Drawn, out: &mut dyn Write) -> io::Result<()> {
        match drawn.around {
            Around::Roomy if self.tight => out.write_all(b"\n")?,
            Around::Listed if self.begun => out.write_all(b",")?,
            _ => {}
        }
        match drawn.around {
            Around::Bare => {}
            Around::Listed => self.begun = true,
            around => self.tight = around == Around::Tight,
        }
        out.write_all(drawn.text.as_bytes())
    }

    fn picture(&self, one: &Conversation) -> Drawn {
        let card = score::card(one, self.style);
        let drawn = full::findings(one, self.rules, self.style) + &inspected::inspected(one, self.style);
        let around = match (drawn.is_empty(), card.lines().count() > 1) {
            (false, _) => Around::Roomy,
            (true, true) => Around::Ended,
            (true, false) => Around::Tight,
        };
        let end = if around == Around::Tight { "" } else { "\n" };
        Drawn { text: drawn + &card + end, around }
    }

    /// `begun` is set by the formats that are lists.
    fn bytes(&self, one: &Conversation, begun: &mut bool, out: &mut Vec<u8>) -> io::Result<()> {
        let (rules, style) = (self.rules, self.style);
        match self.format {
            Format::Concise => {
                concise::conversation(one, rules, style, out)?;
                out.write_all(inspected::inspected(one, style).as_bytes())
            }
            Format::Github => github::conversation(one, rules, style, out),
            Format::Gitlab => gitlab::conversation(one, style, begun, out),
            Format::Junit => junit::conversation(one, rules, style, out),
            Format::Checkstyle => checkstyle::conversation(one, rules, style, out),
            Format::Rdjson => rdjson::conversation(one, rules, style, begun, out),
            Format::Csv => csv::conversation(one, rules, style, out),
            Format::Card => out.write_all(card::terminal(one, rules, style).as_bytes()),
            Format::Markdown => out.write_all(card::markdown(one, rules, style).as_bytes()),
            Format::Html => out.write_all(card::html(one, rules, style).as_bytes()),
            Format::Full | Format::Json | Format::Jsonl | Format::Sarif | Format::Digest | Format::Page => {
                Ok(())
            }
            #[cfg(feature = "xlsx")]
            Format::Xlsx => Ok(()),
        }
    }
}
