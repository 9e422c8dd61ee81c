//! The only place that talks to the API: what can be asked, how it is asked, and what is remembered of the answers.

mod cache;
pub(crate) mod catalog;
mod error;
mod request;
mod resource;
mod store;

pub(crate) use error::ClientError;
pub(crate) use resource::Resource;
pub(crate) use store::Store;
