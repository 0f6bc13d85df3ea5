//! Digests as they are written: names of results, and marks of files.

use sha2::{Digest, Sha256};

/// The digest of `bytes`.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Two digits a byte.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.extend([digit(byte >> 4), digit(byte & 15)]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_have_two_digits_a_byte() {
        assert_eq!(hex(&[0, 10, 255, 0x5a]), "000aff5a");
        assert!(sha256(b"").starts_with("e3b0c44298fc1c14"));
    }
}
