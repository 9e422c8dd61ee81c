//! Secrets that change while the server runs: those in files are read again and again, and used as they are now.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use actix_web::web::Data;
use sea_orm::sqlx;

use crate::{
    background::Background,
    config::{AuthConfig, Config, ConfigError, DatabaseUrl, RedisConfig},
    state::AppState,
};

/// How often the files are read: they are few, small, and in memory.
const PAUSE: Duration = Duration::from_millis(100);

/// What a file says now cannot be used. The server goes on with what it said before.
#[derive(Debug, thiserror::Error)]
enum SecretError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("DATABASE_URL_FILE names {0} now: only a new start changes the engine")]
    OtherEngine(DatabaseUrl),
    #[error("the new DATABASE_URL cannot be used: {0}")]
    Database(#[from] sqlx::Error),
    #[error("REDIS_URL_FILE names another Redis than at the start, or none: only a new start changes it")]
    OtherRedis,
    #[error("the new login of Redis cannot be used: {0}")]
    Redis(#[from] fred::error::Error),
    #[error("JWT_SECRET_FILE is empty")]
    NoJwtSecret,
}

/// Something that is in files: what the server works with, and what was there at the last look.
#[derive(Debug)]
struct Watched<T> {
    used: T,
    seen: T,
}

/// Everything that can change.
#[derive(Debug)]
struct Secrets {
    database: Watched<DatabaseUrl>,
    redis: Watched<Option<RedisConfig>>,
    auth: Watched<AuthConfig>,
}

/// Watches the files that secrets are in, if there are any.
pub(crate) fn start(background: &mut Background, state: &Data<AppState>) {
    if !state.config.has_files() {
        return;
    }
    let (state, secrets) = (state.clone(), Arc::new(Mutex::new(Secrets::of(&state.config))));
    background.repeat("secrets", PAUSE, Arc::default(), move |_| {
        let changed = use_what_changed(&state, &mut secrets.lock().unwrap_or_else(PoisonError::into_inner));
        async move { changed }
    });
}

/// What cannot be used is tried again at the next look, and keeps nothing else from being used.
fn use_what_changed(state: &AppState, secrets: &mut Secrets) -> Result<(), SecretError> {
    let Secrets { database, redis, auth } = secrets;
    [use_database(state, database), use_redis(state, redis), use_auth(state, auth)].into_iter().collect()
}

fn use_database(state: &AppState, watched: &mut Watched<DatabaseUrl>) -> Result<(), SecretError> {
    let Some(now) = watched.news(state.config.database_now()?) else { return Ok(()) };
    match (&now, &watched.used) {
        (DatabaseUrl::Postgres(url), DatabaseUrl::Postgres(_)) => state.db.connect_next_with(url)?,
        _ => return Err(SecretError::OtherEngine(now)),
    }
    tracing::info!(database = %now, "from now on connecting as DATABASE_URL_FILE says");
    watched.used = now;
    Ok(())
}

fn use_redis(state: &AppState, watched: &mut Watched<Option<RedisConfig>>) -> Result<(), SecretError> {
    let Some(now) = watched.news(state.config.redis_now()?) else { return Ok(()) };
    match (&state.redis, &now, &watched.used) {
        (Some(redis), Some(login), Some(used)) if is_same_server(login, used) => {
            redis.connect_next_with(login)?;
        }
        _ => return Err(SecretError::OtherRedis),
    }
    tracing::info!("from now on connecting to Redis with its new login");
    watched.used = now;
    Ok(())
}

fn use_auth(state: &AppState, watched: &mut Watched<AuthConfig>) -> Result<(), SecretError> {
    let Some(now) = watched.news(state.config.auth_now()?) else { return Ok(()) };
    if !now.is_given() {
        return Err(SecretError::NoJwtSecret);
    }
    state.access.change_keys(&now)?;
    tracing::info!("from now on signing with what JWT_SECRET_FILE says");
    watched.used = now;
    Ok(())
}

impl Secrets {
    fn of(config: &Config) -> Self {
        Self {
            database: Watched::of(config.database.url.clone()),
            redis: Watched::of(config.redis.clone()),
            auth: Watched::of(config.auth.clone()),
        }
    }
}

impl<T: Clone + PartialEq> Watched<T> {
    fn of(used: T) -> Self {
        Self { seen: used.clone(), used }
    }

    /// What is not used yet and was there at the last look, too. Before that somebody may be writing: of two files that
    /// belong together one may be new, and of one only half.
    fn news(&mut self, now: T) -> Option<T> {
        let is_settled = now == self.seen;
        self.seen.clone_from(&now);
        (is_settled && now != self.used).then_some(now)
    }
}

/// Whether they differ in their login alone.
fn is_same_server(one: &RedisConfig, other: &RedisConfig) -> bool {
    let server = |config: &RedisConfig| {
        let mut url = config.url.clone();
        // Of a URL with a host both can be taken away.
        let _ = (url.set_username(""), url.set_password(None));
        url
    };
    server(one) == server(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_once_may_be_half_written() {
        let mut watched = Watched::of("old");
        let seen = ["old", "ne", "new", "new", "ol", "old", "old"].map(|now| watched.news(now));
        assert_eq!(seen, [None, None, None, Some("new"), None, None, None]);
        watched.used = "new";
        assert_eq!(watched.news("old"), Some("old"));
    }

    #[test]
    fn another_login_is_no_other_redis() {
        let redis = |url: &str| RedisConfig { url: url.parse().unwrap(), key_prefix: String::new() };
        let is_same = |other: &str| is_same_server(&redis("redis://:one@redis:6379/0"), &redis(other));
        assert!(is_same("redis://:two@redis:6379/0") && is_same("redis://shop:two@redis:6379/0"));
        for other in ["redis://:one@cache:6379/0", "redis://:one@redis:6380/0", "rediss://:one@redis:6379/0"]
        {
            assert!(!is_same(other), "{other}");
        }
    }
}
