//! Whatever else a shop keeps about a product.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use validator::{Validate, ValidationError, ValidationErrors};

use crate::{bounded::one_rule, rules::refusal, text::TextError};

/// The most fields it has at its top.
const MAX_FIELDS: usize = 50;
/// How deep it goes: its fields are at depth 1.
const MAX_DEPTH: usize = 5;
/// How long it is at most, written as JSON without superfluous blanks.
const MAX_BYTES: usize = 20_000;

/// Whatever else the shop keeps about a product: any JSON of at most 20,000 bytes that is at most 5 levels deep and has no
/// control characters but line breaks and tabs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Metadata(pub Map<String, Value>);

impl Validate for Metadata {
    fn validate(&self) -> Result<(), ValidationErrors> {
        one_rule(check(&self.0))
    }
}

fn check(fields: &Map<String, Value>) -> Result<(), ValidationError> {
    if fields.len() > MAX_FIELDS {
        return Err(refusal("length", &format!("must not have more than {MAX_FIELDS} fields")));
    }
    check_within(fields, 1)?;
    // Counted last: what is deep or has too many fields was refused before it is written out.
    if serde_json::to_string(fields).map_or(usize::MAX, |text| text.len()) > MAX_BYTES {
        return Err(refusal("length", &format!("must not be longer than {MAX_BYTES} bytes")));
    }
    Ok(())
}

fn check_within(fields: &Map<String, Value>, depth: usize) -> Result<(), ValidationError> {
    fields.iter().try_for_each(|(name, value)| {
        check_text(name)?;
        check_value(value, depth)
    })
}

fn check_value(value: &Value, depth: usize) -> Result<(), ValidationError> {
    if depth > MAX_DEPTH {
        return Err(refusal("depth", &format!("must not be more than {MAX_DEPTH} levels deep")));
    }
    match value {
        Value::String(text) => check_text(text),
        Value::Array(items) => items.iter().try_for_each(|item| check_value(item, depth + 1)),
        Value::Object(fields) => check_within(fields, depth + 1),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

fn check_text(text: &str) -> Result<(), ValidationError> {
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(refusal("control", &TextError::ControlCharacter));
    }
    Ok(())
}

#[cfg(feature = "schema")]
mod schema {
    use utoipa::{
        PartialSchema, ToSchema,
        openapi::{
            ObjectBuilder, RefOr, Schema,
            schema::{AdditionalProperties, Type},
        },
    };

    impl PartialSchema for super::Metadata {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new()
                .schema_type(Type::Object)
                .additional_properties(Some(AdditionalProperties::FreeForm(true)))
                .max_properties(Some(super::MAX_FIELDS))
                .description(Some(
                    "Whatever else the shop keeps about it: at most 20,000 bytes, 5 levels deep, without control \
                     characters but line breaks and tabs.",
                ))
                .examples([serde_json::json!({"supplier": "Lumen & Sons", "warranty": {"years": 3}})])
                .into()
        }
    }

    impl ToSchema for super::Metadata {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn is_fine(value: Value) -> bool {
        let Value::Object(fields) = value else { panic!("no object") };
        Metadata(fields).validate().is_ok()
    }

    #[test]
    fn anything_small_flat_and_printable_is_kept() {
        assert!(is_fine(json!({})));
        assert!(is_fine(json!({"a": {"b": {"c": {"d": {"e": "five\nlevels"}}}}, "n": [1, null, true]})));
        assert!(!is_fine(json!({"a": {"b": {"c": {"d": {"e": {"f": 1}}}}}})));
        assert!(!is_fine(json!({"a": [[[[[1]]]]]})));
        assert!(!is_fine(json!({"a": ["\u{0}"]})));
        assert!(!is_fine(json!({"a\u{0}": 1})));
        assert!(is_fine(json!({"a": "x".repeat(19_000)})));
        assert!(!is_fine(json!({"a": "x".repeat(20_000)})));
        let many: Map<String, Value> = (0..51).map(|n| (n.to_string(), Value::Null)).collect();
        assert!(!is_fine(Value::Object(many)));
    }
}
