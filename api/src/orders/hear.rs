//! What payment providers say: in answer to a question, or of their own accord.

use entity::{
    order::OrderPaymentStatus,
    order_event::OrderEventKind,
    payment::{self, PaymentStatus},
};
use openapi::orders::OrderStatus;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::{
    OrderError,
    advance::{Hand, Held},
    queries::{self, Whose},
    refund::{self, Part},
    settle::settle_or_leave,
};
use crate::{
    db,
    payments::{Progress, Word},
    state::AppState,
};

/// Writes down what a provider tells of one of our charges. The same told twice changes nothing.
pub async fn hear(state: &AppState, charge: Uuid, word: &Word) -> Result<(), OrderError> {
    record(state, charge, word, Hand::SHOP).await
}

pub(super) async fn record(state: &AppState, charge: Uuid, word: &Word, by: Hand) -> Result<(), OrderError> {
    let payment = payment::Entity::find_by_id(charge).one(state.db.reader()).await?;
    let order = payment.ok_or(OrderError::NoSuchPayment)?.order_id;
    let refund = db::again(|| async move {
        let (transaction, now) = (state.db.begin().await?, state.clock.now());
        let row = queries::to_change(&transaction, Whose::Everybodys, order).await?;
        let mut held = Held::new(row.ok_or(OrderError::NoSuchOrder)?);
        let (_, refund) = note(state, &transaction, &mut held, charge, word, by).await?;
        held.write(&transaction, now).await?;
        transaction.commit().await?;
        Ok::<_, OrderError>(refund)
    })
    .await?;
    settle_or_leave(state, refund).await;
    Ok(())
}

/// Notes what is said of a charge for an order that is held. Money for an order that was called off meanwhile goes back.
pub(super) async fn note(
    state: &AppState,
    transaction: &DatabaseTransaction,
    held: &mut Held,
    charge: Uuid,
    word: &Word,
    by: Hand,
) -> Result<(payment::Model, Option<Uuid>), OrderError> {
    let row = payment::Entity::find_by_id(charge).one(transaction).await?.ok_or(OrderError::NoSuchPayment)?;
    if matches!(row.status, PaymentStatus::Captured | PaymentStatus::Failed) {
        return Ok((row, None));
    }
    let was = row.status;
    let mut noted = row.into_active_model();
    if word.reference.is_some() {
        noted.provider_reference.set_if_not_equals(word.reference.clone());
    }
    let is_open = matches!(
        held.row.payment_status,
        OrderPaymentStatus::Unpaid
            | OrderPaymentStatus::Authorised
            | OrderPaymentStatus::Failed
            | OrderPaymentStatus::Expired
    );
    match &word.progress {
        Progress::Waiting => {}
        Progress::Authorised => {
            noted.status.set_if_not_equals(PaymentStatus::Authorised);
            if is_open && was != PaymentStatus::Authorised {
                held.row.payment_status = OrderPaymentStatus::Authorised;
                held.tell(state, OrderEventKind::Payment, by, None);
            }
        }
        Progress::Failed(why) => {
            noted.status = Set(PaymentStatus::Failed);
            noted.error = Set(Some(why.clone()));
            if is_open {
                held.row.payment_status = OrderPaymentStatus::Failed;
                held.tell(state, OrderEventKind::Payment, by, Some(format!("Failed: {why}")));
            }
        }
        Progress::Done => {
            noted.status = Set(PaymentStatus::Captured);
            if is_open {
                held.row.payment_status = OrderPaymentStatus::Paid;
                held.row.paid_at = Some(state.clock.now());
                held.tell(state, OrderEventKind::Payment, by, None);
            } else {
                tracing::error!(order = held.row.number, %charge, "an order was paid twice: give one payment back by hand");
            }
        }
    }
    if !noted.is_changed() {
        let row = payment::Entity::find_by_id(charge).one(transaction).await?;
        return Ok((row.ok_or(OrderError::NoSuchPayment)?, None));
    }
    noted.updated_at = Set(state.clock.now());
    let row = noted.update(transaction).await?;
    let is_paid_now = is_open && held.row.payment_status == OrderPaymentStatus::Paid;
    let refund = match held.status() {
        OrderStatus::Pending if is_paid_now => {
            held.turn(state, OrderStatus::Confirmed, by.or_shop(), None)?;
            None
        }
        OrderStatus::Cancelled if is_paid_now => {
            Some(refund::owe(state, transaction, &held.row, Part::All { reason: None }, None).await?)
        }
        _ => None,
    };
    Ok((row, refund))
}
