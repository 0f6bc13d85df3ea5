//! Times as people and recognisers write them.

/// Reads a time at the start of `text`: `00:15`, `1:02:03`, `00:00:01.250`, `00:00:01,250`. Gives the milliseconds and
/// the bytes read. Two numbers are minutes and seconds.
pub(super) fn time(text: &str) -> Option<(u64, usize)> {
    let bytes = text.as_bytes();
    let (mut units, mut at, mut count) = (0u64, 0usize, 0u32);
    loop {
        let (value, len) = digits(bytes.get(at..)?)?;
        let long = if count == 0 { 4 } else { 2 };
        if len > long || (count > 0 && value >= 60) {
            return None;
        }
        units = units * 60 + value;
        at += len;
        count += 1;
        if count == 3 || bytes.get(at) != Some(&b':') || !bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
            break;
        }
        at += 1;
    }
    if count < 2 {
        return None;
    }
    let (milliseconds, len) = fraction(bytes.get(at..).unwrap_or(&[]));
    Some((units * 1000 + milliseconds, at + len))
}

fn digits(bytes: &[u8]) -> Option<(u64, usize)> {
    let len = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .take(10)
        .count();
    let value = bytes
        .iter()
        .take(len)
        .fold(0u64, |sum, byte| sum * 10 + u64::from(byte - b'0'));
    (len > 0).then_some((value, len))
}

/// The milliseconds of `.5`, `,250`, `.123456`; nothing where no digit follows the mark.
fn fraction(bytes: &[u8]) -> (u64, usize) {
    let Some((b'.' | b',', rest)) = bytes.split_first() else {
        return (0, 0);
    };
    let len = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if len == 0 || len > 9 {
        return (0, 0);
    }
    let scale = |place: u32| 10u64.pow(2u32.saturating_sub(place));
    let value = rest
        .iter()
        .take(len.min(3))
        .zip(0..)
        .map(|(byte, place)| u64::from(byte - b'0') * scale(place))
        .sum();
    (value, len + 1)
}

/// Reads `00:01 --> 00:02`, `00:01 - 00:02`, `00:01,00:02` or one time at the start of `text`.
pub(super) fn range(text: &str) -> Option<(u64, Option<u64>, usize)> {
    let (start, len) = time(text)?;
    let rest = text.get(len..).unwrap_or("");
    let bare = rest.trim_start_matches([' ', '-', '>', '~', '～', '–', '—', ',', '至']);
    let skipped = rest.len() - bare.len();
    match time(bare).filter(|_| skipped > 0 && !rest.starts_with("  ")) {
        Some((end, more)) => Some((start, Some(end), len + skipped + more)),
        None => Some((start, None, len)),
    }
}

/// Reads a line of times of a subtitle: start, end, and what follows (settings).
pub(super) fn cue(line: &str) -> Option<(u64, u64)> {
    let (start, end) = line.split_once("-->")?;
    let (start_ms, len) = time(start.trim())?;
    let (end_ms, _) = time(end.trim_start())?;
    (len == start.trim().len()).then_some((start_ms, end_ms))
}

/// Seconds as a recogniser writes them, in milliseconds; `None` for what is no time.
pub(super) fn seconds(value: f64) -> Option<u64> {
    milliseconds(value * 1000.0)
}

/// Milliseconds from a number; `None` for what is no time.
pub(super) fn milliseconds(value: f64) -> Option<u64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be in range"
    )]
    let whole = || value.round() as u64;
    (value.is_finite() && (-0.5..1e15).contains(&value)).then(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_every_hand() {
        for (text, ms, len) in [
            ("00:15 发言人", 15_000, 5),
            ("01:02:03", 3_723_000, 8),
            ("00:00:01.5", 1_500, 10),
            ("00:00:01,250 -->", 1_250, 12),
            ("00:01.", 1_000, 5),
            ("120:05", 7_205_000, 6),
        ] {
            assert_eq!(time(text), Some((ms, len)), "{text}");
        }
        for text in ["", "15", "12:", "1:75", "a:b", "00000:10", "12：30"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn ranges_and_cues() {
        assert_eq!(range("0:0.020,0:2.380]"), Some((20, Some(2_380), 15)));
        assert_eq!(range("00:01 - 00:02]"), Some((1_000, Some(2_000), 13)));
        assert_eq!(range("00:01] x"), Some((1_000, None, 5)));
        assert_eq!(cue("00:00:01,000 --> 00:00:02,500 X1:0"), Some((1_000, 2_500)));
        assert_eq!(cue("00:01.000-->00:02.500"), Some((1_000, 2_500)));
        assert_eq!(cue("我说 --> 你听"), None);
    }

    #[test]
    fn seconds_become_milliseconds() {
        assert_eq!(seconds(4.220000000000002), Some(4_220));
        assert_eq!(
            (seconds(-3.0), seconds(f64::NAN), seconds(1e300)),
            (None, None, None)
        );
    }
}
