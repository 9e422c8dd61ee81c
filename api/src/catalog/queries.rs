//! The catalogue's SQL.

use std::collections::HashMap;

use entity::{
    category,
    product::{self, ProductStatus},
    product_count, product_option, product_variant,
};
use openapi::Sku;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, QueryTrait, RelationTrait, Select,
    sea_query::{Asterisk, Expr, Func, SimpleExpr},
};
use uuid::Uuid;

use super::listing::Listing;
use crate::db::first;

/// A product, and what it shows of its default variant.
#[derive(Debug)]
pub(crate) struct ProductRow {
    pub(crate) product: product::Model,
    pub(super) sku: String,
    pub(super) price: i64,
    pub(super) compare_at: Option<i64>,
}

impl FromQueryResult for ProductRow {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            product: product::Model::from_query_result(row, prefix)?,
            sku: row.try_get(prefix, "sku")?,
            price: row.try_get(prefix, "price")?,
            compare_at: row.try_get(prefix, "compare_at")?,
        })
    }
}

/// A category, and how many products can be bought in it.
#[derive(Debug)]
pub(super) struct CategoryRow {
    pub(super) category: category::Model,
    pub(super) products: u64,
}

impl FromQueryResult for CategoryRow {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        // None where there has never been a product.
        let products: Option<i64> = row.try_get(prefix, "active")?;
        Ok(Self {
            category: category::Model::from_query_result(row, prefix)?,
            products: products.and_then(|products| u64::try_from(products).ok()).unwrap_or_default(),
        })
    }
}

/// Every category there is: a shop has few.
pub(super) async fn all_categories(db: &impl ConnectionTrait) -> Result<Vec<CategoryRow>, DbErr> {
    let count = category::Entity::belongs_to(product_count::Entity)
        .from(category::Column::Id)
        .to(product_count::Column::CategoryId);
    category::Entity::find()
        .join(JoinType::LeftJoin, count.into())
        .column(product_count::Column::Active)
        .order_by_asc(category::Column::SortOrder)
        .order_by_asc(category::Column::NameFolded)
        .order_by_asc(category::Column::Id)
        .into_model()
        .all(db)
        .await
}

/// One page of products with their default variants.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    listing: &Listing,
    categories: Option<&[Uuid]>,
) -> Result<Vec<ProductRow>, DbErr> {
    let query = with_default_variant().filter(listing.condition(categories));
    listing.page.read(db, query, &listing.sort).await
}

/// These products, in no order.
pub(super) async fn with_ids(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<ProductRow>, DbErr> {
    let query = with_default_variant().filter(product::Column::Id.is_in(ids.iter().copied()));
    query.into_model().all(db).await
}

/// The newest products of these categories, without one of them.
pub(super) async fn newest_in(
    db: &impl ConnectionTrait,
    categories: &[Uuid],
    but: Uuid,
    limit: u32,
) -> Result<Vec<ProductRow>, DbErr> {
    let query = with_default_variant()
        .filter(product::Column::Status.eq(ProductStatus::Active))
        .filter(product::Column::CategoryId.is_in(categories.iter().copied()))
        .filter(product::Column::Id.ne(but))
        .order_by_desc(product::Column::CreatedAt)
        .order_by_desc(product::Column::Id);
    first(db, query, limit).await
}

fn with_default_variant() -> Select<product::Entity> {
    product::Entity::find()
        .columns([
            product_variant::Column::Sku,
            product_variant::Column::Price,
            product_variant::Column::CompareAt,
        ])
        .join(JoinType::InnerJoin, product::Relation::ProductVariant.def())
        .filter(Expr::col((product_variant::Entity, product_variant::Column::IsDefault)))
}

/// How many products a list has on all its pages.
pub(super) async fn count(
    db: &impl ConnectionTrait,
    listing: &Listing,
    categories: Option<&[Uuid]>,
) -> Result<u64, DbErr> {
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
