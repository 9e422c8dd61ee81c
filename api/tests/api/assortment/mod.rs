//! The catalogue in the hands of administrators.

mod categories;
mod stock;
