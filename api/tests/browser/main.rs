//! The shop in a real browser, through WebDriver.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::panic,
    unreachable_pub,
    reason = "tests fail by panicking, may make ids of their own, and share their support with other test programs"
)]

mod account_pages;
mod accounts;
mod browser;
mod carts;
mod customer;
mod lists;
mod orders;
mod search;
mod shop;
mod storefront;
#[expect(dead_code, unused_imports, reason = "the tests of the API use more of it")]
#[path = "../api/support/mod.rs"]
mod support;
mod swagger;
mod widths;
