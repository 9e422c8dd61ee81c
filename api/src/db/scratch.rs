//! A database for a unit test: SQLite, migrated, gone with the folder it is in. What depends on the engine is tested
//! from outside, on both.

use tempfile::TempDir;

use super::Database;
use crate::config::{DatabaseConfig, DatabaseUrl};

pub(crate) async fn scratch() -> (Database, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("shop.db"));
    let config = DatabaseConfig { url, embedded: false, max_connections: 2, owner: None };
    let db = Database::connect(&config).await.unwrap();
    db.migrate_up().await.unwrap();
    (db, folder)
}
