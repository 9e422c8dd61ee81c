//! Paying for an order: a customer begins to, an administrator says that the money is here. What providers say goes
//! through [`super::hear`], whether they were asked or speak of their own accord.

use entity::{
    order::{self, OrderPaymentStatus, OrderStatus},
    payment,
    payment::PaymentStatus,
};
use openapi::{Money, orders as wire};
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{
    OrderError,
    advance::{Hand, Held},
    hear::note,
    present,
    queries::{self, Whose},
    settle::settle_or_leave,
};
use crate::{
    access::Identity,
    db::{self, insert},
    idempotency::{Answer, Once},
    payments::Charge,
    state::AppState,
};

/// Begins to pay an order, once.
pub(super) async fn begin(
    state: &AppState,
    customer: &Identity,
    id: Uuid,
    once: &Once<wire::Payment>,
) -> Result<Answer, OrderError> {
    let whose = Whose::Of(customer.user);
    let begun = db::again(|| async move {
        let transaction = state.db.begin().await?;
        if let Some(answer) = once.begin(&transaction, state.clock.now()).await? {
            return Ok(Err(answer));
        }
        let order = queries::to_change(&transaction, whose, id).await?.ok_or(OrderError::NoSuchOrder)?;
        let charge = open(state, &transaction, &order).await?;
        transaction.commit().await?;
        Ok::<_, OrderError>(Ok(charge))
    });
    let charge = match begun.await? {
        Ok(charge) => charge,
        Err(answer) => return Ok(answer),
    };
    let word = &state.payments.authorise(&charge).await?;
    let charge = charge.id;
    let (answer, refund) = db::again(|| async move {
        let (transaction, now) = (state.db.begin().await?, state.clock.now());
        if let Some(answer) = once.resume(&transaction, now).await? {
            return Ok((answer, None));
        }
        let row = queries::to_change(&transaction, whose, id).await?.ok_or(OrderError::NoSuchOrder)?;
        let mut held = Held::new(row);
        let (payment, refund) =
            note(state, &transaction, &mut held, charge, word, Hand::customer(customer.user)).await?;
        held.write(&transaction, now).await?;
        let answer = once.keep(&transaction, now, &present::payment(payment, &*state.payments)).await?;
        transaction.commit().await?;
        Ok::<_, OrderError>((answer, refund))
    })
    .await?;
    settle_or_leave(state, refund).await;
    Ok(answer)
}

/// Takes the money for an order, by the word of an administrator.
pub(super) async fn take(state: &AppState, admin: &Identity, id: Uuid) -> Result<(), OrderError> {
    let charge = db::again(|| async move {
        let transaction = state.db.begin().await?;
        let order =
            queries::to_change(&transaction, Whose::Everybodys, id).await?.ok_or(OrderError::NoSuchOrder)?;
        let charge = open(state, &transaction, &order).await?;
        transaction.commit().await?;
        Ok::<_, OrderError>(charge)
    })
    .await?;
    let word = state.payments.capture(&charge).await?;
    super::hear::record(state, charge.id, &word, Hand::admin(admin.user)).await
}

/// The payment of an order that is held: the one that was begun, or a new one.
async fn open(
    state: &AppState,
    transaction: &DatabaseTransaction,
    order: &order::Model,
) -> Result<Charge, OrderError> {
    check_payable(order)?;
    let known = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order.id))
        .filter(payment::Column::Provider.eq(state.payments.name()))
        .filter(payment::Column::Status.is_in([PaymentStatus::Pending, PaymentStatus::Authorised]))
        .one(transaction)
        .await?;
    let row = match known {
        Some(row) => row,
        None => begin_anew(state, transaction, order).await?,
    };
    Ok(Charge {
        id: row.id,
        order_number: order.number.clone(),
        amount: Money::from_minor(row.amount, present::currency(order)),
        currency: row.currency,
        reference: row.provider_reference,
    })
}

async fn begin_anew(
    state: &AppState,
    transaction: &DatabaseTransaction,
    order: &order::Model,
) -> Result<payment::Model, DbErr> {
    let now = state.clock.now();
    let row = payment::Model {
        id: state.ids.next(),
        order_id: order.id,
        provider: state.payments.name().to_owned(),
        provider_reference: None,
        status: PaymentStatus::Pending,
        amount: order.total_amount,
        currency: order.currency.clone(),
        error: None,
        created_at: now,
        updated_at: now,
    };
    insert::all::<payment::Entity>(transaction, vec![row.clone()]).await?;
    Ok(row)
}

/// Refuses an order that is paid, or will not be.
pub(super) fn check_payable(order: &order::Model) -> Result<(), OrderError> {
    match (order.payment_status, order.status) {
        (
            OrderPaymentStatus::Paid | OrderPaymentStatus::PartiallyRefunded | OrderPaymentStatus::Refunded,
            _,
        ) => Err(OrderError::Paid),
        (_, status @ (OrderStatus::Cancelled | OrderStatus::Refunded)) => {
            Err(OrderError::NotPayable(present::status(status)))
        }
        _ => Ok(()),
    }
}
