//! Fields of a PATCH. What can be cleared is left out (`None`), null (`Some(None)`), or a value; what cannot is left out
//! or a value, and never null.

use serde::{Deserialize, Deserializer};

/// For `#[serde(default, deserialize_with = "given")]`: what stands there was given, be it null.
pub(crate) fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// For `#[serde(default, deserialize_with = "not_null")]`: what stands there is a value.
pub(crate) fn not_null<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
