//! Fields of a PATCH that can be cleared: left out (`None`), null (`Some(None)`), or a value.

use serde::{Deserialize, Deserializer};

/// For `#[serde(default, deserialize_with = "given")]`: what stands there was given, be it null.
pub(crate) fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
