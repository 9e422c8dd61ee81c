//! Orders as they go over the wire.

use entity::{
    order::{self, OrderPaymentStatus},
    order_event::{self, ActorKind, OrderEventKind},
    order_line,
    payment::{self, PaymentStatus},
    refund::RefundStatus,
    refund_line,
};
use openapi::{
    Currency, Money,
    orders::{self as wire, Actor, OrderStatus},
};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::Value;

use super::queries::{self, RefundOf};
use crate::payments::Provider;

/// Everything about an order. Five statements.
pub(super) async fn whole(
    db: &impl ConnectionTrait,
    provider: &dyn Provider,
    order: order::Model,
    viewer: Actor,
) -> Result<wire::OrderDetail, DbErr> {
    let id = order.id;
    let lines = queries::lines_of(db, id).await?;
    let events = queries::events(db, id).await?;
    let payments = queries::payments(db, id).await?;
    let refunds = queries::refunds(db, id).await?;
    let currency = currency(&order);
    Ok(wire::OrderDetail {
        payments: payments.into_iter().map(|row| self::payment(row, provider)).collect(),
        refunds: refunds.into_iter().map(|row| refund(row, currency)).collect(),
        ..fresh(order, lines, events, viewer)
    })
}

/// An order for which no money has moved.
pub(super) fn fresh(
    order: order::Model,
    lines: Vec<order_line::Model>,
    events: Vec<order_event::Model>,
    viewer: Actor,
) -> wire::OrderDetail {
    wire::OrderDetail {
        can_become: status(order.status).next(viewer).collect(),
        order: self::order(order, lines),
        timeline: events.into_iter().map(|row| event(row, viewer)).collect(),
        payments: Vec::new(),
        refunds: Vec::new(),
    }
}

/// What an order was placed in stays what it is in.
pub(super) fn currency(order: &order::Model) -> Currency {
    Currency::try_from(order.currency.as_str()).unwrap_or(Currency::USD)
}

pub(super) fn order(order: order::Model, lines: Vec<order_line::Model>) -> wire::Order {
    let currency = currency(&order);
    let money = |minor| Money::from_minor(minor, currency);
    wire::Order {
        id: order.id,
        order_number: order.number,
        user_id: order.user_id,
        email: order.email,
        status: status(order.status),
        payment_status: payment_status(order.payment_status),
        currency: order.currency,
        subtotal: money(order.subtotal),
        tax: money(order.tax),
        shipping_amount: money(order.shipping_amount),
        discount_amount: money(order.discount_amount),
        total_amount: money(order.total_amount),
        refunded_amount: money(order.refunded_amount),
        items: lines.into_iter().map(|row| item(row, currency)).collect(),
        shipping_address: address(order.shipping_address),
        billing_address: address(order.billing_address),
        notes: order.notes,
        tracking_number: order.tracking_number,
        paid_at: order.paid_at,
        shipped_at: order.shipped_at,
        delivered_at: order.delivered_at,
        cancelled_at: order.cancelled_at,
        expires_at: order.expires_at,
        version: order.version,
        created_at: order.created_at,
        updated_at: order.updated_at,
    }
}

fn item(line: order_line::Model, currency: Currency) -> wire::OrderItem {
    let money = |minor| Money::from_minor(minor, currency);
    wire::OrderItem {
        id: line.id,
        product_id: line.product_id,
        variant_id: line.variant_id,
        sku: line.sku,
        name: line.name,
        options: serde_json::from_value(line.option_values).unwrap_or_default(),
        image_url: line.image_url,
        quantity: u32::try_from(line.quantity).unwrap_or_default(),
        unit_price: money(line.unit_price),
        subtotal: money(line.subtotal),
        tax: money(line.tax),
        tax_rate: percent(line.tax_rate_bps),
    }
}

fn percent(hundredths: i32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn address(kept: Value) -> wire::OrderAddress {
    serde_json::from_value(kept).unwrap_or_default()
}

/// Customers are not told which administrator it was.
fn event(event: order_event::Model, viewer: Actor) -> wire::OrderEvent {
    let by = match event.actor_kind {
        ActorKind::Customer => Actor::Customer,
        ActorKind::Admin => Actor::Admin,
        ActorKind::System => Actor::System,
    };
    wire::OrderEvent {
        id: event.id,
        kind: match event.kind {
            OrderEventKind::Placed => wire::OrderEventKind::Placed,
            OrderEventKind::StatusChanged => wire::OrderEventKind::StatusChanged,
            OrderEventKind::Payment => wire::OrderEventKind::Payment,
            OrderEventKind::Refund => wire::OrderEventKind::Refund,
            OrderEventKind::Note => wire::OrderEventKind::Note,
        },
        from: event.from_status.map(status),
        to: event.to_status.map(status),
        by,
        actor_id: event.actor_id.filter(|_| viewer == Actor::Admin || by == Actor::Customer),
        note: event.note,
        created_at: event.created_at,
    }
}

pub(super) fn payment(row: payment::Model, provider: &dyn Provider) -> wire::Payment {
    let is_waiting = row.status == PaymentStatus::Pending && row.provider == provider.name();
    let currency = Currency::try_from(row.currency.as_str()).unwrap_or(Currency::USD);
    wire::Payment {
        id: row.id,
        status: match row.status {
            PaymentStatus::Pending => wire::PaymentState::Pending,
            PaymentStatus::Authorised => wire::PaymentState::Authorised,
            PaymentStatus::Captured => wire::PaymentState::Captured,
            PaymentStatus::Failed => wire::PaymentState::Failed,
            PaymentStatus::Cancelled => wire::PaymentState::Cancelled,
        },
        amount: Money::from_minor(row.amount, currency),
        currency: row.currency,
        instructions: provider.instructions().filter(|_| is_waiting).map(str::to_owned),
        provider: row.provider,
        created_at: row.created_at,
    }
}

pub(super) fn refund((row, lines): RefundOf, currency: Currency) -> wire::Refund {
    wire::Refund {
        id: row.id,
        amount: Money::from_minor(row.amount, currency),
        status: match row.status {
            RefundStatus::Pending => wire::RefundState::Pending,
            RefundStatus::Succeeded => wire::RefundState::Succeeded,
            RefundStatus::Failed => wire::RefundState::Failed,
        },
        restock: row.restock,
        reason: row.reason,
        items: lines.iter().map(refund_item).collect(),
        created_at: row.created_at,
    }
}

fn refund_item(line: &refund_line::Model) -> wire::RefundItem {
    wire::RefundItem {
        item_id: line.order_line_id,
        quantity: u32::try_from(line.quantity).unwrap_or_default(),
    }
}

pub(super) fn status(status: order::OrderStatus) -> OrderStatus {
    match status {
        order::OrderStatus::Pending => OrderStatus::Pending,
        order::OrderStatus::Confirmed => OrderStatus::Confirmed,
        order::OrderStatus::Processing => OrderStatus::Processing,
        order::OrderStatus::Shipped => OrderStatus::Shipped,
        order::OrderStatus::Delivered => OrderStatus::Delivered,
        order::OrderStatus::Cancelled => OrderStatus::Cancelled,
        order::OrderStatus::Refunded => OrderStatus::Refunded,
    }
}

pub(super) fn kept_status(status: OrderStatus) -> order::OrderStatus {
    match status {
        OrderStatus::Pending => order::OrderStatus::Pending,
        OrderStatus::Confirmed => order::OrderStatus::Confirmed,
        OrderStatus::Processing => order::OrderStatus::Processing,
        OrderStatus::Shipped => order::OrderStatus::Shipped,
        OrderStatus::Delivered => order::OrderStatus::Delivered,
        OrderStatus::Cancelled => order::OrderStatus::Cancelled,
        OrderStatus::Refunded => order::OrderStatus::Refunded,
    }
}

pub(super) fn payment_status(status: OrderPaymentStatus) -> wire::PaymentStatus {
    match status {
        OrderPaymentStatus::Unpaid => wire::PaymentStatus::Unpaid,
        OrderPaymentStatus::Authorised => wire::PaymentStatus::Authorised,
        OrderPaymentStatus::Paid => wire::PaymentStatus::Paid,
        OrderPaymentStatus::PartiallyRefunded => wire::PaymentStatus::PartiallyRefunded,
        OrderPaymentStatus::Refunded => wire::PaymentStatus::Refunded,
        OrderPaymentStatus::Failed => wire::PaymentStatus::Failed,
        OrderPaymentStatus::Expired => wire::PaymentStatus::Expired,
    }
}

pub(super) fn kept_payment_status(status: wire::PaymentStatus) -> OrderPaymentStatus {
    match status {
        wire::PaymentStatus::Unpaid => OrderPaymentStatus::Unpaid,
        wire::PaymentStatus::Authorised => OrderPaymentStatus::Authorised,
        wire::PaymentStatus::Paid => OrderPaymentStatus::Paid,
        wire::PaymentStatus::PartiallyRefunded => OrderPaymentStatus::PartiallyRefunded,
        wire::PaymentStatus::Refunded => OrderPaymentStatus::Refunded,
        wire::PaymentStatus::Failed => OrderPaymentStatus::Failed,
        wire::PaymentStatus::Expired => OrderPaymentStatus::Expired,
    }
}
