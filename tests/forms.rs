//! One conversation in every form it may arrive in: the same rules are found, and the file cut at the pieces is the
//! text of each finding.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::OnceLock;
use wuxin::check::{Checker, Origin};
use wuxin::config::Settings;
use wuxin::diagnostic::Lang;
use wuxin::read::{Input, read};
use wuxin::standard::Standard;

const TEXT: &str = "来访人：我的信呢？\n工作人员：你急什么？没看到我正在忙着吗！\n";

fn checker() -> &'static Checker {
    static CHECKER: OnceLock<Checker> = OnceLock::new();
    CHECKER.get_or_init(|| {
        let settings = Settings { staff: vec!["1".into()], ..Settings::default() };
        Checker::new(Standard::embedded(Lang::Zh).unwrap(), &settings)
    })
}

/// Rules, texts and whether each finding's pieces, unescaped by `undo`, are its text.
fn findings(name: &str, bytes: &[u8], undo: impl Fn(&str) -> String) -> Vec<(String, String)> {
    let document = read(&Input { bytes, name, format: None }).unwrap();
    let found = checker().check(&document, &Origin { path: name.into(), sha256: None });
    let mut out = Vec::new();
    for finding in found.iter().flat_map(|c| &c.findings).filter(|f| f.excused.is_none()) {
        let cut: String =
            finding.pieces.iter().flatten().map(|piece| undo(document.source.slice(*piece))).collect();
        assert_eq!(cut, finding.text, "{name}");
        assert!(finding.speaker.is_some(), "{name}");
        out.push((finding.rule.clone(), finding.text.clone()));
    }
    out.sort();
    out
}

fn rules(found: &[(String, String)]) -> Vec<&str> {
    found.iter().map(|(rule, _)| rule.as_str()).collect()
}

fn plain(text: &str) -> String {
    text.to_owned()
}

#[test]
fn utf_8_with_carets_under_the_very_words() {
    let found = findings("a.txt", TEXT.as_bytes(), plain);
    let pair = |rule: &str, text: &str| (rule.to_owned(), text.to_owned());
    assert_eq!(found, [pair("B03", "没看到我正在忙着吗"), pair("B20", "你急什么")]);
}

#[test]
fn other_encodings() {
    let (gb, _, _) = encoding_rs::GB18030.encode(TEXT);
    assert_eq!(rules(&findings("a.txt", &gb, plain)), ["B03", "B20"]);
    let little: Vec<u8> =
        [0xFEFF].into_iter().chain(TEXT.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(rules(&findings("a.txt", &little, plain)), ["B03", "B20"]);
    let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(rules(&findings("a.txt", &big, plain)), ["B03", "B20"]);
    let marked = format!("\u{feff}{}", TEXT.replace('\n', "\r\n"));
    assert_eq!(rules(&findings("a.txt", marked.as_bytes(), plain)), ["B03", "B20"]);
}

#[test]
fn subtitles_cut_in_the_middle_of_a_phrase() {
    let srt = "1\n00:00:00,000 --> 00:00:01,000\n来访人：我的信呢？\n\n2\n00:00:01,200 --> 00:00:02,000\n工作人员：你急\n\n\
               3\n00:00:02,100 --> 00:00:03,000\n什么？没看到我正\n\n4\n00:00:03,100 --> 00:00:04,000\n在忙着吗！\n";
    let found = findings("a.srt", srt.as_bytes(), plain);
    assert_eq!(rules(&found), ["B03", "B20"]);
    assert_eq!(found[1].1, "你急什么");
}

#[test]
fn traditional_characters_labels_too() {
    let text = "來訪人：我的信呢？\n工作人員：你急什麼？沒看到我正在忙著嗎！\n";
    assert_eq!(rules(&findings("a.txt", text.as_bytes(), plain)), ["B03", "B20"]);
}

#[test]
fn recogniser_json_with_escapes_and_numbered_speakers() {
    let escape = |text: &str| text.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect::<String>();
    let json = format!(
        r#"[{{"key":"a","text":"","sentence_info":[{{"start":0,"end":900,"text":"{}","spk":0}},
           {{"start":1000,"end":2900,"text":"{}","spk":1}}]}}]"#,
        escape("我的信呢？"),
        escape("你急什么？没看到我正在忙着吗！")
    );
    let undo = |piece: &str| serde_json::from_str::<String>(&format!("\"{piece}\"")).unwrap();
    let found = findings("a.json", json.as_bytes(), undo);
    let staff: Vec<&str> = rules(&found);
    assert_eq!(staff, ["B03", "B20"]);
}
