//! A day: no clock, no time zone.

use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, from 0001-01-01 to 9999-12-31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// Not a day written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day written YYYY-MM-DD")]
pub struct NotADate;

impl Date {
    /// The day that is so many days after 1970-01-01.
    pub fn of_days(days: u32) -> Self {
        let mut left = days;
        let mut year = 1970;
        while left >= year_days(year) {
            left -= year_days(year);
            year += 1;
        }
        let mut month = 1;
        while left >= u32::from(month_days(year, month)) {
            left -= u32::from(month_days(year, month));
            month += 1;
        }
        Date { year, month, day: u8::try_from(left + 1).unwrap_or(1) }
    }
}

/// Digits that may be a year, a month and a day, in a text with other things in it.
fn candidates(text: &str) -> impl Iterator<Item = [&str; 3]> {
    let runs: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let joined: Vec<[&str; 3]> = runs
        .iter()
        .filter_map(|run| {
            let whole = run.len() == 8 || run.len() == 14;
            Some([run.get(0..4)?, run.get(4..6)?, run.get(6..8)?]).filter(|_| whole)
        })
        .collect();
    let parted: Vec<[&str; 3]> = runs.windows(3).filter_map(|run| run.try_into().ok()).collect();
    parted.into_iter().chain(joined)
}

impl Date {
    /// The first day that a text names: `2026-01-31`, `2026年1月31日`, `20260131`, `20260131120000`.
    pub fn found_in(text: &str) -> Option<Date> {
        candidates(text).find_map(|[year, month, day]| {
            let short = |part: &str| (1..=2).contains(&part.len()).then(|| format!("{part:0>2}"));
            if year.len() != 4 || year < "1900" {
                return None;
            }
            format!("{year}-{}-{}", short(month)?, short(day)?).parse().ok()
        })
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn year_days(year: u16) -> u32 {
    if is_leap(year) { 366 } else { 365 }
}

/// 0 for what is no month.
fn month_days(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(is_leap(year)),
        _ => 0,
    }
}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let shaped = text.len() == 10
            && text
                .bytes()
                .enumerate()
                .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        let part = |range: std::ops::Range<usize>| text.get(range).filter(|_| shaped).unwrap_or("");
        let year: u16 = part(0..4).parse().map_err(|_| NotADate)?;
        let month: u8 = part(5..7).parse().map_err(|_| NotADate)?;
        let day: u8 = part(8..10).parse().map_err(|_| NotADate)?;
        let there = year >= 1 && (1..=month_days(year, month)).contains(&day);
        if there { Ok(Date { year, month, day }) } else { Err(NotADate) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_are_none_are_refused() {
        for text in
            ["2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026-1-1"]
        {
            assert_eq!(text.parse::<Date>(), Err(NotADate), "{text}");
        }
        for text in ["+026-01-01", "2026/01/01", "２０２６-01", "", "2026-01-01x"] {
            assert_eq!(text.parse::<Date>(), Err(NotADate), "{text}");
        }
        for text in ["2024-02-29", "2000-02-29", "2026-12-31", "0001-01-01"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
    }

    /// Reference: `date -u -d @$((days * 86400)) +%F`.
    #[test]
    fn days_since_the_epoch() {
        for (days, text) in
            [(0, "1970-01-01"), (11_016, "2000-02-29"), (20_517, "2026-03-05"), (47_540, "2100-02-28")]
        {
            assert_eq!(Date::of_days(days).to_string(), text);
        }
        assert_eq!(Date::of_days(47_541).to_string(), "2100-03-01");
    }

    #[test]
    fn a_day_is_found_among_other_things() {
        for (text, day) in [
            ("张三/2026-03-05_办公室.txt", Some("2026-03-05")),
            ("2026年3月5日", Some("2026-03-05")),
            ("rec_20260305_12.json", Some("2026-03-05")),
            ("20260305121500.wav.json", Some("2026-03-05")),
            ("2026.3.5 a", Some("2026-03-05")),
            ("12345678901.txt", None),
            ("2026-13-05", None),
            ("case-0012-01-02", None),
            ("a", None),
        ] {
            assert_eq!(Date::found_in(text).map(|day| day.to_string()), day.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn earlier_days_are_less() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert!(day("2025-12-31") < day("2026-01-01") && day("2026-01-31") < day("2026-02-01"));
    }
}
