//! The plumbing that `Slug`, `Sku` and `Email` share: a checked text that reads and writes as a plain string; and that of
//! texts in requests that have a type of their own.

use validator::{ValidationError, ValidationErrors};

/// Gives a one-field text type, whose `TryFrom<&str>` holds the rule, everything that follows from it.
/// A macro because these are trait implementations, which no function can provide.
macro_rules! text_type {
    ($name:ident) => {
        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::text::TextError;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::try_from(text.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::text::TextError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::try_from(text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

pub(crate) use text_type;

/// For a type that has one rule and no fields: the rule is broken where the value itself stands.
pub(crate) fn one_rule(kept: Result<(), ValidationError>) -> Result<(), ValidationErrors> {
    kept.map_err(|broken| {
        let mut errors = ValidationErrors::new();
        errors.add("__all__", broken);
        errors
    })
}
