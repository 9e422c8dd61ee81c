//! E-mail addresses: how they are written, and when two of them are the same.

use validator::ValidateEmail;

use crate::{
    bounded::text_type,
    text::{TextError, clean_line},
};

/// An address as its owner typed it. Two addresses are the same when their [`folded`](Self::folded) forms are.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

text_type!(Email);

impl Email {
    /// The longest address a mail server accepts.
    pub const MAX_LENGTH: usize = 254;

    /// The form that is unique: without regard to case.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

impl TryFrom<&str> for Email {
    type Error = TextError;

    fn try_from(text: &str) -> Result<Self, TextError> {
        let text = clean_line(text, Self::MAX_LENGTH)?;
        if text.validate_email() {
            Ok(Self(text))
        } else {
            Err(TextError::Malformed("must be an e-mail address, like name@example.com"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_is_kept_for_display_and_ignored_for_comparison() {
        let email = Email::try_from(" John@Example.COM ").unwrap();
        assert_eq!(email.as_str(), "John@Example.COM");
        assert_eq!(email.folded(), "john@example.com");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@example.com", "a".repeat(250));
        for bad in ["", "john", "john@", "@example.com", "a b@example.com", "a@b@c", "a\0@example.com", &long]
        {
            assert!(Email::try_from(bad).is_err(), "{bad:?} passed");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            let _ = Email::try_from(text.as_str());
        }
    }
}
