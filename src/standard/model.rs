//! A rule pack, read and valid.

use super::pattern::Pattern;
use super::scoring::Scoring;
use crate::diagnostic::{Lang, Severity};
use crate::transcript::{Channel, Role};

/// The same text in both languages; English falls back to Chinese.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bilingual {
    /// 中文.
    pub zh: String,
    /// English, may be empty.
    pub en: String,
}

impl Bilingual {
    /// The text in `lang`.
    pub fn pick(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// One article of the standard.
#[derive(Clone, Debug)]
pub struct Article {
    /// From 1.
    pub number: u8,
    /// Such as 安全服务.
    pub heading: String,
    /// The chapter it stands in.
    pub chapter: String,
    /// Word for word.
    pub text: String,
    /// What of it speech cannot show, where its rules hear only a part; may be empty.
    pub rest: Bilingual,
}

/// How far a pattern stands from the item's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The item's own sentences.
    Item,
    /// The same words in other form or order.
    Variant,
    /// The same act in other words.
    Paraphrase,
}

impl Tier {
    /// As reports name it.
    pub fn word(self) -> &'static str {
        match self {
            Tier::Item => "item",
            Tier::Variant => "variant",
            Tier::Paraphrase => "paraphrase",
        }
    }
}

/// A pattern of a banned rule, with its options.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// What to match.
    pub pattern: Pattern,
    /// How far from the item.
    pub tier: Tier,
    /// 0..1; the tier's default where absent.
    pub confidence: Option<f64>,
    /// Only when one of the visitor's last three turns matches one of these situations (indices); always where empty.
    pub before: Vec<usize>,
    /// Overrides whether a real next step excuses it.
    pub remediable: Option<bool>,
    /// Why the author stands by it, whatever an audit says.
    pub audit: Option<String>,
}

/// What may excuse a banned hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Excuse {
    /// Inside a polite formula or an approved phrase.
    Covered,
    /// A polite enquiry.
    Question,
    /// Another's words.
    Quoted,
    /// The phrase is spoken about, not used.
    Mentioned,
    /// A real next step follows.
    Remedied,
    /// Calming words.
    Comfort,
}

impl Excuse {
    /// All of them, in the order in which they are tried.
    pub const ALL: [Excuse; 6] = [
        Excuse::Covered,
        Excuse::Question,
        Excuse::Comfort,
        Excuse::Quoted,
        Excuse::Mentioned,
        Excuse::Remedied,
    ];

    /// The word of the contract.
    pub fn word(self) -> &'static str {
        match self {
            Excuse::Covered => "covered",
            Excuse::Question => "question",
            Excuse::Quoted => "quoted",
            Excuse::Mentioned => "mentioned",
            Excuse::Remedied => "remedied",
            Excuse::Comfort => "comfort",
        }
    }
}

/// An example inside a rule: `passes` have no excerpt.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// The sentence, marks removed.
    pub text: String,
    /// Bytes of the excerpts in `text`: each must be found.
    pub excerpts: Vec<std::ops::Range<usize>>,
    /// The visitor's turn before.
    pub before: String,
    /// Who says it.
    pub role: Role,
    /// Expected credit (approved phrases).
    pub credit: Option<f64>,
    /// How the visitor came, where it matters.
    pub channel: Option<Channel>,
}

/// A banned phrase (appendix 2).
#[derive(Clone, Debug)]
pub struct Banned {
    /// `B01`.
    pub id: String,
    /// From 1.
    pub item: u8,
    /// Word for word.
    pub text: String,
    /// The act.
    pub title: Bilingual,
    /// Why it matters.
    pub why: Bilingual,
    /// Default severity.
    pub severity: Severity,
    /// Ids of approved phrases.
    pub say_instead: Vec<String>,
    /// What may excuse a hit.
    pub excuses: Vec<Excuse>,
    /// What it costs (0..1) when the speaker has said something else before in the same turn: who has answered does
    /// not brush off.
    pub after_answer: f64,
    /// What is searched for.
    pub phrases: Vec<Phrase>,
    /// A hit that overlaps one of these is none.
    pub unless: Vec<Pattern>,
    /// What must be found.
    pub hits: Vec<Sample>,
    /// What must not.
    pub passes: Vec<Sample>,
}

/// When an approved phrase is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// In every reception.
    Expected,
    /// When a turn matches one of these situations (indices).
    Called(Vec<usize>),
}

/// One key part of an approved phrase.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it says, in a word.
    pub name: Bilingual,
    /// Any of these.
    pub say: Vec<Pattern>,
    /// Share of the credit, relative.
    pub weight: f64,
    /// Without it there is no credit at all.
    pub must: bool,
}

/// One whole variant of an approved phrase.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its text.
    pub text: String,
    /// Characters in which the parts must stand.
    pub within: u32,
    /// The key parts.
    pub parts: Vec<Part>,
}

/// An approved phrase (appendix 1).
#[derive(Clone, Debug)]
pub struct Approved {
    /// `A01`.
    pub id: String,
    /// From 1.
    pub item: u8,
    /// Word for word.
    pub text: String,
    /// The act.
    pub title: Bilingual,
    /// Why it matters.
    pub why: Bilingual,
    /// Id of the stage.
    pub stage: String,
    /// When it is due.
    pub when: When,
    /// Where it is applicable.
    pub channels: Vec<Channel>,
    /// Names of the parts that count by phone; all where empty.
    pub phone_parts: Vec<String>,
    /// Whole formulas that cover a banned hit inside them.
    pub polite: Vec<Pattern>,
    /// The variants.
    pub variants: Vec<Variant>,
    /// What must earn credit.
    pub hits: Vec<Sample>,
    /// What must not.
    pub passes: Vec<Sample>,
}

/// How an article is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Staff says one of the patterns.
    Said,
    /// Staff says none of the patterns: a hint.
    Unsaid,
    /// Measured from times and turns.
    Conduct,
    /// Another rule checks it.
    Elsewhere,
    /// Speech cannot show it.
    NotObservable,
}

/// What is measured for an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gauge {
    /// Characters a minute.
    Pace,
    /// Cutting the visitor short.
    Interruptions,
    /// Share of talk, longest turn.
    Listening,
}

/// What an article asks of speech.
#[derive(Clone, Debug)]
pub struct ArticleRule {
    /// `S05-identity`.
    pub id: String,
    /// The article's number.
    pub article: u8,
    /// What is asked.
    pub title: Bilingual,
    /// Why it matters.
    pub why: Bilingual,
    /// How it is checked.
    pub check: Check,
    /// What is measured.
    pub gauge: Option<Gauge>,
    /// Rules that check it instead, or that count the same evidence.
    pub see: Vec<String>,
    /// What it needs, or why it cannot be heard.
    pub reason: Bilingual,
    /// Default severity.
    pub severity: Severity,
    /// The situations (indices) in which it is asked; always where empty.
    pub when: Vec<usize>,
    /// What meets it (or, for hints, what breaks it).
    pub phrases: Vec<Phrase>,
    /// A hit that overlaps one of these is none.
    pub unless: Vec<Pattern>,
    /// What must be found.
    pub hits: Vec<Sample>,
    /// What must not.
    pub passes: Vec<Sample>,
}

/// Something in a turn that calls for an answer.
#[derive(Clone, Debug)]
pub struct Situation {
    /// `self-harm`.
    pub id: String,
    /// In words.
    pub title: Bilingual,
    /// Whose turns can show it; the visitor's where empty.
    pub from: Vec<Role>,
    /// What shows it.
    pub say: Vec<Pattern>,
    /// Words that overlap one of these do not.
    pub unless: Vec<Pattern>,
    /// What must be found.
    pub hits: Vec<Sample>,
    /// What must not.
    pub passes: Vec<Sample>,
}

/// One table of `context.toml`.
#[derive(Clone, Debug, Default)]
pub struct ContextTable {
    /// Anywhere (for `quoting`: right before the hit).
    pub say: Vec<Pattern>,
    /// Right after the hit (`quoting` only).
    pub after: Vec<Pattern>,
    /// In the clauses after the hit, where words of `say` came before it (`quoting` only).
    pub along: Vec<Pattern>,
    /// What must be found.
    pub hits: Vec<Sample>,
    /// What must not.
    pub passes: Vec<Sample>,
}

/// What excuses a hit.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Polite formulas.
    pub cover: ContextTable,
    /// Polite enquiries.
    pub question: ContextTable,
    /// Calming words.
    pub comfort: ContextTable,
    /// Words that introduce another's speech.
    pub quoting: ContextTable,
    /// What only looks like such words: one's own opinion, or the office's.
    pub no_quoting: ContextTable,
    /// Words about phrases.
    pub mention: ContextTable,
    /// Real next steps.
    pub remedy: ContextTable,
    /// What only looks like one.
    pub no_remedy: ContextTable,
}

/// What one side of the counter says and the other hardly does: tells who is staff where no label does.
#[derive(Clone, Debug, Default)]
pub struct Telling {
    /// What hardly anybody else says.
    pub strong: Vec<Pattern>,
    /// What the other side says seldom.
    pub weak: Vec<Pattern>,
    /// What nobody else says, whoever the recogniser says it was: for the visitor's sentence in the clerk's segment.
    pub only: Vec<Pattern>,
    /// What must be found.
    pub hits: Vec<Sample>,
    /// What must not.
    pub passes: Vec<Sample>,
}

/// `roles.toml`: both sides; empty where the pack has no such file.
#[derive(Clone, Debug, Default)]
pub struct Tellings {
    /// Who speaks for the office.
    pub staff: Telling,
    /// Who came to it.
    pub visitor: Telling,
}

/// A rule pack.
#[derive(Clone, Debug)]
pub struct Standard {
    /// `changzhou-2019`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// 常信[2019]24号.
    pub number: String,
    /// ISO.
    pub date: String,
    /// Who issued it.
    pub issuer: String,
    /// Over all files of the pack, hex.
    pub sha256: String,
    /// In order.
    pub articles: Vec<Article>,
    /// Items of appendix 1 and of appendix 2, as the pack states them: none may be left out.
    pub items: [u8; 2],
    /// In order of item.
    pub banned: Vec<Banned>,
    /// In order of item.
    pub approved: Vec<Approved>,
    /// In order of id.
    pub article_rules: Vec<ArticleRule>,
    /// As in the file.
    pub situations: Vec<Situation>,
    /// What excuses.
    pub context: Context,
    /// What tells staff from visitors.
    pub tellings: Tellings,
    /// Points and thresholds.
    pub scoring: Scoring,
    /// Words that may stand between a clause's beginning and `^`.
    pub lead: super::pattern::Node,
    /// Particles that may stand between `$` and a clause's end.
    pub particle: super::pattern::Node,
    /// Words that only show one listens: they end nobody's turn.
    pub backchannel: super::pattern::Node,
}
