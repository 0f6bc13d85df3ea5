//! Whole conversations against what an auditor marked by hand, and the oracle beside it: the decoded file, cut at the
//! pieces that a finding names and unescaped as its container asks, is the text that the finding shows.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use wuxin::check::{Checker, Origin};
use wuxin::config::Settings;
use wuxin::diagnostic::Lang;
use wuxin::read::{Document, Format, Input, read};
use wuxin::report::{Conversation, Finding};
use wuxin::standard::Standard;
use wuxin::transcript::{Role, TimedWord, Transcript, Turn};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Truth {
    #[serde(default)]
    staff: Vec<String>,
    #[serde(default)]
    finding: Vec<Mark>,
    /// What two auditors would file differently: neither demanded nor noise.
    #[serde(default)]
    disputed: Vec<Mark>,
    #[serde(default)]
    excused: Vec<Mark>,
    #[serde(default)]
    approved: Vec<Mark>,
    /// The turns, where the fixture shows how its format is read.
    #[serde(default)]
    turn: Vec<Said>,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct Said {
    conversation: Option<String>,
    who: Option<String>,
    /// The role that the file states.
    role: Option<Role>,
    start: Option<u64>,
    end: Option<u64>,
    text: String,
    /// A word of the first sentence, its start and end.
    word: Option<(String, u64, u64)>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
struct Mark {
    conversation: Option<String>,
    rule: String,
    text: String,
    why: Option<String>,
    /// Why it is known not to be heard yet; the test says when it is.
    unheard: Option<String>,
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

struct Case {
    name: String,
    truth: Truth,
    document: Document,
    found: Vec<Conversation>,
}

/// All cases, read and checked once for every test.
fn cases() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(all_cases)
}

fn all_cases() -> Vec<Case> {
    let mut names: Vec<String> = std::fs::read_dir(folder("conversations"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names.into_iter().map(case).collect()
}

fn case(name: String) -> Case {
    let truth = std::fs::read_to_string(folder("expected").join(format!("{name}.toml"))).unwrap();
    let truth: Truth = toml::from_str(&truth).unwrap();
    let bytes = std::fs::read(folder("conversations").join(&name)).unwrap();
    let document = read(&Input { bytes: &bytes, name: &name, format: None }).unwrap();
    let settings = Settings { staff: truth.staff.clone(), ..Settings::default() };
    let checker = Checker::new(Standard::embedded(Lang::Zh).unwrap(), &settings);
    let found = checker.check(&document, &Origin { path: name.clone(), sha256: None });
    Case { name, truth, document, found }
}

/// Acts that auditors may file under either rule: the same words refuse and put off, hush and scold.
const NEIGHBOURS: &[(&str, &str)] = &[
    ("B01", "B10"),
    ("B02", "B05"),
    ("B03", "B20"),
    ("B06", "B16"),
    ("B07", "B15"),
    ("B08", "B10"),
    ("B09", "B12"),
    ("B10", "B11"),
    ("B19", "B21"),
];

fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether the words of a finding and of a mark are the same place of the same conversation.
fn same_place(finding: &Finding, conversation: &Conversation, mark: &Mark) -> bool {
    let (found, marked) = (bare(&finding.text), bare(&mark.text));
    (mark.conversation.is_none() || mark.conversation == conversation.conversation)
        && (marked.contains(&found) || found.contains(&marked))
}

/// Whether a finding is the one that was marked: same place, same rule or a neighbour.
fn fits(finding: &Finding, conversation: &Conversation, mark: &Mark) -> bool {
    let (one, other) = (finding.rule.as_str(), mark.rule.as_str());
    let near = one == other || NEIGHBOURS.contains(&(one, other)) || NEIGHBOURS.contains(&(other, one));
    near && same_place(finding, conversation, mark)
}

#[test]
fn what_an_auditor_marks_is_found_and_nothing_else() {
    let mut wrong = Vec::new();
    for case in cases() {
        let all: Vec<(&Conversation, &Finding)> =
            case.found.iter().flat_map(|c| c.findings.iter().map(move |f| (c, f))).collect();
        let counted: Vec<_> =
            all.iter().filter(|(_, f)| f.rule.starts_with('B') && f.excused.is_none()).collect();
        for mark in &case.truth.finding {
            let heard = counted.iter().any(|(c, f)| fits(f, c, mark));
            if heard && mark.unheard.is_some() {
                wrong.push(format!("{}: heard now, say so: {} {}", case.name, mark.rule, mark.text));
            }
            if !heard && mark.unheard.is_none() {
                wrong.push(format!("{}: missed {} {}", case.name, mark.rule, mark.text));
            }
        }
        // Where nobody is named, whose words they are only a listener could tell.
        for (c, f) in counted.into_iter().filter(|(_, f)| f.role == Role::Staff) {
            let mut known = case.truth.finding.iter().chain(&case.truth.disputed);
            if !known.any(|mark| same_place(f, c, mark)) {
                wrong.push(format!("{}:{} noisy {} {}", case.name, f.turn, f.rule, f.text));
            }
        }
        for mark in &case.truth.excused {
            let counts =
                all.iter().any(|(c, f)| f.role == Role::Staff && fits(f, c, mark) && f.excused.is_none());
            if counts {
                wrong
                    .push(format!("{}: not excused ({:?}) {} {}", case.name, mark.why, mark.rule, mark.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn approved_words_earn_credit() {
    let mut wrong = Vec::new();
    for case in cases().iter().filter(|case| !case.truth.staff.is_empty()) {
        for mark in &case.truth.approved {
            let earned = case.found.iter().any(|c| {
                (mark.conversation.is_none() || mark.conversation == c.conversation)
                    && c.approved.iter().any(|a| a.rule == mark.rule && a.credit > 0.0)
            });
            if !earned {
                wrong.push(format!("{}: {} {}", case.name, mark.rule, mark.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{} without credit:\n{}", wrong.len(), wrong.join("\n"));
}

/// The turns of a document as expectations are written; a timed word is shown where `expected` names it.
fn said(document: &Document, expected: &[Said]) -> Vec<Said> {
    let turns = document.conversations.iter().flat_map(|c| c.turns.iter().map(move |turn| (c, turn)));
    let shown = |(i, (c, turn)): (usize, (&Transcript, &Turn))| {
        let words = turn.said(&document.source);
        let clock = turn.clock();
        let named = expected.get(i).and_then(|said| said.word.as_ref());
        let heard = |w: &TimedWord| (w.span.slice(words).to_owned(), w.clock.start, w.clock.end);
        Said {
            conversation: c.id.clone().filter(|_| document.conversations.len() > 1),
            who: turn.speaker.map(|i| c.speakers[i as usize].clone()),
            role: turn.role,
            start: clock.map(|clock| clock.start),
            end: clock.map(|clock| clock.end),
            text: words.to_owned(),
            word: turn.words.iter().map(heard).find(|word| Some(word) == named),
        }
    };
    turns.enumerate().map(shown).collect()
}

#[test]
fn turns_are_those_written_by_hand() {
    let mut looked = 0;
    for case in cases().iter().filter(|case| !case.truth.turn.is_empty()) {
        let found = said(&case.document, &case.truth.turn);
        for (found, expected) in found.iter().zip(&case.truth.turn) {
            assert_eq!(found, expected, "{}", case.name);
        }
        assert_eq!(found.len(), case.truth.turn.len(), "{}: {found:#?}", case.name);
        looked += 1;
    }
    assert!(looked >= 20, "only {looked} fixtures state their turns");
}

/// Undoes what the container escapes inside a finding of the fixtures.
fn unescape(piece: &str, name: &str) -> String {
    match name.rsplit_once('.').unwrap().1 {
        "json" | "jsonl" => serde_json::from_str(&format!("\"{piece}\"")).unwrap(),
        "csv" | "TextGrid" => piece.replace("\"\"", "\""),
        "ass" => piece.replace("\\h", "\u{a0}"),
        "eaf" => piece.replace("&#xFF1F;", "？"),
        _ => piece.to_owned(),
    }
}

#[test]
fn the_file_cut_at_the_pieces_is_the_text() {
    let mut findings = 0;
    for case in cases().iter().filter(|case| case.document.sites.is_none()) {
        for finding in case.found.iter().flat_map(|c| &c.findings) {
            let pieces = finding.pieces.as_ref().unwrap();
            let undone = |piece: &str| unescape(piece, &case.name);
            let mut cut: String =
                pieces.iter().map(|piece| undone(case.document.source.slice(*piece))).collect();
            while case.document.format == Format::Iflytek && cut != finding.text {
                // JSON in a string of JSON: its escapes are undone once more.
                cut = undone(&cut);
            }
            assert_eq!(cut, finding.text, "{} turn {}", case.name, finding.turn);
            let span = finding.span.unwrap();
            assert_eq!((span.start, span.end), (pieces[0].start, pieces[pieces.len() - 1].end));
            findings += 1;
        }
    }
    assert!(findings > 40, "only {findings} findings were looked at");
}

/// The text of every paragraph, read without an XML parser.
#[cfg(feature = "office")]
fn paragraphs(bytes: &[u8]) -> Vec<String> {
    use std::io::Read;
    let mut xml = String::new();
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    package.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let paragraph = regex::Regex::new(r"(?s)<w:p(?: [^>]*)?(?:/>|>(.*?)</w:p>)").unwrap();
    let part = regex::Regex::new(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:br/>|<w:tab/>").unwrap();
    let words = |found: regex::Captures<'_>| {
        let all = part.captures_iter(found.get(1).map_or("", |inner| inner.as_str()));
        all.map(|one| one.get(1).map_or("\n", |words| words.as_str()).to_owned()).collect::<String>()
    };
    paragraph
        .captures_iter(&xml)
        .map(words)
        .map(|words| words.replace("&lt;", "<").replace("&gt;", ">"))
        .collect()
}

/// The words at a place, read in another way than the reader's.
#[cfg(feature = "office")]
fn at_place(name: &str, place: &serde_json::Value) -> String {
    use calamine::{Reader, open_workbook_auto};
    let path = folder("conversations").join(name);
    let whole = if let Some(number) = place["paragraph"].as_u64() {
        paragraphs(&std::fs::read(path).unwrap())[number as usize - 1].clone()
    } else {
        let (sheet, cell) = (place["sheet"].as_str().unwrap(), place["cell"].as_str().unwrap());
        let (column, row) = (u32::from(cell.as_bytes()[0] - b'A'), cell[1..].parse::<u32>().unwrap() - 1);
        let range = open_workbook_auto(path).unwrap().worksheet_range(sheet).unwrap();
        range.get_value((row, column)).unwrap().to_string()
    };
    let (start, end) = (place["chars"]["start"].as_u64().unwrap(), place["chars"]["end"].as_u64().unwrap());
    whole.chars().skip(start as usize).take((end - start) as usize).collect()
}

#[cfg(feature = "office")]
#[test]
fn the_paragraph_or_cell_that_is_named_holds_the_words() {
    let mut findings = 0;
    for case in cases().iter().filter(|case| case.document.sites.is_some()) {
        for finding in case.found.iter().flat_map(|c| &c.findings) {
            let place = finding.place.as_ref().unwrap();
            let also = place["also"].as_array().into_iter().flatten();
            let words: String =
                [place].into_iter().chain(also).map(|place| at_place(&case.name, place)).collect();
            assert_eq!(words.replace(['\n', '\r'], ""), finding.text, "{} {place}", case.name);
            assert_eq!((finding.span, finding.start, finding.end), (None, None, None));
            assert!(finding.pieces.is_none() && finding.excused.as_ref().is_none_or(|e| e.span.is_none()));
            let drawn: String = finding
                .drawn
                .iter()
                .flat_map(|drawn| &drawn.pieces)
                .map(|p| case.document.source.slice(*p))
                .collect();
            assert_eq!(drawn, finding.text);
            findings += 1;
        }
        assert!(case.found.iter().flat_map(|c| &c.approved).all(|a| a.span.is_none()));
    }
    assert!(findings > 12, "only {findings} findings were looked at");
}

#[test]
fn the_same_input_gives_the_same_report() {
    for case in cases().iter().take(4) {
        let again = self::case(case.name.clone());
        let json = |found: &[Conversation]| serde_json::to_string(found).unwrap();
        assert_eq!(json(&case.found), json(&again.found));
        let fingerprints: Vec<&String> =
            case.found.iter().flat_map(|c| &c.findings).map(|f| &f.fingerprint).collect();
        assert_eq!(fingerprints.len(), fingerprints.iter().collect::<BTreeSet<_>>().len());
    }
}
