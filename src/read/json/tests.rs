//! The tree against serde_json's, and every piece against what it reads.

use super::*;
use proptest::prelude::*;
use serde_json::Value as Theirs;

fn theirs() -> impl Strategy<Value = Theirs> {
    let leaf = prop_oneof![
        Just(Theirs::Null),
        any::<bool>().prop_map(Theirs::from),
        any::<i64>().prop_map(Theirs::from),
        (-1e12..1e12f64).prop_map(Theirs::from),
        any::<String>().prop_map(Theirs::from),
        "[a-z你好\\\\\"\n\u{1}𠮷]{0,8}".prop_map(Theirs::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Theirs::from),
            prop::collection::btree_map("[a-z\"你]{0,3}", inner, 0..6)
                .prop_map(|map| Theirs::Object(map.into_iter().collect())),
        ]
    })
}

fn same(ours: &Node<'_>, theirs: &Theirs) -> bool {
    match (&ours.value, theirs) {
        (Value::Null, Theirs::Null) => true,
        (Value::Bool, Theirs::Bool(_)) => true,
        (Value::Int(_) | Value::Float(_), Theirs::Number(n)) => ours.as_number() == n.as_f64(),
        (Value::Text(a), Theirs::String(b)) => a.text() == b.as_str() && a.is(b),
        (Value::List(a), Theirs::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Map(a), Theirs::Object(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, a)| b.get(key.text().as_ref()).is_some_and(|b| same(a, b)))
        }
        _ => false,
    }
}

/// All strings as `\uXXXX`.
fn escaped(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect()
}

fn tree(text: &str) -> Result<(), String> {
    whole(&SourceText::new(text.to_owned())).map(|_| ()).map_err(|error| error.to_string())
}

proptest! {
    #[test]
    fn our_tree_is_theirs(value in theirs(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        let source = SourceText::new(text);
        let node = whole(&source).unwrap();
        prop_assert!(same(&node, &value), "{node:?}");
        prop_assert_eq!(source.slice(node.span), source.text());
    }

    #[test]
    fn every_piece_reads_like_the_words(words in any::<String>(), escape in any::<bool>()) {
        let json = if escape { format!("\"{}\"", escaped(&words)) } else { serde_json::to_string(&words).unwrap() };
        let source = SourceText::new(json);
        let node = whole(&source).unwrap();
        let cut = node.as_text().unwrap().cut();
        prop_assert_eq!(cut.text(source.text()), words.as_str());
        for part in cut.parts() {
            let (raw, said) = match part {
                super::super::cut::Part::Plain(span) => (source.slice(*span), source.slice(*span).to_owned()),
                super::super::cut::Part::Undone(c, span) => (source.slice(*span), c.to_string()),
            };
            prop_assert_eq!(serde_json::from_str::<String>(&format!("\"{raw}\"")).unwrap(), said);
        }
    }

    #[test]
    fn what_they_read_we_read_and_nothing_panics(text in "[\\[\\]{}:,\"\\\\ a-fntu0-9.eE+-]{0,40}") {
        if serde_json::from_str::<Theirs>(&text).is_ok() {
            prop_assert!(tree(&text).is_ok());
        } else {
            let _ = tree(&text);
        }
    }
}

#[test]
fn faults_say_where_and_what_should_stand_there() {
    for (text, message) in [
        ("", "1:1: JSON cut off, expected { [ \" 0-9 true false null"),
        ("{\"a\"", "1:5: JSON cut off, expected :"),
        ("{\"a\":1", "1:7: JSON cut off, expected , }"),
        ("[1\n 2]", "2:2: expected , ], found 2"),
        ("{\"你\":\"好", "1:8: JSON cut off, expected \""),
        ("{\"a\":\"好\n\"}", "1:8: expected \", found U+000A"),
        ("[\"\\x\"]", "1:4: expected \" \\ / b f n r t u, found x"),
        ("[\"\\u12\"]", "1:7: expected 0-9 a-f, found \""),
        ("[1] x", "1:5: expected ␄, found x"),
        ("[tru]", "1:2: expected {"),
        ("[1e]", "1:2: expected 0-9, found 1"),
    ] {
        assert!(tree(text).unwrap_err().starts_with(message), "{text}: {:?}", tree(text));
    }
}

#[test]
fn depth_is_limited_and_pythons_numbers_are_read() {
    assert!(tree(&"[".repeat(100_000)).unwrap_err().contains("nested too deeply"));
    assert_eq!(tree(&("[".repeat(128) + &"]".repeat(128))), Ok(()));
    assert_eq!(tree("[NaN, Infinity, -Infinity, 1e400]"), Ok(()));
}
