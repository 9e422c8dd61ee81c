//! Signing in. Known and unknown accounts take the same steps, so that neither the answer nor its time tells which is
//! which.

use entity::user;
use openapi::Email;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    AccountError, queries,
    sessions::{self, Opened},
};
use crate::{
    audit::{Caller, Entry},
    limits::SignIn,
    state::AppState,
};

/// A session for whoever knows the password.
pub(super) async fn sign_in(
    state: &AppState,
    caller: &Caller,
    email: &Email,
    password: &str,
) -> Result<Opened, AccountError> {
    let attempt = state.limits.sign_in(caller.client(), &email.folded());
    attempt.permitted().await?;
    let account = queries::find_by_email(state.db.reader(), email).await?;
    let kept = account.as_ref().map(|account| account.password_hash.as_str());
    let comparison = state.passwords.compare(password, kept).await?;
    let reason = match &account {
        None => "unknown-account",
        Some(account) if !comparison.matches => {
            if account.erased_at.is_some() {
                "erased"
            } else {
                "wrong-password"
            }
        }
        Some(account) if !account.is_active => "disabled",
        Some(_) => "",
    };
    let id = account.as_ref().map(|account| account.id);
    let Some(account) = account.filter(|_| reason.is_empty()) else {
        return Err(refuse(state, caller, &attempt, id, reason).await);
    };
    // Right, but too late: whoever guesses many at once learns no more than whoever guesses one by one.
    attempt.succeeded().await?;
    let harder = if comparison.is_outdated { Some(state.passwords.hash(password).await?) } else { None };

    let transaction = state.db.begin().await?;
    // What was compared must still hold: the password may have been changed since, or the account disabled.
    let unchanged = user::Entity::find_by_id(account.id)
        .filter(user::Column::PasswordHash.eq(&account.password_hash))
        .filter(user::Column::IsActive.eq(true))
        .lock_exclusive()
        .one(&transaction)
        .await?;
    let Some(account) = unchanged else {
        transaction.rollback().await?;
        return Err(refuse(state, caller, &attempt, id, "changed-meanwhile").await);
    };
    if let Some(hash) = harder {
        let change = user::ActiveModel { password_hash: Set(hash), ..Default::default() };
        user::Entity::update_many()
            .set(change)
            .filter(user::Column::Id.eq(account.id))
            .exec(&transaction)
            .await?;
    }
    let opened = sessions::open(state, &transaction, caller, account).await?;
    let entry = Entry::about_user("sign-in.succeeded", opened.user.id).by_user(opened.user.id);
    state.audit.record(&transaction, caller, entry).await?;
    transaction.commit().await?;
    Ok(opened)
}

async fn refuse(
    state: &AppState,
    caller: &Caller,
    attempt: &SignIn,
    account: Option<Uuid>,
    reason: &'static str,
) -> AccountError {
    let entry = match account {
        Some(id) => Entry::about_user("sign-in.failed", id),
        None => Entry::new("sign-in.failed"),
    };
    state.audit.note(caller, entry.suspicious().after(serde_json::json!({"reason": reason})));
    match attempt.failed().await {
        Ok(()) => AccountError::InvalidCredentials,
        Err(refused) => refused.into(),
    }
}
