//! Comments that speak to wuxin: `# wuxin: …`, `// wuxin: …`, `<!-- wuxin: … -->`. They are never speech; what they
//! ask is understood elsewhere.

use super::lines::lines;
use crate::text::{Raw, Span};
use std::ops::Range;

/// What opens a comment that may stand anywhere in a line, and what closes it.
const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// The comments in one line of plain text. `#` and `//` go on to its end.
pub(super) fn in_line(text: &str, line: Range<usize>) -> Vec<Span<Raw>> {
    let (mut out, mut at) = (Vec::new(), line.start);
    let bytes = text.as_bytes().get(..line.end).unwrap_or_default();
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr3(b'#', b'/', b'<', rest)) {
        at += found;
        let rest = text.get(at..line.end).unwrap_or("");
        if let Some(end) = html(rest) {
            out.push(Span::of(at..at + end));
            at += end;
        } else if addressed(to_line_end(rest, bytes.get(line.start..at).unwrap_or_default())) {
            out.push(Span::of(at..at + rest.trim_end().len()));
            break;
        } else {
            at += 1;
        }
    }
    out
}

/// The comments in a stretch of HTML.
pub(super) fn in_html(text: &str, within: Range<usize>) -> Vec<Span<Raw>> {
    let (mut out, mut at) = (Vec::new(), within.start);
    while let Some(found) = text.get(at..within.end).and_then(|rest| rest.find(OPEN)) {
        at += found;
        let end = text.get(at..within.end).and_then(html);
        out.extend(end.map(|end| Span::of(at..at + end)));
        at += end.unwrap_or(OPEN.len());
    }
    out
}

/// Whether a line is nothing but a comment: what a file is, is told from the others.
pub(super) fn is_remark(line: &str) -> bool {
    let line = line.trim();
    in_line(line, 0..line.len()).first().is_some_and(|span| span.range() == (0..line.len()))
}

/// Where a comment to wuxin ends that begins right here: behind its mark, or, where that is missing, with its line.
fn html(text: &str) -> Option<usize> {
    let body = text.strip_prefix(OPEN).filter(|body| addressed(Some(body)))?;
    let end = body.find(CLOSE).map(|end| OPEN.len() + end + CLOSE.len());
    end.or_else(|| lines(text).next().map(|(_, end)| end))
}

/// What stands behind a mark that goes on to the end of the line; `//` after a colon belongs to an address.
fn to_line_end<'a>(text: &'a str, before: &[u8]) -> Option<&'a str> {
    match text.strip_prefix("//") {
        Some(rest) => (before.last() != Some(&b':')).then(|| rest.trim_start_matches('/')),
        None => text.starts_with('#').then(|| text.trim_start_matches('#')),
    }
}

/// Whether a comment begins with `wuxin:`.
fn addressed(body: Option<&str>) -> bool {
    const NAME: &str = "wuxin";
    let body = body.unwrap_or("").trim_start();
    let named = body.get(..NAME.len()).is_some_and(|name| name.eq_ignore_ascii_case(NAME));
    named && body.get(NAME.len()..).is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<&str> {
        in_line(line, 0..line.len()).into_iter().map(|span| span.slice(line)).collect()
    }

    #[test]
    fn comments_to_wuxin_are_found_and_no_others() {
        for (line, comments) in [
            ("# wuxin: ignore B07 -- 例 ", &["# wuxin: ignore B07 -- 例"][..]),
            ("  // Wuxin：ignore B07——例", &["// Wuxin：ignore B07——例"]),
            ("客服：急什么！# wuxin: x", &["# wuxin: x"]),
            ("<!-- wuxin: a -->客服：急<!-- wuxin:b -->什么", &["<!-- wuxin: a -->", "<!-- wuxin:b -->"]),
            ("客服：急 <!-- wuxin: a", &["<!-- wuxin: a"]),
            ("客服：请上 http://wuxin:8080 看", &[]),
            ("# 第一幕 #1 a/b <!-- 客服 -->", &[]),
            ("wuxin: ignore B07", &[]),
            ("# wuxinxx: a", &[]),
        ] {
            assert_eq!(found(line), comments, "{line}");
        }
        assert!(is_remark("  # wuxin: a") && !is_remark("急 # wuxin: a") && !is_remark(""));
    }

    #[test]
    fn a_comment_of_several_lines_is_one() {
        let text = "<!-- x -->\n<!-- wuxin: ignore B07\n -- 例 --> <!-- wuxin: b";
        let all: Vec<&str> = in_html(text, 0..text.len()).into_iter().map(|span| span.slice(text)).collect();
        assert_eq!(all, ["<!-- wuxin: ignore B07\n -- 例 -->", "<!-- wuxin: b"]);
    }
}
