//! The score card: additive to the last tenth, and right on conversations worked out by hand.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use wuxin::check::{Checker, Origin};
use wuxin::config::Settings;
use wuxin::diagnostic::Lang;
use wuxin::read::{Input, read};
use wuxin::report::{Conversation, Score, Status};
use wuxin::score::{Area, Asked, Band, Element, Evidence, Group, Ledger, State, Tenths};
use wuxin::standard::Standard;

fn conversations() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/conversations")
}

fn checker() -> Checker {
    let staff = ["工作人员", "接待员"].map(str::to_owned).to_vec();
    Checker::new(Standard::embedded(Lang::Zh).unwrap(), &Settings { staff, ..Settings::default() })
}

fn checked(checker: &Checker, name: &str, bytes: &[u8]) -> Vec<Conversation> {
    let document = read(&Input { bytes, name, format: None }).unwrap();
    checker.check(&document, &Origin { path: name.to_owned(), sha256: None })
}

fn fixture(name: &str) -> Conversation {
    checked(&checker(), name, &std::fs::read(conversations().join(name)).unwrap()).remove(0)
}

fn all() -> Vec<Conversation> {
    let checker = checker();
    let mut names: Vec<_> =
        std::fs::read_dir(conversations()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    let bytes = |name: &std::ffi::OsString| std::fs::read(conversations().join(name)).unwrap();
    names.iter().flat_map(|name| checked(&checker, name.to_str().unwrap(), &bytes(name))).collect()
}

/// A card of a script.
fn script(text: &str) -> Conversation {
    checked(&checker(), "a.txt", text.as_bytes()).remove(0)
}

fn tenths(points: f64) -> i64 {
    (points * 10.0).round() as i64
}

/// score(E) − score(E without e) is the card's line for e, and the lines of the waterfall sum to the total.
fn law(score: &Score) {
    let ledger = &score.ledger;
    let total = tenths(score.total.unwrap());
    assert_eq!(score.lines.iter().map(|line| tenths(line.points)).sum::<i64>(), total);
    assert!(score.lines.iter().all(|line| !line.source.is_empty() && !line.label.is_empty()));
    assert_eq!(score.evidence.len(), ledger.evidence.len());
    for (i, worth) in score.evidence.iter().enumerate() {
        let mut without = ledger.clone();
        without.evidence.remove(i);
        let left = tenths(without.card().total.unwrap());
        assert_eq!(total - left, tenths(worth.worth), "{worth:?}");
        assert_eq!(left, tenths(worth.without), "{worth:?}");
    }
    let banned = score.lines.iter().filter(|line| line.kind == wuxin::report::LineKind::Banned);
    let charged = score.evidence.iter().filter(|worth| worth.fingerprint.is_some());
    let line = |points: f64, rule: &str| (tenths(points), rule.to_owned());
    assert_eq!(
        banned.map(|l| line(l.points, l.rule.as_deref().unwrap())).collect::<Vec<_>>(),
        charged.filter(|w| w.worth != 0.0).map(|w| line(w.worth, &w.rule)).collect::<Vec<_>>()
    );
}

#[test]
fn every_piece_of_evidence_is_worth_its_line_on_every_fixture() {
    let mut seen = 0;
    for one in all() {
        law(&one.score);
        seen += one.score.evidence.len();
    }
    assert!(seen > 200, "only {seen} pieces of evidence");
}

fn ledgers() -> impl Strategy<Value = Ledger> {
    let areas = prop::collection::vec(0i64..200, 1..9);
    let groups = prop::collection::vec((0usize..9, 0i64..4, 0u8..4), 1..14);
    let elements = prop::collection::vec((0usize..14, 0u8..3), 0..16);
    let evidence =
        prop::collection::vec((prop::collection::btree_set(0usize..16, 0..4), 0i64..=100, 0i64..300), 0..24);
    (areas, groups, elements, evidence).prop_map(|(areas, groups, elements, evidence)| {
        let areas: Vec<Area> = areas.into_iter().map(area).collect();
        let groups: Vec<Group> = groups.into_iter().map(|one| group(areas.len(), one)).collect();
        let elements = elements.into_iter().map(|(of, asked)| element(of % groups.len(), asked));
        let elements: Vec<Element> = elements.filter(|e| groups[e.group].state == State::Counts).collect();
        let evidence = evidence.into_iter().enumerate().map(|(i, one)| piece(i, elements.len(), one));
        let band = |id: &str, from| Band { id: id.into(), name: id.into(), from: Tenths::new(from) };
        Ledger {
            staff: true,
            base: Tenths::new(100),
            evidence: evidence.collect(),
            areas,
            groups,
            elements,
            bands: vec![band("good", 800), band("pass", 600), band("fail", 0)],
            method: "m".into(),
            ..Ledger::default()
        }
    })
}

fn area(weight: i64) -> Area {
    Area { id: "a".into(), name: "a".into(), weight: Tenths::new(weight) }
}

fn group(areas: usize, (area, weight, state): (usize, i64, u8)) -> Group {
    let state = match state {
        0 => State::NotApplicable("n".into()),
        1 => State::NotEvaluated("n".into()),
        _ => State::Counts,
    };
    Group { area: area % areas, rules: vec!["A01".into()], title: "t".into(), weight, state }
}

fn element(group: usize, asked: u8) -> Element {
    let asked = [Asked::Expected, Asked::Opportunity(0), Asked::Conduct(0)][usize::from(asked)];
    Element { group, asked, turn: None, label: "l".into(), source: "s".into() }
}

/// Every third piece is a banned phrase, the others are credits.
fn piece(i: usize, elements: usize, (serves, credit, deduction): (BTreeSet<usize>, i64, i64)) -> Evidence {
    let words = Evidence { label: "l".into(), source: "s".into(), ..Evidence::default() };
    if !i.is_multiple_of(3) {
        let serves = serves.into_iter().filter(|e| *e < elements).collect();
        return Evidence { rule: "A01".into(), credit, serves, ..words };
    }
    Evidence {
        rule: "B01".into(),
        deduction: Tenths::new(deduction),
        red_line: i % 2 == 1,
        fingerprint: Some(i.to_string()),
        ..words
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn every_piece_of_evidence_is_worth_its_line_on_generated_cards(ledger in ledgers()) {
        let asked: Tenths = ledger.shares().into_iter().sum();
        let areas: Tenths = ledger.areas.iter().map(|a| a.weight).sum();
        // All of the weights is asked for, unless there is nothing to ask.
        prop_assert!(asked == areas || asked == Tenths::ZERO);
        let score = ledger.card();
        law(&score);
        let changes = score.what_if.iter().flat_map(|way| &way.changes);
        let mut total = tenths(score.total.unwrap());
        for change in changes {
            total += tenths(change.gain);
            prop_assert_eq!(total, tenths(change.total));
        }
        if let Some(way) = score.what_if.as_ref().filter(|way| way.reached) {
            prop_assert!(total >= tenths(way.band.from));
        }
    }
}

#[test]
fn who_says_every_applicable_phrase_scores_100() {
    let one = fixture("all-said.txt");
    let lost: Vec<_> = one.score.lines.iter().skip(1).map(|line| (&line.label, line.points)).collect();
    assert_eq!((one.score.total, lost), (Some(100.0), vec![]));
    assert!(one.score.opportunities.len() >= 5 && one.score.opportunities.iter().all(|o| !o.missed));
    assert_eq!(one.score.band.unwrap().id, "excellent");
    assert!(one.score.what_if.is_none());
}

#[test]
fn a_blanked_phrase_gives_the_total_that_the_card_named() {
    let text = std::fs::read_to_string(conversations().join("all-said.txt")).unwrap();
    let one = script(&text);
    let mut seen = 0;
    for (approved, worth) in one.approved.iter().zip(&one.score.evidence) {
        assert_eq!(approved.rule, worth.rule);
        let span = approved.span.unwrap();
        let others = one.approved.iter().filter(|o| o.turn == approved.turn && o.rule != approved.rule);
        // Words that two phrases share cannot be blanked for one alone.
        if others.map(|o| o.span.unwrap()).any(|other| other.overlaps(span)) {
            continue;
        }
        // As many syllables, so that the pace stays.
        let blank: String =
            span.slice(&text).chars().map(|c| if c.is_alphanumeric() { '口' } else { c }).collect();
        let mut blanked = text.clone();
        blanked.replace_range(span.range(), &blank);
        let again = script(&blanked);
        assert_eq!(again.score.total, Some(worth.without), "{} in turn {}", worth.rule, approved.turn);
        seen += 1;
    }
    assert!(seen >= 11, "only {seen} phrases");
}

/// All 29 phrases of the standard in one breath.
fn heap() -> String {
    let standard = Standard::embedded(Lang::Zh).unwrap();
    standard.approved.iter().map(|rule| rule.text.as_str()).collect()
}

#[test]
fn a_heap_of_all_phrases_scores_below_an_ordinary_good_reception() {
    let rest = "来访人：我来反映楼上漏水的事。\n接待员：什么时候开始的？\n来访人：今年三月。\n接待员：知道了，你回去吧。\n";
    let heaped = script(&format!("接待员：{}\n{rest}", heap()));
    let good = fixture("unpaid-wages.txt");
    let (bad, good) = (heaped.score.total.unwrap(), good.score.total.unwrap());
    assert!(bad < good - 20.0 && good > 80.0, "{bad} {good}");
    let stuffed = &heaped.score.stuffed[0];
    assert_eq!(stuffed.turn, 1);
    assert!(stuffed.rules.len() >= 10, "{:?}", stuffed.rules);
    let alone = script(&format!("接待员：{}\n", heap())).score.total.unwrap();
    assert!(alone < good - 20.0, "{alone}");
}

#[test]
fn a_mocked_threat_fails_the_card_by_red_line_and_silence_on_it_is_missed_at_its_words() {
    let bad = fixture("suicide-bad.srt");
    assert!(bad.score.failed_by.iter().any(|red| red.rule == "B15"));
    assert_eq!(bad.score.band.as_ref().unwrap().id, "fail");
    assert!(bad.score.what_if.as_ref().unwrap().changes[0].rules.contains(&"B15".to_owned()));
    let missed = bad.findings.iter().find(|f| f.rule == "A14").unwrap();
    assert_eq!(
        (missed.role, missed.severity),
        (wuxin::transcript::Role::Visitor, wuxin::diagnostic::Severity::Note)
    );
    assert!(missed.text.contains("不想活"), "{}", missed.text);
    assert_eq!(missed.say_instead, ["A14"]);

    let calm = fixture("suicide-calm.srt");
    assert!(calm.score.failed_by.is_empty() && calm.findings.iter().all(|f| f.rule != "A14"));
    let answered = calm.score.opportunities.iter().find(|o| o.any_of == ["A14"]).unwrap();
    assert_eq!((answered.credit, answered.missed, answered.met_by.as_deref()), (1.0, false, Some("A14")));

    // Silence, but no mockery: missed, and no red line.
    let silent =
        script("来访人：不给说法我就不想活了。\n接待员：材料交了吗？\n来访人：交了。\n接待员：那等着。\n");
    assert!(silent.score.failed_by.is_empty());
    assert!(silent.score.opportunities.iter().any(|o| o.any_of == ["A14"] && o.missed));

    // However much else was earned.
    let text = std::fs::read_to_string(conversations().join("all-said.txt")).unwrap();
    let spoilt = text.replace("千万别采取过激行为。", "千万别采取过激行为。别拿死吓唬人，你自己看着办！");
    let spoilt = script(&spoilt);
    // 100 − 30, less what the longer turn costs in pace: enough for a pass, but for the red line.
    assert!((65.0..=70.0).contains(&spoilt.score.total.unwrap()), "{:?}", spoilt.score.total);
    assert_eq!(spoilt.score.band.unwrap().id, "fail");
}

fn value(score: &Score, id: &str) -> (Option<f64>, Option<&'static str>) {
    let measure = score.measures.iter().find(|m| m.id == id).unwrap();
    (measure.value, measure.why)
}

fn item(score: &Score, rule: &str) -> (Status, Option<f64>, Vec<u32>) {
    let item = score.conduct.iter().find(|item| item.rule == rule).unwrap();
    (item.status, item.credit, item.turns.clone())
}

/// Turn 1: 24 syllables in 6 s, with a pause of 1 s that does not count: 240 a minute. Turn 7: 29 in 4.35 s: 400.
/// Together 53 in 10.35 s: 307.2. Turn 9 has a pause of 0.6 s; its 8 syllables are too few for a pace. Turn 3 speaks
/// 12 syllables over 3 s of the visitor's turn 2; turn 5 only says 嗯嗯. Staff says 24 + 12 + 2 + 29 + 8 = 75 of 151.
#[test]
fn what_is_measured_agrees_with_what_was_worked_out_by_hand() {
    let one = fixture("word-times.json");
    let score = &one.score;
    assert_eq!(value(score, "pace"), (Some(307.2), None));
    assert_eq!(value(score, "pauses"), (Some(2.0), None));
    assert_eq!(value(score, "interruptions"), (Some(1.0), None));
    assert_eq!(value(score, "talk-share"), (Some(0.5), None));
    assert_eq!(value(score, "monologue"), (Some(29.0), None));
    assert_eq!(item(score, "S05-pace"), (Status::Partly, Some(0.5), vec![7]));
    assert_eq!(item(score, "S04-interruption"), (Status::Partly, Some(0.5), vec![3]));
    let interrupted = one.findings.iter().find(|f| f.rule == "S04-interruption").unwrap();
    assert_eq!((interrupted.turn, interrupted.text.as_str()), (3, "您先停一下，我问您几个问题"));
}

#[test]
fn without_times_nothing_is_measured_and_the_denominator_shrinks() {
    let timed = fixture("word-times.json");
    let text = std::fs::read_to_string(conversations().join("word-times.json")).unwrap();
    let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
    for turn in json["turns"].as_array_mut().unwrap() {
        let turn = turn.as_object_mut().unwrap();
        turn.retain(|key, _| !["start_ms", "end_ms", "words"].contains(&key.as_str()));
    }
    let bare = checked(&checker(), "bare.json", json.to_string().as_bytes()).remove(0);
    for id in ["pace", "pauses", "interruptions"] {
        assert_eq!(value(&bare.score, id), (None, Some("no-times")));
    }
    for rule in ["S04-interruption", "S05-pace"] {
        assert_eq!(item(&bare.score, rule).0, Status::NotEvaluated);
        assert!(bare.not_evaluated.iter().any(|one| one.rule == rule && !one.why.is_empty()));
    }
    let left: i64 = bare.score.not_evaluated.iter().map(|one| tenths(one.weight)).sum();
    assert!(left > 0);
    assert_eq!(tenths(bare.score.applicable), tenths(timed.score.applicable) - left);
}

#[test]
fn what_a_call_has_no_use_for_leaves_the_denominator() {
    let call = fixture("hotline.txt");
    assert_eq!(
        serde_json::to_value(call.score.channel).unwrap(),
        serde_json::json!({ "is": "phone", "how": "heard" })
    );
    for rule in ["A03", "A05", "A06", "A12", "A20", "A22", "A24", "A28"] {
        assert!(call.score.not_applicable.iter().any(|one| one.rules == [rule]), "{rule}");
    }
    let registering = call.score.stages.iter().find(|stage| stage.id == "registering").unwrap();
    assert_eq!((registering.weight, registering.points), (0.0, 0.0));
    assert!(call.score.lines.iter().all(|line| line.rule.as_deref() != Some("A05")));
}

#[test]
fn a_farewell_in_the_middle_is_none() {
    let talk = "来访人：我再问一句。\n接待员：您问。\n".repeat(4);
    let one = script(&format!(
        "接待员：您好，请坐，请喝水。\n来访人：我来问件事。\n接待员：您慢走，再见！\n{talk}"
    ));
    let closing = one.score.stages.iter().find(|stage| stage.id == "closing").unwrap();
    let farewell = closing.expected.iter().find(|item| item.any_of == ["A29"]).unwrap();
    assert_eq!((farewell.credit, farewell.turn), (0.0, None));
}

/// `−8.0` and `100.0`, in tenths.
fn points(text: &str) -> Option<i64> {
    let number: f64 = text.trim().replace('−', "-").parse().ok()?;
    Some(tenths(number))
}

fn page(format: &str) -> String {
    let mut command = assert_cmd::Command::cargo_bin("wuxin").unwrap();
    let args = ["score", "--no-config", "--staff", "工作人员", "--format", format];
    let output = command.current_dir(conversations()).env_clear().args(args).arg(".").output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// The last of each waterfall is the sum of the others.
fn add_up(waterfalls: &[Vec<i64>]) {
    assert!(waterfalls.len() >= 28, "{}", waterfalls.len());
    for waterfall in waterfalls {
        let (total, lines) = waterfall.split_last().unwrap();
        assert_eq!((lines[0], lines.iter().sum::<i64>()), (1000, *total), "{waterfall:?}");
    }
}

#[test]
fn waterfalls_add_up_as_they_are_printed() {
    let terminal = page("card");
    let falls = terminal.split("怎样得出这个分\n").skip(1).map(|rest| {
        let lines = rest.split("\n\n").next().unwrap().lines();
        // Further lines of a label stand where its first does, behind the points.
        lines.filter_map(|line| points(line.get(..line.char_indices().nth(9)?.0)?)).collect()
    });
    add_up(&falls.collect::<Vec<Vec<i64>>>());

    let markdown = page("md");
    let falls = markdown.split("## 怎样得出这个分\n\n").skip(1).map(|rest| {
        let rows = rest.split("\n\n").next().unwrap().lines();
        rows.filter_map(|row| points(&row.split('|').nth(1)?.replace('*', ""))).collect()
    });
    add_up(&falls.collect::<Vec<Vec<i64>>>());

    let html = page("html");
    let falls = html.split("<table>").skip(1).map(|rest| {
        let table = rest.split("</table>").next().unwrap();
        table.split("<tr><td").skip(1).filter_map(|row| points(row.split(['>', '<']).nth(1)?)).collect()
    });
    add_up(&falls.collect::<Vec<Vec<i64>>>());

    let json: serde_json::Value = serde_json::from_str(&page("json")).unwrap();
    let falls = json["files"].as_array().unwrap().iter().filter(|file| !file["score"]["total"].is_null());
    let falls = falls.map(|file| {
        let lines = file["score"]["lines"].as_array().unwrap();
        let points = lines.iter().map(|line| &line["points"]).chain([&file["score"]["total"]]);
        points.map(|number| tenths(number.as_f64().unwrap())).collect()
    });
    add_up(&falls.collect::<Vec<Vec<i64>>>());
}

#[test]
fn the_weights_make_100_or_the_pack_is_refused() {
    let files = wuxin::standard::PackFiles::embedded();
    let text = files.get("scoring.toml").unwrap().replacen("base = 18", "base = 17.9", 1);
    let broken = Standard::from_files(&files.clone().with("scoring.toml", &text), Lang::Zh);
    let Err(wuxin::standard::PackError::Slips(slips)) = broken else { panic!("it loads") };
    assert!(slips.iter().any(|slip| slip.message.contains("99.9")), "{:?}", slips[0].message);
}

#[test]
fn notes_stay_short_below_what_is_banned_and_change_no_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let talk = "来访人：不给说法我就不想活了。\n工作人员：材料交了吗？\n来访人：交了。\n工作人员：好的。\n";
    std::fs::write(folder.path().join("a.txt"), talk).unwrap();
    let run = |args: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("wuxin").unwrap();
        let output = command.current_dir(folder.path()).env_clear().args(args).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, out) = run(&["check", "a.txt"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.starts_with("另有提示 1 条：\n  第1轮  A14 扬言轻生，没有回应："), "{out}");
    assert_eq!(run(&["check", "--fail-on", "note", "a.txt"]).0, 1);
    // A card is no verdict.
    std::fs::write(folder.path().join("b.txt"), "来访人：快点。\n工作人员：你急什么？\n").unwrap();
    assert_eq!(run(&["check", "b.txt"]).0, 1);
    assert_eq!(run(&["score", "b.txt"]).0, 0);
    assert_eq!(run(&["score", "none.txt"]).0, 2);
}
