//! Reading an answer. `serde_json` takes its text apart; what the contract makes of it is read from that tree by a reader
//! that says no more than whether it fits: why it does not, nobody is told, and wording that for every field of every
//! type would be a large part of the program.

use std::fmt;

use serde::{
    Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor,
        value::{BorrowedStrDeserializer, StrDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_json::{Map, Value};

/// Takes a text apart.
pub(super) fn tree(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// What a tree says, if it says what is expected. What is not asked for is skipped.
pub(super) fn read<T: DeserializeOwned>(tree: &Value) -> Option<T> {
    T::deserialize(Reader(tree)).ok()
}

/// It is not what was expected.
#[derive(Debug)]
struct Unfit;

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not what was expected")
    }
}

impl std::error::Error for Unfit {}

impl serde::de::Error for Unfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// One value of the tree.
#[derive(Clone, Copy)]
struct Reader<'de>(&'de Value);

/// Reads one kind of value as what it is, and nothing else as that.
macro_rules! read_as {
    ($($method:ident => $value:ident . $visit:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
            visitor.$visit(self.0.$value().ok_or(Unfit)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Unfit;

    read_as! {
        deserialize_bool => as_bool.visit_bool;
        deserialize_u8 => as_u64.visit_u64;
        deserialize_u16 => as_u64.visit_u64;
        deserialize_u32 => as_u64.visit_u64;
        deserialize_u64 => as_u64.visit_u64;
        deserialize_i8 => as_i64.visit_i64;
        deserialize_i16 => as_i64.visit_i64;
        deserialize_i32 => as_i64.visit_i64;
        deserialize_i64 => as_i64.visit_i64;
        deserialize_f32 => as_f64.visit_f64;
        deserialize_f64 => as_f64.visit_f64;
        deserialize_str => as_str.visit_borrowed_str;
        deserialize_string => as_str.visit_borrowed_str;
        deserialize_identifier => as_str.visit_borrowed_str;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(whole), ..) => visitor.visit_u64(whole),
                (_, Some(negative), _) => visitor.visit_i64(negative),
                (_, _, broken) => visitor.visit_f64(broken.ok_or(Unfit)?),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(Items(items.iter())),
            Value::Object(fields) => visitor.visit_map(Fields::of(fields)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        if self.0.is_null() { visitor.visit_unit() } else { Err(Unfit) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_seq(Items(self.0.as_array().ok_or(Unfit)?.iter()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_map(Fields::of(self.0.as_object().ok_or(Unfit)?))
    }

    /// Never from a list of its fields' values.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        self.deserialize_map(visitor)
    }

    /// The contract's enums are words.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        visitor.visit_enum(StrDeserializer::new(self.0.as_str().ok_or(Unfit)?))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i128 u128 char bytes byte_buf unit_struct tuple tuple_struct }
}

/// What is left of a list.
struct Items<'de>(std::slice::Iter<'de, Value>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Unfit;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Unfit> {
        self.0.next().map(|item| seed.deserialize(Reader(item))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// What is left of an object.
struct Fields<'de> {
    left: serde_json::map::Iter<'de>,
    /// Belongs to the name that was read last.
    value: Option<&'de Value>,
}

impl<'de> Fields<'de> {
    fn of(fields: &'de Map<String, Value>) -> Self {
        Self { left: fields.iter(), value: None }
    }
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Unfit;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Unfit> {
        let Some((name, value)) = self.left.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Unfit> {
        seed.deserialize(Reader(self.value.take().ok_or(Unfit)?))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use openapi::{Data, Problem, accounts::Address, catalog::ProductDetail, search::SearchPage};
    use serde::Deserialize;
    use serde_json::json;

    use super::*;
    use crate::domain::samples;

    fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
        super::read(&tree(text)?)
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Everything {
        is_so: bool,
        small: u8,
        count: u64,
        below: i32,
        share: f64,
        text: String,
        perhaps: Option<String>,
        many: Vec<Option<u16>>,
        named: BTreeMap<String, Word>,
        wrapped: Wrapped,
        whatever: Value,
        #[serde(flatten)]
        rest: BTreeMap<String, Value>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "UPPERCASE")]
    enum Word {
        Yes,
        Perhaps,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Wrapped(i64);

    fn everything() -> Value {
        json!({
            "isSo": true, "small": 200, "count": u64::MAX, "below": -7, "share": 0.25, "text": "è \"così\"\n",
            "perhaps": null, "many": [1, null, 3], "named": {"a": "YES", "b": "PERHAPS"}, "wrapped": -1,
            "whatever": {"deep": [1, -1, 0.5, "x", null, true]}, "more": {"left": "over"},
        })
    }

    #[test]
    fn it_reads_what_serde_json_reads() {
        let text = everything().to_string();
        let expected: Everything = serde_json::from_str(&text).unwrap();
        assert_eq!(read::<Everything>(&text), Some(expected));
        assert_eq!(read::<()>("null"), Some(()));
    }

    #[test]
    fn it_reads_the_contract() {
        let product = json!({ "data": serde_json::to_value(samples::product()).unwrap() }).to_string();
        let expected: Data<ProductDetail> = serde_json::from_str(&product).unwrap();
        assert_eq!(read(&product), Some(expected));
    }

    #[test]
    fn what_does_not_fit_is_refused_and_what_nobody_asked_for_is_not() {
        let wrong = [
            ("isSo", json!("true")),
            ("small", json!(256)),
            ("count", json!(-1)),
            ("below", json!(1.5)),
            ("text", json!(null)),
            ("many", json!({})),
            ("named", json!({"a": "NO"})),
            ("named", json!([])),
            ("wrapped", json!("1")),
        ];
        for (field, value) in wrong {
            let mut changed = everything();
            changed[field] = value;
            assert_eq!(read::<Everything>(&changed.to_string()), None, "{changed}");
        }
        let mut missing = everything();
        missing.as_object_mut().unwrap().remove("text");
        assert_eq!(read::<Everything>(&missing.to_string()), None);
        assert_eq!(read::<Everything>("{"), None);
        assert_eq!(
            read::<Data<Vec<Address>>>(r#"{"data": [], "novel": 1}"#),
            Some(Data { data: Vec::new() })
        );
        assert_eq!(read::<SearchPage>("[]"), None);
        assert_eq!(read::<Problem>("{}"), None);
        assert_eq!(read::<()>("1"), None);
    }
}
