//! How well labelled speech is heard: never worse than what `fixtures/hearing/recorded.toml` records.
//!
//! To record anew after a change of the rules: `RECORD=1 cargo test --test hearing`, then look at the difference.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use wuxin::check::{Case, Checker, cases};
use wuxin::config::Settings;
use wuxin::diagnostic::Lang;
use wuxin::report::{Hearing, Share};
use wuxin::standard::Standard;

const HOW: &str = "If the change is meant, record anew: RECORD=1 cargo test --test hearing";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/hearing")
}

fn heard() -> Hearing {
    let checker = Checker::new(Standard::embedded(Lang::En).unwrap(), &Settings::default());
    let rules = checker.rules();
    let ids: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
    let read = |name: &str| -> Vec<Case> {
        let text = std::fs::read_to_string(folder().join(name)).unwrap();
        cases(&text, &ids).unwrap_or_else(|bad| panic!("{name}: {bad:?}"))
    };
    checker.measure(&[read("positives.tsv"), read("lookalikes.tsv")].concat())
}

/// Each table of the record: a name, and whether more of it is better.
fn tables(hearing: &Hearing) -> [(&'static str, bool, BTreeMap<String, Share>); 3] {
    let sums = [("recall", hearing.recall), ("precision", hearing.precision)];
    let sums = sums.into_iter().map(|(name, share)| (name.to_owned(), share)).collect();
    [
        ("all", true, sums),
        ("recall", true, hearing.by_rule.clone()),
        ("false-alarms", false, hearing.by_kind.clone()),
    ]
}

fn record(hearing: &Hearing) -> String {
    let mut out = String::from(
        "# What tests/hearing.rs measured: part, whole, and the bounds of the 95 % interval (Wilson).\n\
         # Recorded by RECORD=1 cargo test --test hearing\n",
    );
    for (table, _, shares) in tables(hearing) {
        write!(out, "\n[{table}]\n").unwrap();
        for (name, share) in shares {
            let (Share { part, whole }, (low, high)) = (share, share.wilson());
            writeln!(out, "{name} = {{ part = {part}, whole = {whole}, low = {low:.3}, high = {high:.3} }}")
                .unwrap();
        }
    }
    out
}

/// What is worse than recorded.
fn worse(hearing: &Hearing, recorded: &toml::Table) -> Vec<String> {
    let number = |table: &str, name: &str, key: &str| {
        recorded.get(table)?.get(name)?.get(key)?.as_integer().map(|n| n as usize)
    };
    let mut out = Vec::new();
    for (table, up, shares) in tables(hearing) {
        for (name, now) in shares {
            let (Some(part), Some(whole)) = (number(table, &name, "part"), number(table, &name, "whole"))
            else {
                out.push(format!("{table}.{name} is not recorded"));
                continue;
            };
            let then = Share { part, whole };
            if (up && now.rate() < then.rate()) || (!up && now.rate() > then.rate()) {
                let Share { part: p, whole: w } = now;
                out.push(format!("{table}.{name}: {p}/{w}, recorded {part}/{whole}"));
            }
        }
    }
    out
}

#[test]
fn hearing_is_not_worse_than_recorded() {
    let hearing = heard();
    let path = folder().join("recorded.toml");
    if std::env::var_os("RECORD").is_some() {
        std::fs::write(&path, record(&hearing)).unwrap();
    }
    let recorded: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
    let worse = worse(&hearing, &recorded);
    assert!(worse.is_empty(), "worse than recorded:\n  {}\n{HOW}", worse.join("\n  "));
}

#[test]
fn the_record_can_be_missed() {
    let mut hearing = heard();
    let recorded: toml::Table = record(&hearing).parse().unwrap();
    assert!(worse(&hearing, &recorded).is_empty());
    hearing.by_rule.entry("B01".into()).or_default().part -= 1;
    hearing.by_kind.entry("visitor".into()).or_default().part += 1;
    assert_eq!(worse(&hearing, &recorded).len(), 2);
}
