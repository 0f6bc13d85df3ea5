//! The real binary: usage, settings, exit codes, streams. What it finds is tested elsewhere.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod support;

use std::fs;
use support::{folder, wuxin, wuxin_with};

#[test]
fn help_and_version_go_to_standard_output() {
    let here = folder(&[]);
    for args in [&["--help"][..], &["check", "--help"], &["rules", "list", "-h"]] {
        let run = wuxin(here.path(), args);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{args:?}");
        assert!(run.out.contains("用法：wuxin"), "{}", run.out);
    }
    assert!(wuxin(here.path(), &["check", "--help", "--lang", "en"]).out.contains("Usage: wuxin check"));
    assert!(wuxin(here.path(), &["-V"]).out.starts_with("wuxin "));
    let english = wuxin_with(here.path(), &["--help"], &[("LANG", "en_GB.UTF-8")], "");
    assert!(english.out.contains("Usage: "));
}

#[test]
fn wrong_usage_is_exit_2_with_a_cure() {
    let here = folder(&[("a.txt", "坐席：您好")]);
    for (args, wanted) in [
        (&["check", "--formt", "json"][..], "--format"),
        (&["check", "--format", "jsn"], "json"),
        (&["check", "--min-confidence", "7"], "--min-confidence"),
        (&["chek"], "check"),
        (&["a.txt"], "wuxin check a.txt"),
        (&["explain"], "<ID>"),
        (&["check", "--config", "x", "--no-config"], "--no-config"),
        (&["completions", "tcl"], "fish"),
    ] {
        let run = wuxin(here.path(), args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.starts_with("error[usage]: ") && run.err.contains(wanted), "{}", run.err);
    }
    let bare = wuxin(here.path(), &[]);
    assert_eq!((bare.code, bare.out.as_str()), (2, ""));
    assert!(bare.err.contains("用法："));
}

#[test]
fn init_writes_once() {
    let here = folder(&[]);
    assert_eq!(wuxin(here.path(), &["init"]).code, 0);
    let written = fs::read_to_string(here.path().join("wuxin.toml")).unwrap();
    assert!(written.contains("# fail-on = \"warning\""));
    let again = wuxin(here.path(), &["init", "--lang", "en"]);
    assert_eq!((again.code, again.out.as_str()), (2, ""));
    assert!(again.err.contains("error[file-exists]"));
    assert_eq!(fs::read_to_string(here.path().join("wuxin.toml")).unwrap(), written);
    assert_eq!(wuxin(here.path(), &["check", "--print-config"]).code, 0);
}

#[test]
fn completions_know_the_options() {
    let here = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = wuxin(here.path(), &["completions", shell]);
        assert_eq!(run.code, 0);
        assert!(run.out.contains("min-confidence"), "{shell}");
    }
}

#[test]
fn settings_are_found_above_and_each_value_says_where_from() {
    let here = folder(&[("wuxin.toml", "fail-on = \"never\"\nlang = \"en\"\n"), ("sub/x", "")]);
    let run = wuxin(&here.path().join("sub"), &["check", "--print-config", "--staff", "甲"]);
    assert_eq!(run.code, 0);
    let line = |key: &str| run.out.lines().find(|line| line.starts_with(key)).unwrap_or_default().to_owned();
    assert!(line("fail-on").contains("\"never\"") && line("fail-on").ends_with("wuxin.toml"));
    assert!(line("staff").contains("[\"甲\"]") && line("staff").ends_with("command line"));
    assert!(line("unlabelled").ends_with("default"));
    let none = wuxin(&here.path().join("sub"), &["check", "--print-config", "--no-config"]);
    assert!(none.out.contains("fail-on = \"warning\""));
}

#[test]
fn every_slip_of_the_settings_is_shown_and_nothing_is_checked() {
    let here = folder(&[("wuxin.toml", "staf = [\"甲\"]\nfail-on = 3\n"), ("a.txt", "坐席：您好")]);
    let run = wuxin(here.path(), &["check", "a.txt"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("error[unknown-key]") && run.err.contains("error[wrong-value]"));
    assert!(run.err.contains("是否想写 staff？"));
    let rule = folder(&[("wuxin.toml", "disable = [\"B99\"]\n"), ("a.txt", "坐席：您好")]);
    let run = wuxin(rule.path(), &["check", "a.txt"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("error[unknown-rule]"), "{}", run.err);
    assert_eq!(wuxin(here.path(), &["check", "--config", "none.toml", "a.txt"]).code, 2);
}

#[test]
fn what_is_named_must_be_there_and_something_must_be_checked() {
    let here = folder(&[("a.txt", "坐席：您好"), ("x/b.mp3", "ID3"), ("y/empty.txt", "")]);
    let missing = wuxin(here.path(), &["check", "nowhere", "a.txt"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("error[no-such-file]") && missing.err.contains("nowhere"));
    let nothing = wuxin(here.path(), &["check", "x"]);
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("error[nothing-to-check]"));
    let json = wuxin(here.path(), &["check", "x", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((json.code, json.err.as_str()), (2, ""));
    assert_eq!(document["errors"][0]["code"], "nothing-to-check");
    assert_eq!(document["schema"], "wuxin.report/1");
    let standard_input = wuxin_with(here.path(), &["check", "-"], &[], "");
    assert_eq!(standard_input.code, 2);
}

#[test]
fn output_does_not_depend_on_the_machine() {
    let here = folder(&[("a.txt", "坐席：您好"), ("b.txt", "坐席：您好"), ("c/d.txt", "坐席：您好")]);
    let run = |jobs: &str, env: &[(&str, &str)]| {
        wuxin_with(here.path(), &["check", "--format", "json", "--jobs", jobs], env, "").out
    };
    let one = run("1", &[]);
    assert_eq!(one, run("4", &[("LANG", "en_US.UTF-8"), ("FORCE_COLOR", "1"), ("COLUMNS", "20")]));
    let full = |env: &[(&str, &str)]| wuxin_with(here.path(), &["check"], env, "").out;
    assert_eq!(full(&[]), full(&[("FORCE_COLOR", "1"), ("CLICOLOR_FORCE", "1"), ("TERM", "xterm")]));
}

/// Banned, and polite, in the form that every reader knows.
const BAD: &str = "工作人员：喊什么,等会儿。\n来访人：我不喊。\n工作人员：您好，请坐。\n来访人：好。\n";
const GOOD: &str =
    "工作人员：您好，请坐，请喝水。\n来访人：谢谢。\n工作人员：不用谢，请慢走。\n来访人：再见。\n";

#[test]
fn the_exit_code_follows_the_worst_finding() {
    let here = folder(&[("bad.txt", BAD), ("good.txt", GOOD)]);
    let code = |args: &[&str]| wuxin(here.path(), &[&["check"], args].concat()).code;
    assert_eq!(code(&["bad.txt"]), 1);
    assert_eq!(code(&["good.txt"]), 0);
    assert_eq!(code(&["."]), 1);
    assert_eq!(code(&["bad.txt", "--fail-on", "never"]), 0);
    assert_eq!(code(&["bad.txt", "--fail-on", "error"]), 1);
    assert_eq!(code(&["bad.txt", "--visitor", "工作人员"]), 0);
    // An unknown role makes it a warning at most.
    let unknown = folder(&[("bad.txt", &BAD.replace("工作人员", "甲").replace("来访人", "乙"))]);
    let run = |level: &str| wuxin(unknown.path(), &["check", "--fail-on", level]).code;
    assert_eq!((run("error"), run("warning")), (0, 1));
    // What could not be read weighs more than what was found, and the rest is checked all the same.
    let broken = wuxin(here.path(), &["check", "none.txt", "bad.txt", "--format", "concise"]);
    assert_eq!(broken.code, 2);
    assert!(broken.out.starts_with("bad.txt:1:6: error[B02] "), "{}", broken.out);
}

#[test]
fn formats_keep_to_their_streams() {
    let here = folder(&[("a/bad.txt", BAD), ("good.txt", GOOD), ("x.json", "{\"turns\": [{}]}")]);
    let run = |format: &str| wuxin(here.path(), &["check", "--format", format]);
    let full = run("full");
    assert!(full.out.contains("error[B02]") && full.out.contains("╭─[a/bad.txt:1:6]"), "{}", full.out);
    assert!(full.out.trim_end().ends_with('。') && full.err.contains("x.json"));
    let concise = run("concise");
    assert!(concise.out.lines().all(|line| line.starts_with("a/bad.txt:")), "{}", concise.out);
    assert!(concise.err.contains("检查 2 个文件"));
    let jsonl = run("jsonl");
    let paths: Vec<String> = jsonl
        .out
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["path"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(paths, ["a/bad.txt", "good.txt"]);
    assert!(jsonl.err.contains("x.json") && jsonl.err.contains("检查 2 个文件"));
    let json = run("json");
    let document: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json.err, "");
    assert_eq!(document["errors"][0]["path"], "x.json");
    assert_eq!(document["summary"]["files"], 2);
    assert_eq!(document["summary"]["by_rule"]["B02"], 1);
}

#[test]
fn standard_input_is_read_and_stated_settings_are_obeyed() {
    let here = folder(&[("wuxin.toml", "[severity]\nB02 = \"off\"\n"), ("bad.txt", BAD)]);
    assert_eq!(wuxin(here.path(), &["check", "bad.txt"]).code, 0);
    let run = wuxin_with(here.path(), &["check", "-", "--no-config", "--format", "concise"], &[], BAD);
    assert_eq!(run.code, 1);
    assert!(run.out.starts_with("-:1:6: error[B02]"), "{}", run.out);
}

#[test]
fn what_is_ignored_is_counted_and_can_be_had() {
    let here = folder(&[
        ("a.txt", GOOD),
        ("b.txt", BAD),
        ("c/bad.txt", BAD),
        (".wuxinignore", "b.txt\n"),
        (".gitignore", "c\n"),
    ]);
    let summary = |args: &[&str]| {
        let run = wuxin(here.path(), &[&["check", "--format", "json"], args].concat());
        let document: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        (run.code, document["summary"]["files"].clone(), document["summary"]["skipped"].clone())
    };
    assert_eq!(summary(&[]), (0, 1.into(), serde_json::json!({ "ignored": 2 })));
    assert_eq!(summary(&["--no-ignore"]), (1, 3.into(), serde_json::json!({})));
    assert_eq!(summary(&["b.txt"]), (1, 1.into(), serde_json::json!({})));
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let here = folder(&[("bad.txt", &BAD.repeat(500))]);
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("wuxin"))
        .args(["check", "bad.txt"])
        .current_dir(here.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert!(output.status.code().is_some_and(|code| code < 2));
}

#[test]
fn rules_are_listed_shown_and_explained() {
    let here = folder(&[]);
    let list = wuxin(here.path(), &["rules", "list"]);
    assert_eq!(list.code, 0);
    assert!(list.out.lines().any(|line| line.starts_with("B02 ")));
    let json: serde_json::Value =
        serde_json::from_str(&wuxin(here.path(), &["rules", "list", "--format", "json"]).out).unwrap();
    assert_eq!(json.as_array().unwrap().len(), list.out.lines().count());
    assert!(json.as_array().unwrap().iter().all(|rule| rule["id"].is_string() && rule["text"].is_string()));
    let one: serde_json::Value =
        serde_json::from_str(&wuxin(here.path(), &["rules", "show", "b02", "--format", "json"]).out).unwrap();
    assert_eq!(one["id"], "B02");
    let explained = wuxin(here.path(), &["explain", "B02"]);
    assert!(explained.out.contains("喊什么,等会儿。") && explained.out.contains("为什么"));
    let wrong = wuxin(here.path(), &["explain", "B0Z"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
    assert!(wrong.err.contains("是否想写 B0"), "{}", wrong.err);
}
