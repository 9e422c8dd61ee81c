//! How often one client may ask.

use std::fmt;

use sha2::{Digest, Sha256};

use super::{ConfigError, Environment, Variable};

const ENABLE_RATE_LIMITING: Variable =
    Variable::open("ENABLE_RATE_LIMITING", "`true`", "Whether clients that ask too often are answered 429.");
const RATE_LIMIT_PUBLIC_READS: Variable =
    Variable::open("RATE_LIMIT_PUBLIC_READS", "`600`", "Public reads a client may make in a minute.");
const RATE_LIMIT_DEFAULT: Variable = Variable::open(
    "RATE_LIMIT_DEFAULT",
    "`100`",
    "Any other requests under `/api` a client may make in a minute.",
);
const RATE_LIMIT_BYPASS_TOKEN: Variable = Variable::secret(
    "RATE_LIMIT_BYPASS_TOKEN",
    "none",
    "For load tests: requests whose `X-Load-Test-Bypass` is this token pass every limit. At least 32 characters.",
);

pub(super) const VARIABLES: &[Variable] =
    &[ENABLE_RATE_LIMITING, RATE_LIMIT_PUBLIC_READS, RATE_LIMIT_DEFAULT, RATE_LIMIT_BYPASS_TOKEN];

const MIN_TOKEN_LENGTH: usize = 32;

/// How often one client may ask, in a minute.
#[derive(Debug, Clone)]
pub struct LimitsConfig {
    pub enabled: bool,
    pub public_reads: u32,
    pub default: u32,
    pub bypass: Option<BypassToken>,
}

/// What lets load tests past the limits. Only its digest is kept, and it prints as nothing.
#[derive(Clone)]
pub struct BypassToken([u8; 32]);

impl fmt::Debug for BypassToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BypassToken(…)")
    }
}

impl BypassToken {
    fn of(token: &[u8]) -> Self {
        Self(Sha256::digest(token).into())
    }

    /// Whether this is the token. How long that takes says nothing: of digests all bytes are looked at, and nobody
    /// can choose them.
    pub(crate) fn admits(&self, token: &[u8]) -> bool {
        let given = Self::of(token);
        self.0.iter().zip(given.0).fold(0, |differences, (own, other)| differences | (own ^ other)) == 0
    }
}

impl LimitsConfig {
    pub(super) fn read(environment: &Environment) -> Result<Self, ConfigError> {
        Ok(Self {
            enabled: environment.flag(&ENABLE_RATE_LIMITING, true)?,
            public_reads: environment.number(&RATE_LIMIT_PUBLIC_READS, 1, 10_000_000, 600)?,
            default: environment.number(&RATE_LIMIT_DEFAULT, 1, 10_000_000, 100)?,
            bypass: match environment.text(&RATE_LIMIT_BYPASS_TOKEN)? {
                Some(token) if token.trim().chars().count() < MIN_TOKEN_LENGTH => {
                    return Err(RATE_LIMIT_BYPASS_TOKEN.refuse("must be at least 32 random characters"));
                }
                token => token.map(|token| BypassToken::of(token.trim().as_bytes())),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(token: &str) -> Result<LimitsConfig, ConfigError> {
        LimitsConfig::read(&Environment::of([("RATE_LIMIT_BYPASS_TOKEN", token)]))
    }

    #[test]
    fn a_short_bypass_token_is_refused_and_none_is_none() {
        assert!(read("").unwrap().bypass.is_none());
        let refused = read("0123456789012345678901234567890").unwrap_err().to_string();
        assert!(refused.starts_with("RATE_LIMIT_BYPASS_TOKEN ") && !refused.contains("0123"), "{refused}");
    }

    #[test]
    fn a_bypass_token_admits_itself_alone_and_is_not_shown() {
        let token = "k3Jx9-qP2vTz8Lm5Wn7Yb1Rc4Hd6Gf0Sa";
        let bypass = read(token).unwrap().bypass.unwrap();
        assert!(bypass.admits(token.as_bytes()));
        assert!(!bypass.admits(b"") && !bypass.admits(&token.as_bytes()[1..]));
        assert_eq!(format!("{bypass:?}"), "BypassToken(…)");
    }
}
