//! The SQL that counts and adds up.

use chrono::NaiveDate;
use entity::{
    order::{self, OrderStatus},
    order_line,
    product::{self, ProductStatus},
    product_variant,
};
use openapi::{
    Currency,
    stats::{BEST_SELLERS, LITTLE, LOW_STOCK},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, Order,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait,
    sea_query::{Asterisk, Expr, ExprTrait, Func, NullOrdering, SimpleExpr},
};
use uuid::Uuid;

use crate::db::{
    day::{beginning_of, day_of},
    first,
};

/// Orders that bring something in.
const REVENUE: [OrderStatus; 4] =
    [OrderStatus::Confirmed, OrderStatus::Processing, OrderStatus::Shipped, OrderStatus::Delivered];

/// How many orders there are of each status that any has.
pub(super) async fn by_status(db: &impl ConnectionTrait) -> Result<Vec<(String, i64)>, DbErr> {
    order::Entity::find()
        .select_only()
        .column(order::Column::Status)
        .column_as(count(), "orders")
        .group_by(order::Column::Status)
        .into_tuple()
        .all(db)
        .await
}

#[derive(Debug, FromQueryResult)]
pub(super) struct DayRow {
    pub(super) day: NaiveDate,
    pub(super) orders: i64,
    pub(super) revenue: i64,
}

/// What was ordered on each day since this one, but for days without orders.
pub(super) async fn by_day(
    db: &impl ConnectionTrait,
    since: NaiveDate,
    currency: Currency,
) -> Result<Vec<DayRow>, DbErr> {
    let day = day_of(db.get_database_backend(), (order::Entity, order::Column::CreatedAt));
    let kept = order_column(order::Column::TotalAmount).sub(order_column(order::Column::RefundedAmount));
    order::Entity::find()
        .select_only()
        .column_as(day.clone(), "day")
        .column_as(count(), "orders")
        .column_as(total(kept, brings_in(currency)), "revenue")
        .filter(placed_since(since))
        .group_by(day)
        .into_model()
        .all(db)
        .await
}

#[derive(Debug, FromQueryResult)]
pub(super) struct SellerRow {
    pub(super) product_id: Option<Uuid>,
    pub(super) name: String,
    pub(super) pieces: i64,
    pub(super) revenue: i64,
}

/// The products most pieces were sold of since this day. What is gone goes by the name it was sold under.
pub(super) async fn best_sellers(
    db: &impl ConnectionTrait,
    since: NaiveDate,
    currency: Currency,
) -> Result<Vec<SellerRow>, DbErr> {
    let line = |column| Expr::col((order_line::Entity, column));
    let name: SimpleExpr =
        Func::coalesce([Expr::col((product::Entity, product::Column::Name)), line(order_line::Column::Name)])
            .into();
    let paid = line(order_line::Column::Subtotal).add(line(order_line::Column::Tax));
    let sellers = order_line::Entity::find()
        .select_only()
        .column(order_line::Column::ProductId)
        .column_as(name.clone(), "name")
        .column_as(line(order_line::Column::Quantity).sum().cast_as("bigint"), "pieces")
        .column_as(total(paid, is_in(currency)), "revenue")
        .join(JoinType::InnerJoin, order_line::Relation::Order.def())
        .join(JoinType::LeftJoin, order_line::Relation::Product.def())
        .filter(placed_since(since))
        .filter(order::Column::Status.is_in(REVENUE))
        .group_by(order_line::Column::ProductId)
        .group_by(name.clone())
        .order_by(Expr::col("pieces"), Order::Desc)
        .order_by(Expr::col("revenue"), Order::Desc)
        .order_by_with_nulls(order_line::Column::ProductId, Order::Asc, NullOrdering::Last)
        .order_by(name, Order::Asc);
    first(db, sellers, BEST_SELLERS).await
}

#[derive(Debug, FromQueryResult)]
pub(super) struct LowStockRow {
    pub(super) product_id: Uuid,
    pub(super) id: Uuid,
    pub(super) sku: String,
    pub(super) name: String,
    pub(super) stock: i32,
}

/// Variants that can be bought and of which little is left. This reads all of them: with an index over stock PostgreSQL
/// could not change stock in place any more, and sold a fifth as many pieces of one product a second.
pub(super) async fn low_stock(db: &impl ConnectionTrait) -> Result<Vec<LowStockRow>, DbErr> {
    use product_variant::Column::{Id, ProductId, Sku, Stock};
    let few = product_variant::Entity::find()
        .select_only()
        .columns([ProductId, Id, Sku, Stock])
        .column(product::Column::Name)
        .join(JoinType::InnerJoin, product_variant::Relation::Product.def())
        .filter(Stock.lte(LITTLE))
        .filter(product::Column::Status.eq(ProductStatus::Active))
        .order_by_asc(Stock)
        .order_by_asc(Id);
    first(db, few, LOW_STOCK).await
}

fn count() -> SimpleExpr {
    Func::count(Expr::col(Asterisk)).into()
}

/// What something comes to in the rows of which a condition is true.
fn total(amount: SimpleExpr, condition: Condition) -> SimpleExpr {
    let counted: SimpleExpr = Expr::case(condition, amount).finally(0_i64).into();
    counted.sum().cast_as("bigint")
}

fn order_column(column: order::Column) -> SimpleExpr {
    Expr::col((order::Entity, column))
}

fn placed_since(day: NaiveDate) -> SimpleExpr {
    order_column(order::Column::CreatedAt).gte(beginning_of(day))
}

fn brings_in(currency: Currency) -> Condition {
    is_in(currency).add(order::Column::Status.is_in(REVENUE))
}

/// Amounts of different currencies do not add up: those of another one that the shop once had are left out.
fn is_in(currency: Currency) -> Condition {
    Condition::all().add(order::Column::Currency.eq(currency.code()))
}
