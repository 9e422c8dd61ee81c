//! Secrets that change while the server runs: those in files are read again and again, and used as they are now.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use actix_web::web::Data;
use sea_orm::sqlx;

use crate::{
    background::Background,
    config::{Config, ConfigError, DatabaseUrl},
    state::AppState,
};

/// How often the files are read: they are few, small, and in memory.
const PAUSE: Duration = Duration::from_millis(500);

/// What a file says now cannot be used. The server goes on with what it said before.
#[derive(Debug, thiserror::Error)]
enum SecretError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("DATABASE_URL_FILE names {0} now: only a new start changes the engine")]
    OtherEngine(DatabaseUrl),
    #[error("the new DATABASE_URL cannot be used: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the new login of Redis cannot be used: {0}")]
    Redis(#[from] fred::error::Error),
    #[error("JWT_SECRET_FILE is empty")]
    NoJwtSecret,
}

/// Watches the files that secrets are in, if there are any.
pub(crate) fn start(background: &mut Background, state: &Data<AppState>) {
    if !state.config.has_files() {
        return;
    }
    let (state, known) = (state.clone(), Arc::new(Mutex::new(state.config.clone())));
    background.repeat("secrets", PAUSE, Arc::default(), move |_| {
        let changed = use_what_changed(&state, &mut known.lock().unwrap_or_else(PoisonError::into_inner));
        async move { changed }
    });
}

fn use_what_changed(state: &AppState, known: &mut Config) -> Result<(), SecretError> {
    let now = known.read_again()?;
    if now.database.url != known.database.url {
        match (&now.database.url, &known.database.url) {
            (DatabaseUrl::Postgres(url), DatabaseUrl::Postgres(_)) => state.db.connect_next_with(url)?,
            (other, _) => return Err(SecretError::OtherEngine(other.clone())),
        }
        tracing::info!(database = %now.database.url, "from now on connecting as DATABASE_URL_FILE says");
        known.database = now.database;
    }
    if now.redis != known.redis {
        if let (Some(redis), Some(login)) = (&state.redis, &now.redis) {
            redis.connect_next_with(login)?;
            tracing::info!("from now on connecting to Redis with its new login");
        }
        known.redis = now.redis;
    }
    if now.auth != known.auth {
        if !now.auth.is_given() {
            return Err(SecretError::NoJwtSecret);
        }
        state.access.change_keys(&now.auth)?;
        tracing::info!("from now on signing with what JWT_SECRET_FILE says");
        known.auth = now.auth;
    }
    Ok(())
}
