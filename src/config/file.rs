//! `wuxin.toml` as written: read key by key, every slip with its place.

use super::keys::{CHANNELS, FAIL_ON, KEYS, Kind, LANGS, SEVERITIES, UNLABELLED, nearest};
use super::{Layer, Slip};
use crate::diagnostic::{Confidence, Lang, Message, Picture, Severity};
use crate::text::{Raw, SourceText, Span};
use crate::transcript::{Channel, Role};
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

type Valued<'i> = Spanned<DeValue<'i>>;

/// A file and what it says.
#[derive(Clone, Debug)]
pub struct File {
    /// Where it stands.
    pub path: PathBuf,
    /// Its text.
    pub source: SourceText,
    /// What could be read of it.
    pub layer: Layer,
    rules: Vec<(String, Span<Raw>)>,
}

impl File {
    /// Reads `text`; the slips, if there are any, in order.
    pub fn parse(path: &Path, text: &str) -> (File, Vec<Slip>) {
        let mut reader = Reader::default();
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let span = error.span().map_or(Span::point(0), Span::of);
            let what = error.message().to_owned();
            reader.slips.push(Slip::new("toml", span, &[("what", what)]));
        }
        if errors.is_empty() {
            for (key, value) in table.get_ref() {
                reader.key(key, value);
            }
        }
        reader.slips.sort_by_key(|slip| slip.span);
        let layer =
            Layer { standard: reader.layer.standard.map(|dir| folder(path).join(dir)), ..reader.layer };
        let source = SourceText::new(text.to_owned());
        (File { path: path.to_owned(), source, layer, rules: reader.rules }, reader.slips)
    }

    /// The folder it stands in, which its paths are relative to.
    pub fn folder(&self) -> &Path {
        folder(&self.path)
    }

    /// A slip for every rule it names that the standard does not have.
    pub fn unknown_rules(&self, known: &[&str]) -> Vec<Slip> {
        let unknown = self.rules.iter().filter(|(rule, _)| !known.contains(&rule.as_str()));
        unknown
            .map(|(rule, span)| {
                let slip = Slip::new("unknown-rule", *span, &[("rule", rule.clone())]);
                slip.help(match nearest(rule, known.iter().copied()) {
                    Some(meant) => Message::new("config.help.meant").arg("word", meant),
                    None => Message::new("config.help.rules"),
                })
            })
            .collect()
    }

    /// The slips as they are shown.
    pub fn pictures(&self, slips: &[Slip], lang: Lang) -> Vec<Picture> {
        let name = self.path.display().to_string();
        slips.iter().map(|slip| slip.picture(&name, &self.source, lang)).collect()
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// Collects what the file says and what is wrong with it.
#[derive(Default)]
struct Reader {
    layer: Layer,
    rules: Vec<(String, Span<Raw>)>,
    slips: Vec<Slip>,
}

impl Reader {
    fn key(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, value: &Valued<'_>) {
        let name = key.get_ref().as_ref();
        match name {
            "lang" => {
                let lang = |word: &str| if word == "en" { Lang::En } else { Lang::Zh };
                self.layer.lang = self.choice(name, value, LANGS).map(lang);
            }
            "standard" => self.layer.standard = self.text(name, value).map(PathBuf::from),
            "min-confidence" => self.layer.min_confidence = self.fraction(name, value),
            "fail-on" => self.layer.fail_on = self.choice(name, value, FAIL_ON).map(severity),
            "staff" => self.layer.staff = self.list(name, value).map(bare),
            "visitor" => self.layer.visitor = self.list(name, value).map(bare),
            "unlabelled" => {
                let role = |word: &str| if word == "unknown" { Role::Unknown } else { Role::Staff };
                self.layer.unlabelled = self.choice(name, value, UNLABELLED).map(role);
            }
            "exclude" => self.layer.exclude = self.list(name, value).map(bare),
            "input-format" => self.layer.input_format = self.text(name, value),
            "columns" => self.layer.columns = self.text(name, value),
            "name-pattern" => self.layer.name_pattern = self.text(name, value),
            "channel" => {
                let channel = |word: &str| Channel::ALL.into_iter().find(|channel| channel.word() == word);
                self.layer.channel = self.choice(name, value, CHANNELS).and_then(channel);
            }
            "disable" => {
                for (rule, span) in self.list(name, value).unwrap_or_default() {
                    self.layer.severity.insert(rule.clone(), None);
                    self.rules.push((rule, span));
                }
            }
            "severity" => self.severities(name, value),
            _ => self.unknown(name, Span::of(key.span())),
        }
    }

    fn unknown(&mut self, name: &str, span: Span<Raw>) {
        let slip = Slip::new("unknown-key", span, &[("key", name.to_owned())]);
        let names = KEYS.iter().map(|key| key.name);
        self.slips.push(slip.help(match nearest(name, names.clone()) {
            Some(meant) => Message::new("config.help.meant").arg("word", meant),
            None => Message::new("config.help.keys").arg("keys", names.collect::<Vec<_>>().join("  ")),
        }));
    }

    /// The slip of a value that its key may not hold.
    fn wrong(&mut self, name: &str, value: &Valued<'_>) {
        let span = Span::of(value.span());
        let slip = Slip::new("wrong-value", span, &[("key", name.to_owned())]);
        let kind = KEYS.iter().find(|key| key.name == name).map_or(Kind::Choice(SEVERITIES), |key| key.kind);
        self.slips.push(slip.help(kind.wanted()));
    }

    fn text(&mut self, name: &str, value: &Valued<'_>) -> Option<String> {
        let text = value.get_ref().as_str().filter(|text| !text.trim().is_empty());
        if text.is_none() {
            self.wrong(name, value);
        }
        text.map(str::to_owned)
    }

    fn choice(&mut self, name: &str, value: &Valued<'_>, words: &[&'static str]) -> Option<&'static str> {
        let text = value.get_ref().as_str();
        let word = words.iter().copied().find(|word| text == Some(*word));
        if word.is_none() {
            self.wrong(name, value);
        }
        word
    }

    fn fraction(&mut self, name: &str, value: &Valued<'_>) -> Option<Confidence> {
        let number = match value.get_ref() {
            DeValue::Float(number) => number.as_str().parse::<f64>().ok(),
            DeValue::Integer(number) => number.as_str().parse::<f64>().ok(),
            _ => None,
        };
        let number = number.filter(|number| (0.0..=1.0).contains(number));
        if number.is_none() {
            self.wrong(name, value);
        }
        number.map(Confidence::new)
    }

    fn list(&mut self, name: &str, value: &Valued<'_>) -> Option<Vec<(String, Span<Raw>)>> {
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong(name, value);
            return None;
        };
        let mut out = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_str() {
                Some(text) => out.push((text.to_owned(), Span::of(item.span()))),
                None => self.wrong(name, item),
            }
        }
        Some(out)
    }

    fn severities(&mut self, name: &str, value: &Valued<'_>) {
        let DeValue::Table(table) = value.get_ref() else { return self.wrong(name, value) };
        for (rule, value) in table {
            let id = rule.get_ref().to_string();
            if let Some(word) = self.choice(&id, value, SEVERITIES) {
                // A rule that `disable` names stays off.
                self.layer.severity.entry(id.clone()).or_insert(severity(word));
                self.rules.push((id, Span::of(rule.span())));
            }
        }
    }
}

fn bare(items: Vec<(String, Span<Raw>)>) -> Vec<String> {
    items.into_iter().map(|(text, _)| text).collect()
}

/// `never` and `off` are none.
fn severity(word: &str) -> Option<Severity> {
    [Severity::Note, Severity::Warning, Severity::Error].into_iter().find(|severity| severity.word() == word)
}

impl Kind {
    /// What the key wants, in words.
    fn wanted(self) -> Message {
        match self {
            Kind::Text => Message::new("config.kind.text"),
            Kind::Choice(words) => Message::new("config.kind.choice").arg("words", quoted(words)),
            Kind::Fraction => Message::new("config.kind.fraction"),
            Kind::List => Message::new("config.kind.list"),
            Kind::Severities => Message::new("config.kind.severities").arg("words", quoted(SEVERITIES)),
        }
    }
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ")
}
