//! Whether an e-mail address is its account's own: who can read what is sent there says so by following a link.

use entity::{one_time_token::TokenPurpose, user};
use openapi::Locale;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseTransaction, DbErr, IntoActiveModel,
};
use uuid::Uuid;

use super::{
    AccountError,
    letters::AccountMail,
    links::{self, LinkError},
    queries,
};
use crate::{
    access::tag_of,
    audit::{Caller, Entry},
    mail,
    state::AppState,
};

/// Follows a link we sent.
pub(super) async fn verify(state: &AppState, caller: &Caller, token: &str) -> Result<(), AccountError> {
    let transaction = state.db.begin().await?;
    let account = redeem(state, &transaction, TokenPurpose::VerifyEmail, token).await?;
    let id = account.id;
    mark_verified(state, &transaction, account).await?;
    state.audit.record(&transaction, caller, Entry::about_user("account.email-verified", id)).await?;
    state.commit(transaction, vec![tag_of(id)]).await?;
    Ok(())
}

/// Uses a link up. Why one does not work is not told: whoever guesses learns nothing.
pub(super) async fn redeem(
    state: &AppState,
    transaction: &DatabaseTransaction,
    purpose: TokenPurpose,
    token: &str,
) -> Result<user::Model, AccountError> {
    links::redeem(transaction, &state.clock, purpose, token).await.map_err(|error| match error {
        LinkError::Database(error) => error.into(),
        LinkError::Unknown | LinkError::Used | LinkError::Expired => AccountError::BadLink,
    })
}

/// Writes down that the account's address is its own.
pub(super) async fn mark_verified(
    state: &AppState,
    transaction: &DatabaseTransaction,
    account: user::Model,
) -> Result<(), DbErr> {
    if account.email_verified_at.is_some() {
        return Ok(());
    }
    let version = account.version + 1;
    let mut row = account.into_active_model();
    row.email_verified_at = Set(Some(state.clock.now()));
    row.updated_at = Set(state.clock.now());
    row.version = Set(version);
    row.update(transaction).await.map(|_| ())
}

/// Sends the link once more.
pub(super) async fn ask_again(state: &AppState, caller: &Caller, user: Uuid) -> Result<(), AccountError> {
    let account = queries::find(state.db.reader(), user).await?.ok_or(AccountError::NotSignedIn)?;
    if account.email_verified_at.is_some() {
        return Err(AccountError::AlreadyVerified);
    }
    state.limits.mail(caller.client(), &account.email_folded).await?;
    let transaction = state.db.begin().await?;
    let mail = AccountMail::VerifyEmail { user_id: account.id };
    send(state, &transaction, &mail, &account.email, language_of(&account)).await?;
    transaction.commit().await?;
    state.mailroom.wake();
    Ok(())
}

/// The language an account is written to in.
pub(super) fn language_of(account: &user::Model) -> Locale {
    account.locale.as_deref().and_then(Locale::of_tag).unwrap_or_default()
}

/// Puts a mail into the outbox. After the commit the mailroom is to be woken.
pub(super) async fn send(
    state: &AppState,
    db: &impl ConnectionTrait,
    mail: &AccountMail,
    recipient: &str,
    locale: Locale,
) -> Result<(), DbErr> {
    mail::enqueue(db, &state.clock, &state.ids, mail.to(recipient, locale)).await
}
