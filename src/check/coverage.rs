//! The coverage matrix: what becomes of every article and item of the standard.

use crate::diagnostic::{Lang, Message};
use crate::report::{COVERAGE_SCHEMA, Coverage, Provision, ProvisionCheck, Reach, StandardInfo};
use crate::standard::{Approved, Article, ArticleRule, Banned, Check, Standard, When};
use crate::transcript::Channel;

/// Accounts for every article, and for every item from 1 to as many as the pack states.
pub(super) fn coverage(standard: &Standard, info: StandardInfo, lang: Lang) -> Coverage {
    let matrix = Matrix { standard, lang };
    let articles = standard.articles.iter().map(|article| matrix.article(article));
    let last = |i: usize, most: Option<u8>| standard.items.get(i).copied().max(most).unwrap_or(0);
    let approved = 1..=last(0, standard.approved.iter().map(|rule| rule.item).max());
    let banned = 1..=last(1, standard.banned.iter().map(|rule| rule.item).max());
    let rows = articles
        .chain(approved.map(|item| matrix.approved(item)))
        .chain(banned.map(|item| matrix.banned(item)))
        .collect();
    Coverage { schema: COVERAGE_SCHEMA, standard: info, rows }
}

struct Matrix<'a> {
    standard: &'a Standard,
    lang: Lang,
}

impl Matrix<'_> {
    fn article(&self, article: &Article) -> Provision {
        let rules = self.standard.article_rules.iter().filter(|rule| rule.article == article.number);
        let rest = article.rest.pick(self.lang);
        Provision {
            rest: (!rest.is_empty()).then(|| rest.to_owned()),
            text: article.text.clone(),
            checks: rules.map(|rule| self.of_article(rule)).collect(),
            ..forgotten("article", article.number, &article.heading)
        }
        .settled()
    }

    fn of_article(&self, rule: &ArticleRule) -> ProvisionCheck {
        let title = rule.title.pick(self.lang);
        let detail = match rule.check {
            Check::Said | Check::Unsaid if rule.when.is_empty() => title.to_owned(),
            Check::Said | Check::Unsaid => {
                let when = self.situations(&rule.when);
                self.say(Message::new("coverage.when").arg("what", title).arg("when", when))
            }
            Check::Conduct | Check::Elsewhere | Check::NotObservable => {
                rule.reason.pick(self.lang).to_owned()
            }
        };
        ProvisionCheck { rule: rule.id.clone(), how: how(rule.check), see: rule.see.clone(), detail }
    }

    fn approved(&self, item: u8) -> Provision {
        let Some(rule) = self.standard.approved.iter().find(|rule| rule.item == item) else {
            return forgotten("approved", item, "");
        };
        Provision {
            text: rule.text.clone(),
            checks: vec![self.of_approved(rule)],
            ..forgotten("approved", item, rule.title.pick(self.lang))
        }
        .settled()
    }

    /// In which stage, when it is called for, and where it does not apply.
    fn of_approved(&self, rule: &Approved) -> ProvisionCheck {
        let stages = &self.standard.scoring.stages;
        let stage = stages.iter().find(|stage| stage.id == rule.stage);
        let stage = stage.map_or(rule.stage.as_str(), |stage| stage.name.pick(self.lang));
        let (how, detail) = match &rule.when {
            When::Expected => ("expected", Message::new("coverage.expected").arg("stage", stage)),
            When::Called(when) => {
                let when = self.situations(when);
                ("called", Message::new("coverage.called").arg("stage", stage).arg("when", when))
            }
        };
        let mut detail = self.say(detail);
        if !rule.channels.contains(&Channel::Phone) {
            detail.push_str(&self.say(Message::new("coverage.not-by-phone")));
        }
        ProvisionCheck { rule: rule.id.clone(), how, see: Vec::new(), detail }
    }

    fn banned(&self, item: u8) -> Provision {
        let Some(rule) = self.standard.banned.iter().find(|rule| rule.item == item) else {
            return forgotten("banned", item, "");
        };
        Provision {
            text: rule.text.clone(),
            checks: vec![self.of_banned(rule)],
            ..forgotten("banned", item, rule.title.pick(self.lang))
        }
        .settled()
    }

    fn of_banned(&self, rule: &Banned) -> ProvisionCheck {
        let detail = Message::new("coverage.banned")
            .arg("patterns", rule.phrases.len())
            .arg("examples", rule.hits.len() + rule.passes.len());
        ProvisionCheck { rule: rule.id.clone(), how: "banned", see: Vec::new(), detail: self.say(detail) }
    }

    fn situations(&self, indices: &[usize]) -> String {
        let titles = indices.iter().filter_map(|i| self.standard.situations.get(*i));
        let titles: Vec<&str> = titles.map(|situation| situation.title.pick(self.lang)).collect();
        titles.join(&self.say(Message::new("render.list")))
    }

    fn say(&self, message: Message) -> String {
        message.words(self.lang)
    }
}

fn how(check: Check) -> &'static str {
    match check {
        Check::Said => "said",
        Check::Unsaid => "unsaid",
        Check::Conduct => "conduct",
        Check::Elsewhere => "elsewhere",
        Check::NotObservable => "not-observable",
    }
}

/// A provision of which nothing more is known.
fn forgotten(kind: &'static str, number: u8, title: &str) -> Provision {
    let (text, checks, rest) = (String::new(), Vec::new(), None);
    Provision { kind, number, title: title.to_owned(), text, reach: Reach::Missing, checks, rest }
}

impl Provision {
    /// With its reach, as its checks have it.
    fn settled(self) -> Self {
        let reach = if self.checks.is_empty() {
            Reach::Missing
        } else if self.checks.iter().all(|check| check.how == "not-observable") {
            Reach::NotObservable
        } else if self.rest.is_some() {
            Reach::Partly
        } else {
            Reach::Checked
        };
        Provision { reach, ..self }
    }
}
