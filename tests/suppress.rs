//! Comments in a transcript that suppress findings: what they hold for, what is wrong with them, how they are shown.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod support;

use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use support::{folder, wuxin};
use wuxin::read::{Input, read};
use wuxin::review::Suppressions;
use wuxin::text::{SourceText, Span};

fn json(folder: &Path, args: &[&str]) -> Value {
    let run = wuxin(folder, &[&["check", "--format", "json"], args].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
}

/// What one file was told, see [`all_told`].
fn told(name: &str, text: &str) -> Vec<String> {
    all_told(name, &[text]).remove(0)
}

/// Of each text, in one run: `12 B20 suppressed` for each banned phrase, and `3 unused` for each warning about a comment.
fn all_told(name: &str, texts: &[&str]) -> Vec<Vec<String>> {
    let names: Vec<String> = (0..texts.len()).map(|i| format!("{i:02}{name}")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(texts.iter().copied()).collect();
    let here = folder(&files);
    let document = json(here.path(), &["."]);
    let files = document["files"].as_array().unwrap();
    assert_eq!(files.len(), texts.len(), "{:?}", document["errors"]);
    files.iter().map(told_of).collect()
}

fn told_of(file: &Value) -> Vec<String> {
    let findings = file["findings"].as_array().unwrap().iter();
    let banned = findings.filter(|f| f["rule"].as_str().unwrap().starts_with('B'));
    let finding = |f: &Value| {
        let why = f["excused"]["why"].as_str().unwrap_or("stands");
        format!("{} {} {why}", f["start"]["line"], f["rule"].as_str().unwrap())
    };
    let warnings = file["warnings"].as_array().unwrap().iter();
    let about = warnings.filter(|w| w["code"].as_str().unwrap().starts_with("suppression-"));
    let warning = |w: &Value| {
        let digits = |c: char| c.is_ascii_digit();
        let message = w["message"].as_str().unwrap().trim_start_matches(|c| !digits(c)).to_owned();
        let line: String = message.chars().take_while(|c| digits(*c)).collect();
        format!("{line} {}", w["code"].as_str().unwrap().trim_start_matches("suppression-"))
    };
    banned.map(finding).chain(about.map(warning)).collect()
}

#[test]
fn a_comment_holds_for_its_line_or_for_the_words_below() {
    let cases = [
        ("工作人员：你急什么！\n来访人：我不急。\n", &["1 B20 stands"][..]),
        ("# wuxin: ignore B20 -- 反例\n工作人员：你急什么！\n来访人：我不急。\n", &["2 B20 suppressed"]),
        ("工作人员：你急什么！ // wuxin: ignore b20 —— 反例\n来访人：我不急。\n", &["1 B20 suppressed"]),
        ("<!-- wuxin：ignore B20：反例 -->工作人员：你急什么！\n来访人：好。\n", &["1 B20 suppressed"]),
        // The words below: past the label's own line and a blank one, with the lines that go on, and no further.
        (
            "# wuxin: ignore B20 -- 反例\n\n工作人员：\n您好。\n你急什么！\n来访人：好。\n",
            &["5 B20 suppressed"],
        ),
        (
            "# wuxin: ignore B20 -- 反例\n工作人员：您好。\n\n你急什么！\n来访人：好。\n",
            &["4 B20 stands", "1 unused"],
        ),
        (
            "# wuxin: ignore B20 -- 反例\n工作人员：您好。\n工作人员：你急什么！\n来访人：好。\n",
            &["3 B20 stands", "1 unused"],
        ),
        // Beside words it holds for them and not for those below.
        (
            "工作人员：您好。 # wuxin: ignore B20 -- 反例\n你急什么！\n来访人：好。\n",
            &["2 B20 stands", "1 unused"],
        ),
        // Another rule's finding stands.
        (
            "# wuxin: ignore B02，B20 -- 反例\n工作人员：喊什么，你急什么！\n来访人：好。\n",
            &["2 B02 suppressed", "2 B20 suppressed"],
        ),
        (
            "# wuxin: ignore B02 -- 反例\n工作人员：喊什么，你急什么！\n来访人：好。\n",
            &["2 B02 suppressed", "2 B20 stands"],
        ),
    ];
    let told = all_told("a.txt", &cases.map(|(text, _)| text));
    for ((text, wanted), told) in cases.iter().zip(told) {
        assert_eq!(told, *wanted, "{text}");
    }
}

#[test]
fn markdown_has_its_own_comments() {
    let script = "# 情景一\n\n<!-- wuxin: ignore B20 -- 反例，供讨论 -->\n\n**工作人员：**您好，\n> 你急什么！\n\n**来访人：**我不急。\n\n\
                  - **工作人员：**喊什么，等会儿。<!-- wuxin: ignore B02 -- 反例 -->\n- **来访人：**我不喊。\n\n**工作人员：**喊什么，等会儿。\n";
    let script = script.replace("\n> 你", "\n你");
    assert_eq!(told("a.md", &script), ["6 B20 suppressed", "10 B02 suppressed", "13 B02 stands"]);
    // What looks like a comment of plain text is a heading there, and one in a code block is no comment.
    let none = "# wuxin: ignore B20 -- 反例\n\n```\n<!-- wuxin: ignore B20 -- 反例 -->\n```\n\n**工作人员：**你急什么！\n\n**来访人：**好。\n";
    assert_eq!(told("a.md", none), ["7 B20 stands"]);
}

#[test]
fn a_range_holds_between_its_comments_and_must_be_closed() {
    let lines = |start: &str, end: &str| {
        format!(
            "工作人员：你急什么！\n来访人：好。\n{start}工作人员：你急什么！\n来访人：好。\n工作人员：喊什么，你急什么！\n{end}来访人：好。\n工作人员：你急什么！\n"
        )
    };
    let closed = lines("# wuxin: ignore-start B20 -- 示范\n", "# wuxin: ignore-end B20\n");
    assert_eq!(
        told("a.txt", &closed),
        ["1 B20 stands", "4 B20 suppressed", "6 B02 stands", "6 B20 suppressed", "9 B20 stands"]
    );
    let open = lines("# wuxin: ignore-start B20 -- 示范\n", "");
    assert_eq!(told("a.txt", &open).last().unwrap(), "3 unclosed");
    assert!(told("a.txt", &open).iter().all(|line| !line.ends_with("suppressed")));
    let other = lines("# wuxin: ignore-start B20 -- 示范\n", "# wuxin: ignore-end B02\n");
    assert_eq!(told("a.txt", &other)[5..], ["3 unclosed", "7 not-begun"]);
    let twice = lines(
        "# wuxin: ignore-start B20 -- 一\n# wuxin: ignore-start B20 -- 二\n",
        "# wuxin: ignore-end B20\n",
    );
    assert_eq!(told("a.txt", &twice)[5..], ["4 begun"]);
}

#[test]
fn a_comment_that_is_not_understood_suppresses_nothing() {
    let cases = [
        ("# wuxin: ignore B20", "1 no-reason"),
        ("# wuxin: ignore B20 -- ", "1 no-reason"),
        ("<!-- wuxin: ignore B20 -- -->", "1 no-reason"),
        ("# wuxin: ignore -- 反例", "1 no-rule"),
        ("# wuxin: ignore B99 -- 反例", "1 unknown-rule"),
        ("# wuxin: ignor B20 -- 反例", "1 unclear"),
        ("# wuxin:", "1 unclear"),
        ("<!-- wuxin: ignore B20 -- 反例", "1 open"),
        ("# wuxin: ignore B02 -- 反例", "1 unused"),
    ];
    let texts = cases.map(|(comment, _)| format!("{comment}\n工作人员：你急什么！\n来访人：好。\n"));
    let told_of_each = all_told("a.txt", &texts.each_ref().map(String::as_str));
    for ((comment, wanted), told) in cases.iter().zip(told_of_each) {
        assert_eq!(told, ["2 B20 stands", wanted], "{comment}");
    }
    // What the words around excuse already needs no comment.
    let quoted = "# wuxin: ignore B20 -- 转述\n工作人员：您说“你急什么”，是谁说的？\n来访人：好。\n";
    assert_eq!(told("a.txt", quoted)[1..], ["1 unused"]);
}

#[test]
fn the_comment_is_shown_and_its_reason_kept() {
    let text = "工作人员：您好，请坐。\n来访人：好。\n# wuxin: ignore B20 -- 反例，供讨论\n工作人员：你急什么！\n来访人：好。\n";
    let here = folder(&[("a.txt", text)]);
    let at = here.path();
    let hidden = wuxin(at, &["check", "a.txt"]);
    assert_eq!(hidden.code, 0, "{}", hidden.out);
    assert!(!hidden.out.contains("B20") && hidden.out.contains("另有 1 处不计"), "{}", hidden.out);
    let shown = wuxin(at, &["check", "a.txt", "--show-excused"]).out;
    assert!(shown.contains("# wuxin: ignore B20 -- 反例，供讨论"), "{shown}");
    assert!(shown.contains("不计入：已标注忽略——反例，供讨论"), "{shown}");
    let concise = wuxin(at, &["check", "a.txt", "--show-excused", "--format", "concise", "--lang", "en"]).out;
    assert!(concise.contains("not counted: marked to be ignored — 反例，供讨论"), "{concise}");
    let document = json(at, &["a.txt"]);
    let file = &document["files"][0];
    let finding = file["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "B20").unwrap();
    let span = |key: &str| usize::try_from(finding["excused"]["span"][key].as_u64().unwrap()).unwrap();
    assert_eq!(&text[span("start")..span("end")], "# wuxin: ignore B20 -- 反例，供讨论");
    assert_eq!(finding["excused"]["reason"], "反例，供讨论");
    // The automatic score is what it was without the comment; the reviewed one is without what it suppresses.
    let bare = folder(&[("a.txt", &text.replace("# wuxin: ignore B20 -- 反例，供讨论\n", ""))]);
    let before = json(bare.path(), &["a.txt"]);
    assert_eq!(file["score"]["total"], before["files"][0]["score"]["total"]);
    assert!(file["reviewed"]["total"].as_f64() > file["score"]["total"].as_f64());
}

#[test]
fn notes_are_suppressed_too_and_warnings_speak_english() {
    let here = folder(&[("a.txt", "工作人员：您好，请坐。\n来访人：我不想活了。\n工作人员：您慢走。\n")]);
    let before = json(here.path(), &["a.txt"]);
    let notes = before["files"][0]["findings"].as_array().unwrap();
    let note = notes.iter().find(|f| f["start"]["line"] == 2).unwrap()["rule"].as_str().unwrap().to_owned();
    let text = format!(
        "工作人员：您好，请坐。\n来访人：我不想活了。 # wuxin: ignore {note} -- 另有专人\n工作人员：您慢走。 # wuxin: ignore B01 -- x\n"
    );
    let marked = folder(&[("a.txt", &text)]);
    let after = json(marked.path(), &["a.txt", "--lang", "en"]);
    let file = &after["files"][0];
    let same = file["findings"].as_array().unwrap().iter().find(|f| f["rule"] == note.as_str());
    assert_eq!(same.unwrap()["excused"]["why"], "suppressed");
    let warnings = file["warnings"].as_array().unwrap();
    let unused = warnings.iter().find(|w| w["code"] == "suppression-unused").unwrap();
    assert_eq!(
        unused["message"],
        "the comment on line 3 ignores B01, but there is no finding of B01 there; remove it"
    );
}

proptest! {
    /// Whatever stands in a file: no turn holds a byte of a comment, and understanding comments never fails.
    #[test]
    fn comments_and_speech_share_no_byte(
        text in "(# |//|<!--|-->|wuxin: |wuxin|ignore|ignore-start|ignore-end| B20| B02,|, | -- |：|客服：|客户：|\\*\\*客服：\\*\\*|你急什么|- |> |\\||\n|\r\n|\n\n|`){0,60}",
        name in "a\\.(txt|md)",
    ) {
        let input = Input { bytes: text.as_bytes(), name: &name, format: None };
        for conversation in read(&input).map(|document| document.conversations).unwrap_or_default() {
            let source = SourceText::new(text.clone());
            let remarks = &conversation.remarks;
            prop_assert!(remarks.windows(2).all(|two| two[0].end <= two[1].start), "{remarks:?}");
            for turn in &conversation.turns {
                let said = turn.said(&source).len();
                for piece in turn.map.pieces(Span::of(0..said)) {
                    prop_assert!(!remarks.iter().any(|remark| remark.overlaps(piece)), "{piece:?} {remarks:?}");
                }
            }
            let found = Suppressions::new(&conversation, &source, &["B02", "B20"]);
            let end = u32::try_from(text.len()).unwrap();
            prop_assert!(found.list.iter().all(|one| one.covers.end <= end && !one.reason.is_empty()));
            prop_assert!(found.misused(&BTreeSet::new()).len() >= found.list.len());
        }
    }
}

/// A Word file of these paragraphs.
#[cfg(feature = "office")]
fn word(paragraphs: &[&str]) -> Vec<u8> {
    use std::io::{Cursor, Write};
    let body: String = paragraphs
        .iter()
        .map(|words| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", words.replace('<', "&lt;")))
        .collect();
    let parts = [
        (
            "[Content_Types].xml",
            "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>".to_owned(),
        ),
        (
            "word/document.xml",
            format!("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"),
        ),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[cfg(feature = "office")]
#[test]
fn comments_in_word_files_hold_for_their_paragraphs() {
    let here = tempfile::tempdir().unwrap();
    let paragraphs = [
        "# wuxin: ignore B20 —— 示范",
        "工作人员：你急什么？",
        "来访人：我来问问。",
        "工作人员：不知道！ <!-- wuxin: ignore B01 -- 反例 -->",
        "来访人：哦。",
        "工作人员：随便你！",
        "<!-- wuxin: ignore B03 -- 没有 -->",
        "来访人：好。",
    ];
    std::fs::write(here.path().join("s.docx"), word(&paragraphs)).unwrap();
    let run = assert_cmd::Command::cargo_bin("wuxin")
        .unwrap()
        .current_dir(here.path())
        .args(["check", "s.docx", "--format", "json"])
        .output()
        .unwrap();
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let file = &report["files"][0];
    assert_eq!(file["turns"], 6, "a comment is no speech");
    let found: Vec<_> = file["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["rule"].as_str().unwrap().starts_with('B'))
        .map(|one| {
            let why = one["excused"]["why"].as_str().unwrap_or("-").to_owned();
            (one["rule"].as_str().unwrap().to_owned(), why, one["place"]["paragraph"].as_u64().unwrap())
        })
        .collect();
    let wanted = [("B20", "suppressed", 2), ("B01", "suppressed", 4), ("B07", "-", 6)];
    assert_eq!(found, wanted.map(|(rule, why, at)| (rule.to_owned(), why.to_owned(), at)));
    let warnings: Vec<_> =
        file["warnings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(warnings, ["suppression-unused"]);
}
