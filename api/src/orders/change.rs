//! What administrators make of orders.

use openapi::{
    orders::{Actor, OrderChange, OrderDetail, OrderStatus, PaymentStatus, StatusChange},
    rules::{MAX_LINE, MAX_NOTES},
    text::{clean_line, clean_paragraphs},
};
use sea_orm::DatabaseTransaction;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    OrderError, OrderMail,
    advance::{Hand, Held},
    cancel::{self, CalledOff},
    letters::post,
    pay,
    place::{check_postal_code, cleaned},
    present,
    queries::{self, Whose},
    refund::{self, Part},
    settle::{settle, settle_or_leave},
};
use crate::{
    access::Identity,
    audit::{Caller, Entry},
    broken::BrokenRules,
    db,
    http::IfMatch,
    state::AppState,
};

/// Takes an order one step further, calls it off, or gives back all that was paid for it.
pub(super) async fn change_status(
    state: &AppState,
    caller: &Caller,
    admin: &Identity,
    id: Uuid,
    condition: &IfMatch,
    change: &StatusChange,
) -> Result<OrderDetail, OrderError> {
    let refund = db::again(|| async move {
        let transaction = state.db.begin().await?;
        let mut held = hold(&transaction, id, condition).await?;
        let before = shown(&held);
        let done = step(state, &transaction, &mut held, admin, change).await?;
        if let Some(number) = &change.tracking_number {
            held.row.tracking_number = clean_line(number, MAX_LINE).ok();
        }
        let entry = Entry::about("order", id, "order.status-changed").changed(before, shown(&held));
        state.audit.record(&transaction, caller, entry).await?;
        held.write(&transaction, state.clock.now()).await?;
        state.commit(transaction, done.outdated).await?;
        Ok::<_, OrderError>(done.refund)
    })
    .await?;
    state.mailroom.wake();
    match refund {
        // Only when the money is back is the order what it was to become.
        Some(refund) if change.status == OrderStatus::Refunded => settle(state, refund).await?,
        refund => settle_or_leave(state, refund).await,
    }
    read(state, id).await
}

async fn step(
    state: &AppState,
    transaction: &DatabaseTransaction,
    held: &mut Held,
    admin: &Identity,
    change: &StatusChange,
) -> Result<CalledOff, OrderError> {
    let by = Hand::admin(admin.user);
    let note = change.notes.as_deref().and_then(|text| clean_paragraphs(text, MAX_NOTES).ok());
    match change.status {
        OrderStatus::Cancelled => cancel::call_off(state, transaction, held, by, note).await,
        OrderStatus::Refunded if held.status().can_become(OrderStatus::Refunded, Actor::Admin) => {
            let all = Part::All { reason: note.clone() };
            match refund::owe(state, transaction, &held.row, all, by.id).await {
                Ok(refund) => Ok(CalledOff { outdated: Vec::new(), refund: Some(refund) }),
                // Nothing was paid, or all of it is back.
                Err(OrderError::NothingPaid) => {
                    held.turn(state, OrderStatus::Refunded, by, note)?;
                    Ok(CalledOff::nothing())
                }
                Err(error) => Err(error),
            }
        }
        next => {
            held.turn(state, next, by, note)?;
            if next == OrderStatus::Shipped {
                post(state, transaction, &held.row, OrderMail::Shipped { order_id: held.row.id }).await?;
            }
            Ok(CalledOff::nothing())
        }
    }
}

/// Changes what can be changed of an order without taking it further, and says that it is paid.
pub(super) async fn change(
    state: &AppState,
    caller: &Caller,
    admin: &Identity,
    id: Uuid,
    condition: &IfMatch,
    change: &OrderChange,
) -> Result<OrderDetail, OrderError> {
    let mut broken = BrokenRules::default();
    if let Some(address) = &change.shipping_address {
        check_postal_code("/shippingAddress", address, &mut broken);
    }
    if change.payment_status.is_some_and(|status| status != PaymentStatus::Paid) {
        broken.add("/paymentStatus", "payment", "can only be said to be PAID");
    }
    broken.none_or(OrderError::Broken)?;
    let is_to_be_paid = db::again(|| async move {
        let transaction = state.db.begin().await?;
        let mut held = hold(&transaction, id, condition).await?;
        let before = shown(&held);
        if let Some(number) = &change.tracking_number {
            held.row.tracking_number = number.as_deref().and_then(|text| clean_line(text, MAX_LINE).ok());
        }
        if let Some(address) = &change.shipping_address {
            if matches!(held.status(), OrderStatus::Shipped | OrderStatus::Delivered) {
                return Err(OrderError::Shipped);
            }
            held.row.shipping_address = json!(cleaned(address.clone()));
        }
        let is_to_be_paid = change.payment_status.is_some()
            && present::payment_status(held.row.payment_status) != PaymentStatus::Paid;
        let mut after = shown(&held);
        if change.shipping_address.is_some() {
            after["shippingAddress"] = json!("changed");
        }
        if is_to_be_paid {
            pay::check_payable(&held.row)?;
            after["paymentStatus"] = json!(PaymentStatus::Paid);
        }
        if after != before {
            let entry = Entry::about("order", id, "order.changed").changed(before, after);
            state.audit.record(&transaction, caller, entry).await?;
        }
        held.write(&transaction, state.clock.now()).await?;
        transaction.commit().await?;
        Ok(is_to_be_paid)
    })
    .await?;
    if is_to_be_paid {
        pay::take(state, admin, id).await?;
    }
    read(state, id).await
}

pub(super) async fn read(state: &AppState, id: Uuid) -> Result<OrderDetail, OrderError> {
    let db = state.db.reader();
    let row = queries::by_id(db, id).await?.ok_or(OrderError::NoSuchOrder)?;
    Ok(present::whole(db, &*state.payments, row, Actor::Admin).await?)
}

async fn hold(transaction: &DatabaseTransaction, id: Uuid, condition: &IfMatch) -> Result<Held, OrderError> {
    let row = queries::to_change(transaction, Whose::Everybodys, id).await?.ok_or(OrderError::NoSuchOrder)?;
    if condition.holds(row.version) { Ok(Held::new(row)) } else { Err(OrderError::Outdated) }
}

/// What the audit log compares. Whose order it is, and where they live, is not written there.
fn shown(held: &Held) -> Value {
    json!({
        "status": held.status(),
        "paymentStatus": present::payment_status(held.row.payment_status),
        "trackingNumber": held.row.tracking_number,
    })
}
