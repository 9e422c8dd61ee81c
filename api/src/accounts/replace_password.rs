//! One password for another: by who knows the present one, or by who has the link.

use chrono::{DateTime, Utc};
use entity::{one_time_token::TokenPurpose, user};
use openapi::{
    Email,
    accounts::{ChangePasswordRequest, ResetPasswordRequest},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::{
    AccountError, check_new_password,
    letters::AccountMail,
    links, queries,
    queries::Which,
    verify::{language_of, mark_verified, redeem, send},
};
use crate::{
    access::{Identity, tag_of},
    audit::{Caller, Entry},
    state::AppState,
};

/// Fails unless this is the account's password.
pub(super) async fn confirm(
    state: &AppState,
    caller: &Caller,
    account: &user::Model,
    password: &str,
    field: &'static str,
) -> Result<(), AccountError> {
    let attempt = state.limits.sign_in(caller.client(), &account.email_folded);
    attempt.permitted().await?;
    if state.passwords.compare(password, Some(&account.password_hash)).await?.matches {
        return attempt.succeeded().await.map_err(Into::into);
    }
    let entry = Entry::about_user("account.password-refused", account.id).suspicious();
    state.audit.note(caller, entry);
    attempt.failed().await?;
    Err(AccountError::WrongPassword { field })
}

/// Another password for somebody who is signed in. All other sessions end.
pub(super) async fn change(
    state: &AppState,
    caller: &Caller,
    who: &Identity,
    request: &ChangePasswordRequest,
) -> Result<(), AccountError> {
    check_new_password(&request.new_password, "/newPassword")?;
    let account = queries::find(state.db.reader(), who.user).await?.ok_or(AccountError::NotSignedIn)?;
    confirm(state, caller, &account, &request.current_password, "/currentPassword").await?;
    let hash = state.passwords.hash(&request.new_password).await?;

    let transaction = state.db.begin().await?;
    let now = state.clock.now();
    if !replace(&transaction, &account, hash, now).await? {
        // Somebody else replaced it between the look and the leap.
        return Err(AccountError::WrongPassword { field: "/currentPassword" });
    }
    queries::end_sessions(&transaction, who.user, Which::AllBut(who.session), now).await?;
    let entry = Entry::about_user("account.password-changed", who.user);
    state.audit.record(&transaction, caller, entry).await?;
    tell(state, &transaction, &account).await?;
    state.commit(transaction, vec![tag_of(who.user)]).await?;
    state.mailroom.wake();
    Ok(())
}

/// Another password for somebody who has the link. All sessions end, and the address is proven, too.
pub(super) async fn reset(
    state: &AppState,
    caller: &Caller,
    request: &ResetPasswordRequest,
) -> Result<(), AccountError> {
    check_new_password(&request.password, "/password")?;
    // Whoever makes up links does not get to keep the machine busy with hashing.
    if !links::is_good(state.db.reader(), &state.clock, TokenPurpose::ResetPassword, &request.token).await? {
        return Err(AccountError::BadLink);
    }
    let hash = state.passwords.hash(&request.password).await?;

    let transaction = state.db.begin().await?;
    let account = redeem(state, &transaction, TokenPurpose::ResetPassword, &request.token).await?;
    let id = account.id;
    set(&transaction, &account, hash, state.clock.now()).await?;
    if let Some(account) = queries::find_to_change(&transaction, id).await? {
        tell(state, &transaction, &account).await?;
        mark_verified(state, &transaction, account).await?;
    }
    let entry = Entry::about_user("account.password-reset", id).by_user(id);
    state.audit.record(&transaction, caller, entry).await?;
    state.commit(transaction, vec![tag_of(id)]).await?;
    state.mailroom.wake();
    Ok(())
}

/// Asks for a link. What is done here does not depend on whether there is such an account: the postman finds out. He is
/// not woken, so that what he has to do cannot be told from how long the next request takes.
pub(super) async fn ask_for_link(
    state: &AppState,
    caller: &Caller,
    email: &Email,
) -> Result<(), AccountError> {
    state.limits.mail(caller.client(), &email.folded()).await?;
    let transaction = state.db.begin().await?;
    let locale = caller.locale.unwrap_or_default();
    // Folded, so that an account which is erased finds all that was meant for it.
    send(state, &transaction, &AccountMail::ResetPassword {}, &email.folded(), locale).await?;
    transaction.commit().await?;
    Ok(())
}

/// Tells the owner, who may not have been the one.
async fn tell(state: &AppState, db: &impl ConnectionTrait, account: &user::Model) -> Result<(), DbErr> {
    let mail = AccountMail::PasswordChanged { user_id: account.id };
    send(state, db, &mail, &account.email, language_of(account)).await
}

/// Writes another hash where the one that was looked at still stands.
async fn replace(
    db: &impl ConnectionTrait,
    account: &user::Model,
    hash: String,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change = user::ActiveModel {
        password_hash: Set(hash),
        version: Set(account.version + 1),
        updated_at: Set(now),
        ..Default::default()
    };
    let replaced = user::Entity::update_many()
        .set(change)
        .filter(user::Column::Id.eq(account.id))
        .filter(user::Column::PasswordHash.eq(&account.password_hash))
        .exec(db)
        .await?;
    Ok(replaced.rows_affected == 1)
}

/// Sets a password without asking for the one before, and ends all sessions: for links and for operators. The caller
/// holds the account's row.
pub(crate) async fn set(
    db: &impl ConnectionTrait,
    account: &user::Model,
    hash: String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    replace(db, account, hash, now).await?;
    queries::end_sessions(db, account.id, Which::All, now).await.map(|_| ())
}
