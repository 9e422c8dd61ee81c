//! What is shown to Redis at each connection. It may change while the server runs.

use std::{
    fmt,
    sync::{PoisonError, RwLock},
};

use fred::{
    error::Error,
    types::config::{Config, CredentialProvider, Server},
};
use sea_orm_migration::async_trait::async_trait;

use crate::config::RedisConfig;

/// The user, if Redis knows any, and the password.
type Login = (Option<String>, Option<String>);

/// The login of now. Prints as nothing.
pub(super) struct RedisLogin(RwLock<Login>);

impl RedisLogin {
    pub(super) fn of(config: &RedisConfig) -> Result<Self, Error> {
        login(config).map(RwLock::new).map(Self)
    }

    pub(super) fn change(&self, config: &RedisConfig) -> Result<(), Error> {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = login(config)?;
        Ok(())
    }
}

fn login(config: &RedisConfig) -> Result<Login, Error> {
    let Config { username, password, .. } = Config::from_url(config.url.as_str())?;
    Ok((username, password))
}

#[async_trait]
impl CredentialProvider for RedisLogin {
    async fn fetch(&self, _server: Option<&Server>) -> Result<Login, Error> {
        Ok(self.0.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

impl fmt::Debug for RedisLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedisLogin(…)")
    }
}
