//! Requests that have their effect once, however often they are sent: a client that did not hear the answer sends the
//! same again, with the same `Idempotency-Key`, and is told what it would have heard. The answer is kept in the transaction
//! of the effect: there is never one without the other.

mod answer;
mod key;
mod once;

use sea_orm::DbErr;

pub(crate) use answer::Answer;
pub(crate) use key::{IdempotencyKey, OptionalKey};
pub(crate) use once::Once;

/// Why a request is not carried out.
#[derive(Debug, thiserror::Error)]
pub enum OnceError {
    #[error("a request with this key is still running")]
    Running,
    #[error("this key was sent with another request")]
    Reused,
    #[error(transparent)]
    Database(#[from] DbErr),
}
