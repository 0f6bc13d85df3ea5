//! A name for a finding that survives edits elsewhere in the file.

use crate::text::hex;
use sha2::{Digest, Sha256};

/// Hashes the rule and the words (already folded by the caller), with a running number for equal ones in a file.
pub fn fingerprint(rule: &str, folded_words: &str, context: &str, nth: usize) -> String {
    let mut hash = Sha256::new();
    for part in [rule, folded_words, context] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.update(nth.to_le_bytes());
    let digest = hash.finalize();
    hex(digest.get(..8).unwrap_or(&digest))
}
