//! Planted situations: everybody is scored on the same chances, each worth what the scenario says.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use wuxin::check::{Checker, Origin};
use wuxin::config::Settings;
use wuxin::diagnostic::Lang;
use wuxin::read::{Input, read};
use wuxin::report::{Conversation, Score};
use wuxin::standard::{PackError, Scenario, Standard};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/scenario").join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(fixture(name)).unwrap()
}

fn checker() -> Checker {
    Checker::new(Standard::embedded(Lang::En).unwrap(), &Settings { lang: Lang::En, ..Settings::default() })
}

/// The card of a role-play under a scenario.
fn played(scenario: &str, said: &str) -> Score {
    let checker = checker();
    let scenario = checker.scenario("s.toml", scenario).unwrap_or_else(|error| panic!("{error:?}"));
    let checker = checker.playing(scenario);
    let document = read(&Input { bytes: said.as_bytes(), name: "a.txt", format: None }).unwrap();
    let mut found: Vec<Conversation> = checker.check(&document, &Origin::default());
    found.remove(0).score
}

const SCENARIO: &str = "unpaid-wages.toml";
const POOR: &str = "2026-01-12_张敏.txt";
const GOOD: &str = "2026-03-02_张敏.txt";

/// Rules, turn and points to be had of every opportunity.
fn chances(score: &Score) -> Vec<(String, u32, f64)> {
    score.opportunities.iter().map(|one| (one.any_of.join("/"), one.turn, one.weight)).collect()
}

#[test]
fn two_role_plays_are_scored_on_the_same_chances() {
    let (poor, good) = (played(&text(SCENARIO), &text(POOR)), played(&text(SCENARIO), &text(GOOD)));
    let planted = [("A06", 4, 6.0), ("A04", 6, 10.0), ("A14", 8, 16.0), ("A15", 10, 8.0)]
        .map(|(rule, turn, points)| (rule.to_owned(), turn, points));
    for score in [&poor, &good] {
        let found = chances(score);
        assert_eq!(found[..4], planted);
        assert_eq!(found[4], ("A11/A16/A18/A21".to_owned(), 12, 4.5));
        assert_eq!(found.len(), 5);
        let lines: f64 = score.lines.iter().map(|line| line.points).sum();
        assert!((lines - score.total.unwrap()).abs() < 1e-9);
        let weights: f64 = score.stages.iter().map(|stage| stage.weight).sum::<f64>()
            + score.conduct.iter().map(|item| item.weight).sum::<f64>();
        let whole = score.ledger.areas.iter().map(|area| area.weight.points()).sum::<f64>();
        assert!((weights - whole).abs() < 1e-9, "{weights} of {whole}");
    }
    assert!(poor.opportunities.iter().all(|one| one.missed && one.points == 0.0));
    assert!(good.opportunities.iter().all(|one| !one.missed && one.points > 0.0));
    // The words at which it is planted, to the byte.
    let jump = &good.opportunities[2];
    assert_eq!((jump.title.as_str(), jump.text.as_str()), ("threatens to jump", "楼上跳下去"));
    let span = jump.span.unwrap();
    assert_eq!(&text(GOOD)[span.start as usize..span.end as usize], "楼上跳下去");
}

#[test]
fn what_is_planted_stands_in_place_of_what_is_heard() {
    // Nothing in these words is a situation of the standard; the scenario asks for an answer all the same.
    let said = "工作人员：您好。\n来访人：蓝色的文件夹。\n工作人员：请您别着急，坐下慢慢说。\n来访人：谢谢。\n工作人员：再见。\n";
    let one = "id = \"x\"\ntitle = \"t\"\n[[opportunity]]\ncue = [\"蓝色，的文件夹\"]\nany_of = [\"A04\"]\npoints = 5\n";
    let score = played(one, said);
    assert_eq!(chances(&score), [("A04".to_owned(), 2, 5.0)]);
    assert_eq!(score.opportunities[0].met_turn, Some(3));
    // 谢谢 calls for A26 where nothing is planted.
    let heard = checker();
    let document = read(&Input { bytes: said.as_bytes(), name: "a.txt", format: None }).unwrap();
    let rules = heard.check(&document, &Origin::default()).remove(0).score;
    assert!(chances(&rules).iter().any(|(rule, ..)| rule == "A26"));
}

#[test]
fn what_the_visitor_did_not_say_is_not_applicable() {
    let lazy = text(GOOD).replace("我要见你们领导！", "行吧。");
    let score = played(&text(SCENARIO), &lazy);
    assert_eq!(score.opportunities.len(), 4);
    let left = score.not_applicable.iter().find(|one| one.rules == ["A15"]).unwrap();
    assert_eq!((left.weight, left.why.as_str()), (8.0, "the visitor did not say it"));
}

fn slips(scenario: &str) -> Vec<(u32, String)> {
    let standard = Standard::embedded(Lang::En).unwrap();
    match Scenario::parse("s.toml", scenario, &standard, Lang::En) {
        Ok(_) => Vec::new(),
        Err(PackError::Slips(slips)) => slips
            .iter()
            .map(|slip| {
                let words = format!("{} {}", slip.message, slip.help);
                assert!(!words.contains("scenario.") && !words.contains("pack."), "{words}");
                (slip.source.position(slip.labels[0].span.start).line, slip.message.clone())
            })
            .collect(),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn every_slip_is_shown_at_its_line() {
    assert_eq!(slips(&text(SCENARIO)), []);
    let broken = "id = \"x\"\ntitle = \"t\"\n\n\
                  [[opportunity]]\ncue = [\"急\"]\nany_of = [\"A99\"]\npoints = 0.25\n\n\
                  [[opportunity]]\nturn = 0\ncue = [\"不想活\"]\nany_of = [\"A04\"]\npoints = 60\n\n\
                  [[opportunity]]\nturn = 0\nany_off = [\"A04\"]\npoints = 30.5\n";
    let found = slips(broken);
    for (line, wanted) in [
        (5, "two characters"),
        (6, "no approved phrase `A99`"),
        (7, "0.1"),
        (10, "only one"),
        (16, "counted from 1"),
        (17, "unknown key `any_off`"),
        (15, "`any_of` is missing"),
        (18, "90.5 points"),
    ] {
        assert!(
            found.iter().any(|(at, said)| *at == line && said.contains(wanted)),
            "{line} {wanted}: {found:?}"
        );
    }
    assert_eq!(found.len(), 8, "{found:?}");
    assert_eq!(slips("id = \"x\"\ntitle = \"t\"\n").len(), 1);
    assert_eq!(slips("id = \n").first().map(|(line, _)| *line), Some(1));
}

#[test]
fn the_command_line_takes_a_scenario_and_shows_its_slips() {
    let run = |args: &[&str]| {
        let output = Command::cargo_bin("wuxin").unwrap().env_clear().args(args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    };
    let (scenario, good) = (fixture(SCENARIO), fixture(GOOD));
    let (scenario, good) = (scenario.to_str().unwrap(), good.to_str().unwrap());
    let (_, out, _) = run(&["score", "--scenario", scenario, "--format", "json", good]);
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["files"][0]["score"]["opportunities"][2]["weight"], 16.0);
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("b.toml");
    fs::write(
        &broken,
        "id = \"x\"\ntitle = \"t\"\n[[opportunity]]\ncue = [\"急死了\"]\nany_of = [\"B20\"]\npoints = 1\n",
    )
    .unwrap();
    let (code, out, err) = run(&["score", "--scenario", broken.to_str().unwrap(), good]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("b.toml:5:11") && err.contains("B20"), "{err}");
    assert_eq!(run(&["score", "--scenario", "none.toml", good]).0, 2);
}
