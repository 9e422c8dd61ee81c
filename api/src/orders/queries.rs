//! The SQL of orders.

use std::collections::HashMap;

use entity::{order, order_event, order_line, payment, refund, refund_line, user};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use crate::db::hold;

/// How an order is asked for: by its id, or by its number.
#[derive(Debug, Clone)]
pub(super) enum Name {
    Id(Uuid),
    Number(String),
}

impl Name {
    pub(super) fn read(text: &str) -> Self {
        Uuid::try_parse(text).map_or_else(|_| Self::Number(text.to_ascii_uppercase()), Self::Id)
    }
}

/// Whose orders: everybody's, or one customer's. No request finds an order but through this.
#[derive(Debug, Clone, Copy)]
pub(super) enum Whose {
    Everybodys,
    Of(Uuid),
}

impl Whose {
    fn orders(self) -> Select<order::Entity> {
        match self {
            Self::Everybodys => order::Entity::find(),
            Self::Of(customer) => order::Entity::find().filter(order::Column::UserId.eq(customer)),
        }
    }
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    whose: Whose,
    name: &Name,
) -> Result<Option<order::Model>, DbErr> {
    let is_it = match name {
        Name::Id(id) => order::Column::Id.eq(*id),
        Name::Number(number) => order::Column::Number.eq(number),
    };
    whose.orders().filter(is_it).one(db).await
}

/// An order that something else refers to.
pub(super) async fn by_id(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<order::Model>, DbErr> {
    find(db, Whose::Everybodys, &Name::Id(id)).await
}

/// An order to be changed: nobody else changes it until the transaction ends.
pub(super) async fn to_change(
    transaction: &DatabaseTransaction,
    whose: Whose,
    id: Uuid,
) -> Result<Option<order::Model>, DbErr> {
    hold(whose.orders().filter(order::Column::Id.eq(id))).one(transaction).await
}

/// Whoever buys, as they are until the transaction ends: what is ordered is not forgotten while they are.
pub(super) async fn buyer(transaction: &DatabaseTransaction, id: Uuid) -> Result<Option<user::Model>, DbErr> {
    user::Entity::find_by_id(id)
        .filter(user::Column::IsActive.eq(true))
        .filter(user::Column::ErasedAt.is_null())
        .lock_shared()
        .one(transaction)
        .await
}

/// What was bought with each of these orders.
pub(super) async fn lines(
    db: &impl ConnectionTrait,
    orders: &[Uuid],
) -> Result<HashMap<Uuid, Vec<order_line::Model>>, DbErr> {
    let rows = order_line::Entity::find()
        .filter(order_line::Column::OrderId.is_in(orders.iter().copied()))
        .order_by_asc(order_line::Column::OrderId)
        .order_by_asc(order_line::Column::Position)
        .all(db)
        .await?;
    let mut lines: HashMap<Uuid, Vec<_>> = HashMap::new();
    for row in rows {
        lines.entry(row.order_id).or_default().push(row);
    }
    Ok(lines)
}

pub(super) async fn lines_of(
    db: &impl ConnectionTrait,
    order: Uuid,
) -> Result<Vec<order_line::Model>, DbErr> {
    Ok(lines(db, &[order]).await?.remove(&order).unwrap_or_default())
}

pub(super) async fn events(db: &impl ConnectionTrait, order: Uuid) -> Result<Vec<order_event::Model>, DbErr> {
    order_event::Entity::find()
        .filter(order_event::Column::OrderId.eq(order))
        .order_by_asc(order_event::Column::CreatedAt)
        .order_by_asc(order_event::Column::Id)
        .all(db)
        .await
}

pub(super) async fn payments(db: &impl ConnectionTrait, order: Uuid) -> Result<Vec<payment::Model>, DbErr> {
    payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .order_by_asc(payment::Column::Id)
        .all(db)
        .await
}

/// A refund and the pieces it is for.
pub(super) type RefundOf = (refund::Model, Vec<refund_line::Model>);

pub(super) async fn refunds(db: &impl ConnectionTrait, order: Uuid) -> Result<Vec<RefundOf>, DbErr> {
    refunds_where(db, Condition::all().add(refund::Column::OrderId.eq(order))).await
}

pub(super) async fn refund(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<RefundOf>, DbErr> {
    Ok(refunds_where(db, Condition::all().add(refund::Column::Id.eq(id))).await?.pop())
}

async fn refunds_where(db: &impl ConnectionTrait, condition: Condition) -> Result<Vec<RefundOf>, DbErr> {
    refund::Entity::find()
        .find_with_related(refund_line::Entity)
        .filter(condition)
        .order_by_asc(refund::Column::Id)
        .order_by_asc(refund_line::Column::Id)
        .all(db)
        .await
}
