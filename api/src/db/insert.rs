//! Writing many rows at once, in batches that fit every engine's limit on parameters.

use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, Iterable, sea_query::OnConflict,
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
