//! Refresh tokens: the name of a session, a secret that changes each time it is used, and a seal. Only hashes of them are
//! kept; the seal tells one that was ours once from one that is made up.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::KeyRing;

const SECRET_LENGTH: usize = 16;
const SEAL_LENGTH: usize = 16;
/// What the key that makes seals is derived for.
const SEAL: &str = "refresh seal";

/// A refresh token. Prints as nothing.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct RefreshToken {
    pub(super) session: Uuid,
    secret: [u8; SECRET_LENGTH],
    seal: [u8; SEAL_LENGTH],
}

impl std::fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RefreshToken(…)")
    }
}

impl RefreshToken {
    /// The first token of a session.
    pub(super) fn first(session: Uuid, keys: &KeyRing) -> Result<Self, getrandom::Error> {
        let mut secret = [0; SECRET_LENGTH];
        getrandom::fill(&mut secret)?;
        Ok(Self::sealed(session, secret, keys))
    }

    /// The token that follows this one. Whoever uses one token twice at once is told the same successor twice: two tabs
    /// of a browser, whose answers may come in any order, end up with the same cookie.
    pub(super) fn successor(&self, keys: &KeyRing) -> Self {
        Self::sealed(self.session, beginning(keys.derive("refresh", &self.bytes())), keys)
    }

    /// Whether one of the shop's keys sealed it: if not it was never a token, whatever session it names.
    pub(super) fn is_ours(&self, keys: &KeyRing) -> bool {
        keys.derived(SEAL, &unsealed(self.session, self.secret), &self.seal)
    }

    fn sealed(session: Uuid, secret: [u8; SECRET_LENGTH], keys: &KeyRing) -> Self {
        let seal = beginning(keys.derive(SEAL, &unsealed(session, secret)));
        Self { session, secret, seal }
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
        let (session, rest) = bytes.split_first_chunk()?;
        let (secret, seal) = rest.split_first_chunk()?;
        Some(Self { session: Uuid::from_bytes(*session), secret: *secret, seal: seal.try_into().ok()? })
    }

    fn bytes(&self) -> Vec<u8> {
        [unsealed(self.session, self.secret).as_slice(), &self.seal].concat()
    }
}

fn unsealed(session: Uuid, secret: [u8; SECRET_LENGTH]) -> Vec<u8> {
    [session.as_bytes().as_slice(), &secret].concat()
}

/// As many of these as are wanted.
fn beginning(bytes: [u8; 32]) -> [u8; 16] {
    std::array::from_fn(|index| bytes[index])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Environment, JwtSecret};

    fn secret(text: &str) -> JwtSecret {
        Config::read(&Environment::of([("JWT_SECRET", text)])).unwrap().auth.secret().unwrap()
    }

    fn keys(text: &str) -> KeyRing {
        KeyRing::new(&secret(text), None)
    }

    fn first() -> RefreshToken {
        RefreshToken::first(Uuid::from_u128(7), &keys("one secret")).unwrap()
    }

    #[test]
    fn a_token_comes_back_as_it_went() {
        let token = first();
        assert_eq!(RefreshToken::parse(&token.text()).as_ref(), Some(&token));
        for bad in ["", "garbage", "AAAA", &token.text()[1..], &format!("{}AA", token.text())] {
            assert_eq!(RefreshToken::parse(bad), None, "{bad}");
        }
        assert_eq!(format!("{token:?}"), "RefreshToken(…)");
    }

    #[test]
    fn successors_are_the_same_for_the_same_token_and_unknown_without_the_key() {
        let token = first();
        let next = token.successor(&keys("one secret"));
        assert_eq!(next, token.successor(&keys("one secret")));
        assert_ne!(next, token.successor(&keys("another secret")));
        assert_ne!(next.hash(), token.hash());
        assert_eq!(next.session, token.session);
    }

    #[test]
    fn a_token_that_was_made_up_is_known_by_its_seal() {
        let (ours, rotated) =
            (keys("one secret"), KeyRing::new(&secret("a new secret"), Some(&secret("one secret"))));
        for token in [first(), first().successor(&ours)] {
            assert!(token.is_ours(&ours) && token.is_ours(&rotated));
            assert!(!token.is_ours(&keys("another secret")));
            let of_another_session = RefreshToken { session: Uuid::from_u128(8), ..token.clone() };
            let made_up = RefreshToken { secret: [1; SECRET_LENGTH], ..token };
            assert!(!of_another_session.is_ours(&ours) && !made_up.is_ours(&ours));
        }
    }
}
