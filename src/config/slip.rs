//! A slip in `wuxin.toml`: where, what, and the cure.

use crate::diagnostic::{Label, Lang, Message, Picture, Severity};
use crate::text::{Raw, SourceText, Span};

/// One slip.
#[derive(Clone, Debug)]
pub struct Slip {
    /// Stable, kebab-case; the words stand under `config.error.CODE`.
    pub code: &'static str,
    /// Where in the file.
    pub span: Span<Raw>,
    message: Message,
    help: Option<Message>,
}

impl Slip {
    pub(super) fn new(code: &'static str, span: Span<Raw>, args: &[(&'static str, String)]) -> Self {
        let key = format!("config.error.{code}");
        Slip { code, span, message: Message { key: key.into(), args: args.to_vec() }, help: None }
    }

    pub(super) fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// As it is shown.
    pub(super) fn picture(&self, name: &str, source: &SourceText, lang: Lang) -> Picture {
        Picture {
            name: name.to_owned(),
            source: source.clone(),
            code: self.code.to_owned(),
            severity: Severity::Error,
            message: self.message.words(lang),
            help: self.help.as_ref().map(|help| help.words(lang)).unwrap_or_default(),
            labels: vec![Label { span: self.span, text: String::new(), primary: true }],
        }
    }
}
