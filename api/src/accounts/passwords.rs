//! Passwords: hashed with argon2id, a few at a time, off the threads that answer requests.

use std::sync::LazyLock;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier,
    password_hash::phc::{Ident, PasswordHash},
};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use openapi::rules::composed_password;
use tokio::sync::Semaphore;

/// One lower-case password on each line, in order: those with at least eight characters among the most common ones.
const COMMON: &str = include_str!("common-passwords.txt");

/// Why a password could not be hashed or compared.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    #[error("hashing failed: {0}")]
    Hashing(String),
}

/// Hashes passwords, so few at a time that requests in need of none go on being answered, and that memory is bounded:
/// each takes 19 MiB while it lasts.
#[derive(Debug)]
pub(crate) struct Passwords {
    turns: Semaphore,
}

/// How a password compares with what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Comparison {
    pub(crate) matches: bool,
    /// It matches, but today's passwords are hashed harder.
    pub(crate) is_outdated: bool,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { turns: Semaphore::new((cores / 2).max(1)) }
    }
}

impl Passwords {
    /// The hash to keep of a password.
    pub(crate) async fn hash(&self, password: &str) -> Result<String, PasswordError> {
        let password = composed_password(password);
        self.in_turn(move || hash(&password)).await?
    }

    /// Compares a password with the hash kept of one. Without a hash it takes as long, and never matches.
    pub(crate) async fn compare(
        &self,
        password: &str,
        kept: Option<&str>,
    ) -> Result<Comparison, PasswordError> {
        let password = composed_password(password);
        let kept = kept.map(str::to_owned);
        self.in_turn(move || compare(&password, kept.as_deref())).await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let failed = |error: &dyn std::fmt::Display| PasswordError::Hashing(error.to_string());
        let _turn = self.turns.acquire().await.map_err(|error| failed(&error))?;
        tokio::task::spawn_blocking(work).await.map_err(|error| failed(&error))
    }
}

/// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
fn argon2() -> Argon2<'static> {
    static PARAMETERS: LazyLock<Params> =
        LazyLock::new(|| Params::new(19_456, 2, 1, None).unwrap_or_default());
    Argon2::new(Algorithm::Argon2id, argon2::Version::V0x13, PARAMETERS.clone())
}

/// Hashes a password here and now. For command lines and seeds; servers take turns.
pub(crate) fn hash(password: &str) -> Result<String, PasswordError> {
    let hashed = argon2().hash_password(password.as_bytes());
    hashed.map(|hash| hash.to_string()).map_err(|error| PasswordError::Hashing(error.to_string()))
}

fn compare(password: &str, kept: Option<&str>) -> Comparison {
    let kept = kept.and_then(|text| PasswordHash::new(text).ok());
    let is_real = kept.is_some();
    let Some(hash) = kept.or_else(decoy) else {
        return Comparison { matches: false, is_outdated: false };
    };
    let matches = argon2().verify_password(password.as_bytes(), &hash).is_ok() && is_real;
    Comparison { matches, is_outdated: matches && !is_up_to_date(&hash) }
}

/// What the password of an account that does not exist is compared with, so that the answer takes as long. Another one
/// each time: comparing with the same again and again is measurably faster.
fn decoy() -> Option<PasswordHash> {
    let (mut salt, mut output) = ([0; 16], [0; 32]);
    getrandom::fill(&mut salt).ok()?;
    getrandom::fill(&mut output).ok()?;
    let today = argon2();
    let (memory, passes, lanes) = (today.params().m_cost(), today.params().t_cost(), today.params().p_cost());
    let [salt, output] = [&salt[..], &output[..]].map(|bytes| BASE64_STANDARD_NO_PAD.encode(bytes));
    PasswordHash::new(&format!("$argon2id$v=19$m={memory},t={passes},p={lanes}${salt}${output}")).ok()
}

fn is_up_to_date(hash: &PasswordHash) -> bool {
    let today = argon2();
    let wanted = today.params();
    Ident::new("argon2id").is_ok_and(|wanted| hash.algorithm == wanted)
        && Params::try_from(hash).is_ok_and(|kept| {
            (kept.m_cost(), kept.t_cost(), kept.p_cost())
                == (wanted.m_cost(), wanted.t_cost(), wanted.p_cost())
        })
}

/// Whether this is among the passwords that are tried first.
pub(crate) fn is_common(password: &str) -> bool {
    static LIST: LazyLock<Vec<&str>> = LazyLock::new(|| COMMON.lines().collect());
    let password = composed_password(password).to_lowercase();
    LIST.binary_search(&password.as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_matches_its_hash_alone() {
        let kept = hash("pélicans!").unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_eq!(compare("pélicans!", Some(&kept)), Comparison { matches: true, is_outdated: false });
        assert!(!compare("pelicans!", Some(&kept)).matches);
        assert_ne!(hash("pélicans!").unwrap(), kept, "salted");
    }

    #[tokio::test]
    async fn a_password_is_the_same_whatever_keyboard_typed_it() {
        let passwords = Passwords::default();
        let kept = passwords.hash("cafe\u{301} au lait").await.unwrap();
        assert!(passwords.compare("café au lait", Some(&kept)).await.unwrap().matches);
    }

    #[test]
    fn the_decoy_takes_as_much_work_and_never_matches() {
        let decoy = decoy().unwrap();
        assert!(is_up_to_date(&decoy));
        assert_eq!(decoy.to_string().len(), hash("two pelicans").unwrap().len());
        assert!(!compare("anything", None).matches);
        assert!(!compare("anything", Some("!")).matches, "an erased account's");
    }

    #[test]
    fn hashes_of_less_work_are_outdated() {
        let weak =
            Argon2::new(Algorithm::Argon2id, argon2::Version::V0x13, Params::new(8_192, 1, 1, None).unwrap());
        let kept = weak.hash_password(b"two pelicans").unwrap().to_string();
        assert_eq!(compare("two pelicans", Some(&kept)), Comparison { matches: true, is_outdated: true });
        assert!(!compare("one pelican", Some(&kept)).is_outdated);
    }

    #[test]
    fn the_most_common_passwords_are_refused_in_any_case() {
        let listed: Vec<_> = COMMON.lines().collect();
        assert!(listed.len() > 10_000 && listed.is_sorted(), "{}", listed.len());
        assert!(listed.iter().all(|password| password.len() >= 8 && *password == password.to_lowercase()));
        for common in ["password123", "12345678", "QwertyUiop", "Password1", "iloveyou1"] {
            assert!(is_common(common), "{common}");
        }
        assert!(!is_common("a kettle full of pelicans"));
    }
}
