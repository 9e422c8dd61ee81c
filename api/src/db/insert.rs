//! Writing many rows at once, in batches that fit every engine's limit on parameters.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IdenStatic, IntoActiveModel,
    Iterable,
    sea_query::{Expr, OnConflict, Query, SimpleExpr},
};

/// SQLite binds at most 32,766 parameters to a statement, PostgreSQL 65,535.
pub(crate) const MAX_PARAMETERS: usize = 30_000;

/// Inserts all of these rows.
pub(crate) async fn all<E>(db: &impl ConnectionTrait, rows: Vec<E::Model>) -> Result<(), DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    in_batches::<E>(db, rows, None).await
}

/// Inserts these rows; where one is there already, does with it what it is told.
pub(crate) async fn all_or<E>(
    db: &impl ConnectionTrait,
    rows: Vec<E::Model>,
    conflict: OnConflict,
) -> Result<(), DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    in_batches::<E>(db, rows, Some(conflict)).await
}

/// Inserts a row in which the database works out one text, and tells what that has become.
pub(crate) async fn working_out<E>(
    db: &impl ConnectionTrait,
    row: E::Model,
    column: E::Column,
    text: SimpleExpr,
) -> Result<String, DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    let row = row.into_active_model();
    let is_worked_out = |other: &E::Column| other.as_str() == column.as_str();
    let values = E::Column::iter().map(|other| {
        if is_worked_out(&other) {
            return text.clone();
        }
        let value = row.get(other).into_value();
        value.map_or_else(|| Expr::value(None::<String>), |value| other.save_as(Expr::value(value)))
    });
    let statement = Query::insert()
        .into_table(E::default())
        .columns(E::Column::iter())
        .values(values)
        .map_err(|error| DbErr::Custom(error.to_string()))?
        .returning_col(column)
        .take();
    let inserted = db.query_one(&statement).await?;
    inserted.ok_or_else(|| DbErr::RecordNotInserted)?.try_get("", column.as_str())
}

async fn in_batches<E>(
    db: &impl ConnectionTrait,
    rows: Vec<E::Model>,
    conflict: Option<OnConflict>,
) -> Result<(), DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    let columns = E::Column::iter().count().max(1);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let batch: Vec<E::ActiveModel> =
            rows.by_ref().take(MAX_PARAMETERS / columns).map(IntoActiveModel::into_active_model).collect();
        let mut insert = E::insert_many(batch);
        if let Some(conflict) = &conflict {
            insert = insert.on_conflict(conflict.clone());
        }
        insert.exec_without_returning(db).await?;
    }
    Ok(())
}
