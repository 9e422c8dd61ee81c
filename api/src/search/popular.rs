//! What others buy and search for.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    order::{self, OrderStatus},
    order_line, product, search_document,
};
use openapi::search::{Popular, PopularCategory};
use sea_orm::{
    ActiveEnum, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationTrait, Select,
    sea_query::{Expr, ExprTrait, Order, Query, SimpleExpr},
};
use uuid::Uuid;

use super::{found, service::card, tally};
use crate::{catalog::CategoryTree, state::AppState};

/// Orders of so long ago still count.
const LATELY: TimeDelta = TimeDelta::days(30);
/// In a busy shop the newest of them say enough.
const MOST_ORDERS: u64 = 10_000;
const PRODUCTS: usize = 6;
const CATEGORIES: usize = 6;
const QUERIES: u64 = 8;
/// So many times as many products are looked at as are wanted: some may be sold no more.
const SPARE: u64 = 4;

/// What is bought and searched for most. Seven statements at most.
pub(super) async fn popular(state: &AppState) -> Result<Popular, DbErr> {
    let db = state.db.reader();
    let since = state.clock.now() - LATELY;
    let mut best = bought(db, since).await?;
    for filler in furthest_in_front(db).await? {
        if !best.contains(&filler) {
            best.push(filler);
        }
    }
    let products = found::products(db, &best).await?;
    Ok(Popular {
        products: products.iter().take(PRODUCTS).map(|row| card(row, state.config.shop.currency)).collect(),
        categories: categories(db, since).await?,
        queries: tally::most_frequent(state, QUERIES).await?,
    })
}

/// The products most pieces were bought of; some may be sold no more.
async fn bought(db: &impl ConnectionTrait, since: DateTime<Utc>) -> Result<Vec<Uuid>, DbErr> {
    sold(since)
        .column(order_line::Column::ProductId)
        .filter(order_line::Column::ProductId.is_not_null())
        .group_by(order_line::Column::ProductId)
        .order_by(pieces(), Order::Desc)
        .order_by_desc(order_line::Column::ProductId)
        .limit(SPARE * PRODUCTS as u64)
        .into_tuple()
        .all(db)
        .await
}

/// What the shop puts forward, then what is new.
async fn furthest_in_front(db: &impl ConnectionTrait) -> Result<Vec<Uuid>, DbErr> {
    search_document::Entity::find()
        .select_only()
        .column(search_document::Column::ProductId)
        .order_by_desc(search_document::Column::Number)
        .limit(2 * PRODUCTS as u64)
        .into_tuple()
        .all(db)
        .await
}

/// The categories most pieces were bought from, then the fullest.
async fn categories(db: &impl ConnectionTrait, since: DateTime<Utc>) -> Result<Vec<PopularCategory>, DbErr> {
    let bought: Vec<(Uuid, i64)> = sold(since)
        .join(JoinType::InnerJoin, order_line::Relation::Product.def())
        .column(product::Column::CategoryId)
        .column_as(pieces(), "pieces")
        .group_by(product::Column::CategoryId)
        .into_tuple()
        .all(db)
        .await?;
    let tree = CategoryTree::load(db).await?;
    let counts = tree.counts();
    let pieces =
        |id: Uuid| bought.iter().find(|(category, _)| *category == id).map_or(0, |(_, pieces)| *pieces);
    let mut all: Vec<PopularCategory> = tree
        .visible()
        .map(|row| PopularCategory {
            id: row.id,
            name: row.name.clone(),
            slug: row.slug.clone(),
            product_count: counts.get(&row.id).copied().unwrap_or_default(),
        })
        .collect();
    // Of those that are alike, the order of the tree is kept.
    all.sort_by_key(|category| std::cmp::Reverse((pieces(category.id), category.product_count)));
    all.truncate(CATEGORIES);
    Ok(all)
}

/// The lines of the newest orders of this time, but for orders that came to nothing.
fn sold(since: DateTime<Utc>) -> Select<order_line::Entity> {
    let newest = order::Entity::find()
        .select_only()
        .columns([order::Column::Id, order::Column::Status])
        .filter(order::Column::CreatedAt.gte(since))
        .order_by_desc(order::Column::CreatedAt)
        .order_by_desc(order::Column::Id)
        .limit(MOST_ORDERS)
        .into_query();
    let came_to_nothing = [OrderStatus::Cancelled, OrderStatus::Refunded].map(|status| status.to_value());
    let orders = Query::select()
        .column("id")
        .from_subquery(newest, "newest")
        .and_where(Expr::col("status").is_not_in(came_to_nothing))
        .take();
    order_line::Entity::find().select_only().filter(order_line::Column::OrderId.in_subquery(orders))
}

fn pieces() -> SimpleExpr {
    Expr::col((order_line::Entity, order_line::Column::Quantity)).sum().cast_as("bigint")
}
