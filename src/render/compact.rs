//! Compact JSON into a string, the same bytes as serde_json's with [`super::json`]'s escapes: most strings need none and
//! are copied whole.

use crate::diagnostic::steers;
use serde::{Serialize, ser};
use serde_json::Error;

/// Appends `value` as JSON.
pub(super) fn write(value: &impl Serialize, out: &mut String) -> Result<(), Error> {
    value.serialize(Compact { out })
}

struct Compact<'a> {
    out: &'a mut String,
}

/// An array or an object that is being written.
struct Open<'a> {
    out: &'a mut String,
    begun: bool,
    end: &'static str,
}

impl<'a> Compact<'a> {
    fn open(self, begin: &str, end: &'static str) -> Result<Open<'a>, Error> {
        self.out.push_str(begin);
        Ok(Open { out: self.out, begun: false, end })
    }

    /// The same within `{"variant":…}`.
    fn open_variant(self, variant: &str, begin: char, end: &'static str) -> Result<Open<'a>, Error> {
        self.out.push('{');
        string(variant, self.out)?;
        self.out.push(':');
        self.out.push(begin);
        Ok(Open { out: self.out, begun: false, end })
    }
}

impl Open<'_> {
    fn comma(&mut self) {
        if std::mem::replace(&mut self.begun, true) {
            self.out.push(',');
        }
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.comma();
        value.serialize(Compact { out: self.out })
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Error> {
        self.comma();
        string(name, self.out)?;
        self.out.push(':');
        value.serialize(Compact { out: self.out })
    }

    fn close(self) -> Result<(), Error> {
        self.out.push_str(self.end);
        Ok(())
    }
}

fn string(text: &str, out: &mut String) -> Result<(), Error> {
    if !is_plain(text) {
        out.push_str(&super::json::visible(text)?);
        return Ok(());
    }
    out.push('"');
    out.push_str(text);
    out.push('"');
    Ok(())
}

/// Bytes that are escaped, or that a character which is escaped may begin with.
const ODD: [bool; 256] = {
    let mut odd = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        odd[byte] =
            byte < 0x20 || matches!(byte, 0x22 | 0x5c | 0x7f | 0xc2 | 0xd8 | 0xe1 | 0xe2 | 0xef | 0xf3);
        byte += 1;
    }
    odd
};

/// Whether nothing in `text` is escaped.
fn is_plain(text: &str) -> bool {
    let (mut at, bytes) = (0, text.as_bytes());
    while let Some(found) =
        bytes.get(at..).and_then(|rest| rest.iter().position(|byte| ODD[usize::from(*byte)]))
    {
        at += found;
        match text.get(at..).and_then(|rest| rest.chars().next()) {
            Some(c) if c >= '\u{80}' && !steers(c) => at += c.len_utf8(),
            _ => return false,
        }
    }
    true
}

/// A number, written as serde_json writes it.
fn number(value: impl Serialize, out: &mut String) -> Result<(), Error> {
    let mut digits = [0; 40];
    let mut rest = &mut digits[..];
    serde_json::to_writer(&mut rest, &value)?;
    let len = 40 - rest.len();
    out.push_str(std::str::from_utf8(digits.get(..len).unwrap_or_default()).unwrap_or_default());
    Ok(())
}

macro_rules! numbers {
    ($($name:ident($type:ty);)*) => {$(
        fn $name(self, value: $type) -> Result<(), Error> {
            number(value, self.out)
        }
    )*};
}

impl<'a> ser::Serializer for Compact<'a> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Open<'a>;
    type SerializeTuple = Open<'a>;
    type SerializeTupleStruct = Open<'a>;
    type SerializeTupleVariant = Open<'a>;
    type SerializeMap = Open<'a>;
    type SerializeStruct = Open<'a>;
    type SerializeStructVariant = Open<'a>;

    numbers! {
        serialize_i8(i8); serialize_i16(i16); serialize_i32(i32); serialize_i64(i64); serialize_u8(u8);
        serialize_u16(u16); serialize_u32(u32); serialize_u64(u64); serialize_f32(f32); serialize_f64(f64);
    }

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        string(value.encode_utf8(&mut [0; 4]), self.out)
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        string(value, self.out)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        string(variant, self.out)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let mut open = self.open("{", "}")?;
        open.field(variant, value)?;
        open.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'a>, Error> {
        self.open("[", "]")
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'a>, Error> {
        self.open("[", "]")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Error> {
        self.open("[", "]")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a>, Error> {
        self.open_variant(variant, '[', "]}")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'a>, Error> {
        self.open("{", "}")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Error> {
        self.open("{", "}")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a>, Error> {
        self.open_variant(variant, '{', "}}")
    }
}

macro_rules! elements {
    ($($name:ident: $method:ident;)*) => {$(
        impl ser::$name for Open<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.element(value)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

elements! {
    SerializeSeq: serialize_element;
    SerializeTuple: serialize_element;
    SerializeTupleStruct: serialize_field;
    SerializeTupleVariant: serialize_field;
}

macro_rules! fields {
    ($($name:ident;)*) => {$(
        impl ser::$name for Open<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

fields! {
    SerializeStruct;
    SerializeStructVariant;
}

impl ser::SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.comma();
        let at = self.out.len();
        key.serialize(Compact { out: self.out })?;
        // A key is a string, whatever it is made of.
        if !self.out.get(at..).is_some_and(|key| key.starts_with('"')) {
            self.out.insert(at, '"');
            self.out.push('"');
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.out.push(':');
        value.serialize(Compact { out: self.out })
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::visible;
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[derive(Serialize)]
    enum Kind {
        Unit,
        New(u8),
        Tuple(i64, f64),
        Struct { text: char, none: Option<u8> },
    }

    #[derive(Serialize)]
    struct Whole<'a> {
        text: &'a str,
        kinds: Vec<Kind>,
        numbers: BTreeMap<u32, (f64, f32)>,
        words: BTreeMap<&'a str, bool>,
        empty: (Vec<u8>, BTreeMap<String, u8>, ()),
        big: (u64, i64, f64, f64),
    }

    fn written(value: &impl Serialize) -> String {
        let mut out = String::new();
        write(value, &mut out).unwrap();
        out
    }

    proptest! {
        #[test]
        fn it_is_what_serde_json_writes(
            text in "([ -~好，。“”—\u{0}-\u{1f}\u{7f}\u{80}\u{85}\u{ad}\u{61c}\u{180e}\u{200b}\u{202e}\u{2029}\u{2060}\u{feff}\u{fffa}\u{e0041}é؀ሀﬀ\u{10ffff}]|\\PC){0,20}",
            number in any::<f64>(),
            small in any::<f32>(),
            int in any::<i64>(),
        ) {
            let kinds = vec![
                Kind::Unit,
                Kind::New(7),
                Kind::Tuple(int, number),
                Kind::Struct { text: text.chars().next().unwrap_or('好'), none: None },
            ];
            let whole = Whole {
                text: &text,
                kinds,
                numbers: BTreeMap::from([(3, (number, small)), (40, (0.5, f32::NAN))]),
                words: BTreeMap::from([(text.as_str(), true), ("其他", false)]),
                empty: (Vec::new(), BTreeMap::new(), ()),
                big: (u64::MAX, i64::MIN, f64::MIN_POSITIVE, f64::INFINITY),
            };
            prop_assert_eq!(written(&whole), visible(&whole).unwrap());
        }
    }

    #[test]
    fn every_character_is_escaped_where_it_was() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            assert_eq!(written(&c), visible(&c).unwrap(), "{c:?}");
        }
    }
}
