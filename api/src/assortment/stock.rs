//! Putting stock right, and the ledger that says why it is what it is.

use entity::{
    product, product_variant,
    stock_movement::{Model, StockReason},
};
use openapi::{
    Page,
    assortment::{StockAdjustment, StockLedgerQuery, StockMovement, StockReason as Reason},
    rules::MAX_LINE,
    text::clean_line,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, DbErr, IntoActiveModel, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::{AssortmentError, product_queries::product_to_change, records, stock_queries as queries};
use crate::{
    access::Identity,
    audit::{Caller, Entry},
    catalog::{CategoryTree, tags},
    db::paging::{Cursor, PageRequest, SortKey},
    search,
    state::AppState,
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
    adjustment: StockAdjustment,
) -> Result<StockMovement, AssortmentError> {
    let transaction = state.db.begin().await?;
    let found = queries::variant(product, adjustment.variant_id).lock_exclusive().one(&transaction).await?;
    let Some(row) = product_to_change(&transaction, product).await? else {
        return Err(AssortmentError::NoSuchProduct);
    };
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
    let category = row.category_id;
    let flips = keep_availability(&transaction, row).await?;

    let entry = Entry::about(records::PRODUCT, product, "stock.adjusted").after(json!({
        "variantId": movement.variant_id, "delta": movement.delta, "stockAfter": movement.stock_after,
        "note": movement.note,
    }));
    state.audit.record(&transaction, caller, entry).await?;
    // Lists only say whether there is any.
    let mut outdated = vec![tags::product(product)];
    if flips {
        outdated.extend(CategoryTree::load(&transaction).await?.lists_with(category));
    }
    state.commit(transaction, outdated).await?;
    Ok(present(movement))
}

fn after(variant: &product_variant::Model, delta: i32) -> Result<i32, AssortmentError> {
    match i64::from(variant.stock) + i64::from(delta) {
        ..0 => Err(AssortmentError::TooFew { left: variant.stock }),
        count if count > MOST => Err(AssortmentError::TooMany),
        count => i32::try_from(count).map_err(|_| AssortmentError::TooMany),
    }
}

/// Writes down whether any variant is left, and says whether that is news. The caller holds the product's row: whoever
/// changes another variant at the same time waits here, and sees what this one did.
async fn keep_availability(transaction: &DatabaseTransaction, row: product::Model) -> Result<bool, DbErr> {
    let is_any_left = queries::is_any_left(transaction, row.id).await?;
    if row.in_stock == is_any_left {
        return Ok(false);
    }
    let mut change = row.into_active_model();
    change.in_stock = Set(is_any_left);
    let product = change.update(transaction).await?;
    search::reindex(transaction, &[product.id]).await?;
    Ok(true)
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
