//! What owners read and change about their accounts.

use entity::user;
use openapi::{Data as One, Email, accounts::ProfileChange};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, DbErr, IntoActiveModel};
use uuid::Uuid;

use super::{
    AccountError,
    letters::AccountMail,
    queries,
    register::{cleaned, taken_or},
    verify::{language_of, send},
};
use crate::{
    access::{EVERYBODY, tag_of},
    audit::{Caller, Entry},
    cache::{Answer, Family, Key, Loaded},
    customers::words,
    db::fields::put,
    state::AppState,
};

/// The account itself.
pub(super) async fn read(state: &AppState, user: Uuid) -> Result<Answer, AccountError> {
    let load = async || {
        let account = queries::find(state.db.reader(), user).await?;
        let value = account.map(|account| One { data: super::present::user(account) });
        Ok(Loaded { value, tags: vec![tag_of(user), EVERYBODY.to_owned()] })
    };
    let answer = state.answers.find(Key::new(Family::Me, user), load).await?;
    answer.ok_or(AccountError::NotSignedIn)
}

/// Changes what was told. Another e-mail address asks for the password, and has to be verified anew.
pub(super) async fn change(
    state: &AppState,
    caller: &Caller,
    user: Uuid,
    change: ProfileChange,
) -> Result<openapi::accounts::User, AccountError> {
    let account = queries::find(state.db.reader(), user).await?.ok_or(AccountError::NotSignedIn)?;
    let email = change.email.as_deref().and_then(|text| Email::try_from(text).ok());
    let is_confirmed = moves(&account, email.as_ref());
    if is_confirmed {
        let password = change.current_password.as_deref().ok_or(AccountError::PasswordRequired)?;
        super::replace_password::confirm(state, caller, &account, password, "/currentPassword").await?;
    }

    let transaction = state.db.begin().await?;
    let before = queries::find_to_change(&transaction, user).await?.ok_or(AccountError::NotSignedIn)?;
    // What was looked at must still hold: the password or the address may be another one by now.
    let moves = moves(&before, email.as_ref());
    if moves && !is_confirmed {
        return Err(AccountError::PasswordRequired);
    }
    if moves && before.password_hash != account.password_hash {
        return Err(AccountError::WrongPassword { field: "/currentPassword" });
    }
    let mut row = before.clone().into_active_model();
    put(&mut row.first_name, change.first_name.map(|name| cleaned(name.as_deref())));
    put(&mut row.last_name, change.last_name.map(|name| cleaned(name.as_deref())));
    put(&mut row.locale, change.locale.map(|locale| locale.map(|locale| locale.as_str().to_owned())));
    if let Some(email) = &email {
        row.email.set_if_not_equals(email.to_string());
        row.email_folded.set_if_not_equals(email.folded());
        if moves {
            row.email_verified_at = Set(None);
        }
    }
    if !row.is_changed() {
        return Ok(super::present::user(before));
    }
    row.version = Set(before.version + 1);
    row.updated_at = Set(state.clock.now());
    let after = row.update(&transaction).await.map_err(taken_or)?;
    words::replace(&transaction, &after).await?;
    if let Some(email) = email.as_ref().filter(|_| moves) {
        tell_of_move(state, &transaction, caller, &before, &after, email).await?;
    }
    state.commit(transaction, vec![tag_of(user)]).await?;
    state.mailroom.wake();
    Ok(super::present::user(after))
}

/// Whether this would be another address for the account.
fn moves(account: &user::Model, email: Option<&Email>) -> bool {
    email.is_some_and(|email| email.folded() != account.email_folded)
}

/// Asks the new address whether it is there, and tells the old one.
async fn tell_of_move(
    state: &AppState,
    transaction: &DatabaseTransaction,
    caller: &Caller,
    before: &user::Model,
    after: &user::Model,
    new_address: &Email,
) -> Result<(), DbErr> {
    let locale = language_of(after);
    let to_new = AccountMail::VerifyEmail { user_id: after.id };
    send(state, transaction, &to_new, &after.email, locale).await?;
    let to_old = AccountMail::email_changed(after.id, new_address);
    send(state, transaction, &to_old, &before.email, locale).await?;
    state.audit.record(transaction, caller, Entry::about_user("account.email-changed", after.id)).await
}
