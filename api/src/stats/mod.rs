//! How the shop is doing, added up for administrators.

mod queries;
mod routes;
mod service;

pub(crate) use routes::configure;
