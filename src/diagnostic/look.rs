//! How output looks: everything that a terminal decides, as data.

use super::Severity;
use owo_colors::Style;

/// What the place of output can show. Fixed values where it is no terminal, so that output is the same every run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether colours may be used.
    pub color: bool,
    /// Whether lines may be drawn with box characters.
    pub unicode: bool,
    /// Columns.
    pub width: usize,
}

impl Default for Look {
    fn default() -> Self {
        Look { color: false, unicode: true, width: 100 }
    }
}

/// What a stretch of text is, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Of a severity.
    Level(Severity),
    /// Headlines.
    Strong,
    /// What explains something else.
    Second,
    /// What may be overlooked.
    Dim,
    /// What is as it should be.
    Good,
}

impl Paint {
    pub(super) fn style(self) -> Style {
        let style = Style::new();
        match self {
            Paint::Level(Severity::Error) => style.red().bold(),
            Paint::Level(Severity::Warning) => style.yellow().bold(),
            Paint::Level(Severity::Note) => style.cyan().bold(),
            Paint::Strong => style.bold(),
            Paint::Second => style.blue().bold(),
            Paint::Dim => style.dimmed(),
            Paint::Good => style.green(),
        }
    }
}

impl Look {
    /// `text` in its colour, or as it is where there are no colours.
    pub fn paint(&self, paint: Paint, text: &str) -> String {
        if self.color && !text.is_empty() { paint.style().style(text).to_string() } else { text.to_owned() }
    }

    /// The same without colours.
    pub fn plain(self) -> Self {
        Look { color: false, ..self }
    }
}
