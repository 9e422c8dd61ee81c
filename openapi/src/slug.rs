//! The part of a page's address that names a product or a category.

use crate::{bounded::text_type, text::TextError};

/// Lower case letters, digits and single hyphens; never looks like a UUID, so that
/// `/products/{idOrSlugOrSku}` is never ambiguous.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

text_type!(Slug);

impl Slug {
    /// The longest slug, in characters.
    pub const MAX_LENGTH: usize = 120;
}

/// Whether a text is written like a slug. It may still look like a UUID, and then it names nothing.
pub(crate) fn check_spelling(text: &str) -> Result<(), TextError> {
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    if text.len() > Slug::MAX_LENGTH {
        return Err(TextError::TooLong { max: Slug::MAX_LENGTH });
    }
    let is_plain =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if !text.split('-').all(is_plain) {
        return Err(TextError::Malformed(
            "must be lower case letters and digits, in words joined by single hyphens",
        ));
    }
    Ok(())
}

impl TryFrom<&str> for Slug {
    type Error = TextError;

    fn try_from(text: &str) -> Result<Self, TextError> {
        check_spelling(text)?;
        if uuid::Uuid::try_parse(text).is_ok() {
            return Err(TextError::Malformed("must not look like a UUID"));
        }
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_words_pass() {
        for good in ["books", "mens-clothing", "macbook-pro-16-m3-max", "0", "2025"] {
            assert_eq!(Slug::try_from(good).unwrap().as_str(), good);
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let uuid = "01890a5d-ac96-774b-bcce-b302099a8057";
        let uuid_without_hyphens = "01890a5dac96774bbcceb302099a8057";
        let long = "a".repeat(Slug::MAX_LENGTH + 1);
        for bad in
            ["", "-a", "a-", "a--b", "Books", "é", "a b", "a_b", "a/b", uuid, uuid_without_hyphens, &long]
        {
            assert!(Slug::try_from(bad).is_err(), "{bad:?} passed");
        }
        assert!(Slug::try_from("a".repeat(Slug::MAX_LENGTH)).is_ok());
    }

    proptest! {
        #[test]
        fn a_slug_needs_no_escaping_in_a_url(text in "\\PC{0,30}") {
            if let Ok(slug) = Slug::try_from(text.as_str()) {
                prop_assert!(slug.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
            }
        }
    }
}
