//! How many syllables a text has when it is read aloud: a Chinese character is one; punctuation and spaces are none;
//! numbers are read as people say them.

use crate::text::is_word;

/// Syllables of `text`.
pub(super) fn spoken(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut sum, mut at) = (0, 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let (length, syllables) = match rest {
            // U+4E00 to U+9FFF, and Mandarin's commas and stops: nearly everything, and it need not be decoded.
            [0xE5..=0xE9, ..] | [0xE4, 0xB8..=0xBF, ..] => (3, 1),
            [0xEF, 0xBC, 0x81..=0x8F, ..] | [0xE3, 0x80, 0x80..=0x84, ..] => (3, 0),
            [byte @ 0..=0x7F, ..] if !byte.is_ascii_alphanumeric() => (1, 0),
            _ => read_aloud(text.get(at..).unwrap_or("")),
        };
        sum += syllables;
        at += length.max(1);
    }
    sum
}

/// The number, the Latin word or the character that begins `rest`: its bytes, and its syllables.
fn read_aloud(rest: &str) -> (usize, usize) {
    match rest.chars().next() {
        Some(c) if digit(c).is_some() => number_in(rest),
        Some(c) if is_latin(c) => latin(rest),
        Some(c) => (c.len_utf8(), usize::from(is_word(c))),
        None => (0, 0),
    }
}

/// ASCII digits and their full-width forms.
fn digit(c: char) -> Option<u8> {
    let folded = match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32)?,
        _ => c,
    };
    folded.to_digit(10).and_then(|d| u8::try_from(d).ok())
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
}

/// Letters are spelt, as in WPS; a longer word has a syllable for three letters or so.
fn latin(rest: &str) -> (usize, usize) {
    let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    (length, if length <= 4 { length } else { length.div_ceil(3) })
}

/// The number that begins `rest`: its bytes, and its syllables. What it looks at are digits, a point and the character
/// behind them.
fn number_in(rest: &str) -> (usize, usize) {
    let inside = |c: char| c == '.' || digit(c).is_some();
    let count = rest.chars().take_while(|c| inside(*c)).count();
    let chars: Vec<char> = rest.chars().take(count + 1).collect();
    let (length, syllables) = number(&chars);
    (chars.iter().take(length).map(|c| c.len_utf8()).sum(), syllables)
}

/// A number with its decimals and its per cent sign: how many characters it takes, and its syllables.
fn number(chars: &[char]) -> (usize, usize) {
    let run = |from: usize| -> Vec<u8> { chars.iter().skip(from).map_while(|c| digit(*c)).collect() };
    let whole = run(0);
    let mut length = whole.len();
    let mut syllables = 0;
    if chars.get(length) == Some(&'.') && chars.get(length + 1).is_some_and(|c| digit(*c).is_some()) {
        let decimals = run(length + 1).len();
        length += 1 + decimals;
        syllables += 1 + decimals;
    }
    let next = chars.get(length).copied();
    syllables += if digit_by_digit(&whole, next) { whole.len() } else { cardinal(&whole) };
    if matches!(next, Some('%' | '％')) {
        return (length + 1, syllables + "百分之".chars().count());
    }
    (length, syllables)
}

/// Short numbers that one dials.
const DIALLED: [[u8; 3]; 5] = [[1, 1, 0], [1, 1, 4], [1, 1, 9], [1, 2, 0], [1, 2, 2]];
/// What is counted, behind a number: then it is no telephone number and no year.
const COUNTED: &str = "个元块万亿千百人位户天次份条平米公里斤吨岁分秒小周级号楼层%％";

/// Years, telephone numbers and whatever begins with a nought are read digit by digit.
fn digit_by_digit(digits: &[u8], next: Option<char>) -> bool {
    let counted = next.is_some_and(|c| COUNTED.contains(c));
    match digits {
        [_, _, _, _] if next == Some('年') => true,
        [0, _, ..] => true,
        _ if counted => false,
        [a, b, c] => DIALLED.contains(&[*a, *b, *c]),
        [1, 2, 3, _, _] | [1, 0, 0, _, _] | [9, 5, _, _, _] => true,
        _ => digits.len() >= 7,
    }
}

/// Syllables of a number as a quantity: 385000 is 三十八万五千.
fn cardinal(digits: &[u8]) -> usize {
    let significant: Vec<u8> = digits.iter().copied().skip_while(|d| *d == 0).collect();
    if significant.is_empty() {
        return 1;
    }
    let groups: Vec<&[u8]> = significant.rchunks(4).collect();
    let mut sum = 0;
    for (power, group) in groups.iter().enumerate().rev() {
        let first = power + 1 == groups.len();
        let has_any = group.iter().any(|d| *d != 0);
        // 万 or 亿.
        sum += group_of_four(group, first) + usize::from(power > 0 && has_any);
    }
    sum
}

/// Syllables of at most four digits; `first` where nothing stands before them (十五, not 一十五; no 零 in front).
fn group_of_four(group: &[u8], first: bool) -> usize {
    let (mut sum, mut nought, mut begun) = (0, false, !first);
    for (i, d) in group.iter().enumerate() {
        let place = group.len() - 1 - i;
        if *d == 0 {
            nought = true;
            continue;
        }
        let bare_ten = !begun && place == 1 && *d == 1;
        sum += usize::from(nought && begun) + usize::from(!bare_ten) + usize::from(place > 0);
        (nought, begun) = (false, true);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_they_are_said() {
        for (text, syllables) in [
            ("您好，请坐。", 4),
            ("2023年", 5),
            ("110", 3),
            ("12345", 5),
            ("15%", 5),
            ("15天", 3),
            ("100元", 3),
            ("105个", 5),
            ("3.5万", 4),
            ("385000", 6),
            ("10005元", 5),
            ("10086", 5),
            ("13912345678", 11),
            ("0519", 4),
            ("0", 1),
            ("20", 2),
            ("1010", 5),
            ("WPS 表格", 5),
            ("２０２３年", 5),
            ("…… ！", 0),
        ] {
            assert_eq!(spoken(text), syllables, "{text}");
        }
    }

    /// Every character decoded, by itself.
    fn plainly(text: &str) -> usize {
        text.chars().map(|c| usize::from(is_word(c))).sum()
    }

    #[test]
    fn no_character_but_of_numbers_and_words_needs_to_be_decoded() {
        let numbers = |c: &char| digit(*c).is_some() || is_latin(*c);
        for c in (0..=0x10FFFF).filter_map(char::from_u32).filter(|c| !numbers(c)) {
            let text = c.to_string();
            assert_eq!(spoken(&text), plainly(&text), "{c:?}");
        }
    }

    #[test]
    fn a_number_ends_where_it_ends() {
        for (text, syllables) in [
            ("1.2.3", 4),
            ("12.", 2),
            ("3.5%的", 7),
            ("２．５", 2),
            ("１５％", 5),
            ("你有3个WPS，10。5", 9),
            ("a1b22", 6),
            ("0.5", 3),
        ] {
            assert_eq!(spoken(text), syllables, "{text}");
        }
    }
}
