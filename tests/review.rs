//! Human verdicts: fingerprints that last, and what verdicts do to a run of the real binary.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use support::{folder, wuxin};
use wuxin::check::{Checker, Origin};
use wuxin::config::Settings;
use wuxin::diagnostic::Lang;
use wuxin::read::{Input, read};
use wuxin::standard::Standard;

static CHECKER: LazyLock<Checker> =
    LazyLock::new(|| Checker::new(Standard::embedded(Lang::Zh).unwrap(), &Settings::default()));

/// Rule and fingerprint of every banned phrase in a text.
fn fingerprints(text: &str) -> Vec<(String, String)> {
    let document = read(&Input { bytes: text.as_bytes(), name: "a.txt", format: None }).unwrap();
    let found = CHECKER.check(&document, &Origin::default());
    let banned = found.into_iter().flat_map(|one| one.findings).filter(|f| f.rule.starts_with('B'));
    banned.map(|f| (f.rule, f.fingerprint)).collect()
}

const TALK: &str = "来访人：我想问一下我的事情办到哪一步了。\n\
                    工作人员：你急什么，前面还有好几个人在排队呢，等着吧。\n\
                    来访人：那我什么时候来？\n\
                    工作人员：不知道。\n";

#[test]
fn a_fingerprint_outlasts_lines_above_and_other_punctuation() {
    let before = fingerprints(TALK);
    assert!(before.len() >= 2, "{before:?}");
    let filler: String = (0..10)
        .map(|i| format!("工作人员：好的，第{i}件我记下了。\n来访人：第{i}件事是这样的。\n"))
        .collect();
    assert_eq!(fingerprints(&format!("{filler}{TALK}")), before, "twenty lines at the top");
    // The clerk's own lines, so that all of them are one turn.
    let own: String = (0..20).map(|i| format!("工作人员：第{i}件我记下了。\n")).collect();
    let (visitor, clerk) = TALK.split_once('\n').unwrap();
    assert_eq!(
        fingerprints(&format!("{visitor}\n{own}{clerk}")),
        before,
        "twenty lines of the clerk right above"
    );
    let below = fingerprints(&TALK.replace("等着吧。\n", "等着吧。\n工作人员：您请坐，请喝水。\n"));
    assert_eq!(below[..2], before[..2], "and below");
    assert_eq!(fingerprints(&TALK.replace("，前面", "，\n前面")), before, "a line that is wrapped");
    let (first, rest) = TALK.split_once('\n').unwrap();
    assert_eq!(fingerprints(&format!("{first}\n{filler}{rest}")), before, "twenty lines right above");
    for (from, to) in [("，", "。"), ("，", "、"), ("。", ""), ("，前面", "前面"), ("？", "?")] {
        assert_eq!(fingerprints(&TALK.replace(from, to)), before, "{from} for {to}");
    }
    assert_eq!(fingerprints(&TALK.replace("还有", "還有")), before, "the other script");
    assert_eq!(fingerprints(&TALK.replace('\n', "\r\n")), before, "the other line ends");
}

#[test]
fn a_fingerprint_changes_with_the_sentence() {
    let before = fingerprints(TALK);
    let b20 = |text: &str| {
        fingerprints(text).into_iter().find(|(rule, _)| rule == "B20").map(|(_, fingerprint)| fingerprint)
    };
    let talk = "来访人：我想问一下。\n工作人员：材料我还没看呢，你急什么，明天答复。\n";
    let first = b20(talk).unwrap();
    for (from, to) in [("还没看", "刚看完"), ("明天", "下周"), ("你急", "你们急")] {
        let other = b20(&talk.replace(from, to));
        assert!(other.is_some_and(|other| other != first), "{from} for {to}");
    }
    // The same words twice in one conversation are two findings.
    let twice = fingerprints(&format!("{TALK}来访人：啊？\n工作人员：不知道。\n"));
    let all: BTreeSet<&String> = twice.iter().map(|(_, fingerprint)| fingerprint).collect();
    assert_eq!((all.len(), twice.len()), (before.len() + 1, before.len() + 1));
}

fn json(folder: &Path, args: &[&str]) -> Value {
    let run = wuxin(folder, &[&["check", "--format", "json"], args].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
}

fn banned(file: &Value) -> Vec<&Value> {
    let findings = file["findings"].as_array().unwrap().iter();
    findings.filter(|f| f["rule"].as_str().unwrap().starts_with('B')).collect()
}

const BAD: &str = "工作人员：喊什么，等会儿。\n来访人：我不喊。\n工作人员：你急什么！\n来访人：我等您。\n";

fn review<'a>(fingerprint: &'a str, verdict: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let head =
        ["review", "add", fingerprint, "--verdict", verdict, "--reviewer", "张三", "--reason", "模仿来访人"];
    [&head, more].concat()
}

#[test]
fn a_dismissed_finding_counts_no_more_and_says_who_why_and_when() {
    let here = folder(&[("a.txt", BAD)]);
    let at = here.path();
    let before = json(at, &["a.txt"]);
    let all = banned(&before["files"][0]);
    assert_eq!(all.len(), 2);
    let fingerprint = all[0]["fingerprint"].as_str().unwrap();
    let add = wuxin(at, &review(&fingerprint[..6], "dismissed", &["--date", "2026-01-05", "--in", "a.txt"]));
    assert_eq!((add.code, add.err.as_str()), (0, ""), "{}", add.out);
    let line: Value = serde_json::from_str(&fs::read_to_string(at.join("verdicts.jsonl")).unwrap()).unwrap();
    assert_eq!((line["rule"].clone(), line["path"].clone()), (all[0]["rule"].clone(), "a.txt".into()));
    assert_eq!(line["text"], all[0]["text"]);

    let after = json(at, &["a.txt"]);
    let file = &after["files"][0];
    let one = banned(file)[0];
    assert_eq!(one["excused"]["why"], "accepted");
    assert_eq!(
        one["review"],
        serde_json::json!({ "verdict": "dismissed", "reviewer": "张三", "reason": "模仿来访人", "date": "2026-01-05" })
    );
    // The automatic score is what it was; the reviewed one is better by what the finding cost.
    let total = |score: &Value| score["total"].as_f64().unwrap();
    assert_eq!(file["score"]["total"], before["files"][0]["score"]["total"]);
    let cost: f64 = file["score"]["lines"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["rule"] == one["rule"])
        .map(|line| line["points"].as_f64().unwrap())
        .sum();
    assert!(cost < 0.0);
    assert!((total(&file["reviewed"]) - total(&file["score"]) + cost).abs() < 1e-9);
    assert_eq!(after["summary"]["excused"], 1);

    let hidden = wuxin(at, &["check", "a.txt"]);
    assert!(!hidden.out.contains("张三") && hidden.out.contains("复核后"), "{}", hidden.out);
    for format in ["full", "concise"] {
        let shown = wuxin(at, &["check", "a.txt", "--show-excused", "--format", format]).out;
        assert!(shown.contains("张三 2026-01-05：模仿来访人"), "{shown}");
    }
}

#[test]
fn verdicts_decide_the_exit_code_and_the_last_one_holds() {
    let here = folder(&[("a.txt", BAD)]);
    let at = here.path();
    let before = json(at, &["a.txt"]);
    for finding in banned(&before["files"][0]) {
        let add = wuxin(at, &review(finding["fingerprint"].as_str().unwrap(), "accepted", &[]));
        assert_eq!(add.code, 0, "{}", add.err);
    }
    assert_eq!(wuxin(at, &["check", "a.txt"]).code, 0);
    let again = banned(&before["files"][0])[1]["fingerprint"].as_str().unwrap();
    assert_eq!(wuxin(at, &review(again, "confirmed", &["--in", "a.txt"])).code, 0);
    assert_eq!(wuxin(at, &["check", "a.txt"]).code, 1);
    // A store that is named must be there, and another one knows nothing of these.
    assert_eq!(wuxin(at, &["check", "a.txt", "--verdicts", "none.jsonl"]).code, 2);
    fs::write(at.join("other.jsonl"), "").unwrap();
    let other = json(at, &["a.txt", "--verdicts", "other.jsonl"]);
    assert_eq!(other["files"], before["files"]);
}

#[test]
fn the_store_beside_the_settings_is_found_from_below() {
    let here = folder(&[("wuxin.toml", ""), ("sub/a.txt", BAD)]);
    let sub = here.path().join("sub");
    let before = json(&sub, &["a.txt"]);
    let fingerprint = banned(&before["files"][0])[0]["fingerprint"].as_str().unwrap();
    assert_eq!(wuxin(&sub, &review(fingerprint, "dismissed", &[])).code, 0);
    assert!(here.path().join("verdicts.jsonl").exists() && !sub.join("verdicts.jsonl").exists());
    assert_eq!(json(&sub, &["a.txt"])["summary"]["excused"], 1);
}

#[test]
fn expired_stale_and_broken_lines_are_warnings_and_nothing_else() {
    let here = folder(&[("a.txt", BAD)]);
    let at = here.path();
    let before = json(at, &["a.txt"]);
    let fingerprint = banned(&before["files"][0])[0]["fingerprint"].as_str().unwrap();
    let until = ["--date", "2026-01-05", "--expires", "2026-02-01", "--in", "a.txt"];
    assert_eq!(wuxin(at, &review(fingerprint, "dismissed", &until)).code, 0);
    assert_eq!(wuxin(at, &review("0123456789abcdef", "dismissed", &[])).code, 0);
    let store = at.join("verdicts.jsonl");
    fs::write(&store, fs::read_to_string(&store).unwrap() + "{\"fingerprint\": 7}\n").unwrap();

    let during = json(at, &["a.txt", "--as-of", "2026-02-01"]);
    assert_eq!(during["summary"]["excused"], 1);
    let after = json(at, &["a.txt", "--as-of", "2026-02-02"]);
    assert_eq!(after["summary"]["excused"], 0);
    let codes = |warnings: &Value| -> Vec<String> {
        let warnings = warnings.as_array().unwrap().iter();
        warnings.map(|warning| warning["code"].as_str().unwrap().to_owned()).collect()
    };
    assert!(codes(&after["files"][0]["warnings"]).contains(&"verdict-expired".to_owned()));
    assert_eq!(codes(&after["warnings"]), ["verdict-text", "verdict-stale"]);
    assert_eq!(after["files"][0]["score"], before["files"][0]["score"]);

    let full = wuxin(at, &["check", "a.txt", "--as-of", "2026-02-02"]);
    assert!(
        full.err.contains("verdicts.jsonl:3:") && full.err.contains("warning[verdict-text]"),
        "{}",
        full.err
    );
    assert!(
        full.err.contains("verdicts.jsonl:2:") && full.err.contains("warning[verdict-stale]"),
        "{}",
        full.err
    );
    assert_eq!(full.code, 1);
}

#[test]
fn findings_are_looked_for_as_check_looks_for_them() {
    let here = folder(&[("a.csv", "谁,说了\n东窗,急什么！\n西窗,我等您。\n")]);
    let at = here.path();
    let read = ["--columns", "role=谁,text=说了", "--staff", "东窗"];
    let found = json(at, &[&["a.csv"], read.as_slice()].concat());
    let fingerprint = banned(&found["files"][0])[0]["fingerprint"].as_str().unwrap();
    let list = wuxin(at, &[&["review", "list", "a.csv"], read.as_slice()].concat());
    assert!(list.code == 0 && list.out.contains(&fingerprint[..6]), "{} {}", list.out, list.err);
    let add =
        wuxin(at, &review(&fingerprint[..6], "dismissed", &[&["--in", "a.csv"], read.as_slice()].concat()));
    assert_eq!((add.code, add.err.as_str()), (0, ""));
}

#[test]
fn the_list_shows_what_is_open() {
    let here = folder(&[("a.txt", BAD)]);
    let at = here.path();
    let list = |args: &[&str]| -> Value {
        let run = wuxin(at, &[&["review", "list", "--format", "json"], args].concat());
        serde_json::from_str(&run.out).unwrap()
    };
    let states = |value: &Value| -> Vec<String> {
        let rows = value["rows"].as_array().unwrap().iter().filter(|row| row["rule"] != Value::Null);
        let banned = rows.filter(|row| row["rule"].as_str().unwrap().starts_with('B'));
        banned.map(|row| row["state"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(states(&list(&["a.txt"])), ["open", "open"]);
    let rows = list(&["a.txt"]);
    let first =
        rows["rows"].as_array().unwrap().iter().find(|r| r["rule"].as_str().unwrap().starts_with('B'));
    let fingerprint = first.unwrap()["fingerprint"].as_str().unwrap().to_owned();
    assert_eq!(
        wuxin(at, &review(&fingerprint, "accepted", &["--in", "a.txt", "--expires", "2026-02-01"])).code,
        0
    );
    assert_eq!(states(&list(&["a.txt", "--as-of", "2026-01-01"])), ["accepted", "open"]);
    assert_eq!(states(&list(&["--as-of", "2026-01-01"])), ["accepted"]);
    assert_eq!(states(&list(&["--as-of", "2026-03-01"])), ["expired"]);
    let text = wuxin(at, &["review", "list", "--as-of", "2026-01-01"]).out;
    assert!(text.contains(&fingerprint) && text.contains("张三") && text.contains("模仿来访人"), "{text}");
}

#[test]
fn what_cannot_be_a_verdict_is_refused_with_a_cure() {
    let here = folder(&[("a.txt", BAD)]);
    let at = here.path();
    for (args, wanted) in [
        (review("xyz", "accepted", &[]), "error[bad-fingerprint]"),
        (review("ffff", "accepted", &["--in", "a.txt"]), "error[no-such-finding]"),
        (review("", "accepted", &["--in", "a.txt"]), "error["),
        (review("0123456789abcdef", "maybe", &[]), "error[usage]"),
        (review("0123456789abcdef", "accepted", &["--date", "2026-02-30"]), "error[usage]"),
        (review("0123456789abcdef", "accepted", &["--reason", " "]), "error[usage]"),
        (review("0123456789abcdef", "accepted", &["--in", "none.txt"]), "error[no-such-file]"),
    ] {
        let run = wuxin(at, &args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains(wanted), "{args:?}: {}", run.err);
    }
    assert!(!at.join("verdicts.jsonl").exists());
}
