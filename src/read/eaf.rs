//! ELAN's EAF: a tier for each speaker, times by name.

use super::cut::Cut;
use super::error::ReadError;
use super::lines::offset;
use super::tiers::{Annotation, turns};
use super::xml::{Node, Xml, attribute, local, place, span};
use crate::transcript::Transcript;
use quick_xml::events::BytesStart;
use std::collections::HashMap;

const KIND: &str = "EAF";

/// Whether it is one.
pub(super) fn is(start: &str) -> bool {
    let named = || start.chars().take(4096).collect::<String>().contains("<ANNOTATION_DOCUMENT");
    (start.starts_with("<?xml") || start.starts_with("<ANN")) && named()
}

/// Reads an EAF; `Ok(None)` where nobody says a word.
pub(super) fn read(text: &str) -> Result<Option<Transcript>, ReadError> {
    let mut xml = Xml::new(text, KIND);
    let mut reader = Reader::default();
    loop {
        match xml.next()? {
            Node::Start(start) => reader.start(&start, xml.at()),
            Node::End(name) => reader.end(local(&name)),
            Node::Text(range) => reader.words(|cut| cut.plain(span(&range))),
            Node::Char(c, range) => reader.words(|cut| cut.undone(c, span(&range))),
            Node::Eof => break,
        }
    }
    if reader.tiers.is_empty() {
        return Err(ReadError::Expected { kind: KIND, place: place(text, text.len()), expected: "<TIER>" });
    }
    Ok(reader.finish(text))
}

struct Tier {
    name: String,
    /// Whether it says something about another tier: a translation, a gloss.
    depends: bool,
}

#[derive(Default)]
struct Reader {
    slots: HashMap<String, Option<u64>>,
    tiers: Vec<Tier>,
    /// The annotation that is open: its slots of time.
    open: Option<(Option<String>, Option<String>)>,
    value: Option<Cut>,
    at: usize,
    found: Vec<(Option<String>, Option<String>, Annotation)>,
}

impl Reader {
    fn start(&mut self, start: &BytesStart<'_>, at: usize) {
        let value = |name: &str| attribute(start, name);
        match start.local_name().as_ref() {
            "TIME_SLOT" => {
                let time = value("TIME_VALUE").and_then(|value| value.trim().parse().ok());
                self.slots.extend(value("TIME_SLOT_ID").map(|id| (id, time)));
            }
            "TIER" => {
                let participant = value("PARTICIPANT").filter(|name| !name.trim().is_empty());
                let name = participant.or_else(|| value("TIER_ID")).unwrap_or_default();
                self.tiers.push(Tier { name, depends: value("PARENT_REF").is_some() });
            }
            "ALIGNABLE_ANNOTATION" => self.open = Some((value("TIME_SLOT_REF1"), value("TIME_SLOT_REF2"))),
            "REF_ANNOTATION" => self.open = Some((None, None)),
            "ANNOTATION_VALUE" => (self.value, self.at) = (Some(Cut::default()), at),
            _ => {}
        }
    }

    fn words(&mut self, add: impl FnOnce(&mut Cut)) {
        if let Some(value) = &mut self.value {
            add(value);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "ANNOTATION_VALUE" => {
                let tier = self.tiers.len().saturating_sub(1);
                if let (Some(cut), Some((from, to))) = (self.value.take(), self.open.clone()) {
                    let annotation = Annotation { tier, time: None, cut, at: offset(self.at) };
                    self.found.push((from, to, annotation));
                }
            }
            "ALIGNABLE_ANNOTATION" | "REF_ANNOTATION" => self.open = None,
            _ => {}
        }
    }

    /// Tiers about other tiers are left out, unless no other holds words.
    fn finish(self, text: &str) -> Option<Transcript> {
        let Reader { slots, tiers, mut found, .. } = self;
        let depends = |one: &Annotation| tiers.get(one.tier).is_some_and(|tier| tier.depends);
        if found.iter().any(|(_, _, one)| !depends(one)) {
            found.retain(|(_, _, one)| !depends(one));
        }
        let time = |id: Option<String>| slots.get(&id?).copied().flatten();
        let all = found.into_iter().map(|(from, to, one)| {
            let start = time(from);
            Annotation { time: start.map(|start| (start, time(to).unwrap_or(start))), ..one }
        });
        let names: Vec<String> = tiers.iter().map(|tier| tier.name.clone()).collect();
        turns(text, &names, all.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::oracle::{check, said};
    use super::super::{Format, Input, ReadError, read};

    const EAF: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ANNOTATION_DOCUMENT AUTHOR=\"\" FORMAT=\"3.0\">\n<TIME_ORDER>\
        <TIME_SLOT TIME_SLOT_ID=\"ts1\" TIME_VALUE=\"0\"/><TIME_SLOT TIME_SLOT_ID=\"ts2\" TIME_VALUE=\"1500\"/>\
        <TIME_SLOT TIME_SLOT_ID=\"ts3\" TIME_VALUE=\"2000\"/><TIME_SLOT TIME_SLOT_ID=\"ts4\"/></TIME_ORDER>\n\
        <TIER TIER_ID=\"t1\" PARTICIPANT=\"窗口\"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a1\" TIME_SLOT_REF1=\"ts3\" TIME_SLOT_REF2=\"ts4\">\
        <ANNOTATION_VALUE>您好 &lt;张&#x4e09;&gt;</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>\n\
        <TIER TIER_ID=\"来访人\"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a2\" TIME_SLOT_REF1=\"ts1\" TIME_SLOT_REF2=\"ts2\">\
        <ANNOTATION_VALUE><![CDATA[我来问&补助]]></ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>\n\
        <TIER TIER_ID=\"en\" PARENT_REF=\"t1\"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"a3\" ANNOTATION_REF=\"a1\">\
        <ANNOTATION_VALUE>hello</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>\n</ANNOTATION_DOCUMENT>\n";

    fn error(text: &str) -> ReadError {
        read(&Input { bytes: text.as_bytes(), name: "a.eaf", format: None }).unwrap_err()
    }

    #[test]
    fn tiers_are_put_together_by_time() {
        let document = read(&Input { bytes: EAF.as_bytes(), name: "a.eaf", format: None }).unwrap();
        check(&document);
        assert_eq!(document.format, Format::Eaf);
        let found = said(EAF, "a.eaf");
        assert_eq!(found, [("来访人".into(), "我来问&补助".into()), ("窗口".into(), "您好 <张三>".into())]);
        let clock = document.conversations[0].turns[1].clock().unwrap();
        assert_eq!((clock.start, clock.end), (2_000, 2_000));
    }

    #[test]
    fn what_is_cut_off_or_broken_says_where() {
        let end = EAF.find("我来问").unwrap();
        assert!(matches!(error(&EAF[..end]), ReadError::CutOff { .. }), "{}", error(&EAF[..end]));
        let crossed = EAF.replace("</ANNOTATION_VALUE></ALIGNABLE", "</ALIGNABLE");
        assert!(matches!(error(&crossed), ReadError::Malformed { .. }), "{}", error(&crossed));
        assert!(error("<?xml version=\"1.0\"?>\n<ANNOTATION_DOCUMENT/>").to_string().contains("<TIER>"));
        let deep = EAF.replace("hello", &"<x>".repeat(3000));
        assert!(matches!(error(&deep), ReadError::Malformed { .. }));
    }
}
