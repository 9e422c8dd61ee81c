//! The catalogue's SQL.

use std::collections::HashMap;

use entity::{
    category,
    product::{self, ProductStatus},
    product_count, product_option, product_variant,
};
use openapi::Sku;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, RelationTrait, Select, SelectTwo,
    sea_query::{Asterisk, Expr, Func, SimpleExpr},
};
use uuid::Uuid;

use super::listing::Listing;

/// A product, and the variant whose price and SKU it shows.
#[derive(Debug)]
pub(crate) struct ProductRow {
    pub(crate) product: product::Model,
    pub(super) default: product_variant::Model,
}

/// Every category there is: a shop has few.
pub(super) async fn all_categories(db: &impl ConnectionTrait) -> Result<Vec<category::Model>, DbErr> {
    category::Entity::find()
        .order_by_asc(category::Column::SortOrder)
        .order_by_asc(category::Column::NameFolded)
        .order_by_asc(category::Column::Id)
        .all(db)
        .await
}

/// How many products can be bought in each category itself.
pub(crate) async fn active_products_by_category(
    db: &impl ConnectionTrait,
) -> Result<HashMap<Uuid, u64>, DbErr> {
    let rows = product_count::Entity::find().all(db).await?;
    Ok(rows.into_iter().map(|row| (row.category_id, u64::try_from(row.active).unwrap_or_default())).collect())
}

/// One page of products with their default variants.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    listing: &Listing,
    categories: Option<&[Uuid]>,
) -> Result<Vec<ProductRow>, DbErr> {
    let query = with_default_variant()
        .filter(listing.condition(categories))
        .order_by(listing.sort.column.clone(), listing.sort.order.clone())
        .order_by(listing.sort.id.clone(), listing.sort.order.clone());
    let rows = listing.page.apply(query, &listing.sort).all(db).await?;
    Ok(whole(rows))
}

/// These products, in no order.
pub(super) async fn with_ids(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<ProductRow>, DbErr> {
    let rows = with_default_variant().filter(product::Column::Id.is_in(ids.iter().copied())).all(db).await?;
    Ok(whole(rows))
}

/// The newest products of these categories, without one of them.
pub(super) async fn newest_in(
    db: &impl ConnectionTrait,
    categories: &[Uuid],
    but: Uuid,
    limit: u32,
) -> Result<Vec<ProductRow>, DbErr> {
    let rows = with_default_variant()
        .filter(product::Column::Status.eq(ProductStatus::Active))
        .filter(product::Column::CategoryId.is_in(categories.iter().copied()))
        .filter(product::Column::Id.ne(but))
        .order_by_desc(product::Column::CreatedAt)
        .order_by_desc(product::Column::Id)
        .limit(u64::from(limit))
        .all(db)
        .await?;
    Ok(whole(rows))
}

fn with_default_variant() -> SelectTwo<product::Entity, product_variant::Entity> {
    product::Entity::find()
        .select_also(product_variant::Entity)
        .join(JoinType::InnerJoin, product::Relation::ProductVariant.def())
        .filter(Expr::col((product_variant::Entity, product_variant::Column::IsDefault)))
}

/// An inner join leaves no product without its variant.
fn whole(rows: Vec<(product::Model, Option<product_variant::Model>)>) -> Vec<ProductRow> {
    rows.into_iter()
        .filter_map(|(product, default)| Some(ProductRow { product, default: default? }))
        .collect()
}

/// How many products the list has on all pages.
pub(super) async fn count(
    db: &impl ConnectionTrait,
    listing: &Listing,
    categories: Option<&[Uuid]>,
) -> Result<u64, DbErr> {
    if listing.is_all_there_is() {
        let counts = active_products_by_category(db).await?;
        return Ok(match categories {
            Some(ids) => ids.iter().filter_map(|id| counts.get(id)).sum(),
            None => counts.values().sum(),
        });
    }
    let total = product::Entity::find()
        .select_only()
        .column_as(count_all(), "total")
        .filter(listing.condition(categories))
        .into_tuple::<i64>()
        .one(db)
        .await?;
    Ok(total.and_then(|total| u64::try_from(total).ok()).unwrap_or_default())
}

/// The options of these products, in their order.
pub(super) async fn options_of(
    db: &impl ConnectionTrait,
    products: &[Uuid],
) -> Result<HashMap<Uuid, Vec<product_option::Model>>, DbErr> {
    if products.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = product_option::Entity::find()
        .filter(product_option::Column::ProductId.is_in(products.iter().copied()))
        .order_by_asc(product_option::Column::ProductId)
        .order_by_asc(product_option::Column::Position)
        .all(db)
        .await?;
    let mut by_product: HashMap<Uuid, Vec<product_option::Model>> = HashMap::new();
    for option in rows {
        by_product.entry(option.product_id).or_default().push(option);
    }
    Ok(by_product)
}

/// The variants of a product, the default first.
pub(super) async fn variants_of(
    db: &impl ConnectionTrait,
    product: Uuid,
) -> Result<Vec<product_variant::Model>, DbErr> {
    product_variant::Entity::find()
        .filter(product_variant::Column::ProductId.eq(product))
        .order_by_desc(product_variant::Column::IsDefault)
        .order_by_asc(product_variant::Column::Position)
        .order_by_asc(product_variant::Column::Id)
        .all(db)
        .await
}

fn count_all() -> SimpleExpr {
    Func::count(Expr::col(Asterisk)).into()
}

fn active() -> Select<product::Entity> {
    product::Entity::find().filter(product::Column::Status.eq(ProductStatus::Active))
}

/// The active product with this id.
pub(super) async fn find_active(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<product::Model>, DbErr> {
    active().filter(product::Column::Id.eq(id)).one(db).await
}

/// The active product with this slug.
pub(super) async fn find_active_by_slug(
    db: &impl ConnectionTrait,
    slug: &str,
) -> Result<Option<product::Model>, DbErr> {
    active().filter(product::Column::Slug.eq(slug)).one(db).await
}

/// The active product that has a variant with this SKU.
pub(super) async fn find_active_by_sku(
    db: &impl ConnectionTrait,
    sku: &str,
) -> Result<Option<product::Model>, DbErr> {
    active()
        .join(JoinType::InnerJoin, product::Relation::ProductVariant.def())
        .filter(product_variant::Column::Sku.eq(sku))
        .one(db)
        .await
}

/// A SKU is unique: as a single value, unlike as a set of them, it leads straight to the product's key.
pub(crate) fn product_with_sku(sku: &Sku) -> SimpleExpr {
    let product = product_variant::Entity::find()
        .select_only()
        .column(product_variant::Column::ProductId)
        .filter(product_variant::Column::Sku.eq(sku.as_str()))
        .into_query();
    SimpleExpr::SubQuery(None, Box::new(product.into()))
}
