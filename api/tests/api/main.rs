//! The API from the outside: the real application over real HTTP, on every engine.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::panic,
    unreachable_pub,
    reason = "tests fail by panicking, may make ids of their own, and share their support with other test programs"
)]

mod access;
mod accounts;
mod assortment;
mod audit;
mod cache;
mod cart;
mod categories;
mod cdn;
mod cli;
mod contract;
mod housekeeping;
mod http_base;
mod limits;
mod limits_exact;
mod limits_shared;
mod mail;
mod operations;
mod orders;
mod outages;
mod problems;
mod products;
mod related;
mod rotation;
mod search;
mod seeds;
mod shutdown;
mod stats;
mod storefront;
mod support;
mod traces;
