//! Where what pods share is kept, if anywhere.

use std::fmt;

use url::Url;

use super::{ConfigError, Environment, Variable};

const REDIS_URL: Variable = Variable::secret(
    "REDIS_URL",
    "none",
    "`redis://[:password@]host:6379/0`, `rediss://` for TLS. Unset, the shop runs without Redis.",
);
const REDIS_HOST: Variable = Variable::open("REDIS_HOST", "none", "The host, where no `REDIS_URL` is given.");
const REDIS_PORT: Variable = Variable::open("REDIS_PORT", "`6379`", "The port, with `REDIS_HOST`.");
const REDIS_PASSWORD: Variable =
    Variable::secret("REDIS_PASSWORD", "none", "The password, with `REDIS_HOST`.");
const REDIS_TLS_ENABLED: Variable =
    Variable::open("REDIS_TLS_ENABLED", "`false`", "Whether to speak TLS, with `REDIS_HOST`.");
const REDIS_KEY_PREFIX: Variable = Variable::open(
    "REDIS_KEY_PREFIX",
    "`bottega:`",
    "What every key begins with, so that shops can share a Redis.",
);

pub(super) const VARIABLES: &[Variable] =
    &[REDIS_URL, REDIS_HOST, REDIS_PORT, REDIS_PASSWORD, REDIS_TLS_ENABLED, REDIS_KEY_PREFIX];

/// Where Redis is. Prints without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct RedisConfig {
    pub url: Url,
    pub key_prefix: String,
}

impl fmt::Debug for RedisConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redis at {}", self.place())
    }
}

impl RedisConfig {
    pub(super) fn read(environment: &Environment) -> Result<Option<Self>, ConfigError> {
        let url = match environment.text(&REDIS_URL)? {
            Some(text) => Some(Self::parse(text.trim(), &REDIS_URL)?),
            None => Self::from_parts(environment)?,
        };
        let key_prefix = environment.text(&REDIS_KEY_PREFIX)?.unwrap_or_else(|| "bottega:".into());
        Ok(url.map(|url| Self { url, key_prefix }))
    }

    /// Host and port, for logs.
    pub fn place(&self) -> String {
        format!("{}:{}", self.url.host_str().unwrap_or_default(), self.url.port().unwrap_or(6379))
    }

    fn parse(text: &str, blamed: &Variable) -> Result<Url, ConfigError> {
        match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "redis" | "rediss") && url.has_host() => Ok(url),
            _ => Err(blamed.refuse("must look like redis://:password@host:6379/0")),
        }
    }

    fn from_parts(environment: &Environment) -> Result<Option<Url>, ConfigError> {
        let Some(host) = environment.text(&REDIS_HOST)? else {
            return Ok(None);
        };
        let scheme = if environment.flag(&REDIS_TLS_ENABLED, false)? { "rediss" } else { "redis" };
        let port = environment.number(&REDIS_PORT, 1, u16::MAX, 6_379)?;
        let mut url = Self::parse(&format!("{scheme}://{}:{port}", host.trim()), &REDIS_HOST)?;
        if let Some(password) = environment.text(&REDIS_PASSWORD)? {
            url.set_password(Some(&password))
                .map_err(|()| REDIS_PASSWORD.refuse("cannot be used with this host"))?;
        }
        Ok(Some(url))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_make_the_same_url() {
        let parts = Environment::of([
            ("REDIS_HOST", "cache.internal"),
            ("REDIS_PASSWORD", "a/b@c"),
            ("REDIS_TLS_ENABLED", "true"),
        ]);
        let config = RedisConfig::read(&parts).unwrap().unwrap();
        assert_eq!(config.url.as_str(), "rediss://:a%2Fb%40c@cache.internal:6379");
        assert_eq!(format!("{config:?}"), "Redis at cache.internal:6379");
    }

    #[test]
    fn without_any_of_them_there_is_no_redis() {
        assert_eq!(RedisConfig::read(&Environment::default()).unwrap(), None);
        assert!(RedisConfig::read(&Environment::of([("REDIS_URL", "http://x")])).is_err());
    }
}
