//! Putting stock right, and the ledger that says why it is what it is.

use std::collections::BTreeSet;

use entity::{
    product_variant,
    stock_movement::{Model, StockReason},
};
use openapi::{
    Page,
    assortment::{StockAdjustment, StockLedgerQuery, StockMovement, StockReason as Reason},
    rules::MAX_LINE,
    text::clean_line,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::{AssortmentError, records, stock_queries as queries};
use crate::{
    access::Identity,
    audit::{Caller, Entry},
    catalog::tags,
    db::{
        self, hold,
        paging::{Cursor, PageRequest, SortKey},
    },
    idempotency::{Answer, Once},
    state::AppState,
    stock::keep_availability,
};

/// More of one thing no shop has.
const MOST: i64 = 1_000_000_000;
/// What cursors of a ledger are called.
const NEWEST: &str = "newest";

/// Changes a variant's stock by so many. Of changes that meet, each counts from what the one before left.
pub(super) async fn adjust(
    state: &AppState,
    caller: &Caller,
    admin: &Identity,
    product: Uuid,
    adjustment: &StockAdjustment,
    once: &Once<StockMovement>,
) -> Result<Answer, AssortmentError> {
    db::again(|| attempt(state, caller, admin, product, adjustment, once)).await
}

async fn attempt(
    state: &AppState,
    caller: &Caller,
    admin: &Identity,
    product: Uuid,
    adjustment: &StockAdjustment,
    once: &Once<StockMovement>,
) -> Result<Answer, AssortmentError> {
    let transaction = state.db.begin().await?;
    if let Some(answer) = once.begin(&transaction, state.clock.now()).await? {
        return Ok(answer);
    }
    let found = hold(queries::variant(product, adjustment.variant_id)).one(&transaction).await?;
    if found.is_none() && !queries::is_product(&transaction, product).await? {
        return Err(AssortmentError::NoSuchProduct);
    }
    let variant = found.ok_or(AssortmentError::UnknownVariant)?;
    let stock_after = after(&variant, adjustment.delta)?;
    let now = state.clock.now();
    let movement = Model {
        id: state.ids.next(),
        variant_id: variant.id,
        delta: adjustment.delta,
        stock_after,
        reason: StockReason::Adjustment,
        order_id: None,
        actor_id: Some(admin.user),
        note: clean_line(&adjustment.note, MAX_LINE).ok(),
        created_at: now,
    };
    let mut change = variant.into_active_model();
    change.stock = Set(stock_after);
    change.updated_at = Set(now);
    change.update(&transaction).await?;
    let movement = movement.into_active_model().insert(&transaction).await?;
    let mut outdated = keep_availability(&transaction, &BTreeSet::from([product])).await?;
    outdated.push(tags::product(product));

    let entry = Entry::about(records::PRODUCT, product, "stock.adjusted").after(json!({
        "variantId": movement.variant_id, "delta": movement.delta, "stockAfter": movement.stock_after,
        "note": movement.note,
    }));
    state.audit.record(&transaction, caller, entry).await?;
    let answer = once.keep(&transaction, now, &present(movement)).await?;
    state.commit(transaction, outdated).await?;
    Ok(answer)
}

fn after(variant: &product_variant::Model, delta: i32) -> Result<i32, AssortmentError> {
    match i64::from(variant.stock) + i64::from(delta) {
        ..0 => Err(AssortmentError::TooFew { left: variant.stock }),
        count if count > MOST => Err(AssortmentError::TooMany),
        count => i32::try_from(count).map_err(|_| AssortmentError::TooMany),
    }
}

/// One page of a variant's ledger.
pub(super) async fn ledger(
    state: &AppState,
    product: Uuid,
    query: &StockLedgerQuery,
) -> Result<Page<StockMovement>, AssortmentError> {
    let db = state.db.reader();
    let page = PageRequest::new(query.page, query.cursor.as_deref(), query.limit, NEWEST)?;
    if !queries::is_product(db, product).await? {
        return Err(AssortmentError::NoSuchProduct);
    }
    let whose = queries::Whose { product, variant: query.variant_id };
    let total = match page {
        PageRequest::Numbered { .. } => Some(queries::count_lines(db, whose).await?),
        PageRequest::After { .. } => None,
    };
    let mut rows = queries::ledger(db, whose, &page).await?;
    let meta =
        page.finish(&mut rows, total, |last| Cursor::after(NEWEST, SortKey::Time(last.created_at), last.id));
    Ok(Page { data: rows.into_iter().map(present).collect(), meta })
}

fn present(row: Model) -> StockMovement {
    StockMovement {
        id: row.id,
        variant_id: row.variant_id,
        delta: row.delta,
        stock_after: row.stock_after,
        reason: match row.reason {
            StockReason::Initial => Reason::Initial,
            StockReason::Sale => Reason::Sale,
            StockReason::Cancel => Reason::Cancel,
            StockReason::Refund => Reason::Refund,
            StockReason::Adjustment => Reason::Adjustment,
            StockReason::Import => Reason::Import,
        },
        note: row.note,
        order_id: row.order_id,
        actor_id: row.actor_id,
        created_at: row.created_at,
    }
}
