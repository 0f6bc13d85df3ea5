//! The standard as data: word for word, every rule with its reasons and its examples, and a loader that refuses less.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::path::Path;
use wuxin::check::{Checker, Outcome};
use wuxin::config::Settings;
use wuxin::diagnostic::Lang;
use wuxin::standard::{PackError, PackFiles, Standard};

fn standard() -> Standard {
    load(&PackFiles::embedded()).unwrap_or_else(|slips| panic!("{}", slips.join("\n")))
}

fn load(files: &PackFiles) -> Result<Standard, Vec<String>> {
    Standard::from_files(files, Lang::En).map_err(|error| match error {
        PackError::Slips(list) => list
            .iter()
            .map(|slip| {
                let at = slip.labels.first().map(|label| slip.source.position(label.span.start));
                format!("{}:{at:?}: {}", slip.name, slip.message)
            })
            .collect(),
        other => vec![other.to_string()],
    })
}

/// The appendix as copied by hand from the notice: one item a line, number and text.
fn appendix(number: u8) -> BTreeMap<u8, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/standard/appendix-{number}.txt"));
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let (item, text) = line.split_once('\t').unwrap();
            (item.parse().unwrap(), text.to_owned())
        })
        .collect()
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What differs between a standard's items and the copy of the appendices, item by item.
fn differences(standard: &Standard) -> Vec<String> {
    let banned =
        standard.banned.iter().map(|rule| (format!("B{:02}", rule.item), &rule.id, 2, rule.item, &rule.text));
    let approved = standard
        .approved
        .iter()
        .map(|rule| (format!("A{:02}", rule.item), &rule.id, 1, rule.item, &rule.text));
    let copies = [appendix(1), appendix(2)];
    banned
        .chain(approved)
        .filter(|(want, id, number, item, text)| {
            want != *id || copies[number - 1].get(item).map(|copy| bare(copy)) != Some(bare(text))
        })
        .map(|(want, ..)| want)
        .collect()
}

#[test]
fn every_item_is_there_word_for_word() {
    let standard = standard();
    assert_eq!(standard.banned.len(), 23);
    assert_eq!(standard.approved.len(), 29);
    assert_eq!(standard.articles.len(), 17);
    assert_eq!(appendix(1).len(), 29);
    assert_eq!(appendix(2).len(), 23);
    assert_eq!(differences(&standard), Vec::<String>::new());
    assert!(standard.banned.iter().enumerate().all(|(i, rule)| usize::from(rule.item) == i + 1));
    assert!(standard.approved.iter().enumerate().all(|(i, rule)| usize::from(rule.item) == i + 1));
}

#[test]
fn one_changed_character_is_noticed() {
    let mut changed = standard();
    changed.banned[19].text = changed.banned[19].text.replace('急', "慌");
    assert_eq!(differences(&changed), ["B20"]);
}

#[test]
fn every_article_is_accounted_for() {
    let standard = standard();
    for article in &standard.articles {
        assert!(
            standard.article_rules.iter().any(|rule| rule.article == article.number),
            "article {} has no rule",
            article.number
        );
    }
}

#[test]
fn every_example_comes_out_right() {
    let checker = Checker::new(standard(), &Settings::default());
    let wrong: Vec<String> = checker
        .test_rules()
        .into_iter()
        .filter(|example| example.outcome != Outcome::Right)
        .map(|example| format!("{} {:?} {}", example.rule, example.outcome, example.text))
        .collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Breaks one file of the pack and tests what the examples say then.
fn outcomes_with(name: &str, edit: impl Fn(&str) -> String) -> Vec<Outcome> {
    let files = PackFiles::embedded();
    let text = edit(files.get(name).unwrap());
    let standard = load(&files.with(name, &text)).unwrap();
    Checker::new(standard, &Settings::default()).test_rules().into_iter().map(|e| e.outcome).collect()
}

#[test]
fn the_examples_can_fail() {
    // A hit that nothing finds any more, a pass that something finds, an excerpt that is not the one found.
    let missing =
        outcomes_with("banned/B20.toml", |text| format!("{text}\n[[hits]]\ntext = \"【今天天气不错】。\"\n"));
    assert_eq!(missing.iter().filter(|o| **o == Outcome::Missing).count(), 1);
    let noisy =
        outcomes_with("banned/B20.toml", |text| format!("{text}\n[[passes]]\ntext = \"你急什么？\"\n"));
    assert_eq!(noisy.iter().filter(|o| matches!(o, Outcome::Noisy { .. })).count(), 1);
    let elsewhere =
        outcomes_with("banned/B20.toml", |text| format!("{text}\n[[hits]]\ntext = \"【喂】，你急什么？\"\n"));
    assert_eq!(elsewhere.iter().filter(|o| matches!(o, Outcome::Elsewhere { .. })).count(), 1);
}

#[test]
fn a_rule_without_reason_or_examples_does_not_load() {
    let files = PackFiles::embedded();
    let cut = |name: &str, start: &str| {
        let text = files.get(name).unwrap();
        let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with(start)).collect();
        load(&files.clone().with(name, &kept.join("\n"))).err().unwrap_or_default().join("\n")
    };
    assert!(cut("banned/B07.toml", "why ").contains("`why` is missing"));
    let text = files.get("banned/B07.toml").unwrap();
    let no_passes = text.replace("[[passes]]", "[[hits]]");
    let slips = load(&files.clone().with("banned/B07.toml", &no_passes)).unwrap_err().join("\n");
    assert!(slips.contains("no `passes`") && slips.contains("does not mark the excerpt"), "{slips}");
}

#[test]
fn all_slips_come_at_once_each_at_its_place() {
    let files = PackFiles::embedded()
        .with(
            "words.toml",
            &format!("{}\nbroken = [\"{{nobody}}好\"]\n", PackFiles::embedded().get("words.toml").unwrap()),
        )
        .with(
            "banned/B20.toml",
            "id = \"B20\"\nitem = \"twenty\"\ntext = \"你急什么?\"\ntitle = \"t\"\nwhy = \"w\"\nhurry = 1\n\
             excuses = [\"pity\"]\n[patterns]\nitem = [\"你急(什么\", \"急$什么\", \"{nobody}急\"]\n\
             [[hits]]\ntext = \"【你急什么】\"\n[[passes]]\ntext = \"别急\"\n",
        );
    let slips = load(&files).unwrap_err();
    for wanted in [
        "words.toml:",
        "banned/B20.toml:Some(Position { line: 2, column: 8 }): the value of `item` has the wrong type",
        "unknown key `hurry`",
        "`pity` is not one of the choices",
        "line: 9, column: 12 }): an unclosed bracket",
        "line: 9, column: 20 }): `$` stands only at the ends of a pattern",
        "line: 9, column: 27 }): words.toml has no class `nobody`",
    ] {
        assert!(slips.iter().any(|slip| slip.contains(wanted)), "no {wanted} in\n{}", slips.join("\n"));
    }
}
