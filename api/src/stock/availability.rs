//! Whether there is any of a product, as lists and searches say it.

use std::collections::{BTreeSet, HashSet};

use entity::{product, product_variant};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{catalog::CategoryTree, db::hold, search};

/// Writes down of which of these products any variant is left, and tells which lists do not show that yet. Whoever moves
/// other variants of theirs at the same time waits here, and sees what this one did.
pub(crate) async fn keep_availability(
    transaction: &DatabaseTransaction,
    products: &BTreeSet<Uuid>,
) -> Result<Vec<String>, DbErr> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let held: Vec<(Uuid, Uuid, bool)> = hold(product::Entity::find())
        .select_only()
        .columns([product::Column::Id, product::Column::CategoryId, product::Column::InStock])
        .filter(product::Column::Id.is_in(products.iter().copied()))
        .order_by_asc(product::Column::Id)
        .into_tuple()
        .all(transaction)
        .await?;
    let left = left_of(transaction, products).await?;
    let turned: Vec<_> = held.into_iter().filter(|(id, _, was)| left.contains(id) != *was).collect();
    if turned.is_empty() {
        return Ok(Vec::new());
    }
    for is_left in [false, true] {
        let ids: Vec<Uuid> =
            turned.iter().filter(|(_, _, was)| *was != is_left).map(|(id, ..)| *id).collect();
        if !ids.is_empty() {
            product::Entity::update_many()
                .col_expr(product::Column::InStock, Expr::value(is_left))
                .filter(product::Column::Id.is_in(ids.iter().copied()))
                .exec(transaction)
                .await?;
            search::note_availability(transaction, &ids, is_left).await?;
        }
    }
    let tree = CategoryTree::load(transaction).await?;
    Ok(turned.iter().flat_map(|(_, category, _)| tree.lists_with(*category)).collect())
}

/// Those of which any variant is left.
async fn left_of(db: &impl ConnectionTrait, products: &BTreeSet<Uuid>) -> Result<HashSet<Uuid>, DbErr> {
    let left: Vec<Uuid> = product_variant::Entity::find()
        .select_only()
        .column(product_variant::Column::ProductId)
        .distinct()
        .filter(product_variant::Column::ProductId.is_in(products.iter().copied()))
        .filter(product_variant::Column::Stock.gt(0))
        .into_tuple()
        .all(db)
        .await?;
    Ok(left.into_iter().collect())
}
