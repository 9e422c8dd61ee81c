//! Everything the shop keeps about somebody.

use openapi::accounts::AccountExport;

use super::{AccountError, present, queries};
use crate::{access::Identity, state::AppState};

pub(super) async fn export(state: &AppState, who: &Identity) -> Result<AccountExport, AccountError> {
    let db = state.db.reader();
    let now = state.clock.now();
    let account = queries::find(db, who.user).await?.ok_or(AccountError::NotSignedIn)?;
    let addresses = queries::addresses(db, who.user).await?;
    let sessions = queries::open_sessions(db, who.user, now).await?;
    let orders = queries::orders(db, who.user).await?;
    Ok(AccountExport {
        exported_at: now,
        user: present::user(account),
        addresses: addresses.into_iter().map(present::address).collect(),
        sessions: sessions.into_iter().map(|session| present::session(session, who.session)).collect(),
        orders: orders.into_iter().map(|(order, lines)| present::order(order, lines)).collect(),
    })
}
