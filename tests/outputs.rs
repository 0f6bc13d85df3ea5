//! `--output`: several reports of one run in files, whole or not at all, the same bytes every time.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use support::{folder, wuxin};

const BAD: &str = "工作人员：喊什么,等会儿。\n来访人：我不喊。\n工作人员：您好，请坐。\n来访人：好。\n";

/// The files below a folder, by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap()))
        .collect()
}

/// `--output FORMAT=out/r.FORMAT` for each.
fn outputs(formats: &[&str]) -> Vec<String> {
    formats.iter().flat_map(|format| ["--output".into(), format!("{format}=out/r.{format}")]).collect()
}

const ALL: &[&str] = &[
    "full",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjson",
    "csv",
    "markdown",
    #[cfg(feature = "xlsx")]
    "xlsx",
];

/// All fixtures that can be read, and those that cannot.
#[test]
fn one_run_over_all_fixtures_writes_everything_twice_the_same() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let here = folder(&[]);
    for name in ["conversations", "nasty", "scenario"] {
        let to = here.path().join(name);
        fs::create_dir(&to).unwrap();
        for (file, bytes) in files(&fixtures.join(name)) {
            fs::write(to.join(file), bytes).unwrap();
        }
    }
    let out = here.path().join("out");
    fs::create_dir(&out).unwrap();
    let outputs = outputs(ALL);
    let args: Vec<&str> = ["check", "conversations", "nasty", "scenario", "--format", "concise"]
        .into_iter()
        .chain(outputs.iter().map(String::as_str))
        .collect();
    let first = wuxin(here.path(), &args);
    assert_eq!(first.code, 1, "{}", first.err);
    let written = files(&out);
    assert_eq!(written.len(), ALL.len(), "nothing but the reports: {:?}", written.keys());
    let again = wuxin(here.path(), &[&args[..], &["--jobs", "1"]].concat());
    assert_eq!((first.out.as_str(), first.err.as_str()), (again.out.as_str(), again.err.as_str()));
    for (name, bytes) in files(&out) {
        assert!(written[&name] == bytes, "{name} differs");
    }
    // A file says what standard output says, and, for documents, the failures too.
    let text = |name: &str| String::from_utf8(written[name].clone()).unwrap();
    let concise = text("r.concise");
    assert!(first.out.lines().all(|line| concise.lines().any(|other| other == line)));
    assert_eq!(text("r.json"), wuxin(here.path(), &[&args[..4], &["--format", "json"]].concat()).out);
    assert_eq!(text("r.jsonl"), wuxin(here.path(), &[&args[..4], &["--format", "jsonl"]].concat()).out);
    let report: Value = serde_json::from_str(&text("r.json")).unwrap();
    let counted = report["summary"]["findings"].as_u64().unwrap();
    assert!(counted > 50 && !report["errors"].as_array().unwrap().is_empty());
    let sarif: Value = serde_json::from_str(&text("r.sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let standing = results.iter().filter(|result| result["suppressions"].is_null()).count();
    assert_eq!(standing as u64, counted);
    let gitlab: Value = serde_json::from_str(&text("r.gitlab")).unwrap();
    assert_eq!(gitlab.as_array().unwrap().len() as u64, counted);
}

#[test]
fn reports_in_the_checked_folder_are_no_input() {
    let here = folder(&[("a.txt", BAD)]);
    let args = ["check", ".", "--output", "json=r.json", "--output", "csv=./r.csv", "--format", "jsonl"];
    let runs = [0, 1].map(|_| {
        let run = wuxin(here.path(), &args);
        (run.out, run.err, files(here.path()))
    });
    assert_eq!(runs[0].1, runs[1].1, "what was skipped is the same");
    assert!(runs[0] == runs[1]);
    assert_eq!(runs[0].2.len(), 3);
}

#[test]
fn what_cannot_be_written_is_exit_2_before_anything_is_checked() {
    let here = folder(&[("a.txt", BAD), ("dir/x", "")]);
    for (args, wanted) in [
        (&["--output", "json=none/r.json"][..], "error[no-such-file]"),
        (&["--output", "json=dir"], "error[system]"),
        (&["--output", "json=a.txt"], "error[output-taken]"),
        (&["--output", "json=r", "--output", "csv=./r"], "error[output-taken]"),
        (&["--output", "json"], "error[usage]"),
        (&["--output", "jsn=r.json"], "sarif"),
        (&["--output", "card=r.txt"], "error[usage]"),
        (&["--output", "csv=-"], "error[usage]"),
    ] {
        let run = wuxin(here.path(), &[&["check", "a.txt"], args].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains(wanted), "{args:?}: {}", run.err);
    }
    assert_eq!(files(&here.path().join("dir")).len(), 1);
    assert_eq!(fs::read_to_string(here.path().join("a.txt")).unwrap(), BAD);
    assert!(!here.path().join("r").exists(), "one that could be opened leaves nothing when another cannot");
}

#[test]
fn a_report_takes_the_place_of_an_older_one_and_keeps_its_links() {
    let here = folder(&[("a.txt", BAD), ("real.json", "old")]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("real.json", here.path().join("r.json")).unwrap();
    #[cfg(not(unix))]
    fs::write(here.path().join("r.json"), "old").unwrap();
    let run = wuxin(here.path(), &["check", "a.txt", "--output", "json=r.json", "--format", "github"]);
    assert_eq!(run.code, 1);
    assert!(run.out.starts_with("::error file=a.txt,line=1,endLine=1,col=6,"), "{}", run.out);
    let report: Value =
        serde_json::from_str(&fs::read_to_string(here.path().join("r.json")).unwrap()).unwrap();
    assert_eq!(report["summary"]["by_rule"]["B02"], 1);
    #[cfg(unix)]
    assert!(here.path().join("r.json").is_symlink());
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_written_to_as_it_is() {
    let here = folder(&[("a.txt", BAD)]);
    let run = wuxin(here.path(), &["check", "a.txt", "--output", "sarif=/dev/null", "--format", "concise"]);
    assert_eq!((run.code, run.err.contains("error")), (1, false), "{}", run.err);
    let full = wuxin(here.path(), &["check", "a.txt", "--output", "json=/dev/full"]);
    assert_eq!(full.code, 2);
    assert!(full.err.contains("error[output]") && full.err.contains("/dev/full"), "{}", full.err);
}

#[test]
fn a_failure_stands_in_the_report_and_on_standard_error() {
    let here = folder(&[("a.txt", BAD), ("b.txt", "")]);
    let run =
        wuxin(here.path(), &["check", "a.txt", "b.txt", "--format", "junit", "--output", "sarif=r.sarif"]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("<error type=\"empty\"") && run.err.contains("error[empty]"), "{}", run.err);
    assert!(run.out.ends_with("</testsuites>\n"));
    let sarif: Value = serde_json::from_slice(&fs::read(here.path().join("r.sarif")).unwrap()).unwrap();
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
}
