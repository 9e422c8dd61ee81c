//! An empty database per test and engine.

use std::panic::resume_unwind;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

/// Runs a test on each engine there is, in a database of its own that is gone afterwards.
pub(crate) async fn on_each_engine<F, Fut>(test: F)
where
    F: Fn(DatabaseConnection) -> Fut,
    Fut: Future<Output = ()> + Send + 'static,
{
    println!("on SQLite");
    // One connection (the default) is one database in memory, and enforces foreign keys.
    let sqlite = Database::connect("sqlite::memory:").await.unwrap();
    test(sqlite).await;

    let Some(server) = std::env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty()) else {
        return;
    };
    println!("on PostgreSQL");
    let admin = Database::connect(&server).await.unwrap();
    let name = unique_name(&admin).await;
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let postgres = Database::connect(with_database(&server, &name)).await.unwrap();
    // A task of its own, so that the database is dropped although the test panics.
    let outcome = tokio::spawn(test(postgres)).await;
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    if let Err(failure) = outcome {
        resume_unwind(failure.into_panic());
    }
}

async fn unique_name(admin: &DatabaseConnection) -> String {
    let sql = "SELECT 'migration_test_' || replace(gen_random_uuid()::text, '-', '')";
    let row = admin.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

fn with_database(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').unwrap_or((server, ""));
    let after_scheme = address.find("://").unwrap() + 3;
    let end = address[after_scheme..].find('/').map_or(address.len(), |slash| after_scheme + slash);
    format!("{}/{name}?{options}", &address[..end])
}

pub(crate) fn is_postgres(db: &DatabaseConnection) -> bool {
    db.get_database_backend() == DbBackend::Postgres
}

/// The rows of a query whose columns are all text.
pub(crate) async fn rows(db: &impl ConnectionTrait, sql: &str, columns: usize) -> Vec<Vec<String>> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.iter().map(|row| (0..columns).map(|i| row.try_get_by_index(i).unwrap()).collect()).collect()
}

pub(crate) async fn number(db: &impl ConnectionTrait, sql: &str) -> i64 {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    row.unwrap().try_get_by_index(0).unwrap()
}
