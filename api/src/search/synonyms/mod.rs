//! What else to look for when shoppers search for something, in the hands of administrators.

mod queries;
mod routes;
mod service;

use sea_orm::{DbErr, SqlErr};

use crate::{db::paging::CursorError, idempotency::OnceError};

pub(crate) use routes::configure;

/// What can go wrong with synonyms.
#[derive(Debug, thiserror::Error)]
pub enum SynonymError {
    #[error("no such synonym")]
    NoSuchSynonym,
    #[error("the term has synonyms already")]
    TermTaken,
    #[error("no word in {pointer}")]
    NoWord { pointer: String },
    #[error("changed in the meantime")]
    Outdated,
    #[error(transparent)]
    Once(#[from] OnceError),
    #[error("cursor {0}")]
    Cursor(#[from] CursorError),
    #[error(transparent)]
    Database(DbErr),
}

impl From<DbErr> for SynonymError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::TermTaken,
            _ => Self::Database(error),
        }
    }
}
