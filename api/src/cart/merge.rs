//! What a guest has put in, when they turn out to be a customer.

use std::collections::HashMap;

use entity::cart_line;
use openapi::{
    cart::{CartNotice, CartNoticeCode, MAX_ITEMS},
    quantity::Quantity,
};
use sea_orm::sea_query::OnConflict;
use uuid::Uuid;

use super::{
    CartError,
    owner::Owner,
    queries::{self, Line},
    service::{claim, expiry},
    token::CartToken,
};
use crate::{db::insert, state::AppState};

/// Puts what is in a guest's cart into the customer's, and tells of what there is less than was wanted. Whoever signs in
/// is signed in whatever becomes of that: what cannot be put together now, which is answered by nothing, stays with the
/// guest.
pub(crate) async fn merge(state: &AppState, user: Uuid, guest: CartToken) -> Option<Vec<CartNotice>> {
    let merged = put_together(state, user, guest).await;
    merged
        .inspect_err(
            |error| tracing::warn!(%error, "a guest's cart was not put together with the customer's"),
        )
        .ok()
}

async fn put_together(state: &AppState, user: Uuid, guest: CartToken) -> Result<Vec<CartNotice>, CartError> {
    let (transaction, now, guest) = (state.db.begin().await?, state.clock.now(), Owner::Guest(guest));
    let Some(from) = queries::touch(&transaction, &guest, now, expiry(state, &guest)).await? else {
        return Ok(Vec::new());
    };
    let brought = queries::lines(&transaction, &guest, now).await?;
    let (into, customer) = claim(state, &transaction, Owner::Customer(user)).await?;
    let own = queries::lines(&transaction, &customer, now).await?;

    let mut notices = vec![];
    let mut rows = vec![];
    let known: HashMap<Uuid, &Line> = own.iter().map(|line| (line.article.variant_id, line)).collect();
    let mut free = MAX_ITEMS.saturating_sub(own.len());
    for line in brought {
        let before = known.get(&line.article.variant_id).copied();
        let wanted = line.wanted() + before.map_or(0, Line::wanted);
        if before.is_none() {
            let Some(left) = free.checked_sub(1) else {
                // The cart is full, and there is none of it now.
                notices.push(line.notice(CartNoticeCode::QuantityReduced, wanted, &state.config.shop));
                continue;
            };
            free = left;
        }
        let merged = Line {
            id: before.map_or_else(|| state.ids.next(), |before| before.id),
            seen_price: before.map_or(line.seen_price, |before| before.seen_price),
            ..line
        };
        // What is sold out stays as it was wanted, and says so.
        let most = match merged.article.most() {
            0 => Quantity::MAX,
            most => most,
        };
        let quantity = wanted.min(most);
        if quantity < wanted {
            notices.push(merged.notice(CartNoticeCode::QuantityReduced, wanted, &state.config.shop));
        }
        rows.push(cart_line::Model {
            id: merged.id,
            cart_id: into,
            variant_id: merged.article.variant_id,
            quantity: i32::try_from(quantity).unwrap_or(i32::MAX),
            unit_price: merged.seen_price,
            created_at: now,
            updated_at: now,
        });
    }
    let more = OnConflict::columns([cart_line::Column::CartId, cart_line::Column::VariantId])
        .update_columns([cart_line::Column::Quantity, cart_line::Column::UpdatedAt])
        .to_owned();
    insert::all_or::<cart_line::Entity>(&transaction, rows, more).await?;
    queries::delete(&transaction, from).await?;
    transaction.commit().await?;
    Ok(notices)
}
