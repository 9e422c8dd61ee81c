//! The languages the shop speaks.

use serde::{Deserialize, Serialize};

/// A language the shop speaks, in its pages and its mails.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    En,
    It,
}

impl Locale {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::It];

    /// The code it is written as: `en`, `it`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::It => "it",
        }
    }

    /// The language with this code, whatever country it is spoken in: `it-CH` is Italian.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let language = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|locale| locale.as_str().eq_ignore_ascii_case(language))
    }

    /// The first language of an `Accept-Language` header that the shop speaks. Readers list what they like best first.
    pub fn accepted(header: &str) -> Option<Self> {
        header.split(',').find_map(|entry| Self::of_tag(entry.split(';').next().unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_that_is_spoken_here_is_taken() {
        for (header, locale) in [
            ("it-IT,it;q=0.9,en;q=0.8", Some(Locale::It)),
            ("de, en-GB;q=0.7, it;q=0.3", Some(Locale::En)),
            ("fr", None),
            ("", None),
            ("*", None),
        ] {
            assert_eq!(Locale::accepted(header), locale, "{header}");
        }
    }
}
