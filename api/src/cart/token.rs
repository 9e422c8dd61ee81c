//! What a guest's cart is found by: a secret that only the guest holds; a hash of it is kept.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

const LENGTH: usize = 32;

/// The name of a guest's cart. Prints as nothing.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct CartToken([u8; LENGTH]);

impl std::fmt::Debug for CartToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CartToken(…)")
    }
}

impl CartToken {
    pub(super) fn new() -> Result<Self, getrandom::Error> {
        let mut secret = [0; LENGTH];
        getrandom::fill(&mut secret)?;
        Ok(Self(secret))
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        BASE64_URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// What the guest holds.
    pub(super) fn text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What is kept of it.
    pub(super) fn hash(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_as_it_went_and_nothing_else_is_one() {
        let token = CartToken::new().unwrap();
        assert_eq!(CartToken::parse(&token.text()), Some(token.clone()));
        assert_ne!(token.hash(), token.text());
        assert_eq!(format!("{token:?}"), "CartToken(…)");
        for wrong in ["", "abc", "ä", &token.text()[1..], &format!("{}AA", token.text())] {
            assert_eq!(CartToken::parse(wrong), None, "{wrong}");
        }
    }
}
