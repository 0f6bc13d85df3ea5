//! Messages of real-time services, one a line as a client logs them: together they are one conversation.

use super::super::format::Format;
use super::super::json::{Node, Slip};
use super::recording::{Recording, Utterance};
use super::{azure, huawei, iflytek};
use crate::transcript::Transcript;

/// What a message holds: utterances, each final or not.
pub(super) type Message = Result<Vec<(Utterance, bool)>, Slip>;

/// Reads a message; nothing where it is none.
type Reader = fn(&Node<'_>, &str) -> Option<Message>;

const SERVICES: &[(Format, Reader)] = &[
    (Format::Iflytek, iflytek::message),
    (Format::Huawei, huawei::message),
    (Format::Azure, azure::message),
];

/// A conversation in the making.
pub(in crate::read) struct Log<'a> {
    source: &'a str,
    format: Option<Format>,
    all: Vec<(Utterance, bool)>,
}

impl<'a> Log<'a> {
    /// No messages yet; `source` is the file.
    pub(in crate::read) fn new(source: &'a str) -> Self {
        Log { source, format: None, all: Vec::new() }
    }

    /// Takes a message; `false` where it is none, or one of another service.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(in crate::read) fn take(&mut self, node: &Node<'_>, stated: Option<Format>) -> Result<bool, Slip> {
        let wanted = stated.filter(|format| *format != Format::OwnLines).or(self.format);
        let mut services =
            SERVICES.iter().filter(|(format, _)| wanted.is_none_or(|wanted| wanted == *format));
        let found = services.find_map(|(format, read)| Some((*format, read(node, self.source)?)));
        let Some((format, message)) = found else { return Ok(false) };
        self.format = Some(format);
        self.all.extend(message?);
        Ok(true)
    }

    /// The service and the conversation, what is not final giving way to what is; nothing without any message.
    pub(in crate::read) fn finish(self) -> Option<(Format, Option<Transcript>)> {
        let format = self.format?;
        let any = self.all.iter().any(|(_, last)| *last);
        let kept = self.all.into_iter().filter(|(_, last)| *last || !any).map(|(one, _)| one);
        Some((format, Recording::of(kept.collect()).conversation(self.source)))
    }
}
