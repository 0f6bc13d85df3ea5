//! Zip archives of transcripts: each member is a file of its own, named `a.zip!b.srt`.

use super::error::{ReadError, size};
use super::unzip::{MEMBERS, Trouble, Zip};

/// An archive in memory.
pub struct Archive<'a> {
    zip: Zip<'a>,
    members: Vec<Member>,
}

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its path in the archive.
    pub name: String,
    index: usize,
}

/// Whether the bytes are those of a zip archive that is no document itself; nor a broken one, by its name.
pub fn is_archive(name: &str, bytes: &[u8]) -> bool {
    let zip = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06");
    let document = super::sniff::extension(name).is_some_and(super::Format::is_package);
    zip && !document && !super::is_document(bytes)
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// Where it is cut off or damaged, or holds too many files.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let zip = Zip::open(bytes).map_err(error)?;
        if zip.len() > MEMBERS {
            return Err(ReadError::TooMany { limit: MEMBERS });
        }
        let named = |index| {
            let (name, folder) = zip.name(index)?;
            (!folder).then(|| Member { name: decoded(&name), index })
        };
        let mut members: Vec<Member> = (0..zip.len()).filter_map(named).collect();
        members.sort_by(|a, b| (&a.name, a.index).cmp(&(&b.name, b.index)));
        Ok(Archive { zip, members })
    }

    /// Its files, by name.
    pub fn members(&self) -> Vec<Member> {
        self.members.clone()
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// Where it is encrypted or damaged, or unfolds too far.
    pub fn bytes(&mut self, member: &Member) -> Result<Vec<u8>, ReadError> {
        let bytes = self.zip.bytes(member.index).map_err(error)?;
        if is_archive(&member.name, &bytes) {
            return Err(ReadError::Nested);
        }
        Ok(bytes)
    }
}

fn error(trouble: Trouble) -> ReadError {
    match trouble {
        Trouble::Encrypted => ReadError::Encrypted { kind: "zip" },
        Trouble::Broken | Trouble::Method => ReadError::Package { kind: "zip" },
        Trouble::TooMuch(limit) => ReadError::Inflated { limit: size(limit) },
    }
}

/// A name as it was meant: UTF-8, else what Windows in China writes. What could lead out of the archive is shown, never
/// followed.
fn decoded(name: &[u8]) -> String {
    let text = match std::str::from_utf8(name) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(name).0.into_owned(),
    };
    text.replace('\\', "/")
}
