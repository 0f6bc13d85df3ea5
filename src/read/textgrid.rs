//! Praat's TextGrid, long and short: numbers, strings and flags in one order; all words between them are ornament.

use super::clock::seconds;
use super::cut::Cut;
use super::error::ReadError;
use super::lines::offset;
use super::tiers::{Annotation, turns};
use super::xml::place;
use crate::text::Span;
use crate::transcript::Transcript;

const KIND: &str = "TextGrid";

/// Whether it is one.
pub(super) fn is(start: &str) -> bool {
    start.starts_with("File type = \"ooTextFile") || start.starts_with("\"ooTextFile\"")
}

/// Reads a TextGrid; `Ok(None)` where nobody says a word.
pub(super) fn read(text: &str) -> Result<Option<Transcript>, ReadError> {
    let mut tokens = Tokens { text, at: 0 };
    tokens.string("\"ooTextFile\"")?;
    if tokens.string("\"TextGrid\"")?.text(text) != "TextGrid" {
        return Err(tokens.expected("\"TextGrid\""));
    }
    tokens.number("xmin")?;
    tokens.number("xmax")?;
    if !tokens.flag()? {
        return Ok(None);
    }
    let (mut names, mut all) = (Vec::new(), Vec::new());
    for _ in 0..tokens.count("size")? {
        let class = tokens.string("\"IntervalTier\"")?;
        let points = match class.text(text).as_ref() {
            "IntervalTier" => false,
            "TextTier" => true,
            _ => return Err(tokens.expected("\"IntervalTier\"")),
        };
        let name = tokens.string("name")?.text(text).into_owned();
        tokens.number("xmin")?;
        tokens.number("xmax")?;
        for _ in 0..tokens.count("intervals: size")? {
            all.push(tokens.annotation(names.len(), points)?);
        }
        names.push(name);
    }
    Ok(turns(text, &names, all))
}

/// The free-standing numbers, strings and flags of a text.
struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

enum Token {
    Number(f64),
    String(Cut),
    Flag(bool),
}

impl Tokens<'_> {
    fn annotation(&mut self, tier: usize, point: bool) -> Result<Annotation, ReadError> {
        let at = offset(self.at);
        let start = self.number("xmin")?;
        let end = if point { start } else { self.number("xmax")? };
        let cut = self.string("text")?;
        Ok(Annotation { tier, time: seconds(start).zip(seconds(end)), cut, at })
    }

    fn count(&mut self, what: &'static str) -> Result<u64, ReadError> {
        let before = self.at;
        let number = self.number(what)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be in range")]
        let whole = (number.fract() == 0.0 && (0.0..=1e7).contains(&number)).then_some(number as u64);
        whole.ok_or_else(|| ReadError::Expected {
            kind: KIND,
            place: place(self.text, before),
            expected: what,
        })
    }

    fn number(&mut self, what: &'static str) -> Result<f64, ReadError> {
        match self.token()? {
            Some(Token::Number(number)) => Ok(number),
            _ => Err(self.expected(what)),
        }
    }

    fn string(&mut self, what: &'static str) -> Result<Cut, ReadError> {
        match self.token()? {
            Some(Token::String(cut)) => Ok(cut),
            _ => Err(self.expected(what)),
        }
    }

    fn flag(&mut self) -> Result<bool, ReadError> {
        match self.token()? {
            Some(Token::Flag(flag)) => Ok(flag),
            _ => Err(self.expected("<exists>")),
        }
    }

    /// Something else stands here, or nothing any more.
    fn expected(&self, expected: &'static str) -> ReadError {
        let place = place(self.text, self.at);
        match self.text.get(self.at..).unwrap_or("").trim().is_empty() {
            true => ReadError::CutOff { kind: KIND, place },
            false => ReadError::Expected { kind: KIND, place, expected },
        }
    }

    fn token(&mut self) -> Result<Option<Token>, ReadError> {
        loop {
            let rest = self.text.get(self.at..).unwrap_or("");
            let bare = rest.trim_start();
            self.at += rest.len() - bare.len();
            let len = bare.find(char::is_whitespace).unwrap_or(bare.len());
            match bare.chars().next() {
                None => return Ok(None),
                Some('"') => return self.quoted().map(Some),
                Some('!') => {
                    self.at += bare.find(['\n', '\r']).unwrap_or(bare.len());
                    continue;
                }
                Some(_) => self.at += len,
            }
            let word = bare.get(..len).unwrap_or("");
            match word {
                "<exists>" => return Ok(Some(Token::Flag(true))),
                "<absent>" => return Ok(Some(Token::Flag(false))),
                _ => {}
            }
            if let Some(number) =
                word.parse().ok().filter(|_| word.starts_with(|c: char| c.is_ascii_digit() || c == '-'))
            {
                return Ok(Some(Token::Number(number)));
            }
        }
    }

    /// A string at its quote; `""` in it is one quote.
    fn quoted(&mut self) -> Result<Token, ReadError> {
        let mut cut = Cut::default();
        let (mut kept, mut at) = (self.at + 1, self.at + 1);
        while let Some(found) = self.text.get(at..).and_then(|rest| rest.find('"')) {
            at += found;
            cut.plain(Span::of(kept..at));
            if self.text.as_bytes().get(at + 1) != Some(&b'"') {
                self.at = at + 1;
                return Ok(Token::String(cut));
            }
            cut.undone('"', Span::of(at..at + 2));
            at += 2;
            kept = at;
        }
        Err(ReadError::CutOff { kind: KIND, place: place(self.text, self.text.len()) })
    }
}

#[cfg(test)]
mod tests {
    use super::super::oracle::{check, said};
    use super::super::{Input, ReadError, read};

    const LONG: &str = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0 \nxmax = 9.5 \ntiers? <exists> \nsize = 2 \nitem []: \n\
        \x20   item [1]:\n        class = \"IntervalTier\" \n        name = \"窗口\" \n        xmin = 0 \n        xmax = 9.5 \n        intervals: size = 3 \n\
        \x20       intervals [1]:\n            xmin = 0 \n            xmax = 1.5 \n            text = \"您好，\"\"张\"\"\" \n\
        \x20       intervals [2]:\n            xmin = 1.5 \n            xmax = 6 \n            text = \"\" \n\
        \x20       intervals [3]:\n            xmin = 6 \n            xmax = 9.5 \n            text = \"请坐\" \n\
        \x20   item [2]:\n        class = \"IntervalTier\" \n        name = \"来访人\" \n        xmin = 0 \n        xmax = 9.5 \n        intervals: size = 1 \n\
        \x20       intervals [1]:\n            xmin = 2 \n            xmax = 5 \n            text = \"我来问补助\" \n";
    const SHORT: &str = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n9.5\n<exists>\n2\n\"IntervalTier\"\n\"窗口\"\n0\n9.5\n3\n0\n1.5\n\"您好，\"\"张\"\"\"\n1.5\n6\n\"\"\n6\n9.5\n\"请坐\"\n\
        \"TextTier\"\n\"来访人\"\n0\n9.5\n1\n2\n\"我来问补助\"\n";

    fn error(text: &str) -> ReadError {
        read(&Input { bytes: text.as_bytes(), name: "a.TextGrid", format: None }).unwrap_err()
    }

    #[test]
    fn long_and_short_say_the_same_in_the_order_of_time() {
        let words = [("窗口", "您好，\"张\""), ("来访人", "我来问补助"), ("窗口", "请坐")];
        let words = words.map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(said(LONG, "a.TextGrid"), words);
        assert_eq!(said(SHORT, "a.TextGrid"), words);
        let utf16: Vec<u8> =
            [0xfe, 0xff].into_iter().chain(SHORT.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let document = read(&Input { bytes: &utf16, name: "a.TextGrid", format: None }).unwrap();
        check(&document);
        assert_eq!(document.encoding, "UTF-16BE");
        let clock = document.conversations[0].turns[2].clock().unwrap();
        assert_eq!((clock.start, clock.end), (6_000, 9_500));
    }

    #[test]
    fn a_grid_cut_off_and_one_that_is_none() {
        for end in [LONG.len() - 3, LONG.len() - 40, LONG.len() / 2] {
            let end = (end..).find(|end| LONG.is_char_boundary(*end)).unwrap();
            assert!(matches!(error(&LONG[..end]), ReadError::CutOff { .. }), "{end} {}", error(&LONG[..end]));
        }
        let other = SHORT.replace("\"TextGrid\"", "\"Sound\"");
        assert!(error(&other).to_string().contains("expected \"TextGrid\""), "{}", error(&other));
        let wrong = SHORT.replace("\n0\n1.5\n", "\n0\n\"1.5\"\n");
        assert!(error(&wrong).to_string().contains("expected xmax"), "{}", error(&wrong));
    }
}
