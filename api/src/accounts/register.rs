//! Signing up.

use entity::user::{self, UserRole};
use openapi::{Email, accounts::RegisterRequest, text::clean_line};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, IntoActiveModel, SqlErr};

use super::{
    AccountError, check_new_password,
    letters::AccountMail,
    queries,
    sessions::{self, Opened},
    verify::{language_of, send},
};
use crate::{
    audit::{Caller, Entry},
    customers::words,
    state::AppState,
};

/// A new account, and a session in it.
pub(super) async fn register(
    state: &AppState,
    caller: &Caller,
    email: &Email,
    request: &RegisterRequest,
) -> Result<Opened, AccountError> {
    check_new_password(&request.password, "/password")?;
    state.limits.registration(caller.client()).await?;
    if queries::find_by_email(state.db.reader(), email).await?.is_some() {
        state.audit.note(caller, Entry::new("account.register-conflict"));
        return Err(AccountError::EmailTaken);
    }
    let password_hash = state.passwords.hash(&request.password).await?;

    let now = state.clock.now();
    let account = user::Model {
        id: state.ids.next(),
        email: email.to_string(),
        email_folded: email.folded(),
        password_hash,
        first_name: cleaned(request.first_name.as_deref()),
        last_name: cleaned(request.last_name.as_deref()),
        role: UserRole::Customer,
        is_active: true,
        email_verified_at: None,
        locale: request.locale.or(caller.locale).map(|locale| locale.as_str().to_owned()),
        erased_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let transaction = state.db.begin().await?;
    let account = insert(&transaction, account).await?;
    let opened = sessions::open(state, &transaction, caller, account).await?;
    let entry = Entry::about_user("account.registered", opened.user.id).by_user(opened.user.id);
    state.audit.record(&transaction, caller, entry).await?;
    let mail = AccountMail::VerifyEmail { user_id: opened.user.id };
    send(state, &transaction, &mail, &opened.user.email, language_of(&opened.user)).await?;
    transaction.commit().await?;
    state.mailroom.wake();
    Ok(opened)
}

/// Writes a new account, unless somebody else was faster with its address.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    account: user::Model,
) -> Result<user::Model, AccountError> {
    let account = account.into_active_model().insert(db).await.map_err(taken_or)?;
    words::replace(db, &account).await?;
    Ok(account)
}

/// What an error means where an address is written.
pub(super) fn taken_or(error: DbErr) -> AccountError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => AccountError::EmailTaken,
        _ => error.into(),
    }
}

/// A name without blanks around it; the contract has checked the rest.
pub(super) fn cleaned(text: Option<&str>) -> Option<String> {
    text.and_then(|text| clean_line(text, openapi::rules::MAX_LINE).ok())
}
