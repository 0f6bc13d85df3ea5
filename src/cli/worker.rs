//! What a thread does with a job: reads, checks and draws, or takes from the cache what an earlier run made of the same.

use super::cache::{Cache, Key};
use super::engine::{Checked, Engine, Loaded, Material};
use super::feed::{Job, Part};
use super::inputs::Input;
use super::piece::{Drawing, Piece};
use super::pipeline::Weighed;
use std::io;
use wuxin::check::Inspect;
use wuxin::read::records;
use wuxin::report::Failure;
use wuxin::review::Verdicts;
use wuxin::transcript::Meta;

/// What all threads share.
pub(super) struct Worker<'a> {
    pub(super) engine: &'a Engine,
    pub(super) drawing: Drawing<'a>,
    pub(super) ask: Inspect,
    pub(super) cache: Option<&'a Cache>,
    /// What reviewers said: results depend on it.
    pub(super) verdicts: Option<Verdicts>,
}

/// What a job came to.
pub(super) struct Done<'a> {
    pub(super) input: &'a Input,
    pub(super) part: Which,
    pub(super) piece: io::Result<Piece>,
    /// Whether an earlier run had made it.
    pub(super) cached: bool,
    /// Bytes of the input.
    pub(super) bytes: usize,
}

/// Which part of its input it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Whole,
    Some,
    Last,
}

impl Weighed for Done<'_> {
    fn weight(&self) -> usize {
        self.piece.as_ref().map_or(0, |piece| piece.weight)
    }
}

impl Worker<'_> {
    pub(super) fn work<'i>(&self, Job { input, part }: Job<'i>) -> Done<'i> {
        let done = |part, (piece, cached), bytes| Done { input, part, piece, cached, bytes };
        match part {
            Part::Whole => match self.engine.load(input) {
                Err(failed) => done(Which::Whole, (Ok(Piece::failed(failed)), false), 0),
                Ok(Loaded::Skipped(why)) => done(Which::Whole, (Ok(Piece::skipped(why)), false), 0),
                Ok(Loaded::All(material)) => {
                    done(Which::Whole, self.whole(input, &material), material.bytes.len())
                }
            },
            Part::Records(records) => {
                done(Which::Some, self.records(input, &records), records.source.text().len())
            }
            Part::End(Ok(())) => done(Which::Last, (Ok(Piece::default()), false), 0),
            Part::End(Err(error)) => {
                done(Which::Last, (Ok(Piece::failed(self.engine.broken_off(input, &error))), false), 0)
            }
        }
    }

    fn whole(&self, input: &Input, material: &Material) -> (io::Result<Piece>, bool) {
        let rttm = material.rttm.as_ref().map_or(&[][..], |(_, bytes)| bytes);
        let key = self.key(input, (&material.bytes, 0, 0), &material.about, rttm);
        self.kept_or(key, || self.engine.examine(input, material, self.ask))
    }

    fn records(&self, input: &Input, records: &records::Piece) -> (io::Result<Piece>, bool) {
        let (about, source) = (self.engine.known(input), &records.source);
        let place = (source.text().as_bytes(), source.start() + 1, source.lines_before());
        let key = self.key(input, place, &about, &[]);
        self.kept_or(key, || vec![self.engine.examine_records(input, records, &about, self.ask)])
    }

    fn kept_or(
        &self,
        key: Option<(&Cache, Key)>,
        check: impl FnOnce() -> Vec<Checked>,
    ) -> (io::Result<Piece>, bool) {
        let kept = key.as_ref().and_then(|(cache, key)| cache.get(key));
        if let Some(piece) = kept {
            return (Ok(piece), true);
        }
        let piece = self.drawing.piece(check());
        if let (Some((cache, key)), Ok(piece)) = (key, &piece) {
            cache.put(&key, piece);
        }
        (piece, false)
    }

    /// The name of the result: the bytes and their place, the path, what is known of it and what reviewers said.
    fn key(
        &self,
        input: &Input,
        (bytes, start, lines): (&[u8], u64, u32),
        about: &Result<Meta, Failure>,
        rttm: &[u8],
    ) -> Option<(&Cache, Key)> {
        let cache = self.cache?;
        let about = about.as_ref().ok()?;
        let about = serde_json::to_vec(about).ok()?;
        let said = self.verdicts.as_ref().map(|verdicts| verdicts.about(&input.path)).unwrap_or_default();
        let place = format!("{start} {lines} {}", input.path);
        Some((cache, cache.key(&[bytes, place.as_bytes(), &about, said.as_bytes(), rttm])))
    }
}
