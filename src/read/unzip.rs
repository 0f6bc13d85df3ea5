//! Zip archives, bounded: a few kilobytes can unfold to gigabytes.

use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// A member may always unfold to so much …
const FREE: u64 = 64 << 20;
/// … and to more only if it is not folded tighter than text is,
const RATIO: u64 = 200;
/// … but never to more than this.
const LIMIT: u64 = 256 << 20;
/// All members that are looked at, together.
pub(super) const TOTAL: u64 = 2 << 30;
/// Members of an archive.
#[cfg(feature = "zip")]
pub(super) const MEMBERS: usize = 20_000;

/// Why a member cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// A password is asked for.
    Encrypted,
    /// Cut off or damaged.
    Broken,
    /// Folded in a way that is not known.
    Method,
    /// Unfolds to more than so many bytes.
    TooMuch(u64),
}

impl From<ZipError> for Trouble {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
                Trouble::Encrypted
            }
            ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => Trouble::Method,
            _ => Trouble::Broken,
        }
    }
}

/// An archive in memory.
pub(super) struct Zip<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Zip<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Trouble> {
        let archive = ZipArchive::new(Cursor::new(bytes))?;
        // Of an archive that is cut off, one inside it is all that is found.
        if archive.offset() != 0 {
            return Err(Trouble::Broken);
        }
        Ok(Zip { archive, left: TOTAL })
    }

    pub(super) fn len(&self) -> usize {
        self.archive.len()
    }

    /// The index of the member called `name`.
    #[cfg(feature = "office")]
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.archive.index_for_name(name)
    }

    /// The name of a member as it stands, and whether it is a folder.
    #[cfg(feature = "zip")]
    pub(super) fn name(&self, index: usize) -> Option<(Vec<u8>, bool)> {
        let entry = self.archive.by_index_data(index).ok()?;
        Some((entry.name_raw().to_vec(), entry.is_dir()))
    }

    /// The bytes of a member. What it says of its size is not believed.
    pub(super) fn bytes(&mut self, index: usize) -> Result<Vec<u8>, Trouble> {
        let file = self.archive.by_index(index)?;
        let limit = FREE.max(file.compressed_size().saturating_mul(RATIO)).min(LIMIT).min(self.left);
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|_| Trouble::Broken)?;
        let len = bytes.len() as u64;
        if len > limit {
            return Err(Trouble::TooMuch(if limit == self.left { TOTAL } else { limit }));
        }
        self.left -= len;
        Ok(bytes)
    }
}
