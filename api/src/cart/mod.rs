//! Carts: what somebody means to buy, kept on the server, for customers and for guests.

mod checkout;
mod contents;
mod merge;
mod owner;
mod queries;
mod routes;
mod service;
mod token;

use chrono::TimeDelta;
use sea_orm::DbErr;

use crate::pricing::TooLarge;

pub(crate) use checkout::hold;
pub(crate) use merge::merge;
pub(crate) use owner::{GuestCart, take_away};
pub(crate) use queries::{Article, articles, delete_lines};
pub(crate) use routes::configure;

/// How long a guest's cart is kept after it was last changed.
const GUEST_CARTS_KEPT: TimeDelta = TimeDelta::days(30);

/// What can go wrong with a cart.
#[derive(Debug, thiserror::Error)]
pub enum CartError {
    #[error("no such item in this cart")]
    NoSuchItem,
    #[error("there is nothing to buy by this id")]
    UnknownVariant,
    #[error("there is nothing to buy by this id")]
    UnknownProduct,
    #[error("it is sold out")]
    SoldOut,
    #[error("the cart is full")]
    Full,
    #[error("a secret could not be made")]
    NoSecret(#[from] getrandom::Error),
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    #[error(transparent)]
    Database(#[from] DbErr),
}
