//! Digests as they are written: names of results, and marks of files.

use sha2::{Digest, Sha256};
use wuxin::text::hex;

/// The digest of `bytes`.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_that_of_the_bytes() {
        assert!(sha256(b"").starts_with("e3b0c44298fc1c14"));
    }
}
