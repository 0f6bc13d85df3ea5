//! `wuxin check --format html`: every mark on the page is the words that were found, over all fixtures; pages by the
//! hundred; recordings; what the command line says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

#[path = "../src/render/page/parsed.rs"]
mod parsed;

use parsed::{marked, parse, stands_by_itself};
use std::fs;
use std::path::{Path, PathBuf};
use support::{folder, wuxin};
use wuxin::check::{Checker, Origin};
use wuxin::config::Settings;
use wuxin::diagnostic::{Lang, one_line};
use wuxin::read::{Input, read};
use wuxin::render::{Format, Style, render};
use wuxin::report::{Conversation, Report, SCHEMA, Summary};
use wuxin::standard::Standard;

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/conversations");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// All fixtures, checked with or without their words.
fn checked(words: bool) -> Report {
    let checker = Checker::new(Standard::embedded(Lang::Zh).unwrap(), &Settings::default());
    let checker = if words { checker.with_words() } else { checker };
    let of = |path: &PathBuf| -> Vec<Conversation> {
        let (bytes, name) = (fs::read(path).unwrap(), path.file_name().unwrap().to_str().unwrap());
        let document = read(&Input { bytes: &bytes, name, format: None }).unwrap();
        checker.check(&document, &Origin { path: name.to_owned(), sha256: None })
    };
    Report {
        schema: SCHEMA,
        tool: checker.tool(),
        files: fixtures().iter().flat_map(of).collect(),
        errors: Vec::new(),
        warnings: Vec::new(),
        summary: Summary::default(),
        rules: checker.rules().into_iter().map(|rule| (rule.id.clone(), rule)).collect(),
        links: String::new(),
    }
}

fn page(report: &Report) -> String {
    let mut out = Vec::new();
    render(Format::Page, report, &Style::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_mark_on_the_page_is_the_words_that_were_found() {
    let report = checked(true);
    let text = page(&report);
    let elements = parse(&text);
    stands_by_itself(&elements);
    let mut seen = 0;
    for (talk, one) in (1..).zip(&report.files) {
        assert_eq!(one.said.len(), one.turns);
        for (number, finding) in (1..).zip(&one.findings) {
            let shown = marked(&elements, &format!("c{talk}f{number}"));
            assert_eq!(shown, one_line(&finding.text), "{} {}", one.path, finding.rule);
            seen += 1;
        }
    }
    assert!(seen > 150, "{seen}");
    assert_eq!(text, page(&checked(true)));
}

/// Formats that do not show the words pay nothing for them, and say the same whether they are there or not.
#[test]
fn words_are_kept_only_when_asked_for() {
    let (with, without) = (checked(true), checked(false));
    assert!(without.files.iter().all(|one| one.said.is_empty()));
    assert_eq!(serde_json::to_string(&with).unwrap(), serde_json::to_string(&without).unwrap());
    stands_by_itself(&parse(&page(&without)));
}

const TALK: &str = "来访：您好，我的信怎么还没回？\n工作人员：你急什么？没看到我正在忙着吗！\n";

#[test]
fn the_command_writes_a_page_to_standard_output_and_to_a_file() {
    let folder = folder(&[("a.txt", TALK), ("坏.json", "{")]);
    let run =
        wuxin(folder.path(), &["check", "a.txt", "坏.json", "--format", "html", "--output", "html=out.html"]);
    assert_eq!(run.code, 2);
    let file = fs::read_to_string(folder.path().join("out.html")).unwrap();
    assert_eq!(run.out, file);
    let elements = parse(&file);
    stands_by_itself(&elements);
    assert_eq!(marked(&elements, "c1f1"), "我的信怎么");
    assert_eq!(marked(&elements, "c1f2"), "你急什么");
    assert!(elements.iter().any(|one| one.has_class("failures") && one.text.contains("坏.json")));
    assert!(run.err.contains("坏.json"));
    let card = wuxin(folder.path(), &["score", "a.txt", "--format", "html"]);
    assert!(card.out.contains("<article>") && !card.out.contains("<mark"));
}

#[test]
fn many_conversations_become_an_index_and_a_page_each() {
    let line = |n: usize| {
        format!("{{\"id\": \"{n}\", \"turns\": [{{\"speaker\": \"工作人员\", \"text\": \"你急什么？\"}}]}}\n")
    };
    let many: String = (1..=201).map(line).collect();
    let folder =
        folder(&[("many.jsonl", &many), ("out/报告/0300.html", "mine"), ("out/报告/x.html", "mine")]);
    let at = |path: &str| folder.path().join("out").join(path);
    let args = ["check", "many.jsonl", "--format", "concise", "--output", "html=out/报告.html"];
    assert_eq!(wuxin(folder.path(), &args).code, 1);
    let index = fs::read_to_string(at("报告.html")).unwrap();
    let elements = parse(&index);
    stands_by_itself(&elements);
    let links: Vec<&str> = elements
        .iter()
        .filter(|one| one.name == "a" && one.get("href").ends_with("html"))
        .map(|one| one.get("href"))
        .collect();
    assert_eq!((links.len(), links[200]), (201, "%E6%8A%A5%E5%91%8A/0201.html"));
    for number in [1, 201] {
        let leaf = parse(&fs::read_to_string(at(&format!("报告/{number:04}.html"))).unwrap());
        stands_by_itself(&leaf);
        assert_eq!(marked(&leaf, "c1f1"), "你急什么");
    }
    // A smaller run takes its own away, and nobody else's.
    fs::copy(at("报告/0001.html"), at("报告/0299.html")).unwrap();
    assert_eq!(wuxin(folder.path(), &args).code, 1);
    assert!(!at("报告/0299.html").exists() && at("报告/0300.html").exists() && at("报告/x.html").exists());
    assert_eq!(fs::read_to_string(at("报告.html")).unwrap(), index);
    let refused = wuxin(folder.path(), &["check", "many.jsonl", "--format", "html"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("--output html="), "{}", refused.err);
}

#[test]
fn recordings_are_linked_from_where_the_page_is() {
    let srt = "1\n00:00:05,000 --> 00:00:07,000\n工作人员：你急什么？\n";
    let folder =
        folder(&[("in/甲.srt", srt), ("in/乙.srt", srt), ("rec/deep/甲.MP3", "x"), ("out/.keep", "")]);
    let args = ["check", "in", "--audio", "rec", "--format", "html", "--output", "html=out/a.html"];
    let run = wuxin(folder.path(), &args);
    let sources = |page: &str| -> Vec<String> {
        let elements = parse(page);
        stands_by_itself(&elements);
        elements.iter().filter(|one| one.name == "audio").map(|one| one.get("src").to_owned()).collect()
    };
    assert_eq!(sources(&run.out), ["rec/deep/%E7%94%B2.MP3"]);
    assert_eq!(
        sources(&fs::read_to_string(folder.path().join("out/a.html")).unwrap()),
        ["../rec/deep/%E7%94%B2.MP3"]
    );
    let missing = wuxin(folder.path(), &["check", "in", "--audio", "nowhere", "--format", "html"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("nowhere"));
}
