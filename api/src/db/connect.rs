//! Connecting, with every way in which that fails told in one sentence.

use std::{path::Path, time::Duration};

use sea_orm::{ConnectOptions, Database as SeaOrm, DatabaseConnection, DbErr};
use url::Url;

use super::{Database, statements};
use crate::config::{DatabaseConfig, DatabaseUrl};

/// The database cannot be used. Says where it was looked for and what to do, never the password.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    #[error(
        "The folder {folder} for the database cannot be made ({why}): choose another place with DATABASE_URL."
    )]
    Folder { folder: String, why: std::io::Error },
    #[error("{place} cannot be opened ({why}): check DATABASE_URL, and that it may be read and written.")]
    Sqlite { place: String, why: String },
    #[error("{place} does not answer ({why}): check DATABASE_URL, and that the server is up.")]
    Postgres { place: String, why: String },
    #[error("The database cannot be migrated ({0}).")]
    Migration(DbErr),
    #[error("The database lacks {pending} of this version's migrations: run `bottega migrate up` first.")]
    MigrationsPending { pending: usize },
}

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a request waits for a free connection before it is told that the database is busy.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// A connection unused for this long is asked for a sign of life before it is used.
const TEST_AFTER_IDLE: Duration = Duration::from_secs(15);

impl Database {
    /// Connects to the configured database, making the file where SQLite has none yet.
    pub async fn connect(config: &DatabaseConfig) -> Result<Self, ConnectError> {
        match &config.url {
            DatabaseUrl::Sqlite(file) => Self::open_sqlite(file, config).await,
            DatabaseUrl::Postgres(url) => Self::open_postgres(url, config).await,
        }
    }

    async fn open_sqlite(file: &Path, config: &DatabaseConfig) -> Result<Self, ConnectError> {
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .map_err(|why| ConnectError::Folder { folder: folder.display().to_string(), why })?;
        }
        let open = |connections: u32| {
            let options = pool_options(&format!("sqlite:{}", file.display()), connections, |options| {
                options.map_sqlx_sqlite_opts(|sqlite| {
                    sqlite
                        .create_if_missing(true)
                        .foreign_keys(true)
                        .busy_timeout(Duration::from_secs(10))
                        .pragma("journal_mode", "WAL")
                        .pragma("synchronous", "NORMAL")
                        .pragma("cache_size", "-8192")
                        .pragma("temp_store", "MEMORY")
                });
            });
            async move {
                observed(options).await.map_err(|error| ConnectError::Sqlite {
                    place: config.url.to_string(),
                    why: reason(&error),
                })
            }
        };
        // The writer first: it makes the file and turns the write-ahead log on.
        let writer = open(1).await?;
        let reader = open(config.max_connections).await?;
        Ok(Self { reader, writer })
    }

    async fn open_postgres(url: &Url, config: &DatabaseConfig) -> Result<Self, ConnectError> {
        let options = pool_options(url.as_str(), config.max_connections, |options| {
            options.set_application_name("bottega");
        });
        let pool = observed(options)
            .await
            .map_err(|error| ConnectError::Postgres { place: config.url.to_string(), why: reason(&error) })?;
        Ok(Self { reader: pool.clone(), writer: pool })
    }
}

fn pool_options(url: &str, connections: u32, adjust: impl FnOnce(&mut ConnectOptions)) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .connect_timeout(CONNECT_TIMEOUT)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .test_before_acquire_if_idle_for(TEST_AFTER_IDLE)
        .sqlx_logging(false);
    adjust(&mut options);
    options
}

/// A pool whose every statement is counted for the request it belongs to.
async fn observed(options: ConnectOptions) -> Result<DatabaseConnection, DbErr> {
    let mut connection = SeaOrm::connect(options).await?;
    connection.set_metric_callback(statements::record);
    Ok(connection)
}

/// The innermost reason, without the layers of libraries it came through.
fn reason(error: &DbErr) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
