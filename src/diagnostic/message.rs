//! A message: a key of the catalogue and its arguments, in words only when shown.

use std::borrow::Cow;

/// The language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// 中文, the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The catalogue's name of the language.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// Chooses between two texts that were written side by side (in a rule pack, say).
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::En if !en.is_empty() => en,
            _ => zh,
        }
    }
}

/// A key of `src/locales/` and the values for its `%{name}` places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The catalogue key, such as `error.empty`.
    pub key: Cow<'static, str>,
    /// The values, by name.
    pub args: Vec<(&'static str, String)>,
}

impl Message {
    /// A message without arguments.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Message { key: key.into(), args: Vec::new() }
    }

    /// Adds one argument.
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// The words in `lang`. A key that the catalogue lacks stands as it is (a test forbids it).
    pub fn words(&self, lang: Lang) -> String {
        let pattern = rust_i18n::t!(self.key.as_ref(), locale = lang.code());
        // A value is put in whole: only what the catalogue wrote is a place, unless a value looks like one.
        match self.args.iter().any(|(_, value)| value.contains("%{")) {
            true => self.one_by_one(pattern.into_owned()),
            false => self.filled(&pattern),
        }
    }

    fn one_by_one(&self, mut out: String) -> String {
        for (name, value) in &self.args {
            out = out.replace(&format!("%{{{name}}}"), value);
        }
        out
    }

    /// The same in one pass.
    fn filled(&self, pattern: &str) -> String {
        let mut out =
            String::with_capacity(pattern.len() + self.args.iter().map(|(_, v)| v.len()).sum::<usize>());
        let mut rest = pattern;
        while let Some(at) = rest.find("%{") {
            let (before, place) = rest.split_at(at);
            let inside = place.split_at(2).1;
            let value = inside.find('}').and_then(|end| Some((end, self.value(inside.get(..end)?)?)));
            out.push_str(before);
            rest = match value {
                Some((end, value)) => {
                    out.push_str(value);
                    inside.get(end + 1..).unwrap_or("")
                }
                None => {
                    out.push_str("%{");
                    inside
                }
            };
        }
        out.push_str(rest);
        out
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.args.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }
}

/// An error that can be explained to a user: a stable code, what is wrong, and the cure.
///
/// The words stand in the catalogue under `error.CODE` and `cure.CODE`, with the same arguments.
pub trait Explain {
    /// Stable, kebab-case.
    fn code(&self) -> &'static str;

    /// The values for the catalogue's places.
    fn args(&self) -> Vec<(&'static str, String)>;

    /// What is wrong.
    fn message(&self) -> Message {
        Message { key: format!("error.{}", self.code()).into(), args: self.args() }
    }

    /// What to do about it.
    fn cure(&self) -> Message {
        Message { key: format!("cure.{}", self.code()).into(), args: self.args() }
    }
}

#[cfg(test)]
mod tests {
    use super::Message;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_pass_fills_in_what_one_by_one_does(pattern in "([a急 ]|%\\{a\\}|%\\{b\\}|%\\{c|%\\{d\\}|\\}){0,9}", a in "[x你}{]{0,3}", b in "[y 好]{0,3}") {
            let message = Message::new("").arg("a", a).arg("b", b);
            prop_assert_eq!(message.filled(&pattern), message.one_by_one(pattern));
        }
    }
}
