//! The one way in which orders change: under the hand of whoever holds them, each change with an entry in the timeline.

use chrono::{DateTime, Utc};
use entity::{
    order,
    order_event::{self, ActorKind, OrderEventKind},
};
use openapi::orders::{Actor, OrderStatus};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, DbErr, IntoActiveModel};
use uuid::Uuid;

use super::{OrderError, present};
use crate::{db::insert, state::AppState};

/// Who changes an order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hand {
    pub(super) kind: Actor,
    pub(super) id: Option<Uuid>,
}

impl Hand {
    /// The shop itself.
    pub(super) const SHOP: Self = Self { kind: Actor::System, id: None };

    pub(super) fn customer(id: Uuid) -> Self {
        Self { kind: Actor::Customer, id: Some(id) }
    }

    /// The same, or the shop where it is not for customers to do what follows from what they did.
    pub(super) fn or_shop(self) -> Self {
        if self.kind == Actor::Customer { Self::SHOP } else { self }
    }

    pub(super) fn admin(id: Uuid) -> Self {
        Self { kind: Actor::Admin, id: Some(id) }
    }
}

/// An order that is held, on its way from what it was to what it will be.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) row: order::Model,
    before: order::Model,
    events: Vec<order_event::Model>,
}

impl Held {
    /// Takes an order that the transaction holds.
    pub(super) fn new(row: order::Model) -> Self {
        Self { before: row.clone(), row, events: Vec::new() }
    }

    pub(super) fn status(&self) -> OrderStatus {
        present::status(self.row.status)
    }

    /// Makes it what it is to become, if it may.
    pub(super) fn turn(
        &mut self,
        state: &AppState,
        to: OrderStatus,
        by: Hand,
        note: Option<String>,
    ) -> Result<(), OrderError> {
        let (from, now) = (self.status(), state.clock.now());
        if !from.can_become(to, by.kind) {
            return Err(OrderError::IllegalTransition { from, to, allowed: from.next(by.kind).collect() });
        }
        match to {
            OrderStatus::Shipped => self.row.shipped_at = Some(now),
            OrderStatus::Delivered => self.row.delivered_at = Some(now),
            OrderStatus::Cancelled => self.row.cancelled_at = Some(now),
            _ => {}
        }
        self.row.status = present::kept_status(to);
        // Only what is pending runs out.
        self.row.expires_at = None;
        self.tell(state, OrderEventKind::StatusChanged, by, note);
        Ok(())
    }

    /// Enters into the timeline what has just happened.
    pub(super) fn tell(&mut self, state: &AppState, kind: OrderEventKind, by: Hand, note: Option<String>) {
        let is_step = kind == OrderEventKind::StatusChanged;
        let from = self.events.iter().rev().find_map(|event| event.to_status).unwrap_or(self.before.status);
        self.events.push(order_event::Model {
            id: state.ids.next(),
            order_id: self.row.id,
            kind,
            from_status: is_step.then_some(from),
            to_status: is_step.then_some(self.row.status),
            actor_id: by.id,
            actor_kind: match by.kind {
                Actor::Customer => ActorKind::Customer,
                Actor::Admin => ActorKind::Admin,
                Actor::System => ActorKind::System,
            },
            note,
            created_at: state.clock.now(),
        });
    }

    /// Writes down what has changed, if anything has. Two statements at most.
    pub(super) async fn write(
        self,
        transaction: &DatabaseTransaction,
        now: DateTime<Utc>,
    ) -> Result<order::Model, DbErr> {
        if self.row == self.before && self.events.is_empty() {
            return Ok(self.before);
        }
        let (version, row) = (self.before.version + 1, self.row);
        let mut change = self.before.into_active_model();
        change.status.set_if_not_equals(row.status);
        change.payment_status.set_if_not_equals(row.payment_status);
        change.refunded_amount.set_if_not_equals(row.refunded_amount);
        change.shipping_address.set_if_not_equals(row.shipping_address);
        change.tracking_number.set_if_not_equals(row.tracking_number);
        change.paid_at.set_if_not_equals(row.paid_at);
        change.shipped_at.set_if_not_equals(row.shipped_at);
        change.delivered_at.set_if_not_equals(row.delivered_at);
        change.cancelled_at.set_if_not_equals(row.cancelled_at);
        change.expires_at.set_if_not_equals(row.expires_at);
        change.version = Set(version);
        change.updated_at = Set(now);
        let after = change.update(transaction).await?;
        insert::all::<order_event::Entity>(transaction, self.events).await?;
        Ok(after)
    }
}
