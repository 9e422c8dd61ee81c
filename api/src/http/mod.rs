//! What every request passes, in this order: its scope (id, timing, log), headers, CORS, limits (of `crate::limits`),
//! problems (panics, time-outs), who is asking (of `crate::access`). And what handlers use: validated input, cacheable
//! answers.

mod broken_rules;
mod client_ip;
mod completion;
mod cookie;
mod cors;
mod headers;
mod json;
mod json_errors;
mod methods;
mod path;
mod personal;
mod problems;
mod public;
mod query;
mod representation;
mod request_id;
mod scope;
mod versions;

pub use client_ip::client_ip;
pub(crate) use completion::to_the_end;
pub(crate) use cookie::own_cookie;
pub(crate) use cors::cors;
pub(crate) use headers::{ContentPolicy, security_headers};
pub(crate) use json::NoBody;
pub use json::ValidJson;
pub(crate) use methods::{Methods, not_found_or_not_allowed};
pub(crate) use path::{PathId, PathIds, PathText};
pub(crate) use personal::{nothing, personal};
pub(crate) use problems::problems;
pub(crate) use public::is_public_read;
pub(crate) use query::{NoQuery, ValidQuery};
pub(crate) use representation::{CachePolicy, Representation, preferred_encoding};
pub(crate) use scope::scope;
pub(crate) use versions::{IfMatch, version_tag, versioned};
