//! HMAC-SHA256: what signs tokens and requests to AWS, and proves that somebody knows a password.

use hmac::{Hmac, KeyInit};
use sha2::Sha256;

/// One with this key. HMAC takes keys of any length, so that the other case never is.
pub(crate) fn mac(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default()))
}
