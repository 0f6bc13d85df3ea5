//! The workbook goes to a reviewer and comes back: another program saves it with verdicts, `wuxin review import` reads them.
#![cfg(feature = "xlsx")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod support;

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;
use std::fs;
use std::path::Path;
use support::{folder, wuxin};

const BAD: &str = "工作人员：喊什么，等会儿。\n来访人：我不喊。\n工作人员：你急什么！\n来访人：我等您。\n";

/// The sheet of findings as rows of text.
fn findings(path: &Path, sheet: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

/// Saves the rows as another program would, with some cells filled in; a day becomes a number with a format.
fn save(path: &Path, rows: &[Vec<String>], filled: &[(usize, &str, &str)]) {
    let mut rows = rows.to_vec();
    let at = |rows: &[Vec<String>], heading: &str| rows[0].iter().position(|head| head == heading).unwrap();
    for (row, heading, text) in filled {
        let at = at(&rows, heading);
        rows[*row][at] = (*text).into();
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("填好的").unwrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (r, row) in rows.iter().enumerate() {
        for (c, text) in row.iter().enumerate() {
            let (r, c) = (r as u32 + 1, c as u16);
            match ExcelDateTime::parse_from_str(text) {
                Ok(date) if text.len() == 10 => sheet.write_with_format(r, c, &date, &day).unwrap(),
                _ => sheet.write(r, c, text).unwrap(),
            };
        }
    }
    book.save(path).unwrap();
}

fn lines(folder: &Path) -> Vec<Value> {
    let text = fs::read_to_string(folder.join("verdicts.jsonl")).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn row_of(rows: &[Vec<String>], rule: &str) -> usize {
    rows.iter().position(|row| row.iter().any(|cell| cell == rule)).unwrap()
}

#[test]
fn verdicts_come_back_once() {
    let here = folder(&[("a.txt", BAD)]);
    let at = here.path();
    assert_eq!(wuxin(at, &["check", "a.txt", "--output", "xlsx=r.xlsx"]).code, 1);
    let untouched = wuxin(at, &["review", "import", "r.xlsx"]);
    assert_eq!((untouched.code, lines(at).len()), (0, 0), "rows that are not filled in: {}", untouched.err);
    assert!(untouched.out.contains("新增 0 条"), "{}", untouched.out);

    let rows = findings(&at.join("r.xlsx"), "发现");
    let (one, two) = (row_of(&rows, "B02"), row_of(&rows, "B20"));
    let filled = [
        (one, "复核结论", "不成立"),
        (one, "理由", "转述来访人的话"),
        (one, "复核日期", "2026-01-05"),
        (one, "有效至", "2026年12月31日"),
        (two, "复核结论", "confirmed"),
        (two, "复核人", "李四"),
        (two, "理由", "=属实"),
    ];
    save(&at.join("back.xlsx"), &rows, &filled);
    let import = ["review", "import", "back.xlsx", "--reviewer", "张三"];
    let first = wuxin(at, &import);
    assert_eq!(first.code, 0, "{}", first.err);
    let stored = lines(at);
    assert_eq!(stored.len(), 2);
    let of = |rule: &str| stored.iter().find(|line| line["rule"] == rule).unwrap();
    assert_eq!(
        (&of("B02")["verdict"], &of("B02")["reviewer"], &of("B02")["date"], &of("B02")["expires"]),
        (&"dismissed".into(), &"张三".into(), &"2026-01-05".into(), &"2026-12-31".into())
    );
    assert_eq!((&of("B20")["reviewer"], &of("B20")["reason"]), (&"李四".into(), &"=属实".into()));
    assert_eq!((&of("B02")["path"], &of("B02")["conversation"]), (&"a.txt".into(), &Value::Null));
    // Once more, today or on another day: nothing new.
    for day in ["2026-02-01", "2026-03-01"] {
        let again = wuxin(at, &[&import[..], &["--date", day]].concat());
        assert_eq!((again.code, lines(at).len()), (0, 2), "{}", again.out);
    }
    // The next workbook shows what was said, and says nothing new either.
    let check = ["check", "a.txt", "--as-of", "2026-02-01", "--output", "xlsx=next.xlsx", "--format", "json"];
    let report: Value = serde_json::from_str(&wuxin(at, &check).out).unwrap();
    assert_eq!(report["summary"]["excused"], 1);
    let shown = findings(&at.join("next.xlsx"), "发现");
    assert!(shown[row_of(&shown, "B02")].contains(&"不成立".to_owned()));
    assert_eq!(wuxin(at, &["review", "import", "next.xlsx"]).code, 0);
    assert_eq!(lines(at).len(), 2);
    // A change of mind is a new line.
    save(&at.join("back.xlsx"), &shown, &[(row_of(&shown, "B02"), "复核结论", "属实")]);
    assert_eq!(wuxin(at, &["review", "import", "back.xlsx"]).code, 0);
    assert_eq!((lines(at).len(), &lines(at)[2]["verdict"]), (3, &"confirmed".into()));
}

#[test]
fn what_is_wrong_is_named_by_cell_and_nothing_is_written() {
    let here = folder(&[("a.txt", BAD)]);
    let at = here.path();
    wuxin(at, &["check", "a.txt", "--output", "xlsx=r.xlsx", "--lang", "en"]);
    let rows = findings(&at.join("r.xlsx"), "Findings");
    let letter = |heading: &str| {
        let at = rows[0].iter().position(|head| head == heading).unwrap();
        let last = char::from(b'A' + (at % 26) as u8);
        if at < 26 { last.to_string() } else { format!("A{last}") }
    };
    for (filled, heading) in [
        (&[("Verdict", "maybe"), ("Reason", "x"), ("Reviewer", "y")][..], "Verdict"),
        (&[("Verdict", "accepted"), ("Reviewer", "y")], "Reason"),
        (&[("Verdict", "accepted"), ("Reason", "x")], "Reviewer"),
        (&[("Reason", "x"), ("Reviewer", "y")], "Verdict"),
        (
            &[("Verdict", "accepted"), ("Reason", "x"), ("Reviewer", "y"), ("Reviewed on", "soon")],
            "Reviewed on",
        ),
        (
            &[("Verdict", "accepted"), ("Reason", "x"), ("Reviewer", "y"), ("Fingerprint", "1e5")],
            "Fingerprint",
        ),
    ] {
        let cells: Vec<_> = filled.iter().map(|(heading, text)| (1, *heading, *text)).collect();
        save(&at.join("back.xlsx"), &rows, &cells);
        let run = wuxin(at, &["review", "import", "back.xlsx", "--lang", "en"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{heading}");
        // The saved sheet begins one row lower.
        let place = format!("填好的!{}3", letter(heading));
        assert!(run.err.contains("error[cell-") && run.err.contains(&place), "{place}: {}", run.err);
    }
    assert!(lines(at).is_empty());
    for (name, bytes, code) in
        [("a.txt", BAD.as_bytes(), "workbook-broken"), ("none.xlsx", b"", "no-such-file")]
    {
        if !bytes.is_empty() {
            fs::write(at.join(name), bytes).unwrap();
        }
        let run = wuxin(at, &["review", "import", name]);
        assert_eq!(run.code, 2);
        assert!(run.err.contains(&format!("error[{code}]")), "{}", run.err);
    }
    let mut other = Workbook::new();
    other.add_worksheet().write(0, 0, "无关").unwrap();
    other.save(at.join("other.xlsx")).unwrap();
    let run = wuxin(at, &["review", "import", "other.xlsx"]);
    assert!(run.code == 2 && run.err.contains("error[workbook-no-table]"), "{}", run.err);
}
