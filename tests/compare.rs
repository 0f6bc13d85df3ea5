//! Sessions side by side: order, grouping, and figures against those counted by hand.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod support;

use serde_json::Value;
use std::fs;
use std::path::Path;
use support::{folder, wuxin};

fn compared(folder: &Path, args: &[&str]) -> Value {
    let run = wuxin(folder, &[&["compare", "--format", "json"], args].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).unwrap()
}

fn names(value: &Value) -> Vec<&str> {
    value["sessions"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
}

fn row<'a>(value: &'a Value, kind: &str, id: &str) -> &'a Value {
    let rows = value["rows"].as_array().unwrap();
    rows.iter().find(|row| row["kind"] == kind && row["id"] == id).unwrap_or_else(|| panic!("no {kind} {id}"))
}

fn shares(row: &Value) -> Vec<(u64, u64)> {
    let figures = row["figures"].as_array().unwrap().iter();
    figures.map(|one| (one["part"].as_u64().unwrap(), one["whole"].as_u64().unwrap())).collect()
}

/// Upset once, and staff answers or does not; the banned phrase once or not.
const POOR: &str = "工作人员：您好。\n来访人：我都急死了！\n工作人员：你急什么！\n来访人：唉。\n工作人员：再见。\n来访人：再见。\n";
const GOOD: &str = "工作人员：您好，请坐，请喝水。\n来访人：我都急死了！\n工作人员：请您别着急，坐下慢慢说。\n来访人：好。\n工作人员：请慢走，再见。\n来访人：再见。\n";

#[test]
fn sessions_stand_in_order_of_date_wherever_the_date_is_known_from() {
    let here = folder(&[
        ("b_20260105.txt", POOR),
        ("a_2026-03-02.txt", GOOD),
        ("c.txt", POOR),
        ("c.meta.json", "{\"date\": \"2026年2月1日\"}"),
        ("0.txt", GOOD),
    ]);
    let all = ["0.txt", "a_2026-03-02.txt", "b_20260105.txt", "c.txt"];
    let value = compared(here.path(), &all);
    assert_eq!(names(&value), ["b_20260105", "c", "a_2026-03-02", "0"]);
    assert_eq!(value["sessions"][1]["date"], "2026-02-01");
    assert_eq!(value["sessions"][3]["date"], Value::Null);
    // The order in which they are named changes nothing.
    let back: Vec<&str> = all.into_iter().rev().collect();
    assert_eq!(compared(here.path(), &back), value);
}

#[test]
fn figures_are_those_counted_by_hand() {
    let here = folder(&[("2026-01-05.txt", POOR), ("2026-03-02.txt", GOOD)]);
    let value = compared(here.path(), &["2026-01-05.txt", "2026-03-02.txt"]);
    assert_eq!(shares(row(&value, "phrase", "A04")), [(0, 1), (1, 1)]);
    assert_eq!(shares(row(&value, "act", "B20")), [(1, 3), (0, 3)]);
    assert_eq!(shares(row(&value, "banned", "")), [(1, 3), (0, 3)]);
    assert_eq!(shares(row(&value, "stage", "listening")), [(0, 1), (1, 1)]);
    assert_eq!(row(&value, "phrase", "A04")["change"]["is"], "too-few");
    let all: u64 = value["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["kind"] == "stage")
        .map(|row| shares(row)[1].1)
        .sum();
    assert_eq!(shares(row(&value, "phrases", ""))[1].1, all);
}

#[test]
fn folders_are_pooled_and_only_enough_chances_give_a_verdict() {
    let files: Vec<(String, &str)> = (0..10)
        .flat_map(|i| [(format!("2026-01/{i}.txt"), POOR), (format!("2026-02/{i}.txt"), GOOD)])
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let here = folder(&files);
    let value = compared(here.path(), &["2026-02", "2026-01"]);
    // No day in the names: by name.
    assert_eq!(names(&value), ["2026-01", "2026-02"]);
    let a04 = row(&value, "phrase", "A04");
    assert_eq!(shares(a04), [(0, 10), (10, 10)]);
    assert_eq!(a04["change"]["is"], "better");
    assert_eq!(row(&value, "act", "B20")["change"]["is"], "better");
    let text = wuxin(here.path(), &["compare", "2026-01", "2026-02"]).out;
    let better = text.lines().find(|line| line.starts_with("有把握的进步")).unwrap();
    assert!(better.contains("A04") && better.contains("B20"), "{text}");
    fs::remove_file(here.path().join("2026-01/0.txt")).unwrap();
    let fewer = compared(here.path(), &["2026-02", "2026-01"]);
    assert_eq!(row(&fewer, "phrase", "A04")["change"]["is"], "too-few");
    assert_eq!(shares(row(&fewer, "phrase", "A04")), [(0, 9), (10, 10)]);
}

#[test]
fn people_are_put_side_by_side_and_never_ranked() {
    let here =
        folder(&[("2026-01-05_乙.txt", GOOD), ("2026-01-06_甲.txt", POOR), ("2026-01-07_甲.txt", GOOD)]);
    let args = ["--by", "staff", "--name-pattern", "{date}_{staff}", "."];
    let value = compared(here.path(), &args);
    assert_eq!(names(&value), ["乙", "甲"]);
    assert_eq!(value["sessions"][1]["conversations"], 2);
    assert_eq!(value["ordered"], false);
    assert!(value["rows"].as_array().unwrap().iter().all(|row| row["change"].is_null()));
    assert_eq!(shares(row(&value, "phrase", "A04")), [(1, 1), (1, 2)]);
    let by_date = compared(here.path(), &["--by", "date", "."]);
    assert_eq!(names(&by_date), ["2026-01-05", "2026-01-06", "2026-01-07"]);
}

#[test]
fn reviewed_findings_are_counted_as_reviewed() {
    let here = folder(&[("2026-01-05.txt", POOR), ("2026-03-02.txt", GOOD)]);
    let at = here.path();
    let list: Value =
        serde_json::from_str(&wuxin(at, &["review", "list", "--format", "json", "2026-01-05.txt"]).out)
            .unwrap();
    for rule in ["B20", "A04"] {
        let rows = list["rows"].as_array().unwrap();
        let one = rows.iter().find(|row| row["rule"] == rule).unwrap();
        let fingerprint = one["fingerprint"].as_str().unwrap();
        let add =
            ["review", "add", fingerprint, "--verdict", "dismissed", "--reviewer", "王", "--reason", "玩笑"];
        assert_eq!(wuxin(at, &[&add[..], &["--in", "2026-01-05.txt"]].concat()).code, 0);
    }
    let value = compared(at, &["2026-01-05.txt", "2026-03-02.txt"]);
    assert_eq!(shares(row(&value, "banned", "")), [(0, 3), (0, 3)]);
    // A dismissed opportunity was none.
    assert_eq!(shares(row(&value, "phrase", "A04")), [(0, 0), (1, 1)]);
    let session = &value["sessions"][0];
    assert!(session["reviewed"].as_f64().unwrap() > session["total"].as_f64().unwrap());
}

#[test]
fn every_format_shows_the_same_figures_in_columns_that_stand() {
    let here = folder(&[("2026-01-05.txt", POOR), ("2026-03-02.txt", GOOD)]);
    let args = ["compare", "2026-01-05.txt", "2026-03-02.txt"];
    let full = wuxin(here.path(), &args).out;
    let md = wuxin(here.path(), &[&args[..], &["--format", "md"]].concat()).out;
    for out in [&full, &md] {
        assert!(out.contains("0/1 0%") && out.contains("1/1 100%") && out.contains("B20"), "{out}");
    }
    let rows: Vec<&str> = md.lines().filter(|line| line.starts_with('|')).collect();
    let bars = |line: &str| line.replace("\\|", "").matches('|').count();
    assert!(rows.iter().all(|line| bars(line) == 5), "{md}");
}

#[test]
fn one_session_is_no_comparison() {
    let here = folder(&[("a.txt", GOOD), ("b/a.txt", GOOD)]);
    let run = wuxin(here.path(), &["compare", "a.txt"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("error[few-sessions]"), "{}", run.err);
    assert_eq!(wuxin(here.path(), &["compare", "none.txt", "a.txt"]).code, 2);
    assert_eq!(wuxin(here.path(), &["compare"]).code, 2);
}
