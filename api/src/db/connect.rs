//! Connecting, with every way in which that fails told in one sentence.

use std::{
    io,
    path::Path,
    time::{Duration, Instant},
};

use sea_orm::{
    ConnectOptions, Database as SeaOrm, DatabaseConnection, DbErr,
    sqlx::{self, ConnectOptions as _, Connection, PgConnection, postgres::PgConnectOptions},
};
use url::Url;

use super::{Database, statements};
use crate::config::{DatabaseConfig, DatabaseUrl};

/// The database cannot be used. Says where it was looked for and what to do, never the password.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    #[error(
        "The folder {folder} for the database cannot be made ({why}): choose another place with DATABASE_URL."
    )]
    Folder { folder: String, why: io::Error },
    #[error("{place} cannot be opened ({why}): check DATABASE_URL, and that it may be read and written.")]
    Sqlite { place: String, why: String },
    #[error("{place} does not answer ({why}): check DATABASE_URL, and that the server is up.")]
    Postgres { place: String, why: String },
    #[error("The database cannot be migrated ({0}).")]
    Migration(DbErr),
    #[error("The database lacks {pending} of this version's migrations: run `bottega migrate up` first.")]
    MigrationsPending { pending: usize },
}

/// What the server is called in PostgreSQL's list of connections.
const APPLICATION_NAME: &str = "bottega";
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
            let file = file.to_owned();
            let options = pool_options("sqlite:", connections, |options| {
                options.map_sqlx_sqlite_opts(move |sqlite| {
                    // Not in the URL, where `?` and `%` would mean something.
                    sqlite
                        .filename(&file)
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
                patiently(options).await.map_err(|error| ConnectError::Sqlite {
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
            options.set_application_name(APPLICATION_NAME);
        });
        let refuse = |why| ConnectError::Postgres { place: config.url.to_string(), why };
        // A pool tries again and again, and then says only that time is up. One attempt of our own says why.
        try_postgres(url).await.map_err(|error| refuse(reason(&error)))?;
        let pool = observed(options).await.map_err(|error| refuse(reason(&error)))?;
        Ok(Self { reader: pool.clone(), writer: pool })
    }

    /// From now on connects to PostgreSQL with this URL. The connections there are go on.
    pub(crate) fn connect_next_with(&self, url: &Url) -> Result<(), sqlx::Error> {
        let options: PgConnectOptions = url.as_str().parse()?;
        let options = options.application_name(APPLICATION_NAME).disable_statement_logging();
        self.writer.get_postgres_connection_pool().set_connect_options(options);
        Ok(())
    }
}

/// Connects to PostgreSQL once, and hangs up.
pub(super) async fn try_postgres(url: &Url) -> Result<(), sqlx::Error> {
    let once = async { PgConnection::connect(url.as_str()).await?.close().await };
    match tokio::time::timeout(CONNECT_TIMEOUT, once).await {
        Ok(outcome) => outcome,
        Err(_elapsed) => Err(io::Error::new(io::ErrorKind::TimedOut, "no answer in time").into()),
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

/// Opens a file that others may be opening too: while one of them turns the write-ahead log on, the rest are refused
/// at once, whatever the busy timeout says.
async fn patiently(options: ConnectOptions) -> Result<DatabaseConnection, DbErr> {
    let deadline = Instant::now() + CONNECT_TIMEOUT;
    loop {
        match Box::pin(observed(options.clone())).await {
            Err(error) if reason(&error).contains("database is locked") && Instant::now() < deadline => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            outcome => return outcome,
        }
    }
}

/// The innermost reason, without the layers of libraries it came through.
fn reason(error: &(dyn std::error::Error + 'static)) -> String {
    std::iter::successors(Some(error), |error| error.source())
        .last()
        .map(ToString::to_string)
        .unwrap_or_default()
}
