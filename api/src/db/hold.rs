//! Keeping rows as they are until a transaction ends.

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, QuerySelect, Select, Statement,
    sea_query::LockType,
};

/// Reads rows to change them: nobody else does until the transaction ends. Others may still refer to them, as every line
/// of an order does to what was bought: who waited for those, and they for whoever holds the rows, would wait for ever.
pub(crate) fn hold<E: EntityTrait>(query: Select<E>) -> Select<E> {
    query.lock(LockType::NoKeyUpdate)
}

/// Takes a name until the transaction ends, unless somebody has it. On `SQLite` whoever may write is alone anyway.
pub(crate) async fn take_name(transaction: &DatabaseTransaction, name: i64) -> Result<bool, DbErr> {
    if transaction.get_database_backend() != DbBackend::Postgres {
        return Ok(true);
    }
    let statement = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT pg_try_advisory_xact_lock($1) AS taken",
        [name.into()],
    );
    transaction.query_one_raw(statement).await?.map_or(Ok(false), |row| row.try_get("", "taken"))
}
