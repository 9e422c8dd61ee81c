//! The SQL of stock and its ledger.

use entity::{product, product_variant, stock_movement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};
use uuid::Uuid;

use crate::db::paging::{PageRequest, Sort};

/// A variant of a product: the one that is named, or the default one.
pub(super) fn variant(product: Uuid, id: Option<Uuid>) -> Select<product_variant::Entity> {
    let of_product = product_variant::Entity::find().filter(product_variant::Column::ProductId.eq(product));
    match id {
        Some(id) => of_product.filter(product_variant::Column::Id.eq(id)),
        None => of_product.filter(product_variant::Column::IsDefault.eq(true)),
    }
}

/// Whose ledger: the one of a product's variant, or of its default one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whose {
    pub(super) product: Uuid,
    pub(super) variant: Option<Uuid>,
}

pub(super) async fn is_product(db: &impl ConnectionTrait, id: Uuid) -> Result<bool, DbErr> {
    Ok(product::Entity::find_by_id(id).one(db).await?.is_some())
}

/// The order of a ledger: the newest line first.
pub(super) fn newest_first() -> Sort {
    let [created_at, id] = [stock_movement::Column::CreatedAt, stock_movement::Column::Id];
    Sort::by((stock_movement::Entity, created_at), (stock_movement::Entity, id), sea_orm::Order::Desc)
}

pub(super) async fn ledger(
    db: &impl ConnectionTrait,
    whose: Whose,
    page: &PageRequest,
) -> Result<Vec<stock_movement::Model>, DbErr> {
    page.read(db, lines_of(whose), &newest_first()).await
}

pub(super) async fn count_lines(db: &impl ConnectionTrait, whose: Whose) -> Result<u64, DbErr> {
    lines_of(whose).count(db).await
}

/// As a single value the variant leads straight into the ledger's index; one that is not the product's has no lines.
fn lines_of(Whose { product, variant: id }: Whose) -> Select<stock_movement::Entity> {
    let id = variant(product, id).select_only().column(product_variant::Column::Id).into_query();
    let id = SimpleExpr::SubQuery(None, Box::new(id.into()));
    let variant = Expr::col((stock_movement::Entity, stock_movement::Column::VariantId));
    stock_movement::Entity::find().filter(variant.eq(id))
}
