//! A database for each test: a copy of one that was migrated once.

use std::{path::PathBuf, time::Duration};

use api::{
    config::{Config, Environment},
    db::Database,
};
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection};
use tempfile::TempDir;
use tokio::sync::{Mutex, OnceCell};
use uuid::Uuid;

/// Where PostgreSQL is, if the tests run on it: a URL whose user may make databases.
const POSTGRES: &str = "TEST_DATABASE_URL";

/// A database of a test's own. Gone when it is.
pub struct TestDatabase {
    pub url: String,
    kind: Kind,
}

enum Kind {
    Sqlite(#[expect(dead_code, reason = "held so that the folder lives as long as the database")] TempDir),
    Postgres { name: String },
}

impl TestDatabase {
    /// A fresh copy of the migrated template.
    pub async fn create() -> Self {
        match postgres_url() {
            None => Self::sqlite().await,
            Some(server) => Self::postgres(&server).await,
        }
    }

    /// A database without any tables.
    pub async fn empty() -> Self {
        match postgres_url() {
            None => {
                let folder = tempfile::tempdir().unwrap();
                Self {
                    url: format!("sqlite:{}", folder.path().join("shop.db").display()),
                    kind: Kind::Sqlite(folder),
                }
            }
            Some(server) => Self::make_postgres(&server, "").await,
        }
    }

    async fn sqlite() -> Self {
        static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
        let template = TEMPLATE
            .get_or_init(|| async {
                let folder = tempfile::tempdir().unwrap();
                let file = folder.path().join("template.db");
                migrate(&format!("sqlite:{}", file.display())).await;
                std::fs::read(file).unwrap()
            })
            .await;
        let folder = tempfile::tempdir().unwrap();
        let file: PathBuf = folder.path().join("shop.db");
        std::fs::write(&file, template).unwrap();
        Self { url: format!("sqlite:{}", file.display()), kind: Kind::Sqlite(folder) }
    }

    async fn postgres(server: &str) -> Self {
        static TEMPLATE: OnceCell<String> = OnceCell::const_new();
        let template = TEMPLATE
            .get_or_init(|| async {
                let database = Self::make_postgres(server, "").await;
                migrate(&database.url).await;
                let Kind::Postgres { name } = &database.kind else { unreachable!() };
                let name = name.clone();
                // Its copies need it until the whole run is over; it goes with the throw-away server.
                std::mem::forget(database);
                name
            })
            .await;
        Self::make_postgres(server, &format!("TEMPLATE {template}")).await
    }

    async fn make_postgres(server: &str, how: &str) -> Self {
        // PostgreSQL lets only one at a time copy a template.
        static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());
        let _turn = ONE_AT_A_TIME.lock().await;
        let name = format!("test_{}", Uuid::now_v7().simple());
        let connection = connect(server).await;
        connection.execute_unprepared(&format!("CREATE DATABASE {name} {how}")).await.unwrap();
        connection.close().await.unwrap();
        let mut url = reqwest::Url::parse(server).unwrap();
        url.set_path(&name);
        Self { url: url.into(), kind: Kind::Postgres { name } }
    }

    /// Drops what is not a file.
    pub async fn drop(self) {
        if let Kind::Postgres { name } = &self.kind {
            let connection = connect(&postgres_url().unwrap()).await;
            connection.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
            connection.close().await.unwrap();
        }
    }
}

/// Whether the tests run on PostgreSQL.
pub fn postgres_url() -> Option<String> {
    std::env::var(POSTGRES).ok().filter(|url| !url.is_empty())
}

/// A connection beside the application's.
pub async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false).connect_timeout(Duration::from_secs(10));
    sea_orm::Database::connect(options).await.unwrap()
}

async fn migrate(url: &str) {
    let config = Config::read(&Environment::of([("DATABASE_URL", url)])).unwrap();
    let database = Database::connect(&config.database).await.unwrap();
    database.migrate_up().await.unwrap();
    database.close().await.unwrap();
}
