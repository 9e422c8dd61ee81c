//! Calling an order off: what it held is in stock again, once, and what was paid for it goes back.

use std::collections::BTreeMap;

use entity::{
    order::OrderPaymentStatus, payment, payment::PaymentStatus, refund::RefundStatus,
    stock_movement::StockReason,
};
use openapi::orders::{Actor, OrderDetail, OrderStatus};
use sea_orm::{
    ActiveEnum, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    OrderError, OrderMail,
    advance::{Hand, Held},
    letters::post,
    present,
    queries::{self, Whose},
    refund::{self, Part},
    settle::settle_or_leave,
};
use crate::{
    access::Identity,
    db,
    state::AppState,
    stock::{self, Cause, Shift},
};

/// What is left to do for an order that was called off, once that is committed.
#[derive(Debug)]
pub(super) struct CalledOff {
    pub(super) outdated: Vec<String>,
    pub(super) refund: Option<Uuid>,
}

impl CalledOff {
    pub(super) fn nothing() -> Self {
        Self { outdated: Vec::new(), refund: None }
    }
}

/// A customer calls their own order off.
pub(super) async fn cancel(
    state: &AppState,
    customer: &Identity,
    id: Uuid,
) -> Result<OrderDetail, OrderError> {
    let whose = Whose::Of(customer.user);
    let refund = db::again(|| async move {
        let transaction = state.db.begin().await?;
        let row = queries::to_change(&transaction, whose, id).await?.ok_or(OrderError::NoSuchOrder)?;
        let mut held = Held::new(row);
        let done = call_off(state, &transaction, &mut held, Hand::customer(customer.user), None).await?;
        held.write(&transaction, state.clock.now()).await?;
        state.commit(transaction, done.outdated).await?;
        Ok::<_, OrderError>(done.refund)
    })
    .await?;
    state.mailroom.wake();
    settle_or_leave(state, refund).await;
    let db = state.db.reader();
    let row = queries::find(db, whose, &queries::Name::Id(id)).await?.ok_or(OrderError::NoSuchOrder)?;
    Ok(present::whole(db, &*state.payments, row, Actor::Customer).await?)
}

/// Calls off an order that is held, and puts what it held back.
pub(super) async fn call_off(
    state: &AppState,
    transaction: &DatabaseTransaction,
    held: &mut Held,
    by: Hand,
    note: Option<String>,
) -> Result<CalledOff, OrderError> {
    held.turn(state, OrderStatus::Cancelled, by, note)?;
    let order = &held.row;
    give_up_payments(state, transaction, order.id).await?;
    let outdated = restock(state, transaction, order.id, by).await?;
    let refund = match order.payment_status {
        OrderPaymentStatus::Paid | OrderPaymentStatus::PartiallyRefunded => {
            let owed = refund::owe(state, transaction, order, Part::All, by.id).await;
            owed.map(Some).or_else(|error| match error {
                // All of it is on its way back already.
                OrderError::NothingPaid => Ok(None),
                error => Err(error),
            })?
        }
        _ => None,
    };
    post(state, transaction, order, OrderMail::Cancelled { order_id: order.id }).await?;
    Ok(CalledOff { outdated, refund })
}

/// Nobody is to pay for it any more.
async fn give_up_payments(
    state: &AppState,
    transaction: &DatabaseTransaction,
    order: Uuid,
) -> Result<(), DbErr> {
    payment::Entity::update_many()
        .col_expr(payment::Column::Status, Expr::value(PaymentStatus::Cancelled.to_value()))
        .col_expr(payment::Column::UpdatedAt, Expr::value(state.clock.now()))
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::Status.eq(PaymentStatus::Pending))
        .exec(transaction)
        .await
        .map(drop)
}

/// Puts back what was not put back with a refund.
async fn restock(
    state: &AppState,
    transaction: &DatabaseTransaction,
    order: Uuid,
    by: Hand,
) -> Result<Vec<String>, OrderError> {
    let lines = queries::lines_of(transaction, order).await?;
    let refunds = queries::refunds(transaction, order).await?;
    let back =
        refunds.iter().filter(|(refund, _)| refund.restock && refund.status == RefundStatus::Succeeded);
    let mut back_of: BTreeMap<Uuid, i32> = BTreeMap::new();
    for line in back.flat_map(|(_, lines)| lines) {
        *back_of.entry(line.order_line_id).or_default() += line.quantity;
    }
    let pieces = lines.iter().filter_map(|line| {
        let left = line.quantity - back_of.get(&line.id).copied().unwrap_or_default();
        Some((line.variant_id?, left))
    });
    put_back(state, transaction, order, StockReason::Cancel, by.id, pieces).await
}

/// Puts pieces of variants back into stock.
pub(super) async fn put_back(
    state: &AppState,
    transaction: &DatabaseTransaction,
    order: Uuid,
    reason: StockReason,
    actor: Option<Uuid>,
    pieces: impl Iterator<Item = (Uuid, i32)>,
) -> Result<Vec<String>, OrderError> {
    let mut of_variant: BTreeMap<Uuid, i32> = BTreeMap::new();
    for (variant, quantity) in pieces {
        *of_variant.entry(variant).or_default() += quantity;
    }
    let shifts: Vec<Shift> = of_variant
        .into_iter()
        .filter(|(_, delta)| *delta > 0)
        .map(|(variant, delta)| Shift { variant, delta, price: None })
        .collect();
    let cause = Cause { reason, order, actor };
    let outdated = stock::shift(transaction, &state.ids, state.clock.now(), &shifts, cause).await?;
    // A variant was removed at this very moment.
    outdated.ok_or(OrderError::Overtaken)
}
