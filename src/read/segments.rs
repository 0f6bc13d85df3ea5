//! What the JSON of recognisers has in common: segments with times, words and perhaps a speaker.

use super::clock::{milliseconds, seconds};
use super::cut::Cut;
use super::json::{Node, Slip, Value};
use super::turns::{Turns, Who};
use crate::transcript::{Clock, TimedWord};

/// The unit of a recogniser's times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Seconds,
    Milliseconds,
}

impl Unit {
    /// The milliseconds in `field`; nothing where it is absent or no time.
    pub(super) fn of(self, node: &Node<'_>, field: &str) -> Option<u64> {
        let value = node.get(field)?.as_number()?;
        match self {
            Unit::Seconds => seconds(value),
            Unit::Milliseconds => milliseconds(value),
        }
    }

    /// The clock between two fields; nothing where the first is absent.
    pub(super) fn clock(self, node: &Node<'_>, start: &str, end: &str) -> Option<Clock> {
        let start = self.of(node, start)?;
        let end = self.of(node, end).unwrap_or(start).max(start);
        Some(Clock { start, end })
    }
}

/// The items of the list `field`.
///
/// # Errors
/// Where it is missing or no list.
pub(super) fn list<'n, 'a>(node: &'n Node<'a>, field: &'static str) -> Result<&'n [Node<'a>], Slip> {
    let value = node.get(field).ok_or_else(|| Slip::missing(node, field))?;
    value.items().ok_or_else(|| Slip::wrong(value, field, "array"))
}

/// The words in `field`: a string, or a list of strings.
///
/// # Errors
/// Where it is something else.
pub(super) fn words(node: &Node<'_>, field: &'static str) -> Result<Option<Cut>, Slip> {
    let Some(value) = node.get(field) else {
        return Ok(None);
    };
    let mut cut = Cut::default();
    match &value.value {
        Value::Text(text) => cut = text.cut(),
        Value::List(items) => {
            for item in items {
                let text = item.as_text().ok_or_else(|| Slip::wrong(item, field, "string"))?;
                cut.append(&text.cut());
            }
        }
        _ => return Err(Slip::wrong(value, field, "string")),
    }
    Ok(Some(cut))
}

/// The speaker in `field`: a string, or a whole number as a label. `""` and `?` name nobody.
///
/// # Errors
/// Where it is something else.
pub(super) fn label(node: &Node<'_>, field: &'static str) -> Result<Option<String>, Slip> {
    let Some(value) = node.get(field) else {
        return Ok(None);
    };
    let name = match &value.value {
        Value::Text(text) => text.text().trim().to_owned(),
        Value::Int(n) if *n >= 0 => n.to_string(),
        Value::Int(_) => String::new(),
        _ => return Err(Slip::wrong(value, field, "string | integer")),
    };
    Ok(Some(name).filter(|name| !name.is_empty() && name != "?"))
}

/// Says a segment; its clock runs through the conversation's watch, so that times that run backwards are noted.
pub(super) fn say(turns: &mut Turns<'_>, who: Who, cut: &Cut, words: &[TimedWord], at: u32) {
    let clock = who.clock.map(|clock| turns.clock(clock.start, Some(clock.end), at));
    turns.say(Who { clock, ..who }, cut, words);
}
