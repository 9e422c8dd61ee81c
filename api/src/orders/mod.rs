//! Orders: what somebody has bought, and what becomes of it. Whoever changes an order holds its row first, then the
//! variants it moves, then their products.

mod admin_routes;
mod advance;
mod basket;
mod cancel;
mod change;
mod expiry;
mod hear;
mod letters;
mod list;
mod pay;
mod place;
mod present;
mod queries;
mod refund;
mod routes;
mod settle;

use openapi::orders::{OrderStatus, Totals};
use sea_orm::DbErr;

use crate::{
    broken::BrokenRule,
    db::{Passing, paging::CursorError},
    idempotency::OnceError,
    payments::Away,
    pricing::TooLarge,
};

pub(crate) use admin_routes::configure as configure_admin;
pub(crate) use expiry::start;
pub use hear::hear;
pub(crate) use letters::{OrderMail, compose};
pub(crate) use routes::configure;

/// What can go wrong with an order.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    #[error("no such order")]
    NoSuchOrder,
    #[error("no such payment")]
    NoSuchPayment,
    #[error("whoever asks has no account any more")]
    NotSignedIn,
    #[error("there is nothing in the cart")]
    EmptyCart,
    #[error("rules are broken")]
    Broken(Vec<BrokenRule>),
    #[error("there is not enough left")]
    OutOfStock(Vec<BrokenRule>),
    #[error("it costs something else by now")]
    TotalChanged(Box<Totals>),
    #[error("somebody else bought, or changed, the same at the same time")]
    Overtaken,
    #[error("an order cannot go from {from} to {to}")]
    IllegalTransition { from: OrderStatus, to: OrderStatus, allowed: Vec<OrderStatus> },
    #[error("it is too late for another address")]
    Shipped,
    #[error("it is paid already")]
    Paid,
    #[error("an order of this status is not paid")]
    NotPayable(OrderStatus),
    #[error("there is nothing to give back")]
    NothingPaid,
    #[error("more pieces than were sold")]
    TooManyPieces(Vec<BrokenRule>),
    #[error("its pieces are in stock again already")]
    Restocked,
    #[error("changed in the meantime")]
    Outdated,
    #[error("cursor {0}")]
    Cursor(#[from] CursorError),
    #[error(transparent)]
    Once(#[from] OnceError),
    #[error(transparent)]
    Away(#[from] Away),
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl Passing for OrderError {
    fn is_passing(&self) -> bool {
        match self {
            Self::Overtaken => true,
            Self::Database(error) | Self::Once(OnceError::Database(error)) => error.is_passing(),
            _ => false,
        }
    }
}
