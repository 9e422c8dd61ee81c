//! The catalogue in the hands of administrators.

mod categories;
mod changing;
mod listing;
mod making;
mod many_variants;
mod outdated;
mod shop;
mod stock;
mod variants;
