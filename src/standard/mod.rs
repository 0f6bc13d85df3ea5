//! A rule pack: what the TOML says, turned into what is valid. Every slip of an author gets a picture of their line.

mod approved;
mod articles;
mod banned;
mod context;
mod digest;
mod embedded;
mod fields;
mod load;
mod model;
pub mod pattern;
mod samples;
mod sayings;
mod scenario;
mod scoring;
mod situations;
mod tellings;
mod tree;
mod words;

pub use load::{PackError, PackFiles};
pub use model::{
    Approved, Article, ArticleRule, Banned, Bilingual, Check, Context, ContextTable, Excuse, Gauge, Part,
    Phrase, Sample, Situation, Standard, Telling, Tellings, Tier, Variant, When,
};
pub use sayings::{saying, sayings, shortest};
pub use scenario::{Cue, Planted, Scenario};
pub use scoring::{
    BandFrom, ChannelSigns, ConductMethod, Deduction, Limits, PhraseMethod, Place, RedLineMethod, Scoring,
    StageWeight, Timeline,
};
pub use words::Words;
