//! The only place that talks to the API: what can be asked, how it is asked, and what is remembered of the answers.
//! What anybody may read is a `Resource` in the `Store`; what needs a visitor, or changes something, is a `Call`
//! made through the `Session`, and never remembered.

pub(crate) mod accounts;
mod basket;
mod cache;
mod call;
mod cart;
pub(crate) mod catalog;
mod error;
mod json;
pub(crate) mod orders;
mod parts;
mod request;
mod resource;
pub(crate) mod search;
mod session;
mod signal;
mod store;
mod tokens;

pub(crate) use basket::{BasketKeeper, Outcome};
pub(crate) use call::Call;
pub(crate) use error::ClientError;
pub(crate) use resource::{Question, Resource};
pub(crate) use session::{Session, SessionState};
pub(crate) use store::{Answer, Store};
