//! Phrases broken by the listener's 嗯: found once, with both turns and both pieces.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::sync::LazyLock;
use wuxin::check::{Checker, Origin};
use wuxin::config::Settings;
use wuxin::diagnostic::Lang;
use wuxin::read::{Input, read};
use wuxin::report::Finding;
use wuxin::standard::Standard;

static CHECKER: LazyLock<Checker> =
    LazyLock::new(|| Checker::new(Standard::embedded(Lang::Zh).unwrap(), &Settings::default()));

/// The banned phrases that count; each is checked against the file cut at its pieces.
fn found(name: &str, text: &str) -> Vec<Finding> {
    let document = read(&Input { bytes: text.as_bytes(), name, format: None }).unwrap();
    let conversations = CHECKER.check(&document, &Origin::default());
    let findings = conversations.into_iter().flat_map(|c| c.findings);
    let findings: Vec<Finding> =
        findings.filter(|f| f.rule.starts_with('B') && f.excused.is_none()).collect();
    for finding in &findings {
        let pieces = finding.pieces.as_ref().unwrap();
        let cut: String = pieces.iter().map(|piece| document.source.slice(*piece)).collect();
        assert_eq!(cut, finding.text);
    }
    findings
}

#[test]
fn a_phrase_runs_on_across_a_backchannel() {
    for between in ["嗯。", "哦", "好的", "对对", "嗯…"] {
        let text =
            format!("来访人：我不服。\n工作人员：材料在看，你急\n来访人：{between}\n工作人员：什么呀。\n");
        let findings = found("a.txt", &text);
        let [finding] = findings.as_slice() else { panic!("{between}: {findings:?}") };
        assert_eq!((finding.rule.as_str(), finding.turn, finding.turns.as_slice()), ("B20", 2, &[2, 4][..]));
        assert_eq!(finding.pieces.as_ref().unwrap().len(), 2);
        assert!(finding.how.contains(&"split"), "{:?}", finding.how);
        assert!(finding.text.contains("你急什么"), "{}", finding.text);
    }
}

#[test]
fn an_answer_is_no_backchannel() {
    for between in ["我没有", "嗯，那我走了", "好？", "不"] {
        let text =
            format!("来访人：我不服。\n工作人员：材料在看，你急\n来访人：{between}\n工作人员：什么呀。\n");
        let turns: Vec<Vec<u32>> = found("a.txt", &text).into_iter().map(|f| f.turns).collect();
        assert!(turns.iter().all(|t| t.len() == 1), "{between}: {turns:?}");
    }
}

#[test]
fn what_a_turn_shows_by_itself_is_found_once() {
    let text = "来访人：我不服。\n工作人员：没看见我正忙着吗\n来访人：嗯\n工作人员：你急什么\n来访人：哦\n工作人员：好了。\n";
    let findings = found("a.txt", text);
    let seen: Vec<_> = findings.iter().map(|f| (f.rule.as_str(), f.turns.clone())).collect();
    assert_eq!(seen, [("B03", vec![2]), ("B20", vec![4])]);
}

#[test]
fn a_visitor_is_not_heard_across_the_clerk() {
    let text = "工作人员：您说。\n来访人：你急\n工作人员：嗯\n来访人：什么呀。\n";
    assert!(found("a.txt", text).is_empty());
}

#[test]
fn times_reach_from_the_first_turn_to_the_last() {
    let cue = |n: u32, words: &str| format!("{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{words}\n\n");
    let text = [
        cue(1, "来访人：我不服。"),
        cue(2, "工作人员：你急"),
        cue(3, "来访人：嗯"),
        cue(4, "工作人员：什么呀"),
    ];
    let findings = found("a.srt", &text.concat());
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    let time = finding.time_ms.unwrap();
    assert_eq!((time.start, time.end), (2_000, 4_900));
}
