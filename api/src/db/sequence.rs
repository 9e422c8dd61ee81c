//! Numbers that only grow.

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement,
    sea_query::{Expr, SimpleExpr},
};

/// A text that ends with the next number of a sequence, of six digits or more, to be written into a row. On `PostgreSQL`
/// the statement that writes the row draws the number: nobody waits for it, and one that is not used is lost. On `SQLite`
/// it is drawn here, and comes back with the transaction.
pub(crate) async fn numbered(
    transaction: &DatabaseTransaction,
    prefix: &str,
    sequence: &str,
) -> Result<SimpleExpr, DbErr> {
    let engine = transaction.get_database_backend();
    if engine == DbBackend::Postgres {
        let drawn = format!(
            "(SELECT $1 || lpad(number, greatest(6, length(number)), '0') \
             FROM (SELECT nextval('{sequence}')::text AS number) AS drawn)"
        );
        return Ok(Expr::cust_with_values(drawn, [prefix]));
    }
    let draw = format!("UPDATE {sequence} SET value = value + 1 RETURNING value");
    let row = transaction.query_one_raw(Statement::from_string(engine, draw)).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound(format!("{sequence} gives no number")))?;
    let number: i64 = row.try_get("", "value")?;
    Ok(Expr::value(format!("{prefix}{number:06}")))
}
