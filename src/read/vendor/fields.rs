//! What the JSON of recognition services has in common: sentences with times, a speaker, a channel, words.

use super::super::clock::milliseconds;
use super::super::json::{Node, Slip};
use super::super::segments::{label, words};
use super::super::words::locate;
use super::recording::Utterance;
use crate::text::Span;
use crate::transcript::{Clock, Role, TimedWord};

/// Milliseconds.
pub(super) const MS: f64 = 1.0;
/// Seconds, in milliseconds.
pub(super) const SECONDS: f64 = 1000.0;

/// Which fields hold a time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    /// When it begins.
    pub(super) start: &'static str,
    /// When it ends, or how long it is.
    pub(super) end: &'static str,
    /// Whether `end` is a length.
    pub(super) length: bool,
    /// The unit, in milliseconds.
    pub(super) unit: f64,
}

impl Times {
    /// Two points in time, in milliseconds.
    pub(super) const fn ms(start: &'static str, end: &'static str) -> Self {
        Times { start, end, length: false, unit: MS }
    }

    /// The clock; nothing where there is no start. Where no end is known it equals the start.
    pub(super) fn of(self, node: &Node<'_>) -> Option<Clock> {
        let start = time(node, self.start, self.unit)?;
        let end = time(node, self.end, self.unit);
        let end = if self.length { end.map(|len| start.saturating_add(len)) } else { end };
        Some(Clock { start, end: end.unwrap_or(start).max(start) })
    }
}

/// Which fields make a sentence. An empty name is a field that the service does not write.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys {
    pub(super) text: &'static str,
    pub(super) times: Times,
    pub(super) speaker: &'static str,
    pub(super) channel: &'static str,
    pub(super) words: Option<WordKeys>,
}

/// Which fields make its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct WordKeys {
    pub(super) list: &'static str,
    pub(super) text: &'static str,
    pub(super) times: Times,
    /// Whether their times count from the start of the sentence.
    pub(super) relative: bool,
}

impl Keys {
    /// The sentence that `node` is; `source` is what it was parsed from.
    ///
    /// # Errors
    /// Where the words are missing, or a field is not of its type.
    pub(super) fn utterance(&self, node: &Node<'_>, source: &str) -> Result<Utterance, Slip> {
        let cut = words(node, self.text)?.ok_or_else(|| Slip::missing(node, self.text))?;
        let clock = self.times.of(node);
        let timed = match self.words {
            Some(keys) => keys.timed(node, &cut.text(source), clock),
            None => Vec::new(),
        };
        Ok(Utterance {
            cut,
            speaker: label(node, self.speaker)?,
            channel: label(node, self.channel)?,
            role: None,
            clock,
            words: timed,
            at: node.span.start,
        })
    }

    /// All sentences of `list`, which stands at `path`.
    ///
    /// # Errors
    /// As [`Keys::utterance`], with the path.
    pub(super) fn all(&self, list: &[Node<'_>], path: &str, source: &str) -> Result<Vec<Utterance>, Slip> {
        each(list, path, |node| self.utterance(node, source))
    }
}

impl WordKeys {
    /// Where in `said` the words stand, and when each was said.
    fn timed(&self, node: &Node<'_>, said: &str, sentence: Option<Clock>) -> Vec<TimedWord> {
        let items = node.get(self.list).and_then(Node::items).unwrap_or(&[]);
        let (mut out, mut at) = (Vec::with_capacity(items.len()), 0);
        for item in items {
            let text = item.get(self.text).and_then(Node::as_text).map(|text| text.text());
            let (Some(text), Some(clock)) = (text, self.times.of(item)) else { continue };
            if let Some((from, to)) = locate(said, at, &text) {
                at = to;
                out.push(TimedWord { span: Span::of(from..to), clock });
            }
        }
        if let Some(sentence) = sentence.filter(|_| self.relative) {
            shift(&mut out, sentence);
        }
        out
    }
}

/// From times that count from the start of the sentence to times of the recording. Times that would not fit into the
/// sentence are taken for times of the recording as they are.
fn shift(words: &mut [TimedWord], sentence: Clock) {
    let last = words.iter().map(|word| word.clock.end).max().unwrap_or(0);
    if last > (sentence.end - sentence.start).saturating_add(100) {
        return;
    }
    for TimedWord { clock, .. } in words {
        *clock = Clock { start: clock.start + sentence.start, end: clock.end + sentence.start };
    }
}

/// Reads every item of `list`, which stands at `path`.
///
/// # Errors
/// The first slip, with its path.
pub(super) fn each<'a, T>(
    list: &[Node<'a>],
    path: &str,
    mut read: impl FnMut(&Node<'a>) -> Result<T, Slip>,
) -> Result<Vec<T>, Slip> {
    let numbered = |(i, node)| read(node).map_err(|slip: Slip| slip.under(format_args!("{path}[{i}]")));
    list.iter().enumerate().map(numbered).collect()
}

/// The value that the keys of `path` lead to.
pub(super) fn down<'n, 'a>(node: &'n Node<'a>, path: &[&str]) -> Option<&'n Node<'a>> {
    path.iter().try_fold(node, |node, key| node.get(key))
}

/// The first item of the list that the keys of `path` lead to; of no keys, of `node` itself.
pub(super) fn first<'n, 'a>(node: &'n Node<'a>, path: &[&str]) -> Option<&'n Node<'a>> {
    down(node, path)?.items()?.first()
}

/// A number, or a string that reads like one.
fn number(node: &Node<'_>, field: &str) -> Option<f64> {
    let value = node.get(field)?;
    value.as_number().or_else(|| value.as_text()?.text().trim().parse().ok())
}

/// The milliseconds in `field`; nothing where it is absent or no time.
pub(super) fn time(node: &Node<'_>, field: &str, unit: f64) -> Option<u64> {
    number(node, field).and_then(|value| milliseconds(value * unit))
}

/// What a status field says, as a string.
pub(super) fn status(node: &Node<'_>, field: &str) -> Option<String> {
    let value = node.get(field)?;
    let number = || value.as_number().map(|number| number.to_string());
    value.as_text().map(|text| text.text().into_owned()).or_else(number).filter(|text| !text.is_empty())
}

/// The role that a service's word for a participant states.
pub(super) fn role(word: &str) -> Option<Role> {
    match word.to_ascii_lowercase().as_str() {
        "agent" | "human_agent" | "automated_agent" | "staff" => Some(Role::Staff),
        "customer" | "end_user" | "user" | "client" => Some(Role::Visitor),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(start: u64, end: u64) -> TimedWord {
        TimedWord { span: Span::of(0..3), clock: Clock { start, end } }
    }

    #[test]
    fn times_of_words_count_from_the_sentence_or_from_the_recording() {
        let sentence = Clock { start: 5_000, end: 7_000 };
        for (given, told) in [((100, 900), (5_100, 5_900)), ((5_100, 5_900), (5_100, 5_900))] {
            let mut words = [word(given.0, given.1)];
            shift(&mut words, sentence);
            assert_eq!((words[0].clock.start, words[0].clock.end), told);
        }
    }

    #[test]
    fn roles_as_services_name_them() {
        assert_eq!(role("AGENT"), Some(Role::Staff));
        assert_eq!(role("End_User"), Some(Role::Visitor));
        assert_eq!(role("spk_0"), None);
    }
}
