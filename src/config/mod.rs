//! Settings: defaults, then `wuxin.toml`, then the command line; the later wins.
//!
//! What the file says is read by [`File::parse`], which collects all its slips at once. [`Config::new`] lays the layers
//! over each other and remembers where each value came from.

mod file;
mod keys;
mod show;
mod slip;
mod template;

pub use file::File;
pub use keys::nearest;
pub use slip::Slip;
pub use template::template;

use crate::diagnostic::{Confidence, Lang, Severity};
use crate::transcript::{Channel, Role};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The name that is looked for.
pub const FILE_NAME: &str = "wuxin.toml";

/// What decides results, as plain data.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The language of messages.
    pub lang: Lang,
    /// Findings below are left out; `None` leaves it to the standard.
    pub min_confidence: Option<Confidence>,
    /// Speaker labels of staff.
    pub staff: Vec<String>,
    /// Speaker labels of visitors.
    pub visitor: Vec<String>,
    /// Whose speech a text without labels is: `Staff` or `Unknown`.
    pub unlabelled: Role,
    /// Severities other than the rules' own; `None` turns a rule off.
    pub severity: BTreeMap<String, Option<Severity>>,
    /// The least severity that makes the run fail; `None` for never.
    pub fail_on: Option<Severity>,
    /// How file names spell what is known about a recording.
    pub name_pattern: Option<String>,
    /// How visitors came, where the input does not say.
    pub channel: Option<Channel>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            lang: Lang::Zh,
            min_confidence: None,
            staff: Vec::new(),
            visitor: Vec::new(),
            unlabelled: Role::Staff,
            severity: BTreeMap::new(),
            fail_on: Some(Severity::Warning),
            name_pattern: None,
            channel: None,
        }
    }
}

impl Settings {
    /// What changes the report's content, for `tool.settings`. `fail_on` only changes the exit code.
    pub fn in_report(&self) -> Value {
        let severity: BTreeMap<&String, &str> = self
            .severity
            .iter()
            .map(|(rule, severity)| (rule, severity.map_or("off", Severity::word)))
            .collect();
        json!({
            "lang": self.lang.code(),
            "min_confidence": self.min_confidence,
            "staff": self.staff,
            "visitor": self.visitor,
            "unlabelled": self.unlabelled,
            "severity": severity,
            "name_pattern": self.name_pattern,
            "channel": self.channel,
        })
    }
}

/// What one place says: the file or the command line. `None` where it says nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// `lang`
    pub lang: Option<Lang>,
    /// `standard`: a folder with a rule pack.
    pub standard: Option<PathBuf>,
    /// `min-confidence`
    pub min_confidence: Option<Confidence>,
    /// `fail-on`; inside, `None` for never.
    pub fail_on: Option<Option<Severity>>,
    /// `staff`
    pub staff: Option<Vec<String>>,
    /// `visitor`
    pub visitor: Option<Vec<String>>,
    /// `unlabelled`
    pub unlabelled: Option<Role>,
    /// `[severity]` and `disable`
    pub severity: BTreeMap<String, Option<Severity>>,
    /// `exclude`: globs, relative to the file's folder.
    pub exclude: Option<Vec<String>>,
    /// `input-format`
    pub input_format: Option<String>,
    /// `columns`
    pub columns: Option<String>,
    /// `name-pattern`
    pub name_pattern: Option<String>,
    /// `channel`
    pub channel: Option<Channel>,
}

/// Where a value came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    #[default]
    Default,
    /// `wuxin.toml`.
    File,
    /// An option.
    CommandLine,
}

/// The settings in force, those of the input included.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// What decides results.
    pub settings: Settings,
    /// A rule pack other than the one built in.
    pub standard: Option<PathBuf>,
    /// Globs of what is never walked into.
    pub exclude: Vec<String>,
    /// The folder that `exclude` is relative to.
    pub root: PathBuf,
    /// The format of all inputs, where it is not to be told from them.
    pub input_format: Option<String>,
    /// Which columns of a table hold what.
    pub columns: Option<String>,
    origins: BTreeMap<&'static str, Origin>,
    file: Option<PathBuf>,
}

impl Config {
    /// Lays `command` over `file` over the defaults.
    pub fn new(file: Option<&File>, command: &Layer) -> Self {
        let mut config = Config::default();
        if let Some(file) = file {
            config.root = file.folder().to_owned();
            config.file = Some(file.path.clone());
            config.lay(Origin::File, &file.layer);
        }
        config.lay(Origin::CommandLine, command);
        config
    }

    fn lay(&mut self, origin: Origin, layer: &Layer) {
        let mut over = Over { origin, origins: &mut self.origins };
        let settings = &mut self.settings;
        over.lay("lang", &layer.lang, &mut settings.lang);
        over.lay_some("standard", &layer.standard, &mut self.standard);
        over.lay_some("min-confidence", &layer.min_confidence, &mut settings.min_confidence);
        over.lay("fail-on", &layer.fail_on, &mut settings.fail_on);
        over.lay("staff", &layer.staff, &mut settings.staff);
        over.lay("visitor", &layer.visitor, &mut settings.visitor);
        over.lay("unlabelled", &layer.unlabelled, &mut settings.unlabelled);
        over.lay("exclude", &layer.exclude, &mut self.exclude);
        over.lay_some("input-format", &layer.input_format, &mut self.input_format);
        over.lay_some("columns", &layer.columns, &mut self.columns);
        over.lay_some("name-pattern", &layer.name_pattern, &mut settings.name_pattern);
        over.lay_some("channel", &layer.channel, &mut settings.channel);
        if !layer.severity.is_empty() {
            over.origins.insert("severity", origin);
            settings.severity.extend(layer.severity.clone());
        }
    }

    fn origin(&self, key: &str) -> Origin {
        self.origins.get(key).copied().unwrap_or_default()
    }
}

/// One layer on its way onto the settings.
struct Over<'a> {
    origin: Origin,
    origins: &'a mut BTreeMap<&'static str, Origin>,
}

impl Over<'_> {
    fn lay<T: Clone>(&mut self, key: &'static str, from: &Option<T>, to: &mut T) {
        if let Some(value) = from {
            *to = value.clone();
            self.origins.insert(key, self.origin);
        }
    }

    fn lay_some<T: Clone>(&mut self, key: &'static str, from: &Option<T>, to: &mut Option<T>) {
        if from.is_some() {
            self.lay(key, &Some(from.clone()), to);
        }
    }
}

/// The nearest `wuxin.toml` in `start` or above it.
pub fn find(start: &Path) -> Option<PathBuf> {
    start.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file())
}

#[cfg(test)]
mod tests;
