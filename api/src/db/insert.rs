//! Writing many rows at once, in batches that fit every engine's limit on parameters.

use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, Iterable};

/// SQLite binds at most 32,766 parameters to a statement, PostgreSQL 65,535.
const MAX_PARAMETERS: usize = 30_000;

/// Inserts all of these rows.
pub(crate) async fn all<E>(db: &impl ConnectionTrait, rows: Vec<E::Model>) -> Result<(), DbErr>
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
        E::insert_many(batch).exec_without_returning(db).await?;
    }
    Ok(())
}
