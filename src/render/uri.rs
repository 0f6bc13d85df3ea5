//! Paths as URIs (RFC 3986): a relative path stays relative, an absolute one becomes `file:///…`.

/// The URI of a path as it stands in the report.
pub(super) fn of(path: &str) -> String {
    let drive = path.as_bytes().get(1) == Some(&b':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
    let path = if drive || !path.contains('/') { path.replace('\\', "/") } else { path.to_owned() };
    let path = path.trim_start_matches("./");
    let encoded = encode(path);
    match path {
        _ if drive => format!("file:///{}", encoded.replacen("%3A", ":", 1)),
        _ if path.starts_with('/') => format!("file://{encoded}"),
        _ => encoded,
    }
}

/// Every byte but the unreserved ones and `/`; `!` divides an archive from what is in it.
pub(super) fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'!' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn paths_become_uris() {
        for (path, uri) in [
            ("./a b/甲.txt", "a%20b/%E7%94%B2.txt"),
            ("/x/50%.srt", "file:///x/50%25.srt"),
            ("C:\\录音\\a.txt", "file:///C:/%E5%BD%95%E9%9F%B3/a.txt"),
            ("a.zip!b:c.srt", "a.zip!b%3Ac.srt"),
            ("a/b\\c", "a/b%5Cc"),
            ("-", "-"),
        ] {
            assert_eq!(of(path), uri, "{path}");
        }
    }
}
