//! Keeping rows as they are until a transaction ends.

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, QueryResult, QuerySelect, Select,
    Statement, sea_query::LockType,
};

/// Reads rows to change them: nobody else does until the transaction ends. Others may still refer to them, as every line
/// of an order does to what was bought: who waited for those, and they for whoever holds the rows, would wait for ever.
pub(crate) fn hold<E: EntityTrait>(query: Select<E>) -> Select<E> {
    query.lock(LockType::NoKeyUpdate)
}

/// Takes a name until the transaction ends, unless somebody has it. On `SQLite` whoever may write is alone anyway.
pub(crate) async fn take_name(transaction: &DatabaseTransaction, name: i64) -> Result<bool, DbErr> {
    let row = advise(transaction, "SELECT pg_try_advisory_xact_lock($1) AS taken", name).await?;
    row.map_or(Ok(true), |row| row.try_get("", "taken"))
}

/// Takes a name until the transaction ends, as soon as nobody else has it.
pub(crate) async fn wait_for_name(transaction: &DatabaseTransaction, name: i64) -> Result<(), DbErr> {
    advise(transaction, "SELECT 1 AS taken FROM pg_advisory_xact_lock($1)", name).await.map(drop)
}

async fn advise(
    transaction: &DatabaseTransaction,
    statement: &str,
    name: i64,
) -> Result<Option<QueryResult>, DbErr> {
    if transaction.get_database_backend() != DbBackend::Postgres {
        return Ok(None);
    }
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, statement, [name.into()]);
    transaction.query_one_raw(statement).await
}
