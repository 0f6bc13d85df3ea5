//! The coverage matrix accounts for the whole notice, counted from the copies made by hand.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::path::Path;
use wuxin::check::Checker;
use wuxin::config::Settings;
use wuxin::diagnostic::Lang;
use wuxin::report::{Coverage, Reach};
use wuxin::standard::Standard;

/// The articles of the notice; the appendices are counted from their copies.
const ARTICLES: u8 = 17;

fn standard() -> Standard {
    Standard::embedded(Lang::Zh).unwrap()
}

fn coverage(standard: Standard) -> Coverage {
    Checker::new(standard, &Settings::default()).coverage()
}

fn items(appendix: u8) -> Vec<u8> {
    let name = format!("fixtures/standard/appendix-{appendix}.txt");
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    text.lines().filter_map(|line| line.split_once('\t')?.0.parse().ok()).collect()
}

/// What the notice holds and the matrix does not account for.
fn unaccounted(coverage: &Coverage) -> Vec<String> {
    let name = |kind: &str, number: u8| format!("{kind} {number}");
    let done: BTreeSet<String> = coverage
        .rows
        .iter()
        .filter(|row| row.reach != Reach::Missing)
        .filter(|row| row.checks.iter().all(|check| !check.rule.is_empty() && !check.detail.is_empty()))
        .map(|row| name(row.kind, row.number))
        .collect();
    let articles = (1..=ARTICLES).map(|n| name("article", n));
    let approved = items(1).into_iter().map(|n| name("approved", n));
    let banned = items(2).into_iter().map(|n| name("banned", n));
    articles.chain(approved).chain(banned).filter(|one| !done.contains(one)).collect()
}

#[test]
fn every_article_and_item_is_accounted_for() {
    let coverage = coverage(standard());
    assert_eq!(unaccounted(&coverage), Vec::<String>::new());
    assert_eq!(coverage.rows.len(), 17 + 29 + 23);
    assert_eq!(coverage.missing().count(), 0);
}

#[test]
fn whatever_is_left_out_is_named() {
    let cut = |edit: &dyn Fn(&mut Standard)| {
        let mut broken = standard();
        edit(&mut broken);
        let coverage = coverage(broken);
        let told: Vec<u8> = coverage.missing().map(|row| row.number).collect();
        (unaccounted(&coverage), told)
    };
    // In the middle of an appendix, and at its end, where only the stated number of items can tell.
    let banned = cut(&|s| s.banned.retain(|rule| rule.item != 7 && rule.item != 23));
    assert_eq!(banned, (vec!["banned 7".into(), "banned 23".into()], vec![7, 23]));
    let approved = cut(&|s| s.approved.retain(|rule| rule.item != 29));
    assert_eq!(approved, (vec!["approved 29".into()], vec![29]));
    let rule = cut(&|s| s.article_rules.retain(|rule| rule.article != 12));
    assert_eq!(rule, (vec!["article 12".into()], vec![12]));
    // An article whose own text is gone is not in the pack at all: only the notice can tell.
    let article = cut(&|s| s.articles.retain(|article| article.number != 9));
    assert_eq!(article, (vec!["article 9".into()], vec![]));
}

#[test]
fn what_cannot_be_heard_says_why() {
    let coverage = coverage(standard());
    let numbers = |reach: Reach| -> Vec<u8> {
        let of_reach = coverage.rows.iter().filter(|row| row.kind == "article" && row.reach == reach);
        of_reach.map(|row| row.number).collect()
    };
    assert_eq!(numbers(Reach::NotObservable), [1, 2, 9, 10, 12, 14, 16, 17]);
    assert_eq!(numbers(Reach::Partly), [3, 4, 5, 6, 7, 8, 11, 13, 15]);
    let items = coverage.rows.iter().filter(|row| row.kind != "article");
    assert!(items.into_iter().all(|row| row.reach == Reach::Checked));
    let legal = coverage.rows.iter().find(|row| row.number == 11).unwrap();
    assert_eq!((legal.checks[0].how, legal.checks[0].see.as_slice()), ("elsewhere", &["A19".to_owned()][..]));
}
