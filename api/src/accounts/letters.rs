//! The mails accounts cause: what is kept of each in the outbox, and how that becomes a letter.

mod wording;

use entity::{mail_outbox, one_time_token::TokenPurpose, user};
use openapi::{Email, Locale};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Select};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::links;
use crate::{
    mail::{self, Addressed, ComposeError, NewMail},
    state::AppState,
};

/// A mail an account causes, as the outbox keeps it: the template's name and what is needed to word it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "template", content = "payload", rename_all = "snake_case")]
pub(crate) enum AccountMail {
    /// To a new address: a link that confirms it.
    VerifyEmail { user_id: Uuid },
    /// To an address somebody typed: a link to a new password, if an account has that address. The outbox holds
    /// nothing but the address, so that a request does the same for one that is known and one that is not.
    ResetPassword {},
    /// A notice that the password is another one now.
    PasswordChanged { user_id: Uuid },
    /// A notice to the old address; made by [`AccountMail::email_changed`].
    EmailChanged { user_id: Uuid, new_address: String },
    /// Goodbye.
    AccountErased {},
}

impl AccountMail {
    /// The notice that an account's address is another one now. Of the new one only a hint is kept.
    pub(crate) fn email_changed(user_id: Uuid, new_address: &Email) -> Self {
        Self::EmailChanged { user_id, new_address: masked(new_address) }
    }

    /// The mail as it goes into the outbox.
    pub(crate) fn to(&self, recipient: &str, locale: Locale) -> NewMail {
        NewMail::of(self, recipient, locale)
    }
}

/// Words a mail in its language; `None` when it has lost its reason since it was put into the outbox.
pub(crate) async fn compose(
    state: &AppState,
    row: &mail_outbox::Model,
) -> Result<Option<Addressed>, ComposeError> {
    let locale = Locale::of_tag(&row.locale).unwrap_or_default();
    let to_recipient = |letter| Ok(Some(Addressed { to: row.recipient.clone(), letter }));
    match mail::kind_of(row)? {
        AccountMail::VerifyEmail { user_id } => {
            let account = user::Entity::find_by_id(user_id).filter(user::Column::EmailVerifiedAt.is_null());
            send_link(state, account, &row.recipient, TokenPurpose::VerifyEmail, locale).await
        }
        AccountMail::ResetPassword {} => match Email::try_from(row.recipient.as_str()) {
            Ok(email) => {
                let account = user::Entity::find().filter(user::Column::EmailFolded.eq(email.folded()));
                send_link(state, account, &row.recipient, TokenPurpose::ResetPassword, locale).await
            }
            Err(_) => Ok(None),
        },
        AccountMail::PasswordChanged { user_id } => {
            let name = first_name(state, user_id).await?;
            let forgot_page = state.config.server.public_url.page("/auth/forgot");
            to_recipient(wording::password_changed(locale, name.as_deref(), forgot_page))
        }
        AccountMail::EmailChanged { user_id, new_address } => {
            let name = first_name(state, user_id).await?;
            to_recipient(wording::email_changed(locale, name.as_deref(), &new_address))
        }
        AccountMail::AccountErased {} => to_recipient(wording::account_erased(locale)),
    }
}

/// Makes a link for an open account that has this address, and words the letter it goes in. It is sent to the address
/// as the account has it: one that was typed may fold to the same and yet be somebody else's.
async fn send_link(
    state: &AppState,
    account: Select<user::Entity>,
    address: &str,
    purpose: TokenPurpose,
    locale: Locale,
) -> Result<Option<Addressed>, ComposeError> {
    let transaction = state.db.begin().await?;
    let account = account.lock_exclusive().one(&transaction).await?;
    let Some(user) = account.filter(|user| links::is_open(user) && links::has_address(user, address)) else {
        return Ok(None);
    };
    let token = links::issue(&transaction, &state.clock, &state.ids, &user, purpose).await?;
    transaction.commit().await?;

    let (name, public_url) = (user.first_name.as_deref(), &state.config.server.public_url);
    let letter = match purpose {
        TokenPurpose::VerifyEmail => {
            wording::verify_email(locale, name, public_url.page(&format!("/auth/verify?token={token}")))
        }
        TokenPurpose::ResetPassword => {
            wording::reset_password(locale, name, public_url.page(&format!("/auth/reset?token={token}")))
        }
    };
    Ok(Some(Addressed { to: user.email, letter }))
}

async fn first_name(state: &AppState, user_id: Uuid) -> Result<Option<String>, ComposeError> {
    let user = user::Entity::find_by_id(user_id).one(state.db.reader()).await?;
    Ok(user.filter(|user| user.erased_at.is_none()).and_then(|user| user.first_name))
}

/// `jane@example.com` as `j•••@example.com`: enough for its owner, too little for anybody else.
fn masked(address: &Email) -> String {
    let (name, domain) = address.as_str().rsplit_once('@').unwrap_or_default();
    format!("{}•••@{domain}", name.chars().next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_outbox_keeps_a_name_and_an_id_and_no_secret() {
        let user_id = Uuid::nil();
        let jane = Email::try_from("jane@example.com").unwrap();
        let id = "00000000-0000-0000-0000-000000000000";
        for (mail, template, payload) in [
            (AccountMail::VerifyEmail { user_id }, "verify_email", json!({ "user_id": id })),
            (AccountMail::ResetPassword {}, "reset_password", json!({})),
            (AccountMail::PasswordChanged { user_id }, "password_changed", json!({ "user_id": id })),
            (
                AccountMail::email_changed(user_id, &jane),
                "email_changed",
                json!({ "user_id": id, "new_address": "j•••@example.com" }),
            ),
            (AccountMail::AccountErased {}, "account_erased", json!({})),
        ] {
            let kept = mail.to("john@example.com", Locale::It);
            assert_eq!((kept.template.as_str(), &kept.payload), (template, &payload));
        }
    }
}
