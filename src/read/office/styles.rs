//! What the styles of a Word document make of a paragraph.

use super::super::markdown::Kind;
use super::super::xml::{Node, Xml, attribute, local};
use std::collections::HashMap;

/// Styles by id.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

#[derive(Debug, Default)]
struct Style {
    kind: Option<Kind>,
    based_on: Option<String>,
}

impl Styles {
    /// Reads `word/styles.xml`. A document reads well without it: what is wrong there is no error.
    pub(super) fn read(text: &str) -> Self {
        let mut xml = Xml::new(text, "docx");
        let (mut out, mut now) = (HashMap::new(), None::<(String, Style)>);
        while let Ok(node) = xml.next() {
            match node {
                Node::Start(start) => {
                    let value = || attribute(&start, "val").unwrap_or_default();
                    match (start.local_name().as_ref(), &mut now) {
                        ("style", _) => {
                            now = attribute(&start, "styleId").map(|id| (id, Style::default()));
                        }
                        ("name", Some((_, style))) => style.kind = style.kind.or(named(&value())),
                        ("outlineLvl", Some((_, style))) => style.kind = style.kind.or(outline(&value())),
                        ("numPr", Some((_, style))) => style.kind = style.kind.or(Some(Kind::Item)),
                        ("basedOn", Some((_, style))) => style.based_on = Some(value()),
                        _ => {}
                    }
                }
                Node::End(name) if local(&name) == "style" => out.extend(now.take()),
                Node::Eof => break,
                _ => {}
            }
        }
        Styles(out)
    }

    /// What the style `id`, or one that it is based on, makes of a paragraph.
    pub(super) fn kind(&self, id: &str) -> Option<Kind> {
        let mut id = id;
        for _ in 0..16 {
            let style = self.0.get(id)?;
            match (&style.kind, &style.based_on) {
                (Some(kind), _) => return Some(*kind),
                (None, Some(base)) => id = base,
                (None, None) => return None,
            }
        }
        None
    }
}

/// By the name that every language of Word keeps: `heading 1`, `Title`, `Quote`.
fn named(name: &str) -> Option<Kind> {
    let lower = name.to_ascii_lowercase();
    if let Some(level) = lower.strip_prefix("heading ").or_else(|| lower.strip_prefix("标题 ")) {
        return level.trim().parse().ok().map(Kind::Heading);
    }
    match lower.as_str() {
        "title" | "subtitle" => Some(Kind::Heading(1)),
        "quote" | "intense quote" => Some(Kind::Quote),
        _ => None,
    }
}

/// Outline levels count from 0; 9 is body text.
pub(super) fn outline(value: &str) -> Option<Kind> {
    value.parse::<u8>().ok().filter(|level| *level < 9).map(|level| Kind::Heading(level + 1))
}
