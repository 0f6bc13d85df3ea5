//! The parts of a Word or spreadsheet file, which is a zip archive.

use super::super::error::ReadError;
use super::super::unzip::{Trouble, Zip};

/// Parts of a package.
const PARTS: usize = 5_000;

/// A package that is open.
pub(super) struct Package<'a> {
    zip: Zip<'a>,
    kind: &'static str,
}

impl<'a> Package<'a> {
    /// `kind` names the format in errors.
    pub(super) fn open(bytes: &'a [u8], kind: &'static str) -> Result<Self, ReadError> {
        let zip = Zip::open(bytes).map_err(|trouble| error(trouble, kind))?;
        if zip.len() > PARTS {
            return Err(ReadError::Package { kind });
        }
        Ok(Package { zip, kind })
    }

    /// The text of the part called `name`; nothing where there is none.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(index) = self.zip.find(name) else { return Ok(None) };
        let bytes = self.zip.bytes(index).map_err(|trouble| error(trouble, self.kind))?;
        let text = String::from_utf8(bytes).map_err(|_| ReadError::Package { kind: self.kind })?;
        Ok(Some(text.trim_start_matches('\u{feff}').to_owned()))
    }

    /// Unfolds every part once, so that what reads the package on its own can rely on its sizes.
    pub(super) fn sound(&mut self) -> Result<(), ReadError> {
        for index in 0..self.zip.len() {
            let bytes = self.zip.bytes(index).map_err(|trouble| error(trouble, self.kind))?;
            if claims_more(&bytes) {
                return Err(ReadError::Package { kind: self.kind });
            }
        }
        Ok(())
    }
}

fn error(trouble: Trouble, kind: &'static str) -> ReadError {
    match trouble {
        Trouble::Encrypted => ReadError::Encrypted { kind },
        Trouble::Broken | Trouble::Method => ReadError::Package { kind },
        Trouble::TooMuch(limit) => ReadError::Inflated { limit: super::super::error::size(limit) },
    }
}

/// Whether a part says that it holds more strings than it has bytes: room would be made for them.
fn claims_more(bytes: &[u8]) -> bool {
    const NAME: &[u8] = b"uniqueCount";
    memchr::memmem::find_iter(bytes, NAME).any(|at| {
        let rest = bytes.get(at + NAME.len()..).unwrap_or_default();
        let digits = rest
            .iter()
            .skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'"' | b'\'' | b'+'));
        let count = digits
            .take_while(|byte| byte.is_ascii_digit())
            .try_fold(0usize, |sum, byte| sum.checked_mul(10)?.checked_add(usize::from(byte - b'0')));
        count.is_none_or(|count| count > bytes.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_claims_more_than_it_holds_is_refused() {
        assert!(!claims_more(br#"<sst count="9" uniqueCount="3">"#));
        assert!(claims_more(br#"<sst uniqueCount="99999">"#));
        assert!(claims_more(br#"<sst uniqueCount = '99999999999999999999999'>"#));
        assert!(!claims_more(b"<sst>"));
    }
}
