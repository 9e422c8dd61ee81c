//! What every request passes, in this order: its scope (id, timing, log), headers, CORS, limits (of `crate::limits`),
//! problems (panics, time-outs). And what handlers use: validated input, cacheable answers.

mod client_ip;
mod cors;
mod headers;
mod json;
mod methods;
mod path;
mod problems;
mod query;
mod representation;
mod request_id;
mod scope;

pub use client_ip::client_ip;
pub(crate) use cors::cors;
pub(crate) use headers::{ContentPolicy, security_headers};
pub use json::ValidJson;
pub(crate) use methods::{Methods, not_found_or_not_allowed};
pub(crate) use path::PathText;
pub(crate) use problems::problems;
pub(crate) use query::{NoQuery, ValidQuery};
pub(crate) use representation::{CachePolicy, Representation, preferred_encoding};
pub(crate) use request_id::Facts;
pub(crate) use scope::scope;
