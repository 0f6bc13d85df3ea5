//! Each format twice over the nasty fixture: the snapshot says "same", the oracle says "right".

use super::*;
use serde_json::Value;

fn rendered(format: Format, style: &Style) -> String {
    let mut out = Vec::new();
    render(format, &nasty::report(), style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn everything() -> Style {
    Style { show_excused: true, show_score: true, ..Style::default() }
}

#[test]
fn snapshots() {
    insta::assert_snapshot!("full", rendered(Format::Full, &Style::default()));
    insta::assert_snapshot!("full_everything", rendered(Format::Full, &everything()));
    insta::assert_snapshot!(
        "full_english",
        rendered(Format::Full, &Style { lang: Lang::En, ..everything() })
    );
    insta::assert_snapshot!("concise", rendered(Format::Concise, &everything()));
    insta::assert_snapshot!("json", rendered(Format::Json, &Style::default()));
    insta::assert_snapshot!("jsonl", rendered(Format::Jsonl, &Style::default()));
    insta::assert_snapshot!("card", rendered(Format::Card, &Style::default()));
    insta::assert_snapshot!(
        "card_english",
        rendered(Format::Card, &Style { lang: Lang::En, ..Style::default() })
    );
    insta::assert_snapshot!("markdown", rendered(Format::Markdown, &Style::default()));
    let page = rendered(Format::Html, &Style::default());
    let body = page.split("</head>").nth(1).unwrap();
    insta::assert_snapshot!("html", body);
}

/// Tags that a browser would see, in order.
fn tags(page: &str) -> Vec<String> {
    let tag = |rest: &str| rest.split(['>', ' ', '\n']).next().unwrap().to_owned();
    page.split('<').skip(1).map(tag).collect()
}

/// Every tag is ours, and every one that is opened is closed: nothing said becomes markup.
#[test]
fn the_page_is_well_formed_and_self_contained() {
    let page = rendered(Format::Html, &Style::default());
    let mut open: Vec<String> = Vec::new();
    for tag in tags(&page) {
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop().as_deref(), Some(name)),
            None if ["!DOCTYPE", "meta", "br"].contains(&tag.as_str()) => {}
            None => open.push(tag),
        }
    }
    assert!(open.is_empty(), "{open:?}");
    for foreign in ["<script", "http:", "https:", "src=", "url(", "<u>", "<i>"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
}

/// The cards of the markdown tables have as many cells as their heads, whatever stands in them.
#[test]
fn markdown_tables_hold_their_columns() {
    let out = rendered(Format::Markdown, &Style::default());
    let mut wanted = None;
    for line in out.lines() {
        let cells = line.replace("\\|", "").matches('|').count();
        wanted = if line.starts_with('|') { Some(*wanted.get_or_insert(cells)) } else { None };
        assert!(wanted.is_none_or(|wanted| wanted == cells), "{line}");
    }
}

#[test]
fn nothing_that_steers_a_terminal_gets_out() {
    for format in Format::CHECK.iter().chain(Format::SCORE).copied().filter(|format| !format.is_binary()) {
        let mut out = rendered(format, &everything());
        if format == Format::Csv {
            // Its byte order mark and its line ends are what Excel and RFC 4180 ask for.
            out = out.strip_prefix('\u{feff}').unwrap().replace("\r\n", "\n");
        }
        let bad: Vec<char> =
            out.chars().filter(|c| (c.is_control() && *c != '\n') || crate::diagnostic::steers(*c)).collect();
        assert!(bad.is_empty(), "{format:?}: {bad:?}");
    }
}

#[test]
fn json_cuts_the_words_out_of_the_source() {
    let report = nasty::report();
    let json: Value = serde_json::from_str(&rendered(Format::Json, &Style::default())).unwrap();
    let lines = rendered(Format::Jsonl, &Style::default());
    let mut seen = 0;
    for ((file, line), original) in
        json["files"].as_array().unwrap().iter().zip(lines.lines()).zip(&report.files)
    {
        assert_eq!(*file, serde_json::from_str::<Value>(line).unwrap());
        assert_eq!(file["path"], original.path.as_str());
        for finding in file["findings"].as_array().unwrap().iter().filter(|f| !f["pieces"].is_null()) {
            let source = original.source.text();
            let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
            let cut: String = finding["pieces"]
                .as_array()
                .unwrap()
                .iter()
                .map(|piece| &source[number(&piece["start"])..number(&piece["end"])])
                .collect();
            assert_eq!(cut, finding["text"].as_str().unwrap());
            let line = source.split("\r\n").nth(number(&finding["start"]["line"]) - 1).unwrap();
            let from: String = line.chars().skip(number(&finding["start"]["column"]) - 1).collect();
            assert!(from.starts_with(&source[number(&finding["pieces"][0]["start"])..][..3]));
            seen += 1;
        }
    }
    assert_eq!((seen, lines.lines().count()), (3, 3));
}

#[test]
fn concise_cuts_the_words_out_of_the_source() {
    let report = nasty::report();
    let out = rendered(Format::Concise, &everything());
    let mut seen = 0;
    for line in out.lines().filter(|line| line.starts_with('甲')) {
        let mut fields = line.splitn(4, ':');
        let path = fields.next().unwrap();
        assert_eq!(path, crate::diagnostic::one_line(&report.files[0].path));
        let [row, column] =
            [fields.next().unwrap(), fields.next().unwrap()].map(|n| n.parse::<usize>().unwrap());
        let words = fields.next().unwrap().split("] ").nth(1).unwrap().split(" — ").next().unwrap();
        let source = report.files[0].source.text().split("\r\n").nth(row - 1).unwrap();
        let there: String = source.chars().skip(column - 1).collect();
        assert!(there.starts_with(&words.chars().take(3).collect::<String>()), "{line}");
        seen += 1;
    }
    assert_eq!(seen, 3);
}

#[test]
fn full_names_the_place_in_characters_and_carets_stand_under_the_words() {
    let report = nasty::report();
    let out = rendered(Format::Full, &Style { show_excused: true, ..Style::default() });
    let lines: Vec<&str> = out.lines().collect();
    let mut words = Vec::new();
    for pair in lines.windows(2).filter(|pair| pair[1].starts_with("   · ") && !pair[1].contains('╰')) {
        let mut shown = String::new();
        let mut column = 0;
        let carets: Vec<char> = pair[1].chars().collect();
        for c in pair[0].chars() {
            if carets
                .get(column)
                .is_some_and(|caret| "─┬".contains(*caret) && carets.get(column + 1) != Some(&'┄'))
            {
                shown.push(c);
            }
            column += crate::diagnostic::columns(&c.to_string());
        }
        words.push(shown);
    }
    assert_eq!(words, ["急什么", "有意见找领导去", "不清楚"]);
    for finding in &report.files[0].findings {
        let start = finding.start.unwrap();
        let head = format!("[{}:{}:{}]", "甲/<乙>&␛[2J.txt", start.line, start.column);
        assert!(out.contains(&head), "{head}");
    }
}

#[test]
fn rules_are_listed_and_explained() {
    let rules_by_id = nasty::rules();
    let all: Vec<RuleInfo> = rules_by_id.values().cloned().collect();
    let style = Style::default();
    let mut out = Vec::new();
    rules(&all, &style, &mut out).unwrap();
    for one in &all {
        out.extend(b"----\n");
        rule(one, &rules_by_id, false, &style, &mut out).unwrap();
    }
    let mut long = all[1].clone();
    long.patterns.extend((0..6).map(|n| ("paraphrase".into(), format!("{n}{}", "(什么|啥)".repeat(20)))));
    for whole in [false, true] {
        out.extend(b"----\n");
        rule(&long, &rules_by_id, whole, &style, &mut out).unwrap();
    }
    insta::assert_snapshot!("rules", String::from_utf8(out).unwrap());
}

#[test]
fn clocks() {
    assert_eq!(wording::clock(15_280), "00:15.2");
    assert_eq!(wording::clock(3_600_000 + 61_999), "1:01:01.9");
}
