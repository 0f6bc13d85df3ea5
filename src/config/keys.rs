//! The keys of `wuxin.toml`: the one list that reading, the template and `--print-config` share.

/// One key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    /// As written.
    pub(super) name: &'static str,
    /// What it may hold; the catalogue's `config.kind.…` says it in words.
    pub(super) kind: Kind,
    /// An example in the template.
    pub(super) example: &'static str,
}

/// What a key may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Any text.
    Text,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A number from 0 to 1.
    Fraction,
    /// A list of texts.
    List,
    /// A table from rule ids to severities.
    Severities,
}

pub(super) const LANGS: &[&str] = &["zh", "en"];
pub(super) const FAIL_ON: &[&str] = &["error", "warning", "note", "never"];
pub(super) const UNLABELLED: &[&str] = &["staff", "unknown"];
pub(super) const CHANNELS: &[&str] = &["visit", "phone", "letter"];
pub(super) const SEVERITIES: &[&str] = &["error", "warning", "note", "off"];

/// In the order of the template; the table comes last, as TOML wants it.
pub(super) const KEYS: &[Key] = &[
    Key { name: "lang", kind: Kind::Choice(LANGS), example: "\"zh\"" },
    Key { name: "standard", kind: Kind::Text, example: "\"rules/changzhou-2019\"" },
    Key { name: "min-confidence", kind: Kind::Fraction, example: "0.8" },
    Key { name: "fail-on", kind: Kind::Choice(FAIL_ON), example: "\"warning\"" },
    Key { name: "staff", kind: Kind::List, example: "[\"坐席\", \"spk0\"]" },
    Key { name: "visitor", kind: Kind::List, example: "[\"来访人\"]" },
    Key { name: "unlabelled", kind: Kind::Choice(UNLABELLED), example: "\"staff\"" },
    Key { name: "exclude", kind: Kind::List, example: "[\"archive/\", \"*.bak.txt\"]" },
    Key { name: "input-format", kind: Kind::Text, example: "\"srt\"" },
    Key { name: "columns", kind: Kind::Text, example: "\"role=客服,text=内容\"" },
    Key { name: "name-pattern", kind: Kind::Text, example: "\"{date}_{staff}_{recording}\"" },
    Key { name: "channel", kind: Kind::Choice(CHANNELS), example: "\"phone\"" },
    Key { name: "disable", kind: Kind::List, example: "[\"S05-mandarin\"]" },
    Key { name: "severity", kind: Kind::Severities, example: "B07 = \"warning\"" },
];

/// The candidate that was probably meant by `word`.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase().replace('_', "-");
    let close = |candidate: &'a str| {
        let folded = candidate.to_lowercase();
        // `S05` for `S05-mandarin`; a word begun right is as good as a letter wrong.
        let begun = word.len() >= 3 && folded.starts_with(&word);
        let score = if begun { 0.9 } else { strsim::jaro_winkler(&word, &folded) };
        (score > 0.8).then_some((score, candidate))
    };
    candidates.filter_map(close).max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, candidate)| candidate)
}
