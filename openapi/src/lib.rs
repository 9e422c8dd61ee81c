//! The contract: every request and response type of Bottega's HTTP API, one file per capability.
//!
//! The server and the browser compile this same crate, so a field renamed here does not compile
//! there. It knows nothing of databases, HTTP servers or the DOM.

pub mod accounts;
pub mod assortment;
pub mod audit;
mod bounded;
pub mod cache;
pub mod cart;
pub mod catalog;
mod change;
pub mod country;
pub mod customers;
pub mod email;
pub mod envelope;
pub mod image_url;
pub mod locale;
pub mod money;
pub mod operations;
pub mod orders;
pub mod paging;
pub mod problem;
pub mod quantity;
pub mod rules;
pub mod search;
pub mod sku;
pub mod slug;
pub mod stats;
pub mod synonyms;
pub mod text;
mod time;
mod whole;

pub use email::Email;
pub use envelope::{Data, Page};
pub use image_url::ImageUrl;
pub use locale::Locale;
pub use money::{Currency, Money};
pub use paging::Meta;
pub use problem::{FieldError, Problem, ProblemCode};
pub use quantity::Quantity;
pub use sku::Sku;
pub use slug::Slug;
