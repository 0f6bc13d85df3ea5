//! `approved/A04.toml`.

use super::fields::{Fields, PackFile};
use super::load::Named;
use super::model::{Approved, Part, Variant, When};
use super::samples::{bilingual, channel_named, examples, patterns};
use crate::diagnostic::Message;
use crate::transcript::Channel;

/// Characters in which the parts of a variant must stand, where it does not say.
const WITHIN: u32 = 40;

pub(super) fn approved(file: &PackFile<'_>, named: &Named<'_>) -> Approved {
    let table = file.parse();
    let fields = Fields::root(file, &table);
    let (hits, passes) = examples(&fields);
    let phone = fields.table("phone");
    let rule = Approved {
        id: fields.required("id").text,
        item: u8::try_from(fields.whole("item")).unwrap_or(0),
        text: fields.required("text").text,
        title: bilingual(&fields, "title", "title_en"),
        why: bilingual(&fields, "why", "why_en"),
        stage: fields.required("stage").text,
        when: when(&fields, named),
        channels: channels(&fields),
        phone_parts: phone
            .as_ref()
            .map(|p| p.strings("parts").into_iter().map(|t| t.text).collect())
            .unwrap_or_default(),
        polite: patterns(&fields, "polite", named.words),
        variants: fields.tables("variant").iter().map(|v| variant(v, named)).collect(),
        hits,
        passes,
    };
    if let Some(phone) = phone {
        phone.finish();
    }
    if rule.variants.iter().all(|v| v.parts.is_empty()) {
        file.slip(0..1, &Message::new("pack.no-patterns"));
    }
    fields.finish();
    rule
}

fn variant(fields: &Fields<'_, '_>, named: &Named<'_>) -> Variant {
    let parts = fields.tables("parts").iter().map(|part| key_part(part, named)).collect();
    let variant = Variant {
        text: fields.required("text").text,
        within: fields.number("within").map_or(WITHIN, |n| n.max(1.0) as u32),
        parts,
    };
    fields.finish();
    variant
}

fn key_part(fields: &Fields<'_, '_>, named: &Named<'_>) -> Part {
    let part = Part {
        name: bilingual(fields, "name", "name_en"),
        say: patterns(fields, "say", named.words),
        weight: fields.number("weight").unwrap_or(1.0).max(0.0),
        must: fields.flag("must").unwrap_or(false),
    };
    fields.finish();
    part
}

fn when(fields: &Fields<'_, '_>, named: &Named<'_>) -> When {
    if !fields.has("when") {
        let _ = fields.required("when");
    }
    let list = fields.strings("when");
    match list.as_slice() {
        [one] if one.text == "expected" => When::Expected,
        _ => When::Called(list.iter().filter_map(|t| named.situation(fields, t)).collect()),
    }
}

fn channels(fields: &Fields<'_, '_>) -> Vec<Channel> {
    let list: Vec<Channel> =
        fields.strings("channels").iter().filter_map(|t| channel_named(fields, t)).collect();
    if list.is_empty() { vec![Channel::Visit, Channel::Phone] } else { list }
}
