//! `banned/B20.toml`.

use super::fields::{Fields, PackFile, Text};
use super::load::Named;
use super::model::{Banned, Excuse, Phrase, Tier};
use super::samples::{bilingual, examples, pattern, patterns, severity};
use super::tree::Value;
use crate::diagnostic::{Message, Severity};

pub(super) fn banned(file: &PackFile<'_>, named: &Named<'_>) -> Banned {
    let table = file.parse();
    let fields = Fields::root(file, &table);
    let (hits, passes) = examples(&fields);
    let phrases = fields.required_table("patterns");
    let rule = Banned {
        id: fields.required("id").text,
        item: u8::try_from(fields.whole("item")).unwrap_or(0),
        text: fields.required("text").text,
        title: bilingual(&fields, "title", "title_en"),
        why: bilingual(&fields, "why", "why_en"),
        severity: severity(&fields, Severity::Error),
        say_instead: fields.strings("say_instead").into_iter().map(|t| t.text).collect(),
        excuses: fields.strings("excuses").iter().filter_map(|t| excuse(&fields, t)).collect(),
        after_answer: fields.number("after_answer").unwrap_or(0.0).clamp(0.0, 1.0),
        phrases: phrases.as_ref().map(|p| all_phrases(p, named)).unwrap_or_default(),
        unless: phrases.as_ref().map(|p| patterns(p, "unless", named.words)).unwrap_or_default(),
        hits,
        passes,
    };
    if let Some(phrases) = phrases {
        phrases.finish();
    }
    if rule.phrases.is_empty() {
        file.slip(0..1, &Message::new("pack.no-patterns"));
    }
    fields.finish();
    rule
}

fn excuse(fields: &Fields<'_, '_>, text: &Text) -> Option<Excuse> {
    let found = Excuse::ALL.into_iter().find(|e| e.word() == text.text);
    if found.is_none() {
        let known = Excuse::ALL.map(Excuse::word).join(" ");
        let message = Message::new("pack.choice").arg("value", &text.text).arg("known", known);
        fields.file.slip(text.span.clone(), &message);
    }
    found
}

/// The patterns of every tier.
pub(super) fn all_phrases(fields: &Fields<'_, '_>, named: &Named<'_>) -> Vec<Phrase> {
    let tiers = [("item", Tier::Item), ("variant", Tier::Variant), ("paraphrase", Tier::Paraphrase)];
    let mut out = Vec::new();
    for (key, tier) in tiers {
        for value in fields.items(key) {
            out.extend(phrase(fields, key, value, tier, named));
        }
    }
    out
}

/// A string, or a table with `say` and options.
fn phrase<'f, 'i>(
    fields: &Fields<'f, 'i>,
    key: &str,
    value: &'f Value<'i>,
    tier: Tier,
    named: &Named<'_>,
) -> Option<Phrase> {
    if let Some(say) = value.as_str() {
        let text = Text { text: say.to_owned(), span: value.span() };
        let pattern = pattern(fields, &text, named.words)?;
        return Some(Phrase {
            pattern,
            tier,
            confidence: None,
            before: Vec::new(),
            remediable: None,
            audit: None,
        });
    }
    let table = fields.as_table(key, value)?;
    let say = table.required("say");
    let before = table.strings("before").iter().filter_map(|t| named.situation(&table, t)).collect();
    let (confidence, remediable) = (table.number("confidence"), table.flag("remediable"));
    let audit = table.text("audit").map(|reason| reason.text);
    table.finish();
    let pattern = pattern(&table, &say, named.words)?;
    Some(Phrase { pattern, tier, confidence, before, remediable, audit })
}
