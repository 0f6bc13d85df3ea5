//! What a line begins with.

use super::super::clock;
use super::words::{is_name, is_role};

/// The longest label, in characters, an addition in brackets not counted.
const MAX_LABEL: usize = 12;
/// The longest addition in brackets.
const MAX_ADDITION: usize = 14;

/// How a label is set off from the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Kind {
    /// `客服：…`
    Colon,
    /// `【客服】…`
    Bracket,
    /// Label, tab, words.
    Tab,
    /// `客服 09:12:33`, and the words on the next lines.
    Alone,
    /// `客服 09:12:33 …`
    Timed,
    /// `09:12:33 客服`, and the words on the next lines; where they are not, `客服` is what was said.
    Ahead,
    /// `[00:01:02] …`: a time, but no label.
    Unlabelled,
}

/// The beginning of a line: a time, a label, and where the words start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) struct Lead<'a> {
    /// The label as written; empty where there is a time only.
    pub(in crate::read) label: &'a str,
    /// How it is set off.
    pub(in crate::read) kind: Kind,
    /// Start and end in milliseconds, where the line gives them.
    pub(in crate::read) time: Option<(u64, Option<u64>)>,
    /// Byte of the line at which the words start.
    pub(in crate::read) body: usize,
}

/// What `line` begins with, if it could be a label or a time. Looks at its first few characters only.
pub(in crate::read) fn lead(line: &str) -> Option<Lead<'_>> {
    let mut at = line.len() - line.trim_start().len();
    at += marker(line.get(at..)?);
    let mut before = None;
    if let Some((time, len)) = stamp(line.get(at..)?) {
        if let Some(label) = numbered(line.get(at..at + len)?) {
            return Some(Lead { label, kind: Kind::Bracket, time: Some(time), body: at + len });
        }
        before = Some(time);
        at += len;
        at += blanks(line.get(at..)?);
    }
    let rest = line.get(at..)?;
    let found = bracketed(rest, before.is_some()).or_else(|| plain(rest));
    match found {
        Some(lead) => Some(Lead { time: lead.time.or(before), body: at + lead.body, ..lead }),
        None => before.map(|time| match person(rest) {
            Some(label) => Lead { label, kind: Kind::Ahead, time: Some(time), body: at },
            None => Lead { label: "", kind: Kind::Unlabelled, time: Some(time), body: at },
        }),
    }
}

/// The role or the name that is all of `rest`.
fn person(rest: &str) -> Option<&str> {
    let label = rest.trim_end();
    (label.chars().nth(MAX_LABEL).is_none() && (is_role(label) || is_name(label))).then_some(label)
}

/// Length of a bullet or number in front of a label: `- `, `1. `, `2、`, `(3)`.
fn marker(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    if matches!(bytes, [b'-' | b'*' | b'+' | b'>', b' ', ..]) {
        return 2 + blanks(rest.get(2..).unwrap_or(""));
    }
    let open = usize::from(bytes.first() == Some(&b'('));
    let digits = bytes.iter().skip(open).take(4).take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 || digits > 3 {
        return 0;
    }
    let rest = rest.get(open + digits..).unwrap_or("");
    let mark = match rest.chars().next() {
        Some('、') if open == 0 => 3,
        Some('.') if open == 0 && rest.as_bytes().get(1) == Some(&b' ') => 1,
        Some(')') => 1,
        _ => return 0,
    };
    open + digits + mark + blanks(rest.get(mark..).unwrap_or(""))
}

fn blanks(rest: &str) -> usize {
    rest.len() - rest.trim_start_matches([' ', '\t', '\u{3000}', '\u{a0}']).len()
}

/// A time in front of everything: bare and followed by a blank, or in brackets.
fn stamp(rest: &str) -> Option<((u64, Option<u64>), usize)> {
    let open = rest.chars().next()?;
    let close = match open {
        '[' => ']',
        '(' => ')',
        '（' => '）',
        '【' => '】',
        '0'..='9' => return bare_stamp(rest),
        _ => return None,
    };
    let inner = rest.get(open.len_utf8()..)?;
    let skipped = date(inner);
    let (start, end, len) = clock::range(inner.get(skipped..)?)?;
    let mut len = skipped + len;
    let number = inner.get(len..)?.strip_prefix(',').filter(|_| end.is_some() && open == '[');
    len += number.map_or(0, |rest| 1 + rest.bytes().take(4).take_while(u8::is_ascii_digit).count());
    inner.get(len..)?.strip_prefix(close)?;
    Some(((start, end), open.len_utf8() + len + close.len_utf8()))
}

/// The speaker of a stamp such as `[0:0.020,0:2.380,1]`.
fn numbered(stamp: &str) -> Option<&str> {
    let (times, number) = stamp.strip_prefix('[')?.strip_suffix(']')?.rsplit_once(',')?;
    (times.contains(',') && number.bytes().all(|byte| byte.is_ascii_digit()) && !number.is_empty())
        .then_some(number)
}

fn bare_stamp(rest: &str) -> Option<((u64, Option<u64>), usize)> {
    let skipped = date(rest);
    let (start, end, len) = clock::range(rest.get(skipped..)?)?;
    let after = rest.get(skipped + len..)?;
    after.starts_with([' ', '\t', '\u{3000}']).then_some(((start, end), skipped + len))
}

/// Length of a date and the blanks behind it: `2025-08-26 `, `2025/8/6 `.
fn date(rest: &str) -> usize {
    let len =
        rest.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/')).take(11).count();
    let day = rest.get(..len).unwrap_or("");
    let parts = day.split(['-', '/']).filter(|part| !part.is_empty()).count();
    let after = blanks(rest.get(len..).unwrap_or(""));
    if parts == 3 && len >= 8 && after > 0 { len + after } else { 0 }
}

/// `【客服】…`, `[客服]：…`; after a time also `(客服)…`.
fn bracketed(rest: &str, timed: bool) -> Option<Lead<'_>> {
    let close = match rest.chars().next()? {
        '【' => '】',
        '[' => ']',
        '(' if timed => ')',
        '（' if timed => '）',
        _ => return None,
    };
    let open_len = rest.chars().next()?.len_utf8();
    let inner = rest.get(open_len..)?;
    let end = inner.char_indices().take(MAX_LABEL + 1).find(|(_, c)| *c == close)?.0;
    let label = inner.get(..end)?;
    if label.trim() != label || label.is_empty() || label.chars().any(|c| is_stop(c) && c != ' ') {
        return None;
    }
    let mut body = open_len + end + close.len_utf8();
    let after = rest.get(body..)?;
    let colon = after.trim_start_matches(' ');
    if let Some(c) = colon.chars().next().filter(|c| matches!(c, '：' | ':')) {
        body += after.len() - colon.len() + c.len_utf8();
    }
    Some(Lead { label, kind: Kind::Bracket, time: None, body })
}

/// What cannot stand in a label.
fn is_stop(c: char) -> bool {
    matches!(
        c,
        '。' | '，'
            | '！'
            | '？'
            | '；'
            | '、'
            | '…'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '《'
            | '》'
            | '「'
            | '」'
            | '『'
            | '』'
            | '—'
            | '～'
            | ','
            | '!'
            | '?'
            | ';'
            | '"'
            | '\''
            | '<'
            | '>'
            | '{'
            | '}'
            | '['
            | ']'
            | '【'
            | '】'
            | '|'
            | '='
            | '/'
            | '\\'
            | '\u{fffd}'
    ) || c.is_control()
}

/// `客服：…`, label and tab, label and time.
fn plain(rest: &str) -> Option<Lead<'_>> {
    let mut count = 0usize;
    for (at, c) in rest.char_indices() {
        match c {
            '：' | ':' => return colon(rest, at, c),
            '\t' => return tab(rest, at).or_else(|| before_time(rest, at)),
            ' ' | '\u{3000}' | '\u{a0}' => {
                if let Some(lead) = before_time(rest, at) {
                    return Some(lead);
                }
                let next = rest.get(at + c.len_utf8()..)?.chars().next()?;
                count += 1;
                if at == 0
                    || count >= MAX_LABEL
                    || !(next.is_ascii_alphanumeric() || matches!(next, '：' | ':' | '（' | '(' | ' '))
                {
                    return None;
                }
            }
            '（' | '(' => {
                let end = addition(rest, at, if c == '(' { ')' } else { '）' })?;
                return after_addition(rest, end);
            }
            _ if is_stop(c) || count >= MAX_LABEL => return None,
            _ => count += 1,
        }
    }
    None
}

/// Where an addition in brackets that opens at `at` ends.
fn addition(rest: &str, at: usize, close: char) -> Option<usize> {
    if at == 0 {
        return None;
    }
    let inner = rest.get(at..)?;
    let found = inner.char_indices().take(MAX_ADDITION + 2).find(|(_, c)| *c == close)?;
    Some(at + found.0 + close.len_utf8())
}

/// What follows `客服（李某）`: a colon, a tab or a time.
fn after_addition(rest: &str, end: usize) -> Option<Lead<'_>> {
    let after = rest.get(end..)?;
    let gap = after.len() - after.trim_start_matches(' ').len();
    if after.trim_start().is_empty() {
        return timed_addition(rest.get(..end)?, rest.len()).map(|lead| Lead { kind: Kind::Alone, ..lead });
    }
    match after.chars().nth(gap)? {
        c @ ('：' | ':') => {
            let label = rest.get(..end)?;
            let lead = colon(rest, end + gap, c)?;
            Some(timed_addition(label, lead.body).unwrap_or(Lead { label, ..lead }))
        }
        '\t' => tab(rest, end),
        _ => before_time(rest, end),
    }
}

/// `客服（09:12:33）`: the addition is a time.
fn timed_addition(label: &str, body: usize) -> Option<Lead<'_>> {
    let (name, addition) = label.split_at(label.rfind(['（', '('])?);
    let (time, len) = stamp(addition)?;
    let whole = len == addition.len();
    whole.then_some(Lead { label: name.trim_end(), kind: Kind::Timed, time: Some(time), body })
}

fn colon(rest: &str, at: usize, mark: char) -> Option<Lead<'_>> {
    let label = rest.get(..at)?.trim_end();
    let after = rest.get(at + mark.len_utf8()..)?;
    let number = label.bytes().all(|byte| byte.is_ascii_digit());
    let is_time = mark == ':' && number && after.starts_with(|c: char| c.is_ascii_digit());
    if label.is_empty() || is_time || after.starts_with("//") {
        return None;
    }
    Some(Lead { label, kind: Kind::Colon, time: None, body: at + mark.len_utf8() })
}

fn tab(rest: &str, at: usize) -> Option<Lead<'_>> {
    let label = rest.get(..at)?.trim_end();
    let has_words = !rest.get(at..)?.trim_start().is_empty() && before_time(rest, at).is_none();
    (!label.is_empty() && has_words).then_some(Lead { label, kind: Kind::Tab, time: None, body: at + 1 })
}

/// A label that ends at `at`, and a time behind the blanks that follow.
fn before_time(rest: &str, at: usize) -> Option<Lead<'_>> {
    let label = rest.get(..at)?.trim_end();
    if label.is_empty() {
        return None;
    }
    let gap = blanks(rest.get(at..)?);
    let behind = rest.get(at + gap..)?;
    let skipped = date(behind);
    let (time, len) = stamp(behind).or_else(|| {
        let (start, end, len) = clock::range(behind.get(skipped..)?)?;
        Some(((start, end), skipped + len))
    })?;
    let mut body = at + gap + len;
    let after = rest.get(body..)?;
    let words = after.trim_start();
    if let Some(c) = words.chars().next().filter(|c| matches!(c, '：' | ':')) {
        body += after.len() - words.len() + c.len_utf8();
        return Some(Lead { label, kind: Kind::Timed, time: Some(time), body });
    }
    if words.is_empty() {
        return Some(Lead { label, kind: Kind::Alone, time: Some(time), body: rest.len() });
    }
    after.starts_with([' ', '\t', '\u{3000}']).then_some(Lead {
        label,
        kind: Kind::Timed,
        time: Some(time),
        body,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Option<(&str, Kind, Option<u64>, &str)> {
        lead(line).map(|lead| (lead.label, lead.kind, lead.time.map(|time| time.0), &line[lead.body..]))
    }

    #[test]
    fn labels_in_every_hand() {
        use Kind::{Ahead, Alone, Bracket, Colon, Tab, Timed, Unlabelled};
        for (line, label, kind, time, words) in [
            ("工作人员：您好", "工作人员", Colon, None, "您好"),
            ("工作人员: 您好", "工作人员", Colon, None, " 您好"),
            ("客服 ：您好", "客服", Colon, None, "您好"),
            ("[00:01:02] 客服: 您好", "客服", Colon, Some(62_000), " 您好"),
            (" 00:15 发言人2: 好", "发言人2", Colon, Some(15_000), " 好"),
            ("说话人1 00:02", "说话人1", Alone, Some(2_000), ""),
            ("说话人 1 00:02", "说话人 1", Alone, Some(2_000), ""),
            ("张三 00:00:00.000 ", "张三", Alone, Some(0), ""),
            ("客服 2025-08-26 09:12:33", "客服", Alone, Some(33_153_000), ""),
            ("客服 09:12:33 您好", "客服", Timed, Some(33_153_000), " 您好"),
            ("客服（09:12:33）：您好", "客服", Timed, Some(33_153_000), "您好"),
            ("张三（00:05） ", "张三", Alone, Some(5_000), ""),
            ("张三(00:00:05): 您好", "张三", Timed, Some(5_000), " 您好"),
            ("【客服】您好", "客服", Bracket, None, "您好"),
            ("【客服】：您好", "客服", Bracket, None, "您好"),
            ("[客服] 您好", "客服", Bracket, None, " 您好"),
            ("[00:00.00](speaker 0)您好", "speaker 0", Bracket, Some(0), "您好"),
            ("客服（李某）：您好", "客服（李某）", Colon, None, "您好"),
            ("客服 (李某): 您好", "客服 (李某)", Colon, None, " 您好"),
            ("Speaker 1: 好", "Speaker 1", Colon, None, " 好"),
            ("SPEAKER_00: 好", "SPEAKER_00", Colon, None, " 好"),
            ("客服\t您好", "客服", Tab, None, "您好"),
            ("- 客服：您好", "客服", Colon, None, "您好"),
            ("1. 客服：您好", "客服", Colon, None, "您好"),
            ("2、客服：您好", "客服", Colon, None, "您好"),
            ("[00:01 - 00:03] 您好", "", Unlabelled, Some(1_000), "您好"),
            ("00:00:02 发言人1", "发言人1", Ahead, Some(2_000), "发言人1"),
            ("[00:02] 周敏 ", "周敏", Ahead, Some(2_000), "周敏 "),
            ("00:02 好的", "", Unlabelled, Some(2_000), "好的"),
            ("[0:0.020,0:2.380]  您好", "", Unlabelled, Some(20), "您好"),
            ("[0:0.020,0:2.380,1]  您好", "1", Bracket, Some(20), "  您好"),
            ("我跟你说：不行", "我跟你说", Colon, None, "不行"),
        ] {
            assert_eq!(parts(line), Some((label, kind, time, words)), "{line}");
        }
    }

    #[test]
    fn what_is_no_label() {
        for line in [
            "您好，我说一下：不行",
            "12:30我就到了",
            "http://example.org",
            "一二三四五六七八九十一二三：不行",
            "“你急什么”：这样的话",
            "：好",
            "我们 大家：好",
            "",
            "   ",
            "你好",
            "张三（经理）",
        ] {
            assert_eq!(parts(line), None, "{line}");
        }
    }
}
