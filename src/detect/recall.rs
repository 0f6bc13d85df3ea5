//! What was heard in a turn is remembered by its words: on a hotline the same sentences are said all day.
//!
//! Hearing is a function of the words and the pauses alone, so a turn that is recalled reads the same as one that is
//! heard anew. The memory is bounded; when it is full, what is new is heard and forgotten.

use super::hear::{Heard, Hit};
use crate::normalize::Edge;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, PoisonError};

/// Parts of the memory that threads take by turns.
const PARTS: usize = 32;
/// Bytes kept in each part.
const PART: usize = 1 << 20;
/// A longer turn is hardly said twice.
const LONGEST: usize = 600;

/// A turn as it is looked up.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Cue<'a> {
    pub(super) said: &'a str,
    pub(super) edges: &'a [Edge],
    pub(super) sounds: bool,
}

struct Known {
    hash: u64,
    said: Box<str>,
    edges: Box<[Edge]>,
    sounds: bool,
    heard: Arc<Heard>,
}

impl Known {
    fn is(&self, cue: Cue<'_>) -> bool {
        *self.said == *cue.said && *self.edges == *cue.edges && self.sounds == cue.sounds
    }

    fn size(&self) -> usize {
        size_of::<Known>()
            + size_of::<Heard>()
            + self.said.len()
            + size_of_val(&*self.edges)
            + self.heard.hits.len() * size_of::<Hit>()
    }
}

#[derive(Default)]
struct Part {
    turns: HashTable<Known>,
    bytes: usize,
}

/// The memory, shared by all threads.
pub(super) struct Recall {
    parts: [Mutex<Part>; PARTS],
    hashes: DefaultHashBuilder,
}

impl Default for Recall {
    fn default() -> Self {
        Recall { parts: std::array::from_fn(|_| Mutex::default()), hashes: DefaultHashBuilder::default() }
    }
}

impl Recall {
    /// What was heard in the turn before, or what `hear` hears now.
    pub(super) fn or_hear(&self, cue: Cue<'_>, hear: impl FnOnce() -> Heard) -> Arc<Heard> {
        if cue.said.len() > LONGEST {
            return Arc::new(hear());
        }
        let hash = self.hashes.hash_one(cue);
        let Some(part) = self.parts.get((hash >> 32) as usize % PARTS) else { return Arc::new(hear()) };
        let lock = || part.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().turns.find(hash, |known| known.is(cue)) {
            return Arc::clone(&known.heard);
        }
        let heard = Arc::new(hear());
        lock().learn(hash, cue, &heard);
        heard
    }
}

impl Part {
    fn learn(&mut self, hash: u64, cue: Cue<'_>, heard: &Arc<Heard>) {
        // Another thread may have heard the same meanwhile.
        if self.bytes >= PART || self.turns.find(hash, |known| known.is(cue)).is_some() {
            return;
        }
        let known = Known {
            hash,
            said: cue.said.into(),
            edges: cue.edges.into(),
            sounds: cue.sounds,
            heard: Arc::clone(heard),
        };
        self.bytes += known.size();
        self.turns.insert_unique(hash, known, |known| known.hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Strength;

    #[test]
    fn a_turn_is_heard_once() {
        let recall = Recall::default();
        let count = std::cell::Cell::new(0);
        let hear = |said: &str, edges: &[Edge], sounds: bool| {
            recall.or_hear(Cue { said, edges, sounds }, || {
                count.set(count.get() + 1);
                Heard::default()
            });
            count.get()
        };
        let edge = Edge { at: 3, strength: Strength::Edge };
        assert_eq!(hear("您好", &[], true), 1);
        assert_eq!(hear("您好", &[], true), 1);
        assert_eq!(hear("您好", &[edge], true), 2);
        assert_eq!(hear("您好", &[], false), 3);
        assert_eq!(hear("再见", &[], true), 4);
    }

    #[test]
    fn the_memory_is_bounded() {
        let recall = Recall::default();
        for i in 0..60_000 {
            let said = format!("{i}{}", "急".repeat(190));
            recall.or_hear(Cue { said: &said, edges: &[], sounds: true }, Heard::default);
        }
        let bytes: usize = recall.parts.iter().map(|part| part.lock().unwrap().bytes).sum();
        assert!(bytes > PARTS * PART / 2 && bytes < PARTS * (PART + 1_000), "{bytes}");
    }
}
