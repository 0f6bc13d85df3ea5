//! Stands in for `read::looks_like_transcript` until it is there: the same name and shape, by the extension alone.

/// Whether a file met below a folder is one to read.
pub(super) enum Verdict {
    Transcript,
    NotATranscript(&'static str),
}

pub(super) fn looks_like_transcript(name: &str, _head: &[u8]) -> Verdict {
    let known = [".txt", ".md", ".srt", ".vtt", ".json", ".jsonl"];
    match known.iter().any(|ending| name.ends_with(ending)) {
        true => Verdict::Transcript,
        false => Verdict::NotATranscript("not-a-transcript"),
    }
}
