//! The page over the nasty fixture, read back as a browser reads it.

use super::super::nasty;
use super::parsed::{Element, marked, parse, stands_by_itself};
use super::*;
use crate::diagnostic::{Lang, one_line};
use crate::report::{Finding, Line, Mark, SaidAt};
use crate::text::Span;

fn page(style: &Style) -> String {
    let mut out = Vec::new();
    whole(&nasty::report(), style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn snapshot() {
    let page = page(&Style::default());
    let body = page.split("<main>").nth(1).unwrap().split("<script>").next().unwrap();
    insta::assert_snapshot!("page", body);
}

#[test]
fn marks_hold_the_words_that_were_found() {
    let report = nasty::report();
    let elements = parse(&page(&Style::default()));
    let mut seen = 0;
    for (talk, one) in report.files.iter().enumerate() {
        for (number, finding) in one.findings.iter().enumerate() {
            let id = findings::card_id(talk + 1, number + 1);
            assert_eq!(marked(&elements, &id), one_line(&finding.text), "{id}");
            seen += 1;
        }
        for (line, turn) in one.said.iter().zip(1..) {
            let id = findings::turn_id(talk + 1, turn);
            let shown = elements.iter().find(|element| element.get("id") == id).unwrap();
            assert!(shown.text.contains(&one_line(&line.text)), "{id}: {}", shown.text);
        }
    }
    assert_eq!(seen, 4);
    let because: Vec<&Element> = elements.iter().filter(|e| e.has_class("because")).collect();
    assert_eq!(because.iter().map(|e| e.text.as_str()).collect::<Vec<_>>(), ["您还有什么", "的吗"]);
}

#[test]
fn a_page_stands_by_itself_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        let style = Style { lang, show_excused: true, ..Style::default() };
        let text = page(&style);
        assert_eq!(text, page(&style));
        stands_by_itself(&parse(&text));
        // A key without words would stand there as it is.
        assert!(!text.contains(&["render", "page"].join(".")));
    }
}

/// The policy names exactly the style and the script that stand there.
#[test]
fn the_policy_fits_the_page() {
    let elements = parse(&page(&Style::default()));
    let policy =
        elements.iter().find(|e| e.get("http-equiv") == "Content-Security-Policy").unwrap().get("content");
    let text = |name: &str, kind: &str| {
        let found = elements.iter().find(|e| e.name == name && e.get("type") == kind).unwrap();
        format!("'sha256-{}'", frame::hash(&found.text))
    };
    assert!(policy.starts_with("default-src 'none'; "));
    assert!(policy.contains(&format!("script-src {};", text("script", ""))));
    assert!(policy.contains(&format!("style-src {};", text("style", ""))));
}

#[test]
fn recordings_are_played_from_a_time() {
    let elements = parse(&page(&Style::default()));
    let audio = elements.iter().find(|e| e.name == "audio").unwrap();
    assert_eq!(audio.get("src"), "../%E5%BD%95%E9%9F%B3/a%20%22b.mp3");
    let play: Vec<&Element> = elements.iter().filter(|e| e.has_class("play")).collect();
    assert!(play.iter().all(|e| e.get("data-audio") == audio.get("id") && e.get("data-at") == "15.280"));
    assert_eq!(play.len(), 3);
}

/// Marks that lie over each other, side by side, empty, and out of the text.
#[test]
fn overlapping_marks_cut_the_words_and_lose_none() {
    let text = "甲<乙>丙丁戊";
    let spans = [(0, 7), (3, 11), (3, 4), (7, 11), (11, 14), (14, 14), (14, 99)];
    let marks: Vec<Mark> = (0..)
        .zip(spans)
        .map(|(finding, (start, end))| Mark { finding, span: Span::new(start, end), excuses: false })
        .collect();
    let line = Line { speaker: None, role: Role::Staff, time_ms: None, text: text.into(), marks };
    let one = nasty::report().files.remove(0).findings.remove(0);
    let at = |(start, end)| vec![SaidAt { turn: 1, span: Span::new(start, end) }];
    let found: Vec<Finding> = spans.iter().map(|span| Finding { said: at(*span), ..one.clone() }).collect();
    let elements = parse(&format!("<p>{}</p>", talk::marked((1, 1), &found, &line)));
    assert_eq!(elements.last().unwrap().text, text);
    for (number, (start, end)) in (1..).zip(spans) {
        let wanted = text.get(start as usize..(end as usize).min(text.len())).unwrap();
        assert_eq!(marked(&elements, &format!("c1f{number}")), wanted, "{number}");
    }
    let anchors: Vec<&str> = elements.iter().filter(|e| e.has_class("at")).map(|e| e.get("id")).collect();
    assert_eq!(anchors, ["c1f1m", "c1f2m", "c1f3m", "c1f4m", "c1f5m", "c1f6m", "c1f7m"]);
}

#[test]
fn a_page_each_with_an_index() {
    let report = nasty::report();
    let shelf = Shelf { index: "周 报.html".into(), folder: "周 报".into() };
    let mut leaves: Vec<(String, String)> = Vec::new();
    let mut index = Vec::new();
    let mut leaf = |name: &str, page: &str| {
        leaves.push((name.to_owned(), page.to_owned()));
        Ok(())
    };
    pages(&report, &shelf, &Style::default(), &mut leaf, &mut index).unwrap();
    let links = |page: &str| -> Vec<String> {
        let elements = parse(page);
        stands_by_itself(&elements);
        elements.iter().map(|e| e.get("href").to_owned()).filter(|href| href.ends_with(".html")).collect()
    };
    assert_eq!(
        leaves.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["0001.html", "0002.html", "0003.html"]
    );
    let up = "../%E5%91%A8%20%E6%8A%A5.html";
    assert_eq!(links(&leaves[0].1), [up, "0002.html"]);
    assert_eq!(links(&leaves[1].1), ["0001.html", up, "0003.html"]);
    assert_eq!(links(&leaves[2].1), ["0002.html", up]);
    let folder = "%E5%91%A8%20%E6%8A%A5/";
    let wanted: Vec<String> = (1..=3).map(|n| format!("{folder}000{n}.html")).collect();
    assert_eq!(links(&String::from_utf8(index).unwrap()), wanted);
    assert!(leaves[0].1.contains("src=\"../../%E5%BD%95%E9%9F%B3/a%20%22b.mp3\""));
}
