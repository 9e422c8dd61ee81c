//! The catalogue in the hands of administrators.

pub mod category;

pub use category::{AdminCategory, CategoryChange, NewCategory};
