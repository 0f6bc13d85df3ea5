//! JSON inside a JSON string: read once more, with every place led back to the file.

use super::super::cut::{Cut, Part};
use super::scan::Scanner;
use super::{Node, Slip, Text};
use crate::text::Span;

/// What a JSON string holds, where that is JSON again.
#[derive(Debug)]
pub(in crate::read) struct Nested {
    /// The string as it reads.
    text: String,
    /// The same, cut from the text around it.
    outer: Cut,
}

impl Nested {
    /// What `text` holds.
    pub(in crate::read) fn new(text: &Text<'_>) -> Self {
        Nested { text: text.text().into_owned(), outer: text.cut() }
    }

    /// The inner text, into which the spans of [`Nested::node`] point.
    pub(in crate::read) fn text(&self) -> &str {
        &self.text
    }

    /// The value.
    ///
    /// # Errors
    /// Where it is no JSON; the place is one of the text around it.
    pub(in crate::read) fn node(&self) -> Result<Node<'_>, Slip> {
        let mut scanner = Scanner::new(&self.text, 0..self.text.len());
        let node = scanner.value().and_then(|node| scanner.end().map(|()| node));
        node.map_err(|fault| self.slip(Slip::broken(fault)))
    }

    /// The same words, cut from the text around it.
    pub(in crate::read) fn lift(&self, cut: &Cut) -> Cut {
        let mut out = Cut::default();
        for part in cut.parts() {
            match *part {
                Part::Plain(span) => out.append(&self.outer.slice(span.start, span.end)),
                Part::Undone(c, span) => out.undone(c, self.around(span.start, span.end)),
            }
        }
        out
    }

    /// The byte around it at which the inner byte `at` stands.
    pub(in crate::read) fn place(&self, at: u32) -> u32 {
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        if at >= end {
            return self.around(end.saturating_sub(1), end).end;
        }
        self.around(at, at + 1).start
    }

    /// The same slip, seen from around it.
    pub(in crate::read) fn slip(&self, slip: Slip) -> Slip {
        let at = self.place(slip.at);
        Slip { at, ..slip }
    }

    fn around(&self, from: u32, to: u32) -> Span<crate::text::Raw> {
        let cut = self.outer.slice(from, to);
        let spans = cut.parts().iter().map(|part| match part {
            Part::Plain(span) | Part::Undone(_, span) => *span,
        });
        spans.reduce(Span::hull).unwrap_or_else(|| Span::point(self.outer.start().unwrap_or(0)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::whole;
    use super::*;
    use crate::text::SourceText;
    use proptest::prelude::*;

    /// `words` inside `{"w": …}` inside a string, in either hand.
    fn file(words: &str, escape: bool) -> String {
        let inner = serde_json::json!({ "w": words }).to_string();
        if escape {
            let units: String = inner.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            return format!("{{\"data\": \"{units}\"}}");
        }
        serde_json::json!({ "data": inner }).to_string()
    }

    proptest! {
        #[test]
        fn words_of_the_inner_text_are_cut_from_the_file(words in "[a你𠮷\"\\\\\n\u{1}/]{0,9}", escape in any::<bool>()) {
            let source = SourceText::new(file(&words, escape));
            let node = whole(&source).unwrap();
            let nested = Nested::new(node.get("data").unwrap().as_text().unwrap());
            let inner = nested.node().unwrap();
            let cut = inner.get("w").unwrap().as_text().unwrap().cut();
            let lifted = nested.lift(&cut);
            prop_assert_eq!(lifted.text(source.text()), words.as_str());
            for part in lifted.parts() {
                if let Part::Undone(c, span) = part {
                    let once: String = serde_json::from_str(&format!("\"{}\"", source.slice(*span))).unwrap();
                    let twice = serde_json::from_str::<String>(&format!("\"{once}\"")).unwrap_or(once);
                    prop_assert_eq!(twice, c.to_string());
                }
            }
        }
    }

    #[test]
    fn a_fault_inside_is_placed_outside() {
        let source = SourceText::new("{\"data\":\n\"[{\\\"a\\\":好}]\"}".to_owned());
        let node = whole(&source).unwrap();
        let nested = Nested::new(node.get("data").unwrap().as_text().unwrap());
        let error = nested.node().unwrap_err().error(&mut super::super::Places::new(&source));
        assert!(error.to_string().starts_with("2:10: expected {"), "{error}");
        assert_eq!((nested.place(0), nested.place(99)), (10, 23));
    }
}
