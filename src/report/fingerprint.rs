//! A name for a finding that survives edits elsewhere in the file.

use sha2::{Digest, Sha256};

/// Hashes the rule and the words (already folded by the caller), with a running number for equal ones in a file.
pub fn fingerprint(rule: &str, folded_words: &str, context: &str, nth: usize) -> String {
    let mut hash = Sha256::new();
    for part in [rule, folded_words, context] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.update(nth.to_le_bytes());
    hash.finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
