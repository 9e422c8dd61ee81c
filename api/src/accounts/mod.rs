//! Accounts: signing up and in, the profile, passwords, sessions, the address book, and the mails they cause. What
//! somebody may do once they are signed in is `access`; what administrators do with other people's accounts is
//! `customers`.

mod addresses;
mod cookie;
mod erase;
mod export;
mod letters;
mod links;
mod passwords;
mod present;
mod profile;
mod queries;
mod refresh;
mod refresh_token;
mod register;
mod replace_password;
mod routes;
mod sessions;
mod sign_in;
mod verify;

use sea_orm::DbErr;

use crate::{idempotency::OnceError, limits::Refused};

pub(crate) use letters::compose;
pub(crate) use passwords::{PasswordError, Passwords, hash, is_common};
pub(crate) use present::role;
pub(crate) use queries::{Which, end_sessions, find_by_email, find_to_change};
pub(crate) use register::insert;
pub(crate) use replace_password::set as set_password;
pub(crate) use routes::configure;

/// What can go wrong with an account.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    #[error("the e-mail address is taken")]
    EmailTaken,
    #[error("wrong e-mail address or password")]
    InvalidCredentials,
    #[error("the password in {field} is wrong")]
    WrongPassword { field: &'static str },
    #[error("another e-mail address asks for the present password")]
    PasswordRequired,
    #[error("the link is unknown, used or expired")]
    BadLink,
    #[error("the e-mail address is verified already")]
    AlreadyVerified,
    #[error("no session to refresh")]
    NotSignedIn,
    #[error("no such session")]
    NoSuchSession,
    #[error("no such address")]
    NoSuchAddress,
    #[error("the address book is full")]
    TooManyAddresses,
    #[error("postal codes there look like {expected}")]
    PostalCode { expected: &'static str },
    #[error("the last administrator")]
    LastAdmin,
    #[error("the password in {field} is among the most common ones")]
    CommonPassword { field: &'static str },
    #[error("asked too often")]
    TooOften(Refused),
    #[error(transparent)]
    Once(#[from] OnceError),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl From<Refused> for AccountError {
    fn from(refused: Refused) -> Self {
        Self::TooOften(refused)
    }
}

/// Whether somebody may choose this password. Its length is the contract's business.
fn check_new_password(password: &str, field: &'static str) -> Result<(), AccountError> {
    if is_common(password) { Err(AccountError::CommonPassword { field }) } else { Ok(()) }
}
