//! The settings in force, as TOML with the origin of each value: `--print-config`.

use super::keys::KEYS;
use super::{Config, Origin};
use crate::diagnostic::{Lang, Message, Severity, pad};
use crate::transcript::Role;
use toml::Value;

impl Config {
    /// A `wuxin.toml` that says the same; each line tells where its value came from.
    pub fn show(&self) -> String {
        let lang = self.settings.lang;
        let mut out = String::new();
        for key in KEYS.iter().filter(|key| key.name != "severity" && key.name != "disable") {
            let line = match self.value(key.name) {
                Some(value) => format!("{} = {value}", key.name),
                None => format!("# {} =", key.name),
            };
            out.push_str(&format!("{}  # {}\n", pad(&line, 40), self.origin_words(key.name, lang)));
        }
        if !self.settings.severity.is_empty() {
            out.push_str(&format!("\n[severity]  # {}\n", self.origin_words("severity", lang)));
            for (rule, severity) in &self.settings.severity {
                out.push_str(&format!("{rule} = \"{}\"\n", severity.map_or("off", Severity::word)));
            }
        }
        out
    }

    fn value(&self, key: &str) -> Option<Value> {
        let settings = &self.settings;
        let text = |text: &str| Some(Value::String(text.to_owned()));
        let list = |list: &[String]| Some(Value::Array(list.iter().cloned().map(Value::String).collect()));
        match key {
            "lang" => text(settings.lang.code()),
            "standard" => self.standard.as_ref().and_then(|path| text(&path.display().to_string())),
            "min-confidence" => settings.min_confidence.map(|confidence| Value::Float(confidence.value())),
            "fail-on" => text(settings.fail_on.map_or("never", Severity::word)),
            "staff" => list(&settings.staff),
            "visitor" => list(&settings.visitor),
            "unlabelled" => text(if settings.unlabelled == Role::Unknown { "unknown" } else { "staff" }),
            "exclude" => list(&self.exclude),
            "input-format" => self.input_format.as_deref().and_then(text),
            "columns" => self.columns.as_deref().and_then(text),
            "name-pattern" => settings.name_pattern.as_deref().and_then(text),
            "channel" => settings.channel.and_then(|channel| text(channel.word())),
            _ => None,
        }
    }

    fn origin_words(&self, key: &str, lang: Lang) -> String {
        match self.origin(key) {
            Origin::Default => Message::new("config.origin.default").words(lang),
            Origin::File => self.file.as_ref().map_or(String::new(), |path| path.display().to_string()),
            Origin::CommandLine => Message::new("config.origin.command").words(lang),
        }
    }
}
