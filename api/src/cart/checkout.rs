//! What orders need of carts.

use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

use super::{
    owner::Owner,
    queries::{self, Article, Line},
};
use crate::state::AppState;

/// A customer's cart and what is in it. Nobody else changes it, or orders from it, until the transaction ends. Two
/// statements.
pub(crate) async fn hold(
    state: &AppState,
    transaction: &DatabaseTransaction,
    customer: Uuid,
) -> Result<Option<(Uuid, Vec<Line>)>, DbErr> {
    let (owner, now) = (Owner::Customer(customer), state.clock.now());
    let Some(cart) = queries::touch(transaction, &owner, now, None).await? else {
        return Ok(None);
    };
    Ok(Some((cart, queries::lines(transaction, &owner, now).await?)))
}

/// Takes everything out of a cart.
pub(crate) async fn empty(transaction: &DatabaseTransaction, cart: Uuid) -> Result<(), DbErr> {
    queries::delete_lines(transaction, cart).await
}

/// These variants, and the default variants of these products, as they are now.
pub(crate) async fn articles(
    transaction: &DatabaseTransaction,
    variants: &[Uuid],
    products: &[Uuid],
) -> Result<Vec<Article>, DbErr> {
    queries::articles(transaction, variants, products).await
}
