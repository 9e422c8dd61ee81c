//! What becomes of orders that nobody attends to: those that are not paid in time are called off, and refunds that were
//! left halfway are brought to their end. Every server looks; what one has in hand the others pass over.

use std::{sync::Arc, time::Duration};

use actix_web::web::Data;
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    order::{self, OrderPaymentStatus},
    refund,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
    sea_query::{Expr, LockBehavior, LockType},
};
use uuid::Uuid;

use super::{
    OrderError,
    advance::{Hand, Held},
    cancel::call_off,
    settle::settle_or_leave,
};
use crate::{
    background::{Background, Stop},
    db,
    state::AppState,
};

/// How often it is looked.
const PAUSE: Duration = Duration::from_secs(20);
/// How many orders are read at a time.
const BATCH: u64 = 100;
/// In so many words: only then can the planner see that the partial indexes serve.
const IS_PENDING: &str = "status = 'PENDING'";
/// Whoever asked for a refund is given so long to see it through.
const LEFT_HALFWAY: TimeDelta = TimeDelta::minutes(1);

/// Looks for as long as the server runs.
pub(crate) fn start(background: &mut Background, state: &Data<AppState>) {
    let state = state.clone();
    background.repeat("orders", PAUSE, Arc::default(), move |stop| {
        let state = state.clone();
        async move {
            expire(&state, &stop).await?;
            settle_left(&state, &stop).await
        }
    });
}

async fn expire(state: &AppState, stop: &Stop) -> Result<(), OrderError> {
    loop {
        let due = due(state.db.reader(), state.clock.now()).await?;
        for order in &due {
            if stop.is_told() {
                return Ok(());
            }
            db::again(|| expire_one(state, *order)).await?;
        }
        if (due.len() as u64) < BATCH {
            return Ok(());
        }
    }
}

/// Orders that were not paid in time, the longest overdue first.
async fn due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Uuid>, DbErr> {
    overdue(now)
        .select_only()
        .column(order::Column::Id)
        .order_by_asc(order::Column::ExpiresAt)
        .limit(BATCH)
        .into_tuple()
        .all(db)
        .await
}

fn overdue(now: DateTime<Utc>) -> Select<order::Entity> {
    order::Entity::find()
        .filter(Expr::cust(IS_PENDING))
        .filter(order::Column::ExpiresAt.lt(now))
        .filter(order::Column::PaymentStatus.is_in([OrderPaymentStatus::Unpaid, OrderPaymentStatus::Failed]))
}

async fn expire_one(state: &AppState, id: Uuid) -> Result<(), OrderError> {
    let (transaction, now) = (state.db.begin().await?, state.clock.now());
    let Some(row) = pass_over_held(&transaction, overdue(now), id).await? else {
        return Ok(());
    };
    let number = row.number.clone();
    let mut held = Held::new(row);
    let done = call_off(state, &transaction, &mut held, Hand::SHOP, None).await?;
    held.row.payment_status = OrderPaymentStatus::Expired;
    held.write(&transaction, now).await?;
    state.commit(transaction, done.outdated).await?;
    state.mailroom.wake();
    tracing::info!(order = number, "an order was not paid in time");
    Ok(())
}

/// An order to be changed, unless somebody has it in hand.
async fn pass_over_held(
    transaction: &DatabaseTransaction,
    orders: Select<order::Entity>,
    id: Uuid,
) -> Result<Option<order::Model>, DbErr> {
    orders
        .filter(order::Column::Id.eq(id))
        .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked)
        .one(transaction)
        .await
}

/// Refunds whose servers have died, or whose providers were away.
async fn settle_left(state: &AppState, stop: &Stop) -> Result<(), OrderError> {
    let left: Vec<Uuid> = refund::Entity::find()
        .select_only()
        .column(refund::Column::Id)
        .filter(Expr::cust(IS_PENDING))
        .filter(refund::Column::CreatedAt.lt(state.clock.now() - LEFT_HALFWAY))
        .order_by_asc(refund::Column::CreatedAt)
        .limit(BATCH)
        .into_tuple()
        .all(state.db.reader())
        .await?;
    for refund in left {
        if stop.is_told() {
            return Ok(());
        }
        settle_or_leave(state, Some(refund)).await;
    }
    Ok(())
}
