//! A page read back as a browser reads it: what tests hold it to.
#![allow(dead_code, clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use html5gum::{DefaultEmitter, Token, Tokenizer};
use std::collections::{BTreeMap, BTreeSet};

/// An element that is open, or was.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    /// All text inside.
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.get("class").split(' ').any(|one| one == class)
    }
}

/// Elements that hold nothing.
const VOID: [&str; 5] = ["meta", "input", "br", "hr", "img"];

/// Every element in the order in which they end. A page that a browser would have to mend is refused.
pub(crate) fn parse(page: &str) -> Vec<Element> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let (mut open, mut done): (Vec<Element>, Vec<Element>) = (Vec::new(), Vec::new());
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    for Ok(token) in Tokenizer::new_with_emitter(page, emitter) {
        match token {
            Token::StartTag(tag) => {
                let attributes =
                    tag.attributes.iter().map(|(name, value)| (text(name), text(value))).collect();
                let element = Element { name: text(&tag.name), attributes, text: String::new() };
                match VOID.contains(&element.name.as_str()) || tag.self_closing {
                    true => done.push(element),
                    false => open.push(element),
                }
            }
            Token::EndTag(tag) => {
                let last = open.pop().unwrap();
                assert_eq!(last.name, text(&tag.name));
                done.push(last);
            }
            Token::String(string) => {
                open.iter_mut().for_each(|element| element.text.push_str(&text(&string)));
            }
            Token::Doctype(_) => {}
            Token::Comment(comment) => panic!("a comment: {}", text(&comment)),
            Token::Error(error) => panic!("{:?} after {:?}", error.value, done.last()),
        }
    }
    assert!(open.is_empty(), "{open:?}");
    done
}

/// What a page shows as marked for a finding, piece by piece joined.
pub(crate) fn marked(page: &[Element], finding: &str) -> String {
    let of = |element: &&Element| {
        element.name == "mark" && element.get("data-of").split(' ').any(|one| one == finding)
    };
    page.iter().filter(of).map(|element| element.text.as_str()).collect()
}

/// The page stands by itself: no handler and no style in an attribute, nothing loaded but recordings, no link but to
/// places in the page or pages beside it, every name once and every reference to a name that is there.
pub(crate) fn stands_by_itself(page: &[Element]) {
    let ids: Vec<&str> = page.iter().map(|element| element.get("id")).filter(|id| !id.is_empty()).collect();
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    let twice = ids.iter().find(|id| ids.iter().filter(|other| other == id).count() > 1);
    assert_eq!(twice, None, "a name twice");
    for element in page {
        for (name, value) in &element.attributes {
            assert!(!name.starts_with("on") && name != "style", "{element:?}");
            if name == "src" {
                assert_eq!(element.name, "audio");
                assert!(!value.contains(':') && !value.contains("//"), "{value}");
            }
            if name == "href" {
                let beside = value.ends_with(".html") && !value.contains(':') && !value.starts_with('/');
                let here = value.strip_prefix('#').is_some_and(|id| known.contains(id));
                assert!(element.name == "a" && (here || beside), "{element:?}");
            }
            if ["aria-labelledby", "for", "aria-controls"].contains(&name.as_str()) {
                value.split(' ').for_each(|id| assert!(known.contains(id), "{id}"));
            }
        }
    }
    let data = page.iter().find(|element| element.get("id") == "data").unwrap();
    let data: serde_json::Value = serde_json::from_str(&data.text).unwrap();
    for finding in data["findings"].as_array().into_iter().flatten() {
        assert!(
            known.contains(finding["id"].as_str().unwrap())
                && known.contains(finding["file"].as_str().unwrap())
        );
    }
}
