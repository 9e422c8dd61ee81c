//! The first rows of a query.

use std::fmt::Write as _;

use sea_orm::{ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryTrait, Select};

/// Reads as many rows as this from the beginning of what a query finds. Their number stands in the statement instead of
/// being one of its values: PostgreSQL, not knowing it, expects a tenth of the table to be wanted, finds no plan made
/// for that good enough, and plans the statement anew each time, which takes longer than reading a page.
pub(crate) async fn first<E: EntityTrait, M: FromQueryResult>(
    db: &impl ConnectionTrait,
    query: Select<E>,
    rows: u32,
) -> Result<Vec<M>, DbErr> {
    let mut statement = query.build(db.get_database_backend());
    // Writing into text never fails.
    let _ = write!(statement.sql, " LIMIT {rows}");
    M::find_by_statement(statement).all(db).await
}
