//! Tokens nobody was given: what a forger would make, and what only the holder of the key can.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// What the tests' applications sign with.
pub const SECRET: &str = "a secret for tests alone, 0123456789";

/// A token in its parts.
pub struct Parts {
    pub header: Value,
    pub claims: Value,
}

impl Parts {
    pub fn of(token: &str) -> Self {
        let mut parts = token.split('.').map(|part| BASE64_URL_SAFE_NO_PAD.decode(part).unwrap());
        let mut next = || serde_json::from_slice(&parts.next().unwrap()).unwrap();
        Self { header: next(), claims: next() }
    }

    /// Signs it with this key, whatever its header says.
    pub fn sign(&self, key: &str) -> String {
        let text = self.unsigned();
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
        mac.update(text.as_bytes());
        format!("{text}.{}", BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    /// Without its signature, and without the dot before it.
    pub fn unsigned(&self) -> String {
        let encode = |part: &Value| BASE64_URL_SAFE_NO_PAD.encode(part.to_string());
        format!("{}.{}", encode(&self.header), encode(&self.claims))
    }
}

/// The same token with one claim changed, signed as the application would.
pub fn with_claim(token: &str, name: &str, value: impl Into<Value>) -> String {
    let mut parts = Parts::of(token);
    parts.claims[name] = value.into();
    parts.sign(SECRET)
}
