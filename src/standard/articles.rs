//! `articles/S05-identity.toml`, and the articles themselves in `standard.toml`.

use super::banned::all_phrases;
use super::fields::{Fields, PackFile};
use super::load::Named;
use super::model::{Article, ArticleRule, Bilingual, Check, Gauge};
use super::samples::{bilingual, examples, patterns, samples, severity};
use crate::diagnostic::{Message, Severity};

pub(super) fn article(fields: &Fields<'_, '_>) -> Article {
    let article = Article {
        number: u8::try_from(fields.whole("number")).unwrap_or(0),
        heading: fields.required("heading").text,
        chapter: fields.required("chapter").text,
        text: fields.required("text").text,
        rest: Bilingual { zh: fields.string("rest"), en: fields.string("rest_en") },
    };
    fields.finish();
    article
}

pub(super) fn article_rule(file: &PackFile<'_>, named: &Named<'_>) -> ArticleRule {
    let table = file.parse();
    let fields = Fields::root(file, &table);
    let check = check(&fields);
    let (hits, passes) = match check {
        Check::Said | Check::Unsaid => examples(&fields),
        _ => (samples(&fields, "hits", true), samples(&fields, "passes", false)),
    };
    let said = fields.table("patterns");
    let mut unless = patterns(&fields, "unless", named.words);
    let phrases = said.as_ref().map(|p| {
        unless.extend(patterns(p, "unless", named.words));
        all_phrases(p, named)
    });
    if let Some(said) = &said {
        said.finish();
    }
    let reason = match check {
        Check::Said | Check::Unsaid => {
            Bilingual { zh: fields.string("reason"), en: fields.string("reason_en") }
        }
        _ => bilingual(&fields, "reason", "reason_en"),
    };
    let rule = ArticleRule {
        id: fields.required("id").text,
        article: u8::try_from(fields.whole("article")).unwrap_or(0),
        title: bilingual(&fields, "title", "title_en"),
        why: bilingual(&fields, "why", "why_en"),
        check,
        gauge: gauge(&fields),
        see: fields.strings("see").into_iter().map(|t| t.text).collect(),
        reason,
        severity: severity(&fields, Severity::Note),
        when: fields.strings("when").iter().filter_map(|t| named.situation(&fields, t)).collect(),
        phrases: phrases.unwrap_or_default(),
        unless,
        hits,
        passes,
    };
    if matches!(check, Check::Said | Check::Unsaid) && rule.phrases.is_empty() {
        file.slip(0..1, &Message::new("pack.no-patterns"));
    }
    fields.finish();
    rule
}

fn gauge(fields: &Fields<'_, '_>) -> Option<Gauge> {
    let text = fields.text("measure")?;
    match text.text.as_str() {
        "pace" => Some(Gauge::Pace),
        "interruptions" => Some(Gauge::Interruptions),
        "listening" => Some(Gauge::Listening),
        other => {
            let known = "pace interruptions listening";
            let message = Message::new("pack.choice").arg("value", other).arg("known", known);
            fields.file.slip(text.span, &message);
            None
        }
    }
}

fn check(fields: &Fields<'_, '_>) -> Check {
    let text = fields.required("check");
    match text.text.as_str() {
        "said" => Check::Said,
        "unsaid" => Check::Unsaid,
        "conduct" => Check::Conduct,
        "elsewhere" => Check::Elsewhere,
        "not-observable" => Check::NotObservable,
        other => {
            let known = "said unsaid conduct elsewhere not-observable";
            let message = Message::new("pack.choice").arg("value", other).arg("known", known);
            fields.file.slip(text.span, &message);
            Check::NotObservable
        }
    }
}
