//! What orders need of carts.

use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

use super::{
    owner::Owner,
    queries::{self, Line},
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
