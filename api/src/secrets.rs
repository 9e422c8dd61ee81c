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
const PAUSE: Duration = Duration::from_millis(250);

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

/// What is in the files, as far as it can change.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Secrets {
    database: DatabaseUrl,
    redis: Option<RedisConfig>,
    auth: AuthConfig,
}

/// What the server works with, and what it has seen last.
#[derive(Debug)]
struct Watch {
    used: Secrets,
    seen: Secrets,
}

/// Watches the files that secrets are in, if there are any.
pub(crate) fn start(background: &mut Background, state: &Data<AppState>) {
    if !state.config.has_files() {
        return;
    }
    let used = Secrets::of(state.config.clone());
    let (state, watch) = (state.clone(), Arc::new(Mutex::new(Watch { seen: used.clone(), used })));
    background.repeat("secrets", PAUSE, Arc::default(), move |_| {
        let changed = use_what_changed(&state, &mut watch.lock().unwrap_or_else(PoisonError::into_inner));
        async move { changed }
    });
}

/// What cannot be used is tried again at the next look, and keeps nothing else from being used.
fn use_what_changed(state: &AppState, watch: &mut Watch) -> Result<(), SecretError> {
    let now = Secrets::of(state.config.read_again()?);
    let Some(now) = watch.settled(now) else { return Ok(()) };
    let used = &mut watch.used;
    [
        use_database(state, &mut used.database, now.database),
        use_redis(state, &mut used.redis, now.redis),
        use_auth(state, &mut used.auth, now.auth),
    ]
    .into_iter()
    .collect()
}

fn use_database(state: &AppState, used: &mut DatabaseUrl, now: DatabaseUrl) -> Result<(), SecretError> {
    if now == *used {
        return Ok(());
    }
    match (&now, &*used) {
        (DatabaseUrl::Postgres(url), DatabaseUrl::Postgres(_)) => state.db.connect_next_with(url)?,
        _ => return Err(SecretError::OtherEngine(now)),
    }
    tracing::info!(database = %now, "from now on connecting as DATABASE_URL_FILE says");
    *used = now;
    Ok(())
}

fn use_redis(
    state: &AppState,
    used: &mut Option<RedisConfig>,
    now: Option<RedisConfig>,
) -> Result<(), SecretError> {
    if now == *used {
        return Ok(());
    }
    match (&state.redis, &now, &*used) {
        (Some(redis), Some(login), Some(used)) if is_same_server(login, used) => {
            redis.connect_next_with(login)?;
        }
        _ => return Err(SecretError::OtherRedis),
    }
    tracing::info!("from now on connecting to Redis with its new login");
    *used = now;
    Ok(())
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

fn use_auth(state: &AppState, used: &mut AuthConfig, now: AuthConfig) -> Result<(), SecretError> {
    if now == *used {
        return Ok(());
    }
    if !now.is_given() {
        return Err(SecretError::NoJwtSecret);
    }
    state.access.change_keys(&now)?;
    tracing::info!("from now on signing with what JWT_SECRET_FILE says");
    *used = now;
    Ok(())
}

impl Secrets {
    fn of(config: Config) -> Self {
        Self { database: config.database.url, redis: config.redis, auth: config.auth }
    }
}

impl Watch {
    /// What was there at the last look, too. Else somebody may be writing: of two files that belong together one may be new,
    /// and of one only half.
    fn settled(&mut self, now: Secrets) -> Option<Secrets> {
        if now == self.seen {
            return Some(now);
        }
        self.seen = now;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Environment;

    fn secrets(jwt: &str, redis: &str) -> Secrets {
        let variables =
            [("DATABASE_URL", "postgres://shop@db/shop"), ("JWT_SECRET", jwt), ("REDIS_URL", redis)];
        Secrets::of(Config::read(&Environment::of(variables)).unwrap())
    }

    #[test]
    fn what_is_seen_once_may_be_half_written() {
        let [old, half, new] =
            ["the first secret", "the se", "the second secret"].map(|jwt| secrets(jwt, "redis://redis"));
        let mut watch = Watch { used: old.clone(), seen: old.clone() };
        assert_eq!(watch.settled(old.clone()), Some(old.clone()));
        assert_eq!(watch.settled(half), None);
        assert_eq!(watch.settled(new.clone()), None);
        assert_eq!(watch.settled(new.clone()), Some(new));
        assert_eq!(watch.settled(old), None);
    }

    #[test]
    fn another_login_is_no_other_redis() {
        let is_same = |other: &str| {
            let [one, other] =
                ["redis://:one@redis:6379/0", other].map(|url| secrets("", url).redis.unwrap());
            is_same_server(&one, &other)
        };
        assert!(is_same("redis://:two@redis:6379/0") && is_same("redis://shop:two@redis:6379/0"));
        for other in ["redis://:one@cache:6379/0", "redis://:one@redis:6380/0", "rediss://:one@redis:6379/0"]
        {
            assert!(!is_same(other), "{other}");
        }
    }
}
