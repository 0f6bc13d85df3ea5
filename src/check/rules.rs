//! The standard's rules as data for lists, explanations and renderers.

use crate::diagnostic::{Lang, Severity};
use crate::report::{Basis, Example, RuleInfo};
use crate::standard::{Approved, ArticleRule, Banned, Check, Sample, Standard};

/// All rules: banned, approved, then the articles'.
pub(super) fn infos(standard: &Standard, lang: Lang) -> Vec<RuleInfo> {
    let banned = standard.banned.iter().map(|rule| RuleInfo {
        patterns: patterns(rule),
        hits: examples(&rule.hits),
        passes: examples(&rule.passes),
        ..banned(rule, lang)
    });
    let approved = standard.approved.iter().map(|rule| RuleInfo {
        patterns: parts(rule, lang),
        hits: examples(&rule.hits),
        passes: examples(&rule.passes),
        ..approved(standard, rule, lang)
    });
    let articles = standard.article_rules.iter().map(|rule| RuleInfo {
        patterns: rule.phrases.iter().map(|p| ("said".to_owned(), p.pattern.source.clone())).collect(),
        hits: examples(&rule.hits),
        passes: examples(&rule.passes),
        ..article(standard, rule, lang)
    });
    banned.chain(approved).chain(articles).collect()
}

/// The same without their patterns and examples, which findings need not be told: thousands of texts.
pub(super) fn outlines(standard: &Standard, lang: Lang) -> Vec<RuleInfo> {
    let banned = standard.banned.iter().map(|rule| banned(rule, lang));
    let approved = standard.approved.iter().map(|rule| approved(standard, rule, lang));
    let articles = standard.article_rules.iter().map(|rule| article(standard, rule, lang));
    banned.chain(approved).chain(articles).collect()
}

fn patterns(rule: &Banned) -> Vec<(String, String)> {
    let patterns = rule.phrases.iter().map(|p| (p.tier.word().to_owned(), p.pattern.source.clone()));
    let unless = rule.unless.iter().map(|p| ("unless".to_owned(), p.source.clone()));
    patterns.chain(unless).collect()
}

fn parts(rule: &Approved, lang: Lang) -> Vec<(String, String)> {
    let parts = rule.variants.iter().flat_map(|variant| &variant.parts);
    parts
        .flat_map(|part| part.say.iter().map(|p| (part.name.pick(lang).to_owned(), p.source.clone())))
        .collect()
}

fn examples(samples: &[Sample]) -> Vec<Example> {
    samples
        .iter()
        .map(|sample| Example {
            text: sample.text.clone(),
            excerpts: sample
                .excerpts
                .iter()
                .filter_map(|range| sample.text.get(range.clone()))
                .map(str::to_owned)
                .collect(),
        })
        .collect()
}

fn banned(rule: &Banned, lang: Lang) -> RuleInfo {
    RuleInfo {
        id: rule.id.clone(),
        kind: "banned",
        text: rule.text.clone(),
        title: rule.title.pick(lang).to_owned(),
        why: rule.why.pick(lang).to_owned(),
        severity: rule.severity,
        basis: Basis::Item { appendix: 2, item: rule.item, text: rule.text.clone() },
        stage: None,
        say_instead: rule.say_instead.clone(),
        excuses: rule.excuses.iter().map(|e| e.word().to_owned()).collect(),
        patterns: Vec::new(),
        hits: Vec::new(),
        passes: Vec::new(),
        not_observable: None,
    }
}

fn approved(standard: &Standard, rule: &Approved, lang: Lang) -> RuleInfo {
    let stage = standard.scoring.stages.iter().find(|s| s.id == rule.stage);
    RuleInfo {
        id: rule.id.clone(),
        kind: "approved",
        text: rule.text.clone(),
        title: rule.title.pick(lang).to_owned(),
        why: rule.why.pick(lang).to_owned(),
        severity: Severity::Note,
        basis: Basis::Item { appendix: 1, item: rule.item, text: rule.text.clone() },
        stage: Some(stage.map_or(rule.stage.clone(), |s| s.name.pick(lang).to_owned())),
        say_instead: Vec::new(),
        excuses: Vec::new(),
        patterns: Vec::new(),
        hits: Vec::new(),
        passes: Vec::new(),
        not_observable: None,
    }
}

fn article(standard: &Standard, rule: &ArticleRule, lang: Lang) -> RuleInfo {
    let article = standard.articles.iter().find(|a| a.number == rule.article);
    let text = article.map(|a| a.text.clone()).unwrap_or_default();
    RuleInfo {
        id: rule.id.clone(),
        kind: "article",
        text: text.clone(),
        title: rule.title.pick(lang).to_owned(),
        why: rule.why.pick(lang).to_owned(),
        severity: rule.severity,
        basis: Basis::Article { article: rule.article, text },
        stage: None,
        say_instead: Vec::new(),
        excuses: Vec::new(),
        patterns: Vec::new(),
        hits: Vec::new(),
        passes: Vec::new(),
        not_observable: (rule.check == Check::NotObservable).then(|| rule.reason.pick(lang).to_owned()),
    }
}
