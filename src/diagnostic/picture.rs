//! A picture of source text with labels under the very characters, drawn by miette.
//!
//! miette counts header columns in bytes; [`Picture`] brings a source of its own that counts characters.

use crate::diagnostic::Severity;
use crate::text::{Raw, SourceText, Span};
use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};
use std::fmt;

/// One labelled place.
#[derive(Clone, Debug)]
pub struct Label {
    /// Where.
    pub span: Span<Raw>,
    /// What stands beside the carets; empty for none.
    pub text: String,
    /// Whether the picture is about this place (others explain it).
    pub primary: bool,
}

/// Everything that one diagnostic shows.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The path shown above the source.
    pub name: String,
    /// The source.
    pub source: SourceText,
    /// Code such as `B20`.
    pub code: String,
    /// How grave.
    pub severity: Severity,
    /// The headline.
    pub message: String,
    /// The line after the picture; empty for none.
    pub help: String,
    /// The places.
    pub labels: Vec<Label>,
}

impl fmt::Display for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Picture {}

impl Diagnostic for Picture {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Note => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().map(labeled)))
    }
}

fn labeled(label: &Label) -> LabeledSpan {
    let text = (!label.text.is_empty()).then(|| label.text.clone());
    let span = SourceSpan::new((label.span.start as usize).into(), label.span.len() as usize);
    if label.primary {
        LabeledSpan::new_primary_with_span(text, span)
    } else {
        LabeledSpan::new_with_span(text, span)
    }
}

impl SourceCode for Picture {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.source.text();
        let contents = text.read_span(span, before, after)?;
        let start = self
            .source
            .position(u32::try_from(span.offset()).unwrap_or(u32::MAX));
        let at_line_start = contents.span().offset() != span.offset();
        let (line, column) = if at_line_start {
            (contents.line(), start.column as usize - 1)
        } else {
            (start.line as usize - 1, start.column as usize - 1)
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            contents.data(),
            *contents.span(),
            line,
            column,
            contents.line_count(),
        )))
    }
}
