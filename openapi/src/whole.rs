//! Whole numbers in requests. `2.0` is one too, as JSON Schema has it.

use std::fmt;

use serde::{
    Deserializer,
    de::{Error, Visitor},
};

/// Reads a whole number. What is out of reach comes as near as it can be, for the field's own rule to refuse.
pub(crate) fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    deserializer.deserialize_any(Whole)
}

struct Whole;

impl Visitor<'_> for Whole {
    type Value = u32;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<u32, E> {
        Ok(u32::try_from(number).unwrap_or(u32::MAX))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<u32, E> {
        Ok(u32::try_from(number.max(0)).unwrap_or(u32::MAX))
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "casts of floats stop at the ends"
    )]
    fn visit_f64<E: Error>(self, number: f64) -> Result<u32, E> {
        if number.fract() == 0.0 {
            Ok(number as u32)
        } else {
            Err(E::custom("a fraction, expected a whole number"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Body {
        #[serde(deserialize_with = "whole")]
        quantity: u32,
    }

    #[test]
    fn two_point_nought_is_two() {
        let read = |text: &str| {
            serde_json::from_str::<Body>(&format!("{{\"quantity\": {text}}}")).map(|body| body.quantity)
        };
        for (text, number) in
            [("2", 2), ("2.0", 2), ("-1", 0), ("-1.0", 0), ("1e30", u32::MAX), ("99999999999", u32::MAX)]
        {
            assert_eq!(read(text).unwrap(), number, "{text}");
        }
        for wrong in ["2.5", "\"2\"", "null", "[]", "true"] {
            assert!(read(wrong).unwrap_err().to_string().contains("expected a whole number"), "{wrong}");
        }
    }
}
