//! How far a run is: a bar on a terminal, else a line every few seconds where it is asked for.

use super::inputs::Input;
use super::terminal::Shell;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};
use wuxin::diagnostic::{Lang, Message};
use wuxin::report::Summary;

/// When progress is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum When {
    /// On a terminal, once it takes a moment.
    #[default]
    Auto,
    Always,
    Never,
}

/// Runs shorter than this show no bar.
const DELAY: Duration = Duration::from_millis(500);
/// Between two drawings of the bar.
const REDRAW: Duration = Duration::from_millis(100);
/// Between two lines.
const LINE: Duration = Duration::from_secs(3);

/// What is shown while a run is under way.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    lines: bool,
    lang: Lang,
    started: Instant,
    shown: Instant,
    /// Inputs, and their bytes where they are known.
    all: (usize, u64),
    inputs: usize,
    bytes: u64,
}

impl Progress {
    pub(super) fn new(when: When, inputs: &[Input], lang: Lang, shell: &Shell) -> Self {
        let terminal = shell.err_is_terminal();
        let bar = (terminal && when != When::Never).then(bar);
        let lines = !terminal && when == When::Always;
        let size = |input: &Input| input.file.as_ref()?.metadata().ok().map(|about| about.len());
        let bytes = match bar.is_some() || lines {
            true => inputs.iter().filter_map(size).sum(),
            false => 0,
        };
        let now = Instant::now();
        let all = (inputs.len(), bytes);
        Progress { bar, lines, lang, started: now, shown: now, all, inputs: 0, bytes: 0 }
    }

    /// Shows nothing.
    pub(super) fn none(lang: Lang) -> Self {
        let now = Instant::now();
        Progress { bar: None, lines: false, lang, started: now, shown: now, all: (0, 0), inputs: 0, bytes: 0 }
    }

    /// So much more is done.
    pub(super) fn add(&mut self, inputs: usize, bytes: usize) {
        self.inputs += inputs;
        self.bytes += bytes as u64;
    }

    /// Shows how far it is, if it is time to.
    pub(super) fn show(&mut self, summary: &Summary, shell: &Shell) {
        let since = self.shown.elapsed();
        match &self.bar {
            Some(bar) if since >= REDRAW && self.started.elapsed() >= DELAY => {
                bar.set_length(self.all.1.max(1));
                bar.set_position(self.bytes.min(self.all.1));
                bar.set_message(self.words(summary));
                bar.tick();
            }
            None if self.lines && since >= LINE => shell.say(&format!("{}\n", self.words(summary))),
            _ => return,
        }
        self.shown = Instant::now();
    }

    /// Takes the bar away: something else is to be written to the terminal.
    pub(super) fn clear(&mut self) {
        if let Some(bar) = &self.bar {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        self.bar = None;
    }

    /// Writes to the terminal while the bar is away.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Whether a bar may stand on the terminal.
    pub(super) fn is_drawn(&self) -> bool {
        self.bar.is_some()
    }

    fn words(&self, summary: &Summary) -> String {
        let seconds = self.started.elapsed().as_secs_f64().max(0.001);
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let (done, all) = (self.bytes as f64, self.all.1 as f64);
        let left = if done > 0.0 && all > done { seconds / done * (all - done) } else { 0.0 };
        Message::new("cli.progress")
            .arg("inputs", self.inputs)
            .arg("all", self.all.0)
            .arg("speed", format!("{:.1}", done / 1e6 / seconds))
            .arg("findings", summary.findings)
            .arg("left", clock(left))
            .words(self.lang)
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{bar:20} {percent:>3}% {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// `1:02:03` or `2:03`.
fn clock(seconds: f64) -> String {
    let whole = Duration::try_from_secs_f64(seconds.ceil()).map_or(0, |left| left.as_secs());
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_is_a_clock() {
        assert_eq!([0.0, 61.2, 3723.0].map(clock), ["0:00", "1:02", "1:02:03"]);
        assert_eq!(clock(f64::INFINITY), "0:00");
    }
}
