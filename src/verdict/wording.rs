//! The words of findings: the one place where a verdict becomes a sentence.

use crate::diagnostic::{Lang, Message};
use crate::standard::Banned;

/// One sentence for a banned phrase: which item, and what it does.
pub fn finding_message(rule: &Banned, lang: Lang) -> String {
    Message::new("finding.banned")
        .arg("item", rule.item)
        .arg("text", &rule.text)
        .arg("title", rule.title.pick(lang))
        .words(lang)
}

/// The item in words: 附件2第20项“你急什么?”.
pub fn rule_basis(appendix: u8, item: u8, text: &str, lang: Lang) -> String {
    Message::new("finding.item").arg("appendix", appendix).arg("item", item).arg("text", text).words(lang)
}
