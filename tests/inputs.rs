//! Containers and tables through the real binary: what is found where, what cannot be read and why, archives and the
//! files beside a transcript.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![cfg(all(feature = "office", feature = "zip"))]

mod support;

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use support::{folder, wuxin};

fn fixtures(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn json(folder: &Path, args: &[&str]) -> (i32, Value) {
    let run = wuxin(folder, &[&["check", "--no-config", "--format", "json"], args].concat());
    (run.code, serde_json::from_str(&run.out).unwrap())
}

/// File, code, place, and words of the message and of the cure.
const BROKEN: &[(&str, &str, &str, &str, &str)] = &[
    ("truncated.docx", "broken-package", "", "docx", "另存一份"),
    ("shape.docx", "broken-package", "", "docx", "另存一份"),
    ("crossed.docx", "malformed", "3:25", "docx", "重新导出"),
    ("encrypted.docx", "encrypted", "", "docx", "去掉密码"),
    ("old.doc", "legacy-format", "", "doc", "docx"),
    ("old.xls", "legacy-format", "", "xls", "xlsx"),
    ("truncated.xlsx", "broken-package", "", "xlsx", "另存一份"),
    ("shape.xlsx", "no-header", "", "月份, 来访, 来电", "--columns"),
    ("truncated.ods", "broken-package", "", "ods", "另存一份"),
    ("shape.ods", "unsupported-format", "", "OpenDocument", "docx"),
    ("truncated.csv", "expected", "4:8", "CSV", "改正"),
    ("shape.csv", "no-header", "", "2025-09-01, 三楼, 41", "--columns"),
    ("truncated.tsv", "no-speech", "", "没有一句话", "发言内容"),
    ("shape.tsv", "no-header", "", "月份, 来访", "--columns"),
    ("truncated.ass", "expected", "16:1", "ASS", "改正"),
    ("shape.ass", "no-cues", "", "没有一行时间", "--input-format"),
    ("truncated.lrc", "no-cues", "", "没有一行时间", "--input-format"),
    ("shape.lrc", "no-cues", "", "没有一行时间", "--input-format"),
    ("truncated.TextGrid", "cut-off", "64:29", "TextGrid", "重新导出"),
    ("shape.TextGrid", "expected", "2:25", "TextGrid", "改正"),
    ("truncated.eaf", "cut-off", "20:128", "EAF", "重新导出"),
    ("shape.eaf", "expected", "5:1", "<TIER>", "改正"),
    ("truncated.rttm", "expected", "2:1", "RTTM", "改正"),
    ("shape.rttm", "expected", "2:1", "RTTM", "改正"),
    ("truncated.zip", "broken-package", "", "zip", "另存一份"),
];

#[test]
fn what_cannot_be_read_says_what_where_and_what_to_do() {
    let mut wrong = Vec::new();
    for (name, code, place, message, cure) in BROKEN {
        let (exit, report) = json(&fixtures("nasty"), &[name]);
        let error = &report["errors"][0];
        let text = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
        let right = text("code") == *code
            && text("place") == *place
            && text("message").contains(message)
            && text("cure").contains(cure);
        if exit != 2 || !right || !report["files"].as_array().unwrap().is_empty() {
            wrong.push(format!("{name}: {exit} {error}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_member_that_cannot_be_read_leaves_the_others() {
    let (exit, report) = json(&fixtures("nasty"), &["mixed.zip"]);
    let paths: Vec<&str> =
        report["files"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["mixed.zip!good.txt", "mixed.zip!录音.txt"]);
    for file in report["files"].as_array().unwrap() {
        assert_eq!(
            (&file["findings"][0]["rule"], &file["findings"][0]["start"]["line"]),
            (&"B20".into(), &3.into())
        );
        assert_eq!(file["sha256"].as_str().unwrap().len(), 64);
    }
    let errors: Vec<(&str, &str)> = report["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (e["path"].as_str().unwrap(), e["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        errors,
        [
            ("mixed.zip!damaged.txt", "broken-package"),
            ("mixed.zip!inner.zip", "nested-archive"),
            ("mixed.zip!locked.txt", "encrypted")
        ]
    );
    assert_eq!(report["summary"]["skipped"], serde_json::json!({ "image": 1, "lock-file": 1 }));
    assert_eq!((exit, &report["summary"]["files"]), (2, &2.into()));
}

/// An archive with these members.
fn zipped(path: &Path, members: &[(&str, &[u8])]) {
    let mut zip = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

const SRT: &[u8] = "1\n00:00:00,000 --> 00:00:02,000\n您好，\n\n2\n00:00:02,100 --> 00:00:04,000\n我来问路。\n\n3\n00:00:04,100 --> 00:00:06,000\n你急什么？\n".as_bytes();
const RTTM: &[u8] = b"SPEAKER a 1 0.0 1.9 <NA> <NA> spk0 <NA> <NA>\nSPEAKER a 1 2.0 2.0 <NA> <NA> spk1 <NA> <NA>\nSPEAKER a 1 4.0 2.0 <NA> <NA> spk0 <NA> <NA>\n";

#[test]
fn what_stands_beside_a_transcript_counts_in_folders_and_in_archives() {
    let folder = folder(&[]);
    let meta = "{\"case\":\"7\"}".as_bytes();
    fs::write(folder.path().join("b.srt"), SRT).unwrap();
    fs::write(folder.path().join("b.rttm"), RTTM).unwrap();
    fs::write(folder.path().join("b.meta.json"), meta).unwrap();
    fs::create_dir(folder.path().join("z")).unwrap();
    zipped(&folder.path().join("z/a.zip"), &[("d/b.srt", SRT), ("d/b.rttm", RTTM), ("d/b.meta.json", meta)]);
    let (exit, report) = json(folder.path(), &["--staff", "spk0", "."]);
    let files = report["files"].as_array().unwrap();
    let paths: Vec<&str> = files.iter().map(|f| f["path"].as_str().unwrap()).collect();
    assert_eq!((exit, paths), (1, vec!["b.srt", "z/a.zip!d/b.srt"]));
    for file in files {
        assert_eq!(
            (&file["turns"], &file["staff_turns"], &file["meta"]["case"]),
            (&3.into(), &2.into(), &"7".into())
        );
        let finding = &file["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "B20").unwrap();
        assert_eq!((&finding["speaker"], &finding["start"]["line"]), (&"spk0".into(), &11.into()));
    }
    assert_eq!(report["summary"]["skipped"], serde_json::json!({ "meta": 4 }));
    let (exit, report) = json(folder.path(), &["b.rttm"]);
    assert_eq!((exit, &report["errors"][0]["code"]), (2, &"no-words".into()));
    fs::write(folder.path().join("b.rttm"), "SPEAKER a 1 x").unwrap();
    let (exit, report) = json(folder.path(), &["b.srt"]);
    let error = &report["errors"][0];
    assert_eq!((exit, &error["path"], &error["place"]), (2, &"b.rttm".into(), &"1:1".into()));
}

#[test]
fn an_archive_that_unfolds_without_end_is_refused() {
    let folder = folder(&[]);
    let zeros = vec![b' '; 66 << 20];
    zipped(
        &folder.path().join("bomb.zip"),
        &[("bomb.txt", &zeros), ("good.txt", "客服：你急什么？".as_bytes())],
    );
    let (exit, report) = json(folder.path(), &["bomb.zip"]);
    assert_eq!((exit, &report["errors"][0]["code"]), (2, &"unfolds-too-far".into()));
    assert_eq!(report["files"][0]["path"], "bomb.zip!good.txt");
}

#[test]
fn a_walk_takes_transcripts_and_leaves_other_tables_and_papers() {
    let all = folder(&[
        ("plan.csv", "日期,地点\n2025-09-01,三楼\n"),
        ("~$script.docx", "x"),
        ("a.csv", "角色,内容\n客服,您好\n"),
    ]);
    for name in
        ["script.docx", "calls.xlsx", "visit.ods", "tiers.TextGrid", "duty.eaf", "window.ass", "leak.lrc"]
    {
        fs::copy(fixtures("conversations").join(name), all.path().join(name)).unwrap();
    }
    fs::copy(fixtures("nasty/shape.xlsx"), all.path().join("shape.xlsx")).unwrap();
    let (_, report) = json(all.path(), &["."]);
    let paths: Vec<&str> =
        report["files"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
    let expected = [
        "a.csv",
        "calls.xlsx",
        "calls.xlsx",
        "duty.eaf",
        "leak.lrc",
        "script.docx",
        "tiers.TextGrid",
        "visit.ods",
        "window.ass",
    ];
    assert_eq!((paths.as_slice(), &report["errors"]), (&expected[..], &serde_json::json!([])));
    assert_eq!(report["summary"]["skipped"], serde_json::json!({ "lock-file": 1, "not-a-transcript": 2 }));
}

#[test]
fn columns_are_named_by_the_user() {
    let table = "谁,说了,几时\n窗口,你急什么？,0.5\n市民,好,2\n";
    let files = folder(&[("t.csv", table), ("bare.csv", "窗口,你急什么？\n市民,好\n")]);
    assert_eq!(json(files.path(), &["t.csv"]).1["errors"][0]["code"], "no-header");
    let (exit, report) =
        json(files.path(), &["--columns", "role=谁,text=说了,start=几时", "--staff", "窗口", "t.csv"]);
    let finding = &report["files"][0]["findings"][0];
    assert_eq!((exit, &finding["speaker"], &finding["time_ms"]["start"]), (1, &"窗口".into(), &500.into()));
    assert_eq!(finding["start"], serde_json::json!({ "line": 2, "column": 4 }));
    let (exit, report) = json(files.path(), &["--columns", "role=1,text=2", "bare.csv"]);
    assert_eq!((exit, &report["files"][0]["findings"][0]["rule"]), (1, &"B20".into()));
    let (exit, report) = json(files.path(), &["--columns", "text=没有", "t.csv"]);
    assert_eq!((exit, &report["errors"][0]["code"]), (2, &"no-column".into()));
    let run = wuxin(files.path(), &["check", "--columns", "boss=1", "t.csv"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("boss=1"), "{}", run.err);
}

#[test]
fn pictures_name_the_paragraph_or_cell_and_show_the_words() {
    let conversations = fixtures("conversations");
    let full = |args: &[&str]| wuxin(&conversations, &[&["check", "--no-config"], args].concat()).out;
    let word = full(&["--staff", "工作人员", "script.docx"]);
    assert!(word.contains("[script.docx:第9段]"), "{word}");
    let line = word.lines().find(|line| line.starts_with("  9 │") || line.starts_with(" 9 │")).unwrap();
    assert!(line.contains("工作人员：你怎么又来啦"), "{word}");
    let cells = full(&["--staff", "客服", "calls.xlsx"]);
    assert!(cells.contains("[calls.xlsx:表“九月抽查”D8]"), "{cells}");
    assert!(cells.contains("客服 ") && cells.contains("你有完没完"), "{cells}");
    assert!(!cells.contains("D8:"), "{cells}");
    let twice = full(&["--staff", "客服", "calls.xlsx"]);
    assert_eq!(cells, twice);
}

#[test]
fn places_are_those_that_a_person_finds() {
    let (_, report) = json(&fixtures("conversations"), &["--staff", "客服", "calls.xlsx"]);
    let files = report["files"].as_array().unwrap();
    let ids: Vec<&str> = files.iter().map(|f| f["conversation"].as_str().unwrap()).collect();
    assert_eq!(ids, ["T1001", "T1002"]);
    assert_eq!(
        (&files[0]["meta"]["staff"], &files[0]["meta"]["date"]),
        (&"坐席7".into(), &"2025-09-18".into())
    );
    assert_eq!(files[1]["meta"]["staff"], "坐席9");
    let finding = files[0]["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "B06").unwrap();
    assert_eq!(
        finding["place"],
        serde_json::json!({ "sheet": "九月抽查", "cell": "D8", "chars": { "start": 0, "end": 5 } })
    );
    assert_eq!(finding["time_ms"]["start"], 18_000);
    for null in ["span", "pieces", "start", "end"] {
        assert!(finding.get(null).unwrap().is_null(), "{null}");
    }
    let (_, report) = json(&fixtures("conversations"), &["--staff", "接访人", "minutes.docx"]);
    let found = report["files"][0]["findings"].as_array().unwrap();
    let place =
        |rule: &str| found.iter().find(|f| f["rule"] == rule).unwrap()["place"]["chars"]["start"].clone();
    assert_eq!(place("B19"), 4);
}
