//! `wuxin check --why` and `--inspect`: every reason that a rule author or an auditor may meet, told and right.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use assert_cmd::Command;
use serde_json::Value;
use std::path::Path;

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("wuxin").unwrap();
    let output = command.current_dir(folder).env_clear().args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

const TEXT: &str = "来访人：你急什么？\n工作人员：你级什么，别着急。\n来访人：行不，知道了。\n\
    工作人员：我很着急什么时候能办。\n来访人：好。\n工作人员：您说“你急什么”这话，不好。\n来访人：嗯。\n\
    工作人员：那现在行。不，知道。\n";

/// The rulings of one turn: rule and reason.
fn rulings(line: &str) -> Vec<(String, String)> {
    let here = tempfile::tempdir().unwrap();
    std::fs::write(here.path().join("a.txt"), TEXT).unwrap();
    let (_, out, _) = run(here.path(), &["check", "a.txt", "--inspect", line, "--format", "jsonl"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    let turn = &report["inspected"][0];
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    turn["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (word(&c["rule"]), word(&c["ruling"]["is"])))
        .collect()
}

fn has(line: &str, rule: &str, reason: &str) -> bool {
    rulings(line).contains(&(rule.to_owned(), reason.to_owned()))
}

#[test]
fn every_reason_is_told() {
    assert!(has("1", "B20", "excused"));
    assert!(has("2", "B20", "found"));
    assert!(has("6", "B20", "excused"));
    assert!(rulings("4").iter().any(|(_, reason)| reason == "boundary"), "{:?}", rulings("4"));
    assert!(has("8", "B01", "broken"), "{:?}", rulings("8"));
}

#[test]
fn the_sum_is_the_confidence_of_the_finding() {
    let here = tempfile::tempdir().unwrap();
    std::fs::write(here.path().join("a.txt"), TEXT).unwrap();
    let (code, out, _) = run(here.path(), &["check", "a.txt", "--why", "--format", "jsonl"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    let finding = report["findings"].as_array().unwrap().iter().find(|f| f["text"] == "你级什么").unwrap();
    let turns = report["inspected"].as_array().unwrap();
    let found = turns.iter().flat_map(|turn| turn["candidates"].as_array().unwrap());
    let same = found.filter(|c| c["text"] == "你级什么" && c["ruling"]["is"] == "found");
    let sums: Vec<&Value> = same.map(|c| &c["sum"]["confidence"]).collect();
    assert_eq!((code, sums), (1, vec![&finding["confidence"]]));
    // Without being asked for, nothing is told.
    let (_, out, _) = run(here.path(), &["check", "a.txt", "--format", "jsonl"]);
    assert!(!out.contains("inspected"));
}

#[test]
fn it_reads_in_both_languages_and_names_an_empty_line() {
    let here = tempfile::tempdir().unwrap();
    std::fs::write(here.path().join("a.txt"), TEXT).unwrap();
    let (_, zh, _) = run(here.path(), &["check", "a.txt", "--why"]);
    assert!(zh.contains("1.00 − 0.12 同音 = 0.88") && zh.contains("结论"), "{zh}");
    let (_, en, _) = run(here.path(), &["check", "a.txt", "--inspect", "2", "--lang", "en"]);
    assert!(en.contains("1.00 − 0.12 homophone = 0.88") && en.contains("ruling"), "{en}");
    let (_, _, err) = run(here.path(), &["check", "a.txt", "--inspect", "99"]);
    assert!(err.contains("no-such-turn"), "{err}");
}
