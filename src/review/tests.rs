use super::*;
use crate::diagnostic::{Explain, Lang};
use std::fs;

const A: &str = "00000000000000aa";
const B: &str = "00000000000000bb";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn line(fingerprint: &str, verdict: &str, more: &str) -> String {
    format!(
        "{{\"fingerprint\":\"{fingerprint}\",\"verdict\":\"{verdict}\",\"reviewer\":\"甲\",\"reason\":\"误听\",\
         \"date\":\"2026-01-05\"{more}}}\n"
    )
}

fn store(text: &str) -> Store {
    let (store, bad) = Store::parse(text);
    assert_eq!(bad, []);
    store
}

fn place(fingerprint: &str, path: &str) -> Place {
    Place { fingerprint: fingerprint.into(), path: path.into(), conversation: None }
}

fn verdict(store: &Store, place: &Place) -> Option<Verdict> {
    match store.say(place, day("2026-06-01")) {
        Said::Holds(row) => Some(row.verdict),
        _ => None,
    }
}

#[test]
fn the_last_line_holds() {
    let text = line(A, "dismissed", "") + &line(B, "accepted", "") + &line(A, "confirmed", "");
    let store = store(&text);
    assert_eq!(verdict(&store, &place(A, "x.txt")), Some(Verdict::Confirmed));
    assert_eq!(verdict(&store, &place(B, "x.txt")), Some(Verdict::Accepted));
    assert_eq!(verdict(&store, &place("00000000000000cc", "x.txt")), None);
    let current: Vec<u32> = store.current().iter().map(|one| one.line).collect();
    assert_eq!(current, [3, 2]);
}

#[test]
fn a_verdict_that_names_a_file_holds_for_files_of_that_name() {
    let text = line(A, "dismissed", ",\"path\":\"old/a.txt\"");
    let store = store(&text);
    assert_eq!(verdict(&store, &place(A, "new\\a.txt")), Some(Verdict::Dismissed));
    assert_eq!(verdict(&store, &place(A, "old/b.txt")), None);
    let narrow = self::store(&line(A, "dismissed", ",\"path\":\"a.jsonl\",\"conversation\":\"2\""));
    let of = |id: &str| Place { conversation: Some(id.into()), ..place(A, "a.jsonl") };
    assert_eq!(verdict(&narrow, &of("2")), Some(Verdict::Dismissed));
    assert_eq!(verdict(&narrow, &of("3")), None);
    // The narrower line that comes first stands beside a later one about another file, not beside a wider one.
    let both = line(A, "dismissed", ",\"path\":\"a.txt\"") + &line(A, "accepted", ",\"path\":\"b.txt\"");
    assert_eq!(self::store(&both).current().len(), 2);
    assert_eq!(self::store(&(both + &line(A, "confirmed", ""))).current().len(), 1);
}

#[test]
fn a_verdict_holds_through_its_last_day() {
    let store = store(&line(A, "accepted", ",\"expires\":\"2026-03-31\""));
    let on = |date: &str| store.say(&place(A, "x"), day(date));
    assert!(matches!(on("2026-03-31"), Said::Holds(_)));
    assert!(matches!(on("2026-04-01"), Said::Expired(_)));
}

#[test]
fn stale_is_what_fits_nothing_in_the_files_that_were_checked() {
    let text = line(A, "dismissed", ",\"path\":\"a.txt\"")
        + &line(B, "dismissed", ",\"path\":\"a.txt\"")
        + &line("00000000000000cc", "dismissed", ",\"path\":\"b.txt\"")
        + &line("00000000000000dd", "dismissed", "");
    let store = store(&text);
    let stale = |found: &[Place]| -> Vec<u32> {
        store.stale(&["x/a.txt".into()], found).iter().map(|one| one.line).collect()
    };
    assert_eq!(stale(&[place(A, "x/a.txt")]), [2, 4]);
    assert_eq!(
        stale(&[place(A, "x/a.txt"), place(B, "x/a.txt"), place("00000000000000dd", "z")]),
        [] as [u32; 0]
    );
}

#[test]
fn a_line_that_cannot_be_read_is_named_with_its_cure_and_the_rest_stands() {
    let broken = [
        ("{", "verdict-json"),
        ("[1]", "verdict-object"),
        (r#"{"fingerprint":"zz"}"#, "verdict-fingerprint"),
        (&line(A, "denied", ""), "verdict-word"),
        (&line(A, "accepted", ",\"expires\":\"2026-02-30\""), "verdict-date"),
        (&line(A, "accepted", ",\"rule\":7"), "verdict-text"),
        (&line(A, "accepted", "").replace("误听", " "), "verdict-missing"),
    ]
    .map(|(text, code)| (text.trim().to_owned(), code));
    let good = line(B, "accepted", "");
    let mut text = format!("\u{feff}\r\n{good}");
    for (line, _) in &broken {
        text.push_str(&format!("{line}\r\n"));
    }
    let (store, bad) = Store::parse(&text);
    assert_eq!(verdict(&store, &place(B, "x")), Some(Verdict::Accepted));
    assert_eq!(verdict(&store, &place(A, "x")), None);
    for (i, (bad, (line, code))) in bad.iter().zip(&broken).enumerate() {
        assert_eq!((bad.code(), bad.line as usize, bad.span.slice(&text)), (*code, i + 3, line.as_str()));
        for lang in [Lang::Zh, Lang::En] {
            let words = bad.message().words(lang) + &bad.cure().words(lang);
            assert!(words.contains(&bad.line.to_string()) && !words.contains("review."), "{words}");
        }
    }
    assert_eq!(bad.len(), broken.len());
}

fn row(text: &str) -> Row {
    Store::parse(text).0.lines.remove(0).row
}

#[test]
fn writing_adds_a_line_and_leaves_everything_else_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE_NAME);
    append(&path, &row(&line(A, "accepted", ""))).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), line(A, "accepted", ""));
    // A line of another program without its line break, and a broken one: both are kept to the byte.
    let before =
        format!("{}broken\n{}", line(B, "dismissed", ", \"mood\": [1.50]"), line(B, "accepted", "").trim());
    fs::write(&path, &before).unwrap();
    let added = row(&line(A, "confirmed", ",\"expires\":\"2026-12-31\",\"path\":\"a.txt\",\"ticket\":9"));
    append(&path, &added).unwrap();
    let after = fs::read_to_string(&path).unwrap();
    assert!(after.starts_with(&format!("{before}\n")), "{after}");
    assert_eq!(row(after.lines().last().unwrap()), added);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn two_writers_do_not_lose_each_others_lines() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE_NAME);
    let one = row(&line(A, "accepted", ""));
    let written: usize = std::thread::scope(|scope| {
        let writer = || (0..50).filter(|_| append(&path, &one).is_ok()).count();
        let all: Vec<_> = (0..4).map(|_| scope.spawn(writer)).collect();
        all.into_iter().map(|writer| writer.join().unwrap()).sum()
    });
    assert!(written > 0);
    let (store, bad) = Store::parse(&fs::read_to_string(&path).unwrap());
    assert_eq!((store.lines.len(), bad), (written, Vec::new()));
}

#[test]
fn a_writer_that_cannot_finish_leaves_the_store_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE_NAME);
    fs::write(&path, b"\xff\xfe").unwrap();
    let one = row(&line(A, "accepted", ""));
    assert!(matches!(append(&path, &one), Err(WriteError::NotText(_))));
    assert_eq!(fs::read(&path).unwrap(), b"\xff\xfe");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    fs::write(folder.path().join(format!(".{FILE_NAME}.new")), "").unwrap();
    let error = append(&path, &one).unwrap_err();
    assert_eq!(error.code(), "verdicts-busy");
    assert!(error.message().words(Lang::Zh).contains(".verdicts.jsonl.new"));
}
