//! The SQL of categories that are being changed.

use std::collections::HashMap;

use entity::{category, product};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, SqlErr,
    sea_query::{Asterisk, Expr, Func, SimpleExpr},
};
use uuid::Uuid;

use super::AssortmentError;

/// Keeps the tree as it is until the transaction ends, but for its own changes: of two that would make a cycle together
/// the second sees what the first did.
pub(super) async fn hold_tree(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    category::Entity::find()
        .select_only()
        .column(category::Column::Id)
        .order_by_asc(category::Column::Id)
        .lock_exclusive()
        .into_tuple::<Uuid>()
        .all(db)
        .await
        .map(|_| ())
}

/// How many products, whatever their status, each category has itself.
pub(super) async fn own_products(db: &impl ConnectionTrait) -> Result<HashMap<Uuid, u64>, DbErr> {
    let rows = product::Entity::find()
        .select_only()
        .column(product::Column::CategoryId)
        .column_as(SimpleExpr::from(Func::count(Expr::col(Asterisk))), "products")
        .group_by(product::Column::CategoryId)
        .into_tuple::<(Uuid, i64)>()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, count)| (id, u64::try_from(count).unwrap_or_default())).collect())
}

/// Hangs what is below one category below another.
pub(super) async fn move_children(
    db: &impl ConnectionTrait,
    from: Uuid,
    to: Option<Uuid>,
) -> Result<(), DbErr> {
    category::Entity::update_many()
        .col_expr(category::Column::ParentId, Expr::value(to))
        .filter(category::Column::ParentId.eq(from))
        .exec(db)
        .await
        .map(|_| ())
}

/// Removes a category, unless it has products: also when one came this very moment.
pub(super) async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<(), AssortmentError> {
    let first = product::Entity::find().filter(product::Column::CategoryId.eq(id)).limit(1);
    if first.one(db).await?.is_some() {
        return Err(AssortmentError::HasProducts);
    }
    match category::Entity::delete_by_id(id).exec(db).await {
        Ok(_) => Ok(()),
        Err(error) if matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_))) => {
            Err(AssortmentError::HasProducts)
        }
        Err(error) => Err(error.into()),
    }
}
