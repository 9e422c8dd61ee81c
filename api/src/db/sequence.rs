//! Numbers that only grow.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr};

/// The next number of a sequence. On `PostgreSQL` nobody waits for it, and one that is not used is lost; on `SQLite` it
/// comes back with the transaction.
pub(crate) async fn next_number(transaction: &DatabaseTransaction, sequence: &str) -> Result<i64, DbErr> {
    let engine = transaction.get_database_backend();
    let statement = match engine {
        DbBackend::Postgres => format!("SELECT nextval('{sequence}') AS value"),
        _ => format!("UPDATE {sequence} SET value = value + 1 RETURNING value"),
    };
    let row = transaction.query_one_raw(sea_orm::Statement::from_string(engine, statement)).await?;
    row.ok_or_else(|| DbErr::RecordNotFound(format!("{sequence} gives no number")))?.try_get("", "value")
}
