//! Access tokens: JSON Web Tokens of one kind, signed with HMAC-SHA256. No other algorithm is known here, so that no
//! token can talk its reader into one.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{config::JwtSecret, mac::mac};

/// How long a token is good.
pub(crate) const LIFETIME: TimeDelta = TimeDelta::minutes(15);
/// A token from a server whose clock is this far ahead is not from the future.
const CLOCK_SKEW: TimeDelta = TimeDelta::seconds(5);
const ISSUER: &str = "bottega";
const AUDIENCE: &str = "bottega-api";
const ALGORITHM: &str = "HS256";
/// Ours are a fifth of this.
const MAX_LENGTH: usize = 2_048;

/// The keys tokens are signed with: the present one, and the one before it while its last tokens run out.
pub(crate) struct KeyRing {
    current: Key,
    previous: Option<Key>,
}

struct Key {
    id: String,
    mac: Hmac<Sha256>,
}

/// What a token is to say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewToken {
    pub(crate) user: Uuid,
    pub(crate) session: Uuid,
    pub(crate) role: &'static str,
    pub(crate) id: Uuid,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    typ: String,
    alg: String,
    kid: String,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: Uuid,
    role: String,
    sid: Uuid,
    jti: Uuid,
    iat: i64,
    nbf: i64,
    exp: i64,
}

/// Whose token it is. What they may do is looked up, not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bearer {
    pub(super) user: Uuid,
    pub(super) session: Uuid,
}

impl Key {
    fn new(secret: &JwtSecret) -> Self {
        let mut digest = Sha256::new();
        digest.update(b"bottega key id\0");
        digest.update(secret.as_bytes());
        let id = digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Self { id, mac: mac(secret.as_bytes()) }
    }

    fn sign(&self, text: &str) -> String {
        let signature = self.mac.clone().chain_update(text).finalize().into_bytes();
        BASE64_URL_SAFE_NO_PAD.encode(signature)
    }

    fn derivation(&self, purpose: &str, bytes: &[u8]) -> Hmac<Sha256> {
        self.mac.clone().chain_update(purpose).chain_update([0]).chain_update(bytes)
    }
}

impl KeyRing {
    pub(crate) fn new(current: &JwtSecret, previous: Option<&JwtSecret>) -> Self {
        Self { current: Key::new(current), previous: previous.map(Key::new) }
    }

    /// Signs a token, and says until when it is good.
    pub(crate) fn issue(&self, token: &NewToken, now: DateTime<Utc>) -> (String, DateTime<Utc>) {
        let expires = now + LIFETIME;
        let header = Header { typ: "JWT".into(), alg: ALGORITHM.into(), kid: self.current.id.clone() };
        let claims = Claims {
            iss: ISSUER.into(),
            aud: AUDIENCE.into(),
            sub: token.user,
            role: token.role.into(),
            sid: token.session,
            jti: token.id,
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: expires.timestamp(),
        };
        let signed = format!("{}.{}", encoded(&header), encoded(&claims));
        let signature = self.current.sign(&signed);
        (format!("{signed}.{signature}"), DateTime::from_timestamp(claims.exp, 0).unwrap_or(expires))
    }

    /// Whose token this is, if it is one of ours and good now.
    pub(super) fn verify(&self, token: &str, now: DateTime<Utc>) -> Option<Bearer> {
        if token.len() > MAX_LENGTH {
            return None;
        }
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header: Header = decoded(header)?;
        if header.alg != ALGORITHM || header.typ != "JWT" {
            return None;
        }
        let key = self.keys().find(|key| key.id == header.kid)?;
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?;
        key.mac.clone().chain_update(signed).verify_slice(&signature).ok()?;

        let claims: Claims = decoded(claims)?;
        let is_ours = claims.iss == ISSUER && claims.aud == AUDIENCE;
        let latest_start = (now + CLOCK_SKEW).timestamp();
        let is_good_now = claims.exp > now.timestamp() && claims.nbf.max(claims.iat) <= latest_start;
        (is_ours && is_good_now).then_some(Bearer { user: claims.sub, session: claims.sid })
    }

    /// Something only this shop's servers can compute of these bytes, for a purpose of its own.
    pub(crate) fn derive(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        self.current.derivation(purpose, bytes).finalize().into_bytes().into()
    }

    /// Whether this begins what one of the keys derives of these bytes.
    pub(crate) fn derived(&self, purpose: &str, bytes: &[u8], beginning: &[u8]) -> bool {
        self.keys().any(|key| key.derivation(purpose, bytes).verify_truncated_left(beginning).is_ok())
    }

    fn keys(&self) -> impl Iterator<Item = &Key> {
        [Some(&self.current), self.previous.as_ref()].into_iter().flatten()
    }
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyRing({})", self.current.id)
    }
}

fn encoded(part: &impl Serialize) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(part).unwrap_or_default())
}

fn decoded<T: for<'de> Deserialize<'de>>(part: &str) -> Option<T> {
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Environment};

    fn secret(text: &str) -> JwtSecret {
        Config::read(&Environment::of([("JWT_SECRET", text)])).unwrap().auth.secret().unwrap()
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_769_860_800, 0).unwrap()
    }

    fn ring() -> KeyRing {
        KeyRing::new(&secret("the present secret of this shop"), None)
    }

    fn issue(ring: &KeyRing) -> String {
        let token = NewToken {
            user: Uuid::from_u128(1),
            session: Uuid::from_u128(2),
            role: "CUSTOMER",
            id: Uuid::from_u128(3),
        };
        ring.issue(&token, now()).0
    }

    /// A token with these parts, signed with the ring's own key.
    fn signed(ring: &KeyRing, header: &serde_json::Value, claims: &serde_json::Value) -> String {
        let text = format!("{}.{}", encoded(header), encoded(claims));
        let signature = ring.current.sign(&text);
        format!("{text}.{signature}")
    }

    fn parts(token: &str) -> [serde_json::Value; 2] {
        let mut parts = token.split('.').map(|part| decoded(part).unwrap_or_default());
        std::array::from_fn(|_| parts.next().unwrap())
    }

    #[test]
    fn a_token_is_good_for_a_quarter_of_an_hour() {
        let ring = ring();
        let token = issue(&ring);
        assert!(ring.verify(&token, now()).is_some());
        assert!(ring.verify(&token, now() + LIFETIME - TimeDelta::seconds(1)).is_some());
        assert!(ring.verify(&token, now() + LIFETIME).is_none());
        assert!(ring.verify(&token, now() - TimeDelta::minutes(1)).is_none(), "not yet");
        assert_eq!(ring.verify(&token, now() - TimeDelta::seconds(3)).unwrap().user, Uuid::from_u128(1));
    }

    #[test]
    fn a_rotated_key_signs_nobody_out() {
        let (old, new) =
            (secret("the former secret of this shop"), secret("the present secret of this shop"));
        let token = issue(&KeyRing::new(&old, None));
        assert!(KeyRing::new(&new, Some(&old)).verify(&token, now()).is_some());
        assert!(KeyRing::new(&new, None).verify(&token, now()).is_none());
    }

    #[test]
    fn forged_and_altered_tokens_are_refused() {
        let ring = ring();
        let token = issue(&ring);
        let [header, claims] = parts(&token);
        assert!(ring.verify(&signed(&ring, &header, &claims), now()).is_some(), "the forger's tools work");

        for (name, value) in [
            ("alg", "none"),
            ("alg", "HS512"),
            ("alg", "RS256"),
            ("alg", "hs256"),
            ("typ", "JWE"),
            ("kid", "000000000000"),
            ("kid", ""),
            ("jku", "https://evil.example/keys"),
        ] {
            let mut forged = header.clone();
            forged[name] = value.into();
            assert!(ring.verify(&signed(&ring, &forged, &claims), now()).is_none(), "{name}={value}");
        }
        for (name, value) in [
            ("iss", "elsewhere".into()),
            ("aud", "another-api".into()),
            ("sub", "not an id".into()),
            ("exp", now().timestamp().into()),
            ("exp", "tomorrow".into()),
            ("nbf", (now().timestamp() + 60).into()),
            ("iat", (now().timestamp() + 60).into()),
            ("aud", serde_json::Value::Null),
        ] {
            let mut forged = claims.clone();
            forged[name] = value;
            assert!(ring.verify(&signed(&ring, &header, &forged), now()).is_none(), "{name}");
        }
        for name in ["iss", "aud", "sub", "sid", "jti", "exp", "nbf", "iat", "role"] {
            let mut forged = claims.clone();
            forged.as_object_mut().unwrap().remove(name);
            assert!(ring.verify(&signed(&ring, &header, &forged), now()).is_none(), "without {name}");
        }
        let unsigned = format!("{}.", token.rsplit_once('.').unwrap().0);
        let short = token.split_at(token.len() - 4).0.to_owned();
        let other = issue(&KeyRing::new(&secret("another shop's secret altogether"), None));
        for bad in
            [unsigned, short, other, format!("{token}a"), "..".into(), String::new(), "a".repeat(10_000)]
        {
            assert!(ring.verify(&bad, now()).is_none(), "{bad}");
        }
    }
}
