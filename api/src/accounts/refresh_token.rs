//! Refresh tokens: the name of a session, and a secret that changes each time it is used. Only hashes of them are kept.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::KeyRing;

const SECRET_LENGTH: usize = 32;

/// A refresh token. Prints as nothing.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct RefreshToken {
    pub(super) session: Uuid,
    secret: [u8; SECRET_LENGTH],
}

impl std::fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RefreshToken(…)")
    }
}

impl RefreshToken {
    /// The first token of a session.
    pub(super) fn first(session: Uuid) -> Result<Self, getrandom::Error> {
        let mut secret = [0; SECRET_LENGTH];
        getrandom::fill(&mut secret)?;
        Ok(Self { session, secret })
    }

    /// The token that follows this one. Whoever uses one token twice at once is told the same successor twice: two tabs
    /// of a browser, whose answers may come in any order, end up with the same cookie.
    pub(super) fn successor(&self, keys: &KeyRing) -> Self {
        Self { session: self.session, secret: keys.derive("refresh", &self.bytes()) }
    }

    /// What is kept of it.
    pub(super) fn hash(&self) -> String {
        Sha256::digest(self.bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What the cookie holds.
    pub(super) fn text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.bytes())
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        let (session, secret) = bytes.split_first_chunk::<16>()?;
        Some(Self { session: Uuid::from_bytes(*session), secret: secret.try_into().ok()? })
    }

    fn bytes(&self) -> Vec<u8> {
        [self.session.as_bytes().as_slice(), &self.secret].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Environment};

    #[test]
    fn a_token_comes_back_as_it_went() {
        let token = RefreshToken::first(Uuid::from_u128(7)).unwrap();
        assert_eq!(RefreshToken::parse(&token.text()).as_ref(), Some(&token));
        for bad in ["", "garbage", "AAAA", &token.text()[1..], &format!("{}AA", token.text())] {
            assert_eq!(RefreshToken::parse(bad), None, "{bad}");
        }
        assert_eq!(format!("{token:?}"), "RefreshToken(…)");
    }

    #[test]
    fn successors_are_the_same_for_the_same_token_and_unknown_without_the_key() {
        let keys = |secret: &str| {
            let config = Config::read(&Environment::of([("JWT_SECRET", secret)])).unwrap();
            KeyRing::new(&config.auth.secret().unwrap(), None)
        };
        let token = RefreshToken::first(Uuid::from_u128(7)).unwrap();
        let next = token.successor(&keys("one secret"));
        assert_eq!(next, token.successor(&keys("one secret")));
        assert_ne!(next, token.successor(&keys("another secret")));
        assert_ne!(next.hash(), token.hash());
        assert_eq!(next.session, token.session);
    }
}
