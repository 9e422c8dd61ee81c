//! Stock: how it leaves, how it comes back, and the ledger of why. Whoever moves it takes variants before products, and of
//! several always the one with the lower id first, so that two never wait for each other.

mod availability;
mod shift;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entity::stock_movement::{self, StockReason};
use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

use crate::{catalog::tags, clock::IdSource, db::insert};

pub(crate) use availability::keep_availability;
pub(crate) use shift::Shift;

/// Why stock moves.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cause {
    pub(crate) reason: StockReason,
    pub(crate) order: Uuid,
    pub(crate) actor: Option<Uuid>,
}

/// Moves stock, all of it or, where that would take more than there are, none: then there is no answer. Else the answer
/// is what does not show any more what is true. Three statements, and up to five more where something sells out or is back.
pub(crate) async fn shift(
    transaction: &DatabaseTransaction,
    ids: &IdSource,
    now: DateTime<Utc>,
    shifts: &[Shift],
    cause: Cause,
) -> Result<Option<Vec<String>>, DbErr> {
    if shifts.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let shifted = shift::apply(transaction, shifts, now).await?;
    if shifted.len() < shifts.len() {
        return Ok(None);
    }
    let movements = shifted.iter().map(|shifted| stock_movement::Model {
        id: ids.next(),
        variant_id: shifted.variant,
        delta: shifted.delta,
        stock_after: shifted.stock,
        reason: cause.reason,
        order_id: Some(cause.order),
        actor_id: cause.actor,
        note: None,
        created_at: now,
    });
    insert::all::<stock_movement::Entity>(transaction, movements.collect()).await?;
    let turned: BTreeSet<Uuid> = shifted
        .iter()
        .filter(|shifted| shifted.stock == 0 || shifted.stock == shifted.delta)
        .map(|shifted| shifted.product)
        .collect();
    let mut outdated = keep_availability(transaction, &turned).await?;
    outdated.extend(shifted.iter().map(|shifted| tags::product(shifted.product)));
    Ok(Some(outdated))
}
