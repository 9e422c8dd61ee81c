//! The stock keeping unit: what the warehouse calls a variant.

use crate::{bounded::text_type, text::TextError};

/// Upper case letters, digits and `-`, `_`, `.`; typed in any case, kept in upper case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sku(String);

text_type!(Sku);

impl Sku {
    /// The longest SKU, in characters.
    pub const MAX_LENGTH: usize = 64;
}

impl TryFrom<&str> for Sku {
    type Error = TextError;

    fn try_from(text: &str) -> Result<Self, TextError> {
        if text.is_empty() {
            return Err(TextError::Empty);
        }
        if text.len() > Self::MAX_LENGTH {
            return Err(TextError::TooLong { max: Self::MAX_LENGTH });
        }
        if !text.starts_with(|c: char| c.is_ascii_alphanumeric())
            || !text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        {
            return Err(TextError::Malformed(
                "must be letters, digits, hyphens, underscores and dots, starting with a letter or digit",
            ));
        }
        Ok(Self(text.to_ascii_uppercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sku_is_kept_in_upper_case() {
        assert_eq!(Sku::try_from("iphone-15-pro").unwrap().as_str(), "IPHONE-15-PRO");
    }

    #[test]
    fn anything_else_is_refused() {
        let long = "A".repeat(Sku::MAX_LENGTH + 1);
        for bad in ["", " A", "A ", "-A", "A B", "A/B", "É", "A\0", &long] {
            assert!(Sku::try_from(bad).is_err(), "{bad:?} passed");
        }
    }

    proptest! {
        #[test]
        fn reading_what_was_written_changes_nothing(text in "[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}") {
            let sku = Sku::try_from(text.as_str()).unwrap();
            prop_assert_eq!(Sku::try_from(sku.as_str()).unwrap(), sku);
        }
    }
}
