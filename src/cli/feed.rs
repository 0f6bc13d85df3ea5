//! The jobs of a run, in order: files, and pieces of those files that are too large to be read at once.

use super::engine::Engine;
use super::inputs::Input;
use std::fs::File;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use wuxin::read::records::{PIECE, Piece, Pieces};

/// What a thread has to do.
pub(super) struct Job<'a> {
    pub(super) input: &'a Input,
    pub(super) part: Part,
}

/// How much of an input it is.
pub(super) enum Part {
    /// All of it; the thread reads it.
    Whole,
    /// Some records.
    Records(Piece),
    /// Nothing more comes, or why not.
    End(io::Result<()>),
}

/// Hands out jobs.
pub(super) struct Feed<'a> {
    inputs: std::slice::Iter<'a, Input>,
    engine: &'a Engine,
    open: Option<Open<'a>>,
    stopped: Arc<AtomicBool>,
}

/// A file that is read in pieces.
struct Open<'a> {
    input: &'a Input,
    pieces: Pieces<File>,
    /// Read to see what the file is.
    first: Option<Piece>,
}

impl<'a> Feed<'a> {
    pub(super) fn new(inputs: &'a [Input], engine: &'a Engine, stopped: Arc<AtomicBool>) -> Self {
        Feed { inputs: inputs.iter(), engine, open: None, stopped }
    }

    /// Whether inputs are left.
    pub(super) fn next(&mut self) -> Option<Job<'a>> {
        if self.stopped.load(Ordering::Relaxed) {
            return None;
        }
        if let Some(open) = &mut self.open {
            let input = open.input;
            let part = match open.next() {
                Ok(Some(piece)) => Part::Records(piece),
                Ok(None) => Part::End(Ok(())),
                Err(error) => Part::End(Err(error)),
            };
            if matches!(part, Part::End(_)) {
                self.open = None;
            }
            return Some(Job { input, part });
        }
        let input = self.inputs.next()?;
        self.open = self.engine.may_be_lines(input).then(|| Open::new(input)).flatten();
        match self.open {
            Some(_) => self.next(),
            None => Some(Job { input, part: Part::Whole }),
        }
    }
}

impl<'a> Open<'a> {
    /// Opens a file that is worth it; whatever is wrong shows when the file is read as a whole.
    fn new(input: &'a Input) -> Option<Self> {
        let path = input.file.as_ref().filter(|_| input.blob.is_none())?;
        let file = File::open(path).ok()?;
        let about = file.metadata().ok()?;
        if !about.is_file() || about.len() <= PIECE as u64 {
            return None;
        }
        let mut pieces = Pieces::lines(file);
        let first = pieces.next_piece().ok()??;
        first.is_own_lines().then_some(Open { input, pieces, first: Some(first) })
    }

    fn next(&mut self) -> io::Result<Option<Piece>> {
        match self.first.take() {
            Some(first) => Ok(Some(first)),
            None => self.pieces.next_piece(),
        }
    }
}
