//! The two streams, and what each can show.

use std::io::{self, BufWriter, IsTerminal, Stderr, Stdout, Write};
use terminal_size::{Width, terminal_size_of};
use wuxin::diagnostic::Look;

/// When colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Color {
    /// On a terminal that has them, unless `NO_COLOR` is set.
    #[default]
    Auto,
    Always,
    Never,
}

/// Narrower, nothing can be drawn; wider, nobody likes to read.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=160;

/// Where words go.
pub(super) struct Shell {
    /// Diagnostics and reports.
    pub(super) out: BufWriter<Stdout>,
    pub(super) out_look: Look,
    /// Failures. Not buffered.
    pub(super) err: Stderr,
    pub(super) err_look: Look,
}

impl Shell {
    pub(super) fn new(color: Color) -> Self {
        let (out, err) = (io::stdout(), io::stderr());
        let out_width = terminal_size_of(&out).map(|(Width(width), _)| width);
        let err_width = terminal_size_of(&err).map(|(Width(width), _)| width);
        Shell {
            out_look: look(color, out.is_terminal(), supports_color::Stream::Stdout, out_width),
            err_look: look(color, err.is_terminal(), supports_color::Stream::Stderr, err_width),
            out: BufWriter::with_capacity(1 << 16, out),
            err,
        }
    }

    /// Whether a bar can be drawn on standard error.
    pub(super) fn err_is_terminal(&self) -> bool {
        self.err.is_terminal()
    }

    /// Whether what is written to standard output is seen at once.
    pub(super) fn out_is_terminal(&self) -> bool {
        self.out.get_ref().is_terminal()
    }

    /// Writes to standard error, after what standard output already said.
    pub(super) fn say(&self, text: &str) {
        // Nobody is left to be told when this fails.
        let _ = self.err.lock().write_all(text.as_bytes());
    }
}

/// What a stream can show: fixed where it is no terminal.
fn look(color: Color, terminal: bool, stream: supports_color::Stream, width: Option<u16>) -> Look {
    let plain = Look::default();
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && !no_color() && supports_color::on(stream).is_some(),
    };
    if !terminal {
        return Look { color, ..plain };
    }
    let unicode = match stream {
        supports_color::Stream::Stdout => supports_unicode::on(supports_unicode::Stream::Stdout),
        supports_color::Stream::Stderr => supports_unicode::on(supports_unicode::Stream::Stderr),
    };
    let width = width.map_or(plain.width, usize::from).clamp(*WIDTHS.start(), *WIDTHS.end());
    Look { color, unicode, width }
}

/// <https://no-color.org>: set and not empty, whatever its value.
fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}
