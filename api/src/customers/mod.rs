//! Accounts in the hands of administrators: finding them, disabling them, and who else is an administrator.

mod queries;
mod routes;
mod service;
pub(crate) mod words;

use sea_orm::DbErr;

use crate::db::paging::CursorError;

pub(crate) use queries::is_last_admin;
pub(crate) use routes::configure;

/// What can go wrong with somebody else's account.
#[derive(Debug, thiserror::Error)]
pub enum CustomerError {
    #[error("no such customer")]
    NoSuchCustomer,
    #[error("one's own account")]
    OwnAccount,
    #[error("the administrator is none any more")]
    NoAdmin,
    #[error("changed in the meantime")]
    Outdated,
    #[error("cursor {0}")]
    Cursor(#[from] CursorError),
    #[error(transparent)]
    Database(#[from] DbErr),
}
