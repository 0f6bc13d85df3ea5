//! Who is staff, told by speech alone: every fixture with its labels taken away, whole and in part.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use wuxin::check::{Checker, Origin};
use wuxin::config::Settings;
use wuxin::diagnostic::Lang;
use wuxin::read::{Document, Input, read};
use wuxin::report::{Conversation, RolesKnown};
use wuxin::standard::Standard;
use wuxin::transcript::Transcript;

static CHECKER: LazyLock<Checker> = LazyLock::new(|| checker(&[]));

fn checker(staff: &[&str]) -> Checker {
    let staff = staff.iter().map(|label| (*label).to_owned()).collect();
    Checker::new(Standard::embedded(Lang::Zh).unwrap(), &Settings { staff, ..Settings::default() })
}

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

fn document(name: &str) -> Document {
    let bytes = std::fs::read(fixture(&format!("conversations/{name}"))).unwrap();
    read(&Input { bytes: &bytes, name, format: None }).unwrap()
}

fn names() -> Vec<String> {
    let folder = std::fs::read_dir(fixture("conversations")).unwrap();
    let mut names: Vec<String> = folder.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The labels that an auditor says are staff.
fn truth(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(fixture(&format!("expected/{name}.toml"))).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap();
    let list = table.get("staff").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    list.iter().map(|label| label.as_str().unwrap().to_owned()).collect()
}

/// Whether a fixture is a handful of turns that show how a format is read.
fn shows_a_format(conversation: &str) -> bool {
    let name = conversation.split(' ').next().unwrap_or_default();
    document(name).conversations.iter().all(|transcript| transcript.turns.len() < A_HANDFUL)
}

/// Turns.
const A_HANDFUL: usize = 12;

fn check(document: &Document) -> Vec<Conversation> {
    CHECKER.check(document, &Origin::default())
}

/// Replaces every label by a letter that says nothing; gives the letter of the staff.
fn nameless(transcript: &mut Transcript, staff: &[String]) -> Option<String> {
    transcript.turns.iter_mut().for_each(|turn| turn.role = None);
    let letter = |i: usize| char::from(b'A' + i as u8).to_string();
    let at = transcript.speakers.iter().position(|label| staff.contains(label));
    transcript.speakers.iter_mut().enumerate().for_each(|(i, label)| *label = letter(i));
    at.map(letter)
}

/// The label that was taken as staff, if any.
fn taken(conversation: &Conversation) -> Option<String> {
    let warning = conversation.warnings.iter().find(|w| w.code == "roles-inferred")?;
    assert_eq!(conversation.capabilities.roles, RolesKnown::Inferred);
    assert!(conversation.staff_turns > 0);
    warning.message.split(['“', '”']).nth(1).map(str::to_owned)
}

/// Every conversation of the fixtures with two speakers or more, its first turns only, without labels: who is staff,
/// and who was taken as staff.
fn guesses(turns: usize) -> Vec<(String, Option<String>, Option<String>)> {
    let mut out = Vec::new();
    for name in names() {
        let (mut document, staff) = (document(&name), truth(&name));
        document.conversations.retain(|c| c.speakers.len() > 1);
        let mut letters = Vec::new();
        for transcript in &mut document.conversations {
            transcript.turns.truncate(turns);
            letters.push(nameless(transcript, &staff));
        }
        for (found, letter) in check(&document).iter().zip(letters) {
            out.push((format!("{name} {:?}", found.conversation), letter, taken(found)));
        }
    }
    out
}

#[test]
fn staff_is_told_by_speech_or_left_unknown() {
    let all = guesses(usize::MAX);
    let wrong: Vec<_> = all.iter().filter(|(_, staff, taken)| taken.is_some() && taken != staff).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    // Two of these are a handful of turns; in the third four people talk past a curt clerk. Fixtures that show how a
    // format is read are a handful of turns, too: of them it is enough that nobody is mistaken.
    let unknown = all.iter().filter(|g| g.2.is_none()).map(|g| g.0.as_str());
    let unknown: Vec<&str> = unknown.filter(|name| !shows_a_format(name)).collect();
    assert_eq!(
        unknown,
        [r#"own-many.jsonl Some("c2")"#, r#"own-many.jsonl Some("c3")"#, "queue.vtt None"],
        "of {}",
        all.len()
    );
}

#[test]
fn the_beginning_of_a_conversation_never_misleads() {
    for turns in [2, 4, 8, 12, 20] {
        let wrong: Vec<_> = guesses(turns)
            .into_iter()
            .filter(|(_, staff, taken)| taken.is_some() && taken != staff)
            .collect();
        assert!(wrong.is_empty(), "{turns} turns: {wrong:?}");
    }
}

#[test]
fn labels_that_say_nothing_are_enough() {
    for name in [
        "ab-labels.txt",
        "minutes.txt",
        "time-first.txt",
        "minutes-names.txt",
        "whisper-cpp.json",
        "whisperx.json",
        "funasr.json",
        "funasr-sensevoice.json",
    ] {
        let found = check(&document(name));
        assert_eq!(taken(&found[0]), truth(name).first().cloned(), "{name}");
        assert!(!found[0].warnings.iter().any(|w| w.code == "roles-unknown"), "{name}");
    }
}

#[test]
fn what_the_user_says_wins() {
    let found = checker(&["B"]).check(&document("ab-labels.txt"), &Origin::default());
    assert_eq!(found[0].capabilities.roles, RolesKnown::Configured);
    assert_eq!(taken(&found[0]), None);
}

#[test]
fn without_speakers_nobody_is_told() {
    let found = check(&document("whisper-openai.json"));
    assert_eq!(found[0].capabilities.roles, RolesKnown::Unknown);
    assert!(found[0].warnings.iter().any(|w| w.code == "roles-unknown"));
}

fn warned(found: &Conversation) -> Option<&str> {
    found.warnings.iter().find(|w| w.code == "labels-swapped").map(|w| w.message.as_str())
}

#[test]
fn labels_as_an_auditor_leaves_them_look_right() {
    for name in names() {
        assert!(check(&document(&name)).iter().all(|found| warned(found).is_none()), "{name}");
    }
}

#[test]
fn swapped_labels_are_noticed_and_the_hidden_findings_counted() {
    let banned = |found: &Conversation| {
        found.findings.iter().filter(|f| f.rule.starts_with('B') && f.excused.is_none()).count()
    };
    for name in [
        "land-dispute.txt",
        "hotline.txt",
        "utf16.srt",
        "gb18030.txt",
        "unpaid-wages.txt",
        "suicide-calm.srt",
    ] {
        let mut document = document(name);
        let right = banned(&check(&document)[0]);
        document.conversations[0].speakers.swap(0, 1);
        let found = check(&document);
        let message = warned(&found[0]).unwrap_or_else(|| panic!("{name}: not noticed"));
        assert!(
            message.contains(&format!(" {right} ")),
            "{name}: {message}, {right} with the labels as they are"
        );
    }
}
