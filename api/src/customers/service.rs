//! What administrators may do with other people's accounts.

use entity::user::{self, UserRole};
use openapi::{
    Page,
    customers::{Customer, CustomerChange, CustomerListQuery},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::{CustomerError, queries, queries::Listing};
use crate::{
    access::{Identity, tag_of},
    accounts,
    audit::{Caller, Entry},
    db::paging::PageRequest,
    http::IfMatch,
    state::AppState,
};

pub(super) async fn list(
    state: &AppState,
    query: &CustomerListQuery,
) -> Result<Page<Customer>, CustomerError> {
    let db = state.db.reader();
    let listing = Listing::new(query)?;
    let total = match listing.page {
        PageRequest::Numbered { .. } => Some(queries::count(db, &listing).await?),
        PageRequest::After { .. } => None,
    };
    let mut rows = queries::list(db, &listing).await?;
    let meta = listing.page.finish(&mut rows, total, |last| listing.cursor_after(last));
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let orders = queries::order_counts(db, &ids).await?;
    let data = rows
        .into_iter()
        .map(|row| {
            let count = orders.get(&row.id).copied().unwrap_or_default();
            present(row, count)
        })
        .collect();
    Ok(Page { data, meta })
}

pub(super) async fn read(state: &AppState, id: Uuid) -> Result<Customer, CustomerError> {
    let db = state.db.reader();
    let found = queries::find(db, id).await?.ok_or(CustomerError::NoSuchCustomer)?;
    let orders = queries::order_counts(db, &[id]).await?;
    Ok(present(found, orders.get(&id).copied().unwrap_or_default()))
}

/// Changes somebody else's account. One's own is another administrator's business: so there is always one left.
pub(super) async fn change(
    state: &AppState,
    caller: &Caller,
    admin: &Identity,
    id: Uuid,
    condition: &IfMatch,
    change: &CustomerChange,
) -> Result<Customer, CustomerError> {
    let transaction = state.db.begin().await?;
    let both = queries::find_to_change(&transaction, [admin.user, id]).await?;
    let is_admin = |account: &user::Model| {
        account.id == admin.user && account.is_active && account.role == UserRole::Admin
    };
    // Somebody may have taken this administrator's rights a moment ago.
    if !both.iter().any(is_admin) {
        return Err(CustomerError::NoAdmin);
    }
    let before = both.into_iter().find(|account| account.id == id).ok_or(CustomerError::NoSuchCustomer)?;
    if id == admin.user {
        return Err(CustomerError::OwnAccount);
    }
    if !condition.holds(before.version) {
        return Err(CustomerError::Outdated);
    }
    let orders = queries::order_counts(&transaction, &[id]).await?.remove(&id).unwrap_or_default();
    let mut row = before.clone().into_active_model();
    if let Some(is_active) = change.is_active.filter(|wanted| *wanted != before.is_active) {
        row.is_active = Set(is_active);
    }
    if let Some(role) = change.role.filter(|wanted| *wanted != accounts::role(before.role)) {
        row.role = Set(match role {
            openapi::accounts::UserRole::Admin => UserRole::Admin,
            openapi::accounts::UserRole::Customer => UserRole::Customer,
        });
    }
    if !row.is_changed() {
        return Ok(present(before, orders));
    }
    row.version = Set(before.version + 1);
    row.updated_at = Set(state.clock.now());
    let after = row.update(&transaction).await?;
    if before.is_active && !after.is_active {
        let now = state.clock.now();
        accounts::end_sessions(&transaction, id, accounts::Which::All, now).await?;
    }
    for entry in entries(&before, &after) {
        state.audit.record(&transaction, caller, entry.by(admin)).await?;
    }
    state.commit(transaction, vec![tag_of(id)]).await?;
    Ok(present(after, orders))
}

fn entries(before: &user::Model, after: &user::Model) -> Vec<Entry> {
    let role = |account: &user::Model| json!({"role": accounts::role(account.role)});
    let mut entries = Vec::new();
    if before.role != after.role {
        let entry = Entry::about_user("account.role-changed", after.id);
        entries.push(entry.before(role(before)).after(role(after)));
    }
    if before.is_active != after.is_active {
        let action = if after.is_active { "account.enabled" } else { "account.disabled" };
        let entry = Entry::about_user(action, after.id);
        entries.push(
            entry.before(json!({"isActive": before.is_active})).after(json!({"isActive": after.is_active})),
        );
    }
    entries
}

fn present(account: user::Model, order_count: u64) -> Customer {
    Customer {
        id: account.id,
        email: account.email,
        email_verified: account.email_verified_at.is_some(),
        first_name: account.first_name,
        last_name: account.last_name,
        role: accounts::role(account.role),
        is_active: account.is_active,
        order_count,
        version: account.version,
        created_at: account.created_at,
        updated_at: account.updated_at,
    }
}
