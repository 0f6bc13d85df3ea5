//! Many files and large ones: the same bytes for any number of threads, with and without the cache, and after a run that
//! was killed or stopped.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod support;

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;
use support::{folder, wuxin};
use tempfile::TempDir;

/// A conversation of about 6 KB; every seventh has a banned phrase.
fn talk(number: usize) -> Vec<(&'static str, String)> {
    let said = if number.is_multiple_of(7) {
        "你急什么？没看到我正在忙着吗！"
    } else {
        "您好，请坐，慢慢说。"
    };
    let mut turns = vec![("工作人员", said.to_owned())];
    for turn in 0..40 {
        turns.push((
            "来访人",
            format!("我来问第{number}件事的第{turn}个材料，去年九月份交上去的，一直没有消息。"),
        ));
        turns.push(("工作人员", "好的，我帮您查一下登记的情况，请您稍等。".to_owned()));
    }
    turns
}

/// A folder of transcripts, three kinds of trouble among them.
fn batch(count: usize) -> TempDir {
    let here =
        folder(&[("in/broken.json", "{\"turns\": ["), ("in/empty.txt", ""), ("in/notes.md", "# 目录\n")]);
    for number in 0..count {
        let text: String = talk(number).iter().map(|(who, said)| format!("{who}：{said}\n")).collect();
        fs::write(here.path().join(format!("in/{number:04}.txt")), text).unwrap();
    }
    here
}

/// Lines of wuxin's own form, some blank, some broken, one with half a character.
fn lines(count: usize) -> String {
    let line = |number: usize| match number {
        _ if number % 97 == 5 => "{\"turns\": [{\"text\": 1}]}\r\n".to_owned(),
        _ if number % 89 == 7 => "\n".to_owned(),
        _ if number % 101 == 3 => "{\"turns\n".to_owned(),
        _ => {
            let turn = |(who, said): &(&str, String)| serde_json::json!({ "speaker": who, "text": said });
            let turns: Vec<Value> = talk(number).iter().map(turn).collect();
            format!("{}\n", serde_json::json!({ "turns": turns }))
        }
    };
    (0..count).map(line).collect()
}

#[test]
fn any_number_of_threads_and_the_cache_give_the_same_bytes() {
    let here = batch(60);
    for format in ["full", "concise", "jsonl", "csv", "gitlab", "rdjson", "junit"] {
        let run = |more: &[&str]| wuxin(here.path(), &[&["check", "in", "--format", format], more].concat());
        let one = run(&["--jobs", "1"]);
        assert_eq!(one.code, 1, "{}", one.err);
        for jobs in ["2", "8"] {
            let other = run(&["--jobs", jobs]);
            assert!(
                (one.code, &one.out, &one.err) == (other.code, &other.out, &other.err),
                "{format} {jobs}"
            );
        }
        for (cached, checked) in [(0, 62), (62, 0)] {
            let kept = run(&["--cache=kept", "--output", "csv=r.csv"]);
            assert!((one.code, &one.out) == (kept.code, &kept.out), "{format}");
            let said = format!("{}缓存：取用 {cached} 份，新查 {checked} 份。\n", one.err);
            assert_eq!(kept.err, said, "{format}");
        }
        let table = fs::read(here.path().join("r.csv")).unwrap();
        wuxin(here.path(), &["check", "in", "--output", "csv=plain.csv"]);
        assert!(table == fs::read(here.path().join("plain.csv")).unwrap());
    }
}

/// How many results were taken from the cache, and how many were made anew.
fn counts(err: &str) -> (usize, usize) {
    let line = err.lines().find(|line| line.starts_with("缓存")).unwrap();
    let numbers: Vec<usize> = line.split(' ').filter_map(|word| word.parse().ok()).collect();
    (numbers[0], numbers[1])
}

#[test]
fn what_a_result_depends_on_makes_it_anew_and_nothing_else_does() {
    let here = batch(10);
    let run = |more: &[&str]| {
        let all = [&["check", "in", "--format", "jsonl", "--cache=kept"], more].concat();
        counts(&wuxin(here.path(), &all).err)
    };
    assert_eq!(run(&[]), (0, 12));
    assert_eq!(run(&["--jobs", "2", "--fail-on", "never"]), (12, 0));
    assert_eq!(run(&["--staff", "来访人"]), (0, 12));
    assert_eq!(run(&["--lang", "zh"]), (12, 0));
    fs::write(here.path().join("in/0003.txt"), "工作人员：你急什么？\n").unwrap();
    assert_eq!(run(&[]), (11, 1));
    fs::write(here.path().join("in/0004.meta.json"), "{\"staff\": \"甲\"}").unwrap();
    let (cached, _) = run(&[]);
    assert_eq!(cached, 11);
    let row = "{\"fingerprint\":\"0123456789abcdef\",\"verdict\":\"dismissed\",\"reviewer\":\"甲\",\"reason\":\"乙\",\"date\":\"2026-01-01\",\"path\":\"in/0005.txt\"}\n";
    fs::write(here.path().join("verdicts.jsonl"), row).unwrap();
    // That there are verdicts at all is one more thing to be kept of each.
    let all = run(&[]).1;
    assert_eq!(run(&[]), (all, 0));
    fs::write(here.path().join("verdicts.jsonl"), row.replace("乙", "丙")).unwrap();
    assert_eq!(run(&[]), (all - 1, 1));
    let entry = fs::read_dir(here.path().join("kept"))
        .unwrap()
        .map(|one| one.unwrap().path())
        .find(|one| one.is_dir());
    let entry = fs::read_dir(entry.unwrap()).unwrap().next().unwrap().unwrap().path();
    fs::write(entry, "damaged").unwrap();
    wuxin(here.path(), &["check", "in", "--format", "jsonl", "--cache=kept"]);
    assert_eq!(run(&[]), (all, 0));
}

#[test]
fn a_large_jsonl_is_the_same_in_pieces_as_in_one() {
    let (here, text) = (folder(&[]), lines(900));
    assert!(text.len() > 4 << 20, "{}", text.len());
    // By its name the one is read in pieces and the other as a whole.
    fs::write(here.path().join("a.jsonl"), format!("\u{feff}{text}")).unwrap();
    fs::write(here.path().join("a.json"), format!("\u{feff}{text}")).unwrap();
    let check = |name: &str, more: &[&str]| {
        wuxin(here.path(), &[&["check", name, "--format", "jsonl"], more].concat())
    };
    let (pieces, whole) = (check("a.jsonl", &[]), check("a.json", &[]));
    assert_eq!(pieces.code, 2);
    assert!(pieces.out == whole.out.replace("a.json\"", "a.jsonl\""), "results differ");
    assert_eq!(pieces.err, whole.err.replace("a.json:", "a.jsonl:"));
    assert_eq!(pieces.out.lines().count(), text.lines().filter(|line| line.len() > 100).count());
    for line in pieces.out.lines() {
        let one: Value = serde_json::from_str(line).unwrap();
        for finding in one["findings"].as_array().unwrap().iter().filter(|one| one["rule"] == "B20") {
            let at = |end: &str| finding["span"][end].as_u64().unwrap() as usize;
            assert_eq!(text[at("start")..at("end")], *finding["text"].as_str().unwrap());
            let line = text[..at("start")].matches('\n').count() as u64 + 1;
            assert_eq!(finding["start"]["line"].as_u64(), Some(line));
        }
    }
    for format in ["full", "json", "sarif"] {
        let say = |name: &str| wuxin(here.path(), &["check", name, "--format", format]).out;
        assert!(say("a.jsonl") == say("a.json").replace("a.json", "a.jsonl"), "{format}");
    }
    let (one, again) =
        (check("a.jsonl", &["--jobs", "1", "--cache=kept"]), check("a.jsonl", &["--cache=kept"]));
    assert!(one.out == pieces.out && again.out == pieces.out);
    assert_eq!((counts(&one.err).0, counts(&again.err).1), (0, 0));
}

/// Starts a run on one thread and waits until some results are kept.
fn started(folder: &Path, args: &[&str]) -> Child {
    let out = fs::File::create(folder.join("out")).unwrap();
    let err = fs::File::create(folder.join("err")).unwrap();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("wuxin"));
    let command = command.current_dir(folder).env_clear().args(args).stdin(Stdio::null());
    let child = command.stdout(out).stderr(err).spawn().unwrap();
    let kept = || fs::read_dir(folder.join("kept")).map_or(0, Iterator::count);
    for _ in 0..3000 {
        if kept() > 6 {
            break;
        }
        sleep(Duration::from_millis(2));
    }
    child
}

const RUN: &[&str] = &["check", "in", "--format", "jsonl", "--jobs", "1", "--cache=kept"];

#[test]
fn a_run_that_was_killed_goes_on_where_it_was() {
    let here = batch(300);
    let whole = wuxin(here.path(), &["check", "in", "--format", "jsonl"]);
    let mut child = started(here.path(), &[RUN, &["--output", "csv=r.csv"]].concat());
    child.kill().unwrap();
    assert!(!child.wait().unwrap().success());
    assert!(!here.path().join("r.csv").exists());
    let again = wuxin(here.path(), &[RUN, &["--output", "csv=r.csv"]].concat());
    assert!(again.out == whole.out);
    let (cached, checked) = counts(&again.err);
    assert!(cached >= 4 && checked > 0 && cached + checked == 302, "{cached} {checked}");
    assert!(here.path().join("r.csv").exists());
}

#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_writes_and_says_what_is_done() {
    let here = batch(300);
    let whole = wuxin(here.path(), &["check", "in", "--format", "jsonl"]).out;
    let mut child = started(here.path(), &[RUN, &["--output", "concise=r.txt"]].concat());
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let read = |name: &str| fs::read_to_string(here.path().join(name)).unwrap();
    let (out, err) = (read("out"), read("err"));
    let done = out.lines().count();
    assert!(done > 0 && whole.starts_with(&out) && out.ends_with('\n') && out.len() < whole.len());
    assert!(err.contains(&format!("已中断：前 {done} 个文件")) && err.contains("r.txt.partial"), "{err}");
    assert!(!here.path().join("r.txt").exists() && read("r.txt.partial").lines().count() > 1);
    assert!(!err.contains("没有可查"), "{err}");
}

#[test]
fn progress_is_told_in_lines_where_it_is_asked_for_and_nowhere_else() {
    let here = batch(3);
    let run = |more: &[&str]| wuxin(here.path(), &[&["check", "in", "--format", "jsonl"], more].concat());
    let (quiet, asked) = (run(&[]), run(&["--progress"]));
    assert_eq!(quiet.out, asked.out);
    assert!(asked.err.starts_with(&quiet.err) || asked.err.contains("MB/s"), "{}", asked.err);
    assert_eq!(run(&["--progress=never"]).err, quiet.err);
    assert_eq!(run(&["--progress=often"]).code, 2);
}
