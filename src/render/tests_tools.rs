//! The formats that other programs read: the snapshot, and the oracle beside it. Each oracle takes the place that the
//! output names, goes there in the source, and finds the words that the output shows.

use super::*;
use serde_json::Value;

fn bytes(format: Format, style: &Style) -> Vec<u8> {
    let mut out = Vec::new();
    render(format, &nasty::report(), style, &mut out).unwrap();
    out
}

fn text(format: Format) -> String {
    String::from_utf8(bytes(format, &Style::default())).unwrap()
}

#[test]
fn snapshots() {
    for format in [
        Format::Sarif,
        Format::Github,
        Format::Gitlab,
        Format::Junit,
        Format::Checkstyle,
        Format::Rdjson,
        Format::Csv,
        Format::Digest,
    ] {
        insta::assert_snapshot!(format.name(), text(format));
    }
    let style = Style { lang: Lang::En, show_excused: true, ..Style::default() };
    for format in [Format::Sarif, Format::Csv, Format::Digest] {
        let out = String::from_utf8(bytes(format, &style)).unwrap();
        insta::assert_snapshot!(format!("{}_english", format.name()), out);
    }
}

/// What stands in the first file from a line and a column (characters, from 1) on.
fn from(line: usize, column: usize) -> String {
    let report = nasty::report();
    let source = report.files[0].source.clone();
    let rest: Vec<&str> = source.text().split("\r\n").skip(line - 1).collect();
    rest[0].chars().skip(column - 1).collect()
}

/// Whether those words begin there. What stands between the pieces of a finding is passed over.
fn stands(words: &str, line: usize, column: usize) -> bool {
    let there: String = from(line, column).chars().filter(|c| !"，\t".contains(*c)).collect();
    !words.is_empty() && there.starts_with(words)
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// The words within `“…”` after `head`.
fn quoted<'a>(text: &'a str, head: &str) -> &'a str {
    text.split(head).nth(1).unwrap().split('“').nth(1).unwrap().split('”').next().unwrap()
}

fn json(format: Format) -> Value {
    serde_json::from_str(&text(format)).unwrap()
}

/// The characters of a region of one line.
fn cut(region: &Value) -> String {
    let [line, start, end] = ["startLine", "startColumn", "endColumn"].map(|key| number(&region[key]));
    assert_eq!(region["startLine"], region["endLine"]);
    from(line, start).chars().take(end - start).collect()
}

#[test]
fn sarif_regions_hold_the_words() {
    let log = json(Format::Sarif);
    let run = &log["runs"][0];
    assert_eq!(
        (run["columnKind"].as_str(), log["version"].as_str()),
        (Some("unicodeCodePoints"), Some("2.1.0"))
    );
    let results = run["results"].as_array().unwrap();
    let report = nasty::report();
    let findings: Vec<_> = report.files.iter().flat_map(|one| &one.findings).collect();
    assert_eq!(results.len(), findings.len());
    for (result, finding) in results.iter().zip(findings) {
        let known = result["ruleIndex"].as_u64().map(|at| &run["tool"]["driver"]["rules"][at as usize]["id"]);
        assert!(known.is_none_or(|id| *id == finding.rule.as_str()));
        assert_eq!(known.is_some(), report.rules.contains_key(&finding.rule));
        assert_eq!(result["partialFingerprints"]["wuxin/v1"], finding.fingerprint.as_str());
        assert_eq!(result["suppressions"].is_array(), finding.excused.is_some());
        let location = &result["locations"][0];
        let region = &location["physicalLocation"]["region"];
        if finding.span.is_none() {
            assert_eq!((region, &location["logicalLocations"][1]["name"]), (&Value::Null, &"第12段".into()));
            continue;
        }
        assert_eq!(cut(region), region["snippet"]["text"].as_str().unwrap());
        let words = match location["annotations"].as_array() {
            Some(pieces) => pieces.iter().map(cut).collect(),
            None => cut(region),
        };
        assert_eq!(words, finding.text);
    }
    let excuse = &results[2]["relatedLocations"][0]["physicalLocation"]["region"];
    assert_eq!(cut(excuse), "您还有什么不清楚的吗");
    // A transcript of speech is not rewritten; the fixture's words stand in the middle of a sentence.
    assert!(results.iter().all(|result| result["fixes"].is_null()));
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn a_clause_of_a_script_can_be_replaced_and_speech_cannot() {
    let mut one = nasty::report().files.remove(0);
    one.source = SourceText::new("坐席：您好，急什么？\n坐席：都急什么".into());
    let at = |nth: usize| {
        let (start, words) = one.source.text().match_indices("急什么").nth(nth).unwrap();
        crate::text::Span::of(start..start + words.len())
    };
    let with = |span: crate::text::Span<crate::text::Raw>, time, speaker: Option<&str>| {
        let mut finding = one.findings[0].clone();
        (finding.pieces, finding.span, finding.time_ms) = (Some(vec![span]), Some(span), time);
        finding.speaker = speaker.map(str::to_owned);
        fix::fixes(&one, &finding, &nasty::rules())
    };
    let fixes = with(at(0), None, None);
    assert_eq!(fixes.len(), 1, "A99 is no rule");
    assert_eq!((fixes[0].rule.as_str(), fixes[0].text.as_str()), ("A04", "请您别着急，坐下慢慢说"));
    assert_eq!(one.source.slice(fixes[0].span), "急什么");
    assert!(with(at(1), None, None).is_empty(), "half a clause");
    let clock = crate::transcript::Clock { start: 1, end: 2 };
    assert!(with(at(0), Some(clock), None).is_empty(), "evidence");
    assert!(with(at(0), None, Some("坐席")).is_empty(), "perhaps evidence");
}

#[test]
fn github_lines_name_the_place_and_cannot_be_broken_out_of() {
    let out = text(Format::Github);
    assert_eq!(out.lines().count(), 4, "three that count, and the file that failed");
    let mut seen = 0;
    for line in out.lines() {
        let (properties, said) = line.strip_prefix("::error ").unwrap().split_once("::").unwrap();
        let property = |name: &str| {
            let all = properties.split(',').map(|pair| pair.split_once('=').unwrap());
            all.clone().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
        };
        assert!(!property("title").unwrap().is_empty() && property("file").is_some(), "{line}");
        if let (Some(line), Some(column)) = (property("line"), property("col")) {
            assert!(stands(quoted(said, "原话"), line.parse().unwrap(), column.parse().unwrap()), "{said}");
            seen += 1;
        }
    }
    assert_eq!(seen, 2);
    let mut report = nasty::report();
    report.files[0].path = "a,b:c%\n::stop-commands::x.txt".into();
    let mut out = Vec::new();
    render(Format::Github, &report, &Style::default(), &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.starts_with("::error file=a%2Cb%3Ac%25␊%3A%3Astop-commands%3A%3Ax.txt,line=2,"), "{out}");
}

#[test]
fn gitlab_positions_hold_the_words() {
    let issues = json(Format::Gitlab);
    let issues = issues.as_array().unwrap();
    assert_eq!(issues.len(), 3);
    let mut fingerprints: Vec<&str> = Vec::new();
    for issue in issues {
        fingerprints.push(issue["fingerprint"].as_str().unwrap());
        let begin = &issue["location"]["positions"]["begin"];
        let words = issue["description"].as_str().unwrap().rsplit('“').next().unwrap().trim_end_matches('”');
        match begin.is_null() {
            true => assert_eq!(issue["location"]["lines"]["begin"], 1),
            false => assert!(stands(words, number(&begin["line"]), number(&begin["column"])), "{issue}"),
        }
    }
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), 3, "the same words in two files are two issues");
    let mut none = nasty::report();
    none.files.clear();
    let mut out = Vec::new();
    render(Format::Gitlab, &none, &Style::default(), &mut out).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&out).unwrap(), Value::Array(Vec::new()));
}

/// The value of an attribute of one line of XML, unescaped.
fn attribute(line: &str, name: &str) -> Option<String> {
    let value = line.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
    let mut out = value.to_owned();
    for (escaped, plain) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#10;", "\n"), ("&amp;", "&")]
    {
        out = out.replace(escaped, plain);
    }
    Some(out)
}

#[test]
fn checkstyle_names_the_place() {
    let out = text(Format::Checkstyle);
    let errors: Vec<&str> = out.lines().filter(|line| line.contains("<error ")).collect();
    assert_eq!(errors.len(), 4);
    for line in &errors[..2] {
        let [row, column] = ["line", "column"].map(|name| attribute(line, name).unwrap().parse().unwrap());
        let told = attribute(line, "message").unwrap();
        assert!(stands(quoted(&told, "原话"), row, column), "{line}");
    }
    assert_eq!(attribute(&out, "name").unwrap(), "甲/<乙>&␛[2J.txt");
}

#[test]
fn junit_names_the_place() {
    let out = text(Format::Junit);
    let cases: Vec<&str> = out.split("<testcase ").skip(1).collect();
    assert_eq!(cases.len(), 5, "three findings, a file without any, and one that failed");
    for case in &cases[..2] {
        let name = attribute(&format!(" {case}"), "name").unwrap();
        let (row, column) = name.split(" @ ").nth(1).unwrap().split_once(':').unwrap();
        assert!(stands(quoted(case, "原话"), row.parse().unwrap(), column.parse().unwrap()), "{case}");
    }
}

#[test]
fn rdjson_columns_count_bytes() {
    let out = json(Format::Rdjson);
    let report = nasty::report();
    let source = report.files[0].source.text();
    let mut seen = 0;
    for one in out["diagnostics"].as_array().unwrap() {
        let range = &one["location"]["range"];
        if range.is_null() {
            continue;
        }
        let line = source.split("\r\n").nth(number(&range["start"]["line"]) - 1).unwrap();
        let words = &line[number(&range["start"]["column"]) - 1..number(&range["end"]["column"]) - 1];
        let words: String = words.chars().filter(|c| !"，\t".contains(*c)).collect();
        assert_eq!(words, quoted(one["message"].as_str().unwrap(), "原话"));
        seen += 1;
    }
    assert_eq!(seen, 2);
}

#[test]
fn csv_cells_name_the_place_and_none_can_run() {
    let mut report = nasty::report();
    for (finding, path) in report.files[0].findings.iter_mut().zip(["=1+1", "@x", "-2", "＋3"]) {
        finding.speaker = Some(path.into());
    }
    let mut out = Vec::new();
    render(Format::Csv, &report, &everything(), &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    let mut reader = ::csv::Reader::from_reader(out.strip_prefix('\u{feff}').unwrap().as_bytes());
    let heading = reader.headers().unwrap().clone();
    let mut seen = 0;
    for row in reader.records() {
        let row = row.unwrap();
        let cell = |name: &str| row.get(heading.iter().position(|head| head == name).unwrap()).unwrap();
        assert!(row.iter().all(|cell| !columns::is_like_a_formula(cell)), "{row:?}");
        if !cell("行").is_empty() {
            assert!(
                stands(cell("原话"), cell("行").parse().unwrap(), cell("列").parse().unwrap()),
                "{row:?}"
            );
            assert!(cell("说话人").starts_with('\''));
            seen += 1;
        }
    }
    assert_eq!((seen, out.matches("\r\n").count()), (3, 5));
}

fn everything() -> Style {
    Style { show_excused: true, ..Style::default() }
}

/// The cells of a row of a Markdown table.
fn cells(line: &str) -> Vec<String> {
    let line = line.replace("\\|", "\u{1}");
    line.split('|').map(|cell| cell.trim().replace('\u{1}', "|").replace('\\', "")).collect()
}

#[test]
fn the_digest_names_the_place_and_keeps_its_columns() {
    let out = text(Format::Digest);
    let mut wanted = None;
    let mut seen = 0;
    for line in out.lines() {
        let row = cells(line);
        wanted = if line.starts_with('|') { Some(*wanted.get_or_insert(row.len())) } else { None };
        assert!(wanted.is_none_or(|wanted| wanted == row.len()), "{line}");
        if let Some((row_number, column)) = row.get(1).and_then(|place| place.split_once(':'))
            && let (Ok(row_number), Ok(column)) = (row_number.parse(), column.parse())
            && row.len() == 8
        {
            assert!(stands(&row[4], row_number, column), "{line}");
            seen += 1;
        }
    }
    assert_eq!(seen, 2);
}

#[cfg(feature = "xlsx")]
mod workbook {
    use super::*;
    use calamine::{Data, Range, Reader, Xlsx};
    use std::io::Cursor;

    fn open(report: &Report, style: &Style, limits: xlsx::Limits) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(xlsx::workbook(report, style, limits).unwrap())).unwrap()
    }

    const ROOMY: xlsx::Limits = xlsx::Limits { rows: 100, links: 100 };

    fn cell(sheet: &Range<Data>, row: usize, heading: &str) -> Data {
        let at = sheet.rows().next().unwrap().iter().position(|head| *head == heading).unwrap();
        sheet.get((row, at)).cloned().unwrap_or_default()
    }

    #[test]
    fn the_cells_name_the_place() {
        let mut book = open(&nasty::report(), &everything(), ROOMY);
        let names = ["汇总", "发现", "会话得分", "按规则", "按人员", "未能读取"];
        assert_eq!(book.sheet_names(), names);
        for (at, name) in names.into_iter().enumerate() {
            let all = format!("{:?}", book.worksheet_range(name).unwrap());
            insta::assert_snapshot!(format!("xlsx_{at}"), all.replace("}, ", "},\n").replace("), ", "),\n"));
        }
        let sheet = book.worksheet_range("发现").unwrap();
        let mut seen = 0;
        for row in 1..sheet.height() {
            let words = cell(&sheet, row, "原话").to_string();
            let place = cell(&sheet, row, "位置").to_string();
            match place.split_once(':') {
                Some((line, column)) => {
                    assert!(stands(&words, line.parse().unwrap(), column.parse().unwrap()), "{words}");
                    seen += 1;
                }
                None => assert_eq!(place, "第12段"),
            }
        }
        assert_eq!(seen, 3);
    }

    #[test]
    fn the_same_report_gives_the_same_bytes() {
        let twice = [0, 1].map(|_| bytes(Format::Xlsx, &Style::default()));
        assert!(twice[0] == twice[1]);
    }

    #[test]
    fn what_is_like_a_formula_is_text() {
        let mut report = nasty::report();
        report.files[0].findings[0].text = "=HYPERLINK(\"http://x\")".into();
        let mut book = open(&report, &everything(), ROOMY);
        assert_eq!(cell(&book.worksheet_range("发现").unwrap(), 1, "原话"), "=HYPERLINK(\"http://x\")");
        assert!(book.worksheet_formula("发现").unwrap().is_empty());
    }

    #[test]
    fn what_does_not_fit_is_cut_with_a_mark_or_goes_on() {
        let mut report = nasty::report();
        let finding = report.files[0].findings[0].clone();
        let long = crate::report::Finding { text: "𠮷".repeat(40_000), ..finding.clone() };
        report.files[0].findings = vec![long, finding.clone(), finding.clone(), finding];
        let mut book = open(&report, &everything(), xlsx::Limits { rows: 3, links: 1 });
        let names = book.sheet_names();
        assert_eq!(&names[1..4], ["发现", "发现 2", "发现 3"]);
        let heights: Vec<usize> =
            names[1..4].iter().map(|name| book.worksheet_range(name).unwrap().height()).collect();
        assert_eq!(
            heights,
            [3, 3, 2],
            "the heading and two rows; four findings of the first file, one of the next"
        );
        let first = cell(&book.worksheet_range("发现").unwrap(), 1, "原话").to_string();
        assert!(first.ends_with("𠮷…✂") && first.encode_utf16().count() <= 32_767);
    }
}
