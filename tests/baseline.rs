//! The baseline: `accepted` lines among the verdicts, written for what is found today, which outlast edits elsewhere.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod support;

use serde_json::Value;
use std::fs;
use std::path::Path;
use support::{Run, folder, wuxin};

const TALK: &str = "来访人：我想问一下我的事情办到哪一步了。\n\
                    工作人员：你急什么，前面还有好几个人在排队呢，等着吧。\n\
                    来访人：那我什么时候来？\n\
                    工作人员：喊什么，等会儿。\n\
                    来访人：好。\n";

fn update(at: &Path, more: &[&str]) -> Run {
    wuxin(at, &[&["baseline", "update"], more].concat())
}

fn rows(at: &Path) -> Vec<Value> {
    let text = fs::read_to_string(at.join("verdicts.jsonl")).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn json(at: &Path, args: &[&str]) -> Value {
    let run = wuxin(at, &[&["check", "--format", "json"], args].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
}

/// The rules of the banned phrases that count.
fn counting(at: &Path) -> Vec<String> {
    let document = json(at, &["."]);
    let files = document["files"].as_array().unwrap().iter();
    let findings = files.flat_map(|file| file["findings"].as_array().unwrap());
    let counts = findings.filter(|f| f["excused"].is_null()).map(|f| f["rule"].as_str().unwrap().to_owned());
    counts.filter(|rule| rule.starts_with('B')).collect()
}

#[test]
fn what_is_accepted_stays_so_when_it_moves_and_returns_when_it_is_changed() {
    let here = folder(&[("a.txt", TALK)]);
    let at = here.path();
    let write = |text: &str| fs::write(at.join("a.txt"), text).unwrap();
    assert_eq!(wuxin(at, &["check", "."]).code, 1);
    let made = update(at, &["--reviewer", "张三", "--reason", "旧录音", "--until", "2999-12-31"]);
    assert_eq!((made.code, made.err.as_str()), (0, ""), "{}", made.out);
    assert_eq!((wuxin(at, &["check", "."]).code, counting(at)), (0, vec![]));
    let first = rows(at).into_iter().find(|row| row["rule"] == "B20").unwrap();
    assert_eq!((&first["verdict"], &first["reviewer"]), (&"accepted".into(), &"张三".into()));
    assert_eq!((&first["reason"], &first["expires"]), (&"旧录音".into(), &"2999-12-31".into()));
    assert_eq!((&first["path"], &first["text"]), (&"a.txt".into(), &"你急什么".into()));

    let filler: String = (0..10)
        .map(|i| format!("工作人员：好的，第{i}件我记下了。\n来访人：第{i}件事是这样的。\n"))
        .collect();
    assert_eq!(filler.lines().count(), 20);
    write(&format!("{filler}{TALK}"));
    assert_eq!(counting(at), [""; 0], "twenty lines above");
    let other = TALK.replace('，', "").replace('。', "！").replace('？', "……");
    assert_ne!(other, TALK);
    write(&other);
    assert_eq!(counting(at), [""; 0], "other punctuation");
    write(&format!("{filler}{other}"));
    assert_eq!(counting(at), [""; 0], "both");

    write(&TALK.replace("前面还有好几个人在排队", "今天来的群众特别多"));
    // All that it shows returns, and the other sentence's finding does not.
    assert_eq!(counting(at), ["B20", "B02", "B21"], "a changed sentence");
    let check = wuxin(at, &["check", "."]);
    assert_eq!(check.code, 1);
    assert!(check.err.contains("warning[baseline-stale]"), "{}", check.err);
    assert!(check.err.contains("wuxin baseline update --prune"), "{}", check.err);
}

#[test]
fn a_second_update_changes_nothing_and_pruning_takes_out_what_is_gone() {
    let here = folder(&[("a.txt", TALK), ("sub/b.txt", TALK), ("notes.md", "# 说明\n")]);
    let at = here.path();
    assert_eq!(update(at, &[]).code, 0);
    let before = fs::read_to_string(at.join("verdicts.jsonl")).unwrap();
    let again = update(at, &[]);
    assert!(again.out.contains("新认可 0 处"), "{}", again.out);
    assert_eq!(fs::read_to_string(at.join("verdicts.jsonl")).unwrap(), before);

    fs::write(at.join("a.txt"), TALK.replace("前面还有好几个人在排队", "今天来的群众特别多")).unwrap();
    fs::remove_file(at.join("sub/b.txt")).unwrap();
    let changed = update(at, &[]);
    assert!(changed.out.contains("新认可 3 处") && changed.out.contains("--prune"), "{}", changed.out);
    let of = |path: &str| rows(at).into_iter().filter(|row| row["path"] == path).count();
    assert!(rows(at).len() > before.lines().count() && of("sub/b.txt") > 0);
    let pruned = update(at, &["--prune", "--lang", "en"]);
    assert!(pruned.out.contains("lines removed"), "{}", pruned.out);
    assert_eq!(of("sub/b.txt"), 0);
    let b20: Vec<Value> = rows(at).into_iter().filter(|row| row["rule"] == "B20").collect();
    assert_eq!(b20.len(), 1, "{b20:?}");
    assert_eq!(counting(at), [""; 0]);
    assert!(!wuxin(at, &["check", "."]).err.contains("baseline-stale"));
}

#[test]
fn what_people_decided_stays_and_only_the_rest_is_accepted() {
    let here = folder(&[("a.txt", TALK)]);
    let at = here.path();
    let document = json(at, &["a.txt"]);
    let findings = document["files"][0]["findings"].as_array().unwrap();
    let b20 = findings.iter().find(|f| f["rule"] == "B20").unwrap()["fingerprint"].as_str().unwrap();
    let said = |fingerprint: &str, verdict: &str| {
        let args = [
            "review",
            "add",
            fingerprint,
            "--verdict",
            verdict,
            "--reviewer",
            "李四",
            "--reason",
            "听过录音",
        ];
        let run = wuxin(at, &[&args[..], &["--date", "2026-01-05"]].concat());
        assert_eq!(run.code, 0, "{}", run.err);
    };
    said(b20, "confirmed");
    said("0123456789abcdef", "dismissed");
    let made = update(at, &["--prune", "a.txt"]);
    assert_eq!(made.code, 0, "{}", made.err);
    // The confirmed one counts, and a dismissal is no line of the baseline.
    assert_eq!(counting(at), ["B20"]);
    assert_eq!(rows(at)[..2].iter().map(|row| row["reviewer"].clone()).collect::<Vec<_>>(), ["李四", "李四"]);
    assert!(rows(at)[2..].iter().all(|row| row["verdict"] == "accepted" && row["reviewer"] == "基线"));

    // What was accepted for a time counts again, and can be accepted anew.
    let store = at.join("other.jsonl");
    let until = [
        "--verdicts",
        "other.jsonl",
        "--date",
        "2026-01-05",
        "--as-of",
        "2026-01-05",
        "--until",
        "2026-02-01",
    ];
    assert_eq!(update(at, &until).code, 0);
    let length = fs::read_to_string(&store).unwrap().lines().count();
    let later = ["check", "a.txt", "--verdicts", "other.jsonl", "--as-of", "2026-02-02"];
    assert_eq!(wuxin(at, &later).code, 1);
    assert_eq!(update(at, &["--verdicts", "other.jsonl", "--as-of", "2026-02-02"]).code, 0);
    assert_eq!(wuxin(at, &later).code, 0);
    assert_eq!(fs::read_to_string(&store).unwrap().lines().count(), 2 * length);
}

#[test]
fn nothing_is_written_where_something_cannot_be_read() {
    let here = folder(&[("a.txt", TALK), ("x/b.mp3", "ID3")]);
    let at = here.path();
    for (args, wanted) in [
        (&["none.txt", "a.txt"][..], "error[no-such-file]"),
        (&["x"], "error[nothing-to-check]"),
        (&["a.txt", "--until", "2026-02-30"], "error[usage]"),
        (&["a.txt", "--reason", " "], "error[usage]"),
    ] {
        let run = update(at, args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains(wanted), "{args:?}: {}", run.err);
    }
    assert_eq!(wuxin(at, &["baseline"]).code, 2);
    assert!(!at.join("verdicts.jsonl").exists());
}
