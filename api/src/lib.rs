//! Bottega's server. `Application` is the whole of it; the `bottega` binary, the tests and whoever embeds the shop
//! build the same one.

mod access;
mod accounts;
mod app;
mod assortment;
mod audit;
mod background;
mod broken;
pub mod cache;
mod cart;
pub mod catalog;
mod cdn;
pub mod cli;
pub mod clock;
pub mod config;
mod customers;
pub mod db;
pub mod error;
mod housekeeping;
pub mod http;
mod idempotency;
pub mod lifecycle;
pub mod limits;
mod mac;
mod mail;
mod operations;
pub mod orders;
pub mod payments;
mod pricing;
pub mod search;
mod secrets;
pub mod seed;
pub mod state;
mod stats;
mod stock;
mod storefront;
pub mod telemetry;
pub mod version;

pub use app::{Application, ExtraRoutes, Parts, StartError, openapi_document};
