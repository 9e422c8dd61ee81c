//! Giving money back. What is owed is written down first, then the provider is asked, then what it says is written down:
//! whoever dies in between leaves behind a refund that is under way, and that another brings to its end.

use std::collections::BTreeMap;

use entity::{
    order::{self, OrderPaymentStatus},
    order_line, payment,
    payment::PaymentStatus,
    refund::{self, RefundStatus},
    refund_line,
};
use openapi::{
    Money,
    orders::{NewRefund, Refund, RefundItem},
    rules::MAX_LINE,
    text::clean_line,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    OrderError, present,
    queries::{self, RefundOf, Whose},
    settle::settle,
};
use crate::{
    access::Identity,
    audit::{Caller, Entry},
    broken::BrokenRules,
    db::{self, insert},
    idempotency::{Answer, Once},
    state::AppState,
};

/// What is to be given back.
#[derive(Debug)]
pub(super) enum Part<'a> {
    /// All that is left, without anything coming back into stock.
    All { reason: Option<String> },
    /// What an administrator asks for, and the name of their request.
    Asked { what: &'a NewRefund, request: Option<String> },
}

/// Gives money back because an administrator says so, once.
pub(super) async fn give_back(
    state: &AppState,
    caller: &Caller,
    admin: &Identity,
    id: Uuid,
    what: &NewRefund,
    once: &Once<Refund>,
) -> Result<Answer, OrderError> {
    let owed = db::again(|| async move {
        let transaction = state.db.begin().await?;
        if let Some(answer) = once.begin(&transaction, state.clock.now()).await? {
            return Ok(Err(answer));
        }
        let order =
            queries::to_change(&transaction, Whose::Everybodys, id).await?.ok_or(OrderError::NoSuchOrder)?;
        if let Some(begun) = under_way(&transaction, once.name()).await? {
            return Ok(Ok(begun));
        }
        let part = Part::Asked { what, request: once.name() };
        let refund = owe(state, &transaction, &order, part, Some(admin.user)).await?;
        let before = json!({
            "status": present::status(order.status), "paymentStatus": present::payment_status(order.payment_status),
            "refundedAmount": Money::from_minor(order.refunded_amount, present::currency(&order)),
        });
        let entry = Entry::about("order", id, "order.refund-asked").before(before).after(json!({
            "refundId": refund, "items": what.items, "restock": what.restock, "reason": what.reason,
        }));
        state.audit.record(&transaction, caller, entry).await?;
        transaction.commit().await?;
        Ok::<_, OrderError>(Ok(refund))
    })
    .await?;
    let refund = match owed {
        Ok(refund) => refund,
        Err(answer) => return Ok(answer),
    };
    settle(state, refund).await?;
    state.mailroom.wake();
    tell(state, refund, once).await
}

/// Keeps the answer of a refund that has been asked for.
async fn tell(state: &AppState, refund: Uuid, once: &Once<Refund>) -> Result<Answer, OrderError> {
    let (transaction, now) = (state.db.begin().await?, state.clock.now());
    if let Some(answer) = once.resume(&transaction, now).await? {
        return Ok(answer);
    }
    let found = queries::refund(&transaction, refund).await?.ok_or(OrderError::NoSuchOrder)?;
    let order = queries::by_id(&transaction, found.0.order_id).await?;
    let currency = present::currency(&order.ok_or(OrderError::NoSuchOrder)?);
    let answer = once.keep(&transaction, now, &present::refund(found, currency)).await?;
    transaction.commit().await?;
    Ok(answer)
}

/// The refund that this request has left behind, if it was carried out halfway.
async fn under_way(
    transaction: &DatabaseTransaction,
    request: Option<String>,
) -> Result<Option<Uuid>, DbErr> {
    let Some(request) = request else {
        return Ok(None);
    };
    let found =
        refund::Entity::find().filter(refund::Column::RequestKey.eq(request)).one(transaction).await?;
    Ok(found.map(|refund| refund.id))
}

/// Writes down that money is owed for an order that is held. Never more than was paid, nor for more pieces than were sold.
pub(super) async fn owe(
    state: &AppState,
    transaction: &DatabaseTransaction,
    order: &order::Model,
    part: Part<'_>,
    actor: Option<Uuid>,
) -> Result<Uuid, OrderError> {
    let is_paid =
        matches!(order.payment_status, OrderPaymentStatus::Paid | OrderPaymentStatus::PartiallyRefunded);
    if !is_paid {
        return Err(OrderError::NothingPaid);
    }
    let lines = queries::lines_of(transaction, order.id).await?;
    let before = queries::refunds(transaction, order.id).await?;
    let given = Given::count(&before);
    let left = order.total_amount - given.amount;
    let (items, restock, reason, request_key) = match part {
        Part::All { reason } => (None, false, reason, None),
        Part::Asked { what, request } => {
            let reason = what.reason.as_deref().and_then(|text| clean_line(text, MAX_LINE).ok());
            (what.items.as_deref(), what.restock, reason, request)
        }
    };
    if restock && order.status == order::OrderStatus::Cancelled {
        return Err(OrderError::Restocked);
    }
    let (pieces, amount) = match items {
        Some(items) => given.some(&lines, items)?,
        None => (given.rest(&lines), left),
    };
    if amount <= 0 || amount > left {
        return Err(OrderError::NothingPaid);
    }
    let row = refund::Model {
        id: state.ids.next(),
        order_id: order.id,
        payment_id: captured(transaction, order.id).await?,
        amount,
        reason,
        restock,
        status: RefundStatus::Pending,
        provider_reference: None,
        request_key,
        actor_id: actor,
        created_at: state.clock.now(),
    };
    let id = row.id;
    row.into_active_model().insert(transaction).await?;
    let rows = pieces.into_iter().map(|piece| refund_line::Model {
        id: state.ids.next(),
        refund_id: id,
        order_line_id: piece.line,
        quantity: piece.quantity,
        amount: piece.amount,
    });
    insert::all::<refund_line::Entity>(transaction, rows.collect()).await?;
    Ok(id)
}

/// The payment by which the money came.
async fn captured(transaction: &DatabaseTransaction, order: Uuid) -> Result<Option<Uuid>, DbErr> {
    let found = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::Status.eq(PaymentStatus::Captured))
        .order_by_asc(payment::Column::Id)
        .one(transaction)
        .await?;
    Ok(found.map(|payment| payment.id))
}

/// What was given back already, or is on its way.
#[derive(Debug, Default)]
struct Given {
    amount: i64,
    pieces: BTreeMap<Uuid, i32>,
}

/// So many pieces of a line, and what was paid for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    line: Uuid,
    quantity: i32,
    amount: i64,
}

impl Given {
    fn count(refunds: &[RefundOf]) -> Self {
        let mut given = Self::default();
        for (refund, lines) in refunds.iter().filter(|(refund, _)| refund.status != RefundStatus::Failed) {
            given.amount += refund.amount;
            for line in lines {
                *given.pieces.entry(line.order_line_id).or_default() += line.quantity;
            }
        }
        given
    }

    fn of(&self, line: &order_line::Model) -> i32 {
        self.pieces.get(&line.id).copied().unwrap_or_default()
    }

    /// So many more pieces of a line.
    fn more(&self, line: &order_line::Model, quantity: i32) -> Piece {
        let before = self.of(line);
        let amount = share(line, before + quantity) - share(line, before);
        Piece { line: line.id, quantity, amount }
    }

    /// All pieces that are left.
    fn rest(&self, lines: &[order_line::Model]) -> Vec<Piece> {
        let left = lines.iter().map(|line| self.more(line, line.quantity - self.of(line)));
        left.filter(|piece| piece.quantity > 0).collect()
    }

    /// The pieces that are asked for, and what they come to.
    fn some(
        &self,
        lines: &[order_line::Model],
        items: &[RefundItem],
    ) -> Result<(Vec<Piece>, i64), OrderError> {
        let (mut unknown, mut too_many) = (BrokenRules::default(), BrokenRules::default());
        let mut wanted: BTreeMap<Uuid, i32> = BTreeMap::new();
        for (place, item) in items.iter().enumerate() {
            let Some(line) = lines.iter().find(|line| line.id == item.item_id) else {
                unknown.add(
                    format!("/items/{place}/itemId"),
                    "unknown",
                    "is not the id of an item of this order",
                );
                continue;
            };
            let all = wanted.entry(line.id).or_default();
            *all += i32::try_from(item.quantity).unwrap_or(i32::MAX);
            let left = line.quantity - self.of(line);
            if *all > left {
                let why = format!("is more than are left to be given back, which is {left}");
                too_many.add(format!("/items/{place}/quantity"), "range", why);
            }
        }
        unknown.none_or(OrderError::Broken)?;
        too_many.none_or(OrderError::TooManyPieces)?;
        let asked = lines.iter().filter_map(|line| Some(self.more(line, *wanted.get(&line.id)?)));
        let pieces: Vec<Piece> = asked.collect();
        let amount = pieces.iter().map(|piece| piece.amount).sum();
        Ok((pieces, amount))
    }
}

/// What the first so many pieces of a line cost with their tax: so that however a line is given back, it comes to what was
/// paid for it, to the cent.
fn share(line: &order_line::Model, pieces: i32) -> i64 {
    let whole = i128::from(line.subtotal + line.tax);
    let share = whole * i128::from(pieces) / i128::from(line.quantity.max(1));
    i64::try_from(share).unwrap_or_default()
}
