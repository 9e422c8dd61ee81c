//! Rules for texts in request bodies, for `#[validate(custom(function = "rules::…"))]`. Each says what it wants, and
//! never what it was given.

use unicode_normalization::UnicodeNormalization;
use validator::ValidationError;

use crate::{
    Email, Quantity, Sku, Slug, country,
    money::MoneyError,
    text::{TextError, clean_line, clean_paragraphs},
};

/// The longest first or last name.
pub const MAX_NAME: usize = 100;
/// The longest line of an address.
pub const MAX_LINE: usize = 200;
/// The longest name of a product.
pub const MAX_TITLE: usize = 200;
/// The longest description of a category or a product.
pub const MAX_DESCRIPTION: usize = 10_000;
/// The longest remark on an order.
pub const MAX_NOTES: usize = 1_000;
/// The longest address of a picture.
const MAX_URL: usize = 2_000;
/// The fewest characters of a password.
pub const MIN_PASSWORD: usize = 8;
/// The most characters of a password: hashing longer ones would be work for nothing.
pub const MAX_PASSWORD: usize = 128;

/// A rule that was broken.
pub(crate) fn refusal(code: &'static str, why: &impl ToString) -> ValidationError {
    ValidationError::new(code).with_message(why.to_string().into())
}

pub(crate) fn line(text: &str, max: usize) -> Result<(), ValidationError> {
    checked(clean_line(text, max))
}

fn checked(cleaned: Result<String, TextError>) -> Result<(), ValidationError> {
    cleaned.map(|_| ()).map_err(|error| {
        let code = match error {
            TextError::Empty | TextError::TooLong { .. } => "length",
            TextError::ControlCharacter => "control",
            TextError::Malformed(_) => "malformed",
        };
        refusal(code, &error)
    })
}

pub(crate) fn quantity(pieces: u32) -> Result<(), ValidationError> {
    Quantity::try_from(pieces).map(|_| ()).map_err(|error| refusal("range", &error))
}

pub(crate) fn email(text: &str) -> Result<(), ValidationError> {
    Email::try_from(text).map(|_| ()).map_err(|error| refusal("email", &error))
}

pub(crate) fn name(text: &str) -> Result<(), ValidationError> {
    line(text, MAX_NAME)
}

pub(crate) fn title(text: &str) -> Result<(), ValidationError> {
    line(text, MAX_TITLE)
}

pub(crate) fn address_line(text: &str) -> Result<(), ValidationError> {
    line(text, MAX_LINE)
}

pub(crate) fn search_words(text: &str) -> Result<(), ValidationError> {
    line(text, MAX_LINE)
}

pub(crate) fn description(text: &str) -> Result<(), ValidationError> {
    checked(clean_paragraphs(text, MAX_DESCRIPTION))
}

pub(crate) fn notes(text: &str) -> Result<(), ValidationError> {
    checked(clean_paragraphs(text, MAX_NOTES))
}

pub(crate) fn slug(text: &str) -> Result<(), ValidationError> {
    Slug::try_from(text).map(|_| ()).map_err(|error| refusal("slug", &error))
}

/// Like [`slug`], but not the name of something else under `/api/catalog/categories`.
pub(crate) fn category_slug(text: &str) -> Result<(), ValidationError> {
    slug(text)?;
    if text == "tree" {
        Err(refusal("reserved", &"must not be tree, which is an address of the API"))
    } else {
        Ok(())
    }
}

pub(crate) fn sku(text: &str) -> Result<(), ValidationError> {
    Sku::try_from(text).map(|_| ()).map_err(|error| refusal("sku", &error))
}

/// Every currency's amounts pass here; how many decimals are too many, the shop's currency decides.
pub(crate) fn amount(text: &str) -> Result<(), ValidationError> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if digits(whole, 9) && digits(fraction, 3) {
        Ok(())
    } else {
        Err(refusal("money", &MoneyError::Malformed))
    }
}

/// An amount that is not nothing.
pub(crate) fn positive_amount(text: &str) -> Result<(), ValidationError> {
    amount(text)?;
    if text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        Ok(())
    } else {
        Err(refusal("zero", &"must be more than 0"))
    }
}

/// Where a picture is: here, or elsewhere but not in the clear.
pub(crate) fn image_url(text: &str) -> Result<(), ValidationError> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:@/?".contains(&byte);
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix('/')).unwrap_or_default();
    let begins_well = !rest.is_empty() && !rest.starts_with(['/', '?']);
    if text.len() <= MAX_URL && begins_well && rest.bytes().all(is_plain) {
        Ok(())
    } else {
        Err(refusal("url", &"must be a path like /pictures/lamp.webp, or an address with https"))
    }
}

/// A password as it is compared: composed, so that it is the same whatever keyboard typed it. Never trimmed.
pub fn composed_password(text: &str) -> String {
    text.nfc().collect()
}

fn password(text: &str, min: usize) -> Result<(), ValidationError> {
    if text.chars().any(char::is_control) {
        return Err(refusal("control", &TextError::ControlCharacter));
    }
    if (min..=MAX_PASSWORD).contains(&composed_password(text).chars().count()) {
        Ok(())
    } else {
        Err(refusal("length", &format!("must be between {min} and {MAX_PASSWORD} characters long")))
    }
}

/// A password somebody chooses.
pub(crate) fn new_password(text: &str) -> Result<(), ValidationError> {
    password(text, MIN_PASSWORD)
}

/// A password somebody claims to have chosen.
pub(crate) fn given_password(text: &str) -> Result<(), ValidationError> {
    password(text, 1)
}

pub(crate) fn link_token(text: &str) -> Result<(), ValidationError> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if (1..=200).contains(&text.len()) && is_plain {
        Ok(())
    } else {
        Err(refusal("token", &"must be the token of a link we sent"))
    }
}

pub(crate) fn country_code(text: &str) -> Result<(), ValidationError> {
    if country::is_country(text) {
        Ok(())
    } else {
        Err(refusal("country", &"must be the two-letter code of a country, like IT"))
    }
}

pub(crate) fn postal_code(text: &str) -> Result<(), ValidationError> {
    line(text, 20)
}

pub(crate) fn phone(text: &str) -> Result<(), ValidationError> {
    let (sign, rest) = text.strip_prefix('+').map_or((0, text), |rest| (1, rest));
    let is_plain = rest.bytes().all(|byte| byte.is_ascii_digit() || b" ()./-".contains(&byte));
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    if is_plain && digits > 0 && (3..=30).contains(&(rest.len() + sign)) {
        Ok(())
    } else {
        Err(refusal("phone", &"must be a telephone number, like +39 06 1234567"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_counted_in_characters_as_they_are_compared() {
        assert!(new_password("пароль42").is_ok());
        assert!(new_password(&"é".repeat(128)).is_ok());
        assert!(new_password(&"e\u{301}".repeat(128)).is_ok(), "composed, these are 128");
        assert!(new_password(&"é".repeat(129)).is_err());
        assert!(new_password("tab\tbed-pan").is_err());
        assert!(new_password("  spaces  ").is_ok());
        assert!(given_password("").is_err());
    }

    #[test]
    fn pictures_are_here_or_elsewhere_with_https() {
        for good in ["/a.svg", "/pictures/lamp%20two.webp?width=200", "https://cdn.example.com/lamp.webp"] {
            assert!(image_url(good).is_ok(), "{good}");
        }
        let long = format!("/{}", "a".repeat(2_000));
        for bad in [
            "",
            "/",
            "//evil.example/a.svg",
            "http://cdn.example.com/a.svg",
            "https://",
            "https:///a",
            "javascript:alert(1)",
            "/a b",
            "/a\"b",
            "/<svg>",
            "a.svg",
            "/?a",
            &long,
        ] {
            assert!(image_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn telephone_numbers_are_written_in_many_ways() {
        for good in ["+39 06 1234567", "(555) 010-0199", "112"] {
            assert!(phone(good).is_ok(), "{good}");
        }
        for bad in ["", "+", "12", "call me", "---", "1+2+3"] {
            assert!(phone(bad).is_err(), "{bad}");
        }
    }
}
