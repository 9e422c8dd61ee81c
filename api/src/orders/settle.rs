//! Bringing what is owed to its end: asking the provider, and writing down what it says.

use entity::{
    order::OrderPaymentStatus,
    order_event::OrderEventKind,
    payment,
    refund::{self, RefundStatus},
    refund_line,
    stock_movement::StockReason,
};
use openapi::{Money, orders::OrderStatus};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::{
    OrderError, OrderMail,
    advance::{Hand, Held},
    cancel::put_back,
    letters::post,
    present,
    queries::{self, Whose},
};
use crate::{
    db,
    payments::{Progress, Repayment, Word},
    state::AppState,
};

/// Settles a refund if there is one. If that fails it is tried again later: it is not the request's business any more.
pub(super) async fn settle_or_leave(state: &AppState, refund: Option<Uuid>) {
    if let Some(refund) = refund
        && let Err(error) = settle(state, refund).await
    {
        tracing::warn!(%refund, %error, "a refund is left to be settled later");
    }
}

/// Asks the provider to give back what is owed, and writes down how that went.
pub(super) async fn settle(state: &AppState, refund: Uuid) -> Result<(), OrderError> {
    let db = state.db.reader();
    let Some((owed, _)) = queries::refund(db, refund).await? else {
        return Ok(());
    };
    if owed.status != RefundStatus::Pending {
        return Ok(());
    }
    let order = queries::by_id(db, owed.order_id).await?.ok_or(OrderError::NoSuchOrder)?;
    let charge = match owed.payment_id {
        Some(payment) => payment::Entity::find_by_id(payment).one(db).await?,
        None => None,
    };
    let repayment = Repayment {
        id: refund,
        order_number: order.number.clone(),
        amount: Money::from_minor(owed.amount, present::currency(&order)),
        currency: order.currency,
        charge: charge.and_then(|charge| charge.provider_reference),
    };
    let word = state.payments.refund(&repayment).await?;
    db::again(|| conclude(state, refund, owed.order_id, &word)).await?;
    state.mailroom.wake();
    Ok(())
}

/// Writes down what has become of a refund, unless somebody has.
async fn conclude(state: &AppState, refund: Uuid, order: Uuid, word: &Word) -> Result<(), OrderError> {
    let (transaction, now) = (state.db.begin().await?, state.clock.now());
    let row = queries::to_change(&transaction, Whose::Everybodys, order).await?;
    let mut held = Held::new(row.ok_or(OrderError::NoSuchOrder)?);
    let Some((owed, lines)) = queries::refund(&transaction, refund).await? else {
        return Ok(());
    };
    if owed.status != RefundStatus::Pending {
        return Ok(());
    }
    let mut outdated = vec![];
    let status = match &word.progress {
        Progress::Waiting | Progress::Authorised => RefundStatus::Pending,
        Progress::Failed(why) => {
            held.tell(state, OrderEventKind::Refund, hand(&owed, &held), Some(format!("Failed: {why}")));
            RefundStatus::Failed
        }
        Progress::Done => {
            if owed.restock && held.status() != OrderStatus::Cancelled {
                outdated = restock(state, &transaction, &owed, &lines).await?;
            }
            count(state, &mut held, &owed)?;
            let mail = OrderMail::Refunded { order_id: order, refund_id: refund };
            post(state, &transaction, &held.row, mail).await?;
            RefundStatus::Succeeded
        }
    };
    let mut change = owed.into_active_model();
    change.status = Set(status);
    if word.reference.is_some() {
        change.provider_reference = Set(word.reference.clone());
    }
    change.update(&transaction).await?;
    held.write(&transaction, now).await?;
    Ok(state.commit(transaction, outdated).await?)
}

/// Whose doing it is.
fn hand(owed: &refund::Model, held: &Held) -> Hand {
    match owed.actor_id {
        None => Hand::SHOP,
        Some(actor) if held.row.user_id == Some(actor) => Hand::customer(actor),
        Some(actor) => Hand::admin(actor),
    }
}

/// What the order has to show for it.
fn count(state: &AppState, held: &mut Held, owed: &refund::Model) -> Result<(), OrderError> {
    let by = hand(owed, held);
    held.row.refunded_amount += owed.amount;
    let is_all = held.row.refunded_amount == held.row.total_amount;
    held.row.payment_status =
        if is_all { OrderPaymentStatus::Refunded } else { OrderPaymentStatus::PartiallyRefunded };
    held.tell(state, OrderEventKind::Refund, by, owed.reason.clone());
    let closing = by.or_shop();
    if is_all && held.status().can_become(OrderStatus::Refunded, closing.kind) {
        held.turn(state, OrderStatus::Refunded, closing, None)?;
    }
    Ok(())
}

async fn restock(
    state: &AppState,
    transaction: &DatabaseTransaction,
    owed: &refund::Model,
    pieces: &[refund_line::Model],
) -> Result<Vec<String>, OrderError> {
    let lines = queries::lines_of(transaction, owed.order_id).await?;
    let variant = |line: Uuid| lines.iter().find(|known| known.id == line).and_then(|known| known.variant_id);
    let pieces = pieces.iter().filter_map(|piece| Some((variant(piece.order_line_id)?, piece.quantity)));
    put_back(state, transaction, owed.order_id, StockReason::Refund, owed.actor_id, pieces).await
}
