//! What is known about a recording besides its words: from the path by a pattern, or from `NAME.meta.json` beside it
//! (contract, "wuxin's own input"). What the transcript itself says comes first, then the file beside, then the path.

use super::Document;
use crate::diagnostic::Explain;
use crate::transcript::{Channel, Meta};
use regex::Regex;

/// The ending of the file beside a transcript.
pub const BESIDE: &str = ".meta.json";

/// Why what is known about a recording could not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AboutError {
    /// A pattern names a field that there is not, or none at all.
    #[error("the name pattern {pattern} is wrong at {what}")]
    Pattern {
        /// As written.
        pattern: String,
        /// The field or the brace.
        what: String,
    },
    /// The file beside the transcript is not what it should be.
    #[error("{name}: {what}")]
    Beside {
        /// The file.
        name: String,
        /// What is wrong, with line and column.
        what: String,
    },
}

impl Explain for AboutError {
    fn code(&self) -> &'static str {
        match self {
            AboutError::Pattern { .. } => "name-pattern",
            AboutError::Beside { .. } => "meta-beside",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            AboutError::Pattern { pattern, what } => {
                vec![("pattern", pattern.clone()), ("what", what.clone())]
            }
            AboutError::Beside { name, what } => vec![("name", name.clone()), ("what", what.clone())],
        }
    }
}

/// A pattern over paths, such as `{date}_{staff}_{recording}`.
#[derive(Clone, Debug)]
pub struct NamePattern {
    regex: Regex,
}

impl NamePattern {
    /// Fields are `staff`, `date`, `recording`, `channel` and `case`; `*` stands for anything, other text for itself.
    /// A pattern without `/` is matched with the file's name without its extension.
    pub fn new(pattern: &str) -> Result<Self, AboutError> {
        let wrong = |what: &str| AboutError::Pattern { pattern: pattern.to_owned(), what: what.to_owned() };
        let (mut out, mut rest) = (String::from("(?:^|/)"), pattern);
        while let Some(open) = rest.find(['{', '*']) {
            let (before, after) = rest.split_at(open);
            out.push_str(&regex::escape(before));
            if let Some(tail) = after.strip_prefix('*') {
                out.push_str("[^/]*?");
                rest = tail;
                continue;
            }
            let (field, tail) = after[1..].split_once('}').ok_or_else(|| wrong(after))?;
            if !["staff", "date", "recording", "channel", "case"].contains(&field) {
                return Err(wrong(field));
            }
            out.push_str(&format!("(?P<{field}>[^/]+?)"));
            rest = tail;
        }
        out.push_str(&regex::escape(rest));
        out.push('$');
        let regex = Regex::new(&out).map_err(|_| wrong(pattern))?;
        if regex.capture_names().flatten().next().is_none() {
            return Err(wrong(pattern));
        }
        Ok(NamePattern { regex })
    }

    /// What a path says; empty where it does not fit.
    pub fn read(&self, path: &str) -> Meta {
        let path = path.replace('\\', "/");
        let stem = match (path.rfind('/'), path.rfind('.')) {
            (slash, Some(dot)) if slash.is_none_or(|slash| slash < dot) => path.get(..dot).unwrap_or(&path),
            _ => &path,
        };
        let Some(found) = self.regex.captures(stem) else { return Meta::default() };
        let field = |name| found.name(name).map(|m| m.as_str().to_owned());
        Meta {
            staff: field("staff"),
            date: field("date"),
            recording: field("recording"),
            channel: field("channel").and_then(|word| channel(&word)),
            case: field("case"),
        }
    }
}

fn channel(word: &str) -> Option<Channel> {
    match word {
        "visit" | "来访" | "窗口" => Some(Channel::Visit),
        "phone" | "来电" | "电话" | "热线" => Some(Channel::Phone),
        "letter" | "来信" => Some(Channel::Letter),
        _ => None,
    }
}

/// Reads the file beside a transcript.
pub fn beside(name: &str, bytes: &[u8]) -> Result<Meta, AboutError> {
    serde_json::from_slice(bytes)
        .map_err(|error| AboutError::Beside { name: name.to_owned(), what: error.to_string() })
}

/// Fills in what the conversations of a document do not say themselves.
pub fn fill(document: &mut Document, known: &Meta) {
    for transcript in &mut document.conversations {
        transcript.meta = std::mem::take(&mut transcript.meta).or(known.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_what_its_pattern_names() {
        let pattern = NamePattern::new("{date}_{staff}_{recording}").unwrap();
        let meta = pattern.read("a/b.c/2025-09-01_小王_0031.srt");
        assert_eq!(meta.date.as_deref(), Some("2025-09-01"));
        assert_eq!(meta.staff.as_deref(), Some("小王"));
        assert_eq!(meta.recording.as_deref(), Some("0031"));
        assert_eq!(pattern.read("other.srt"), Meta::default());
        let folder = NamePattern::new("{staff}/*_{channel}").unwrap();
        assert_eq!(folder.read("x/小李/7_来电.txt").channel, Some(Channel::Phone));
        assert_eq!(folder.read("x/小李/7_来电.txt").staff.as_deref(), Some("小李"));
    }

    #[test]
    fn a_wrong_pattern_or_file_is_said() {
        assert!(matches!(NamePattern::new("{who}"), Err(AboutError::Pattern { what, .. }) if what == "who"));
        assert!(NamePattern::new("{date").is_err());
        assert!(NamePattern::new("abc").is_err());
        assert!(beside("a.meta.json", b"{\"staf\":1}").is_err());
        assert_eq!(beside("a.meta.json", "{\"case\":\"7\"}".as_bytes()).unwrap().case.as_deref(), Some("7"));
    }
}
