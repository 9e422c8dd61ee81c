//! The catalogue in the hands of administrators.

pub mod category;
pub mod product;
pub mod stock;

pub use category::{AdminCategory, CategoryChange, NewCategory};
pub use product::AdminProduct;
pub use stock::{StockAdjustment, StockLedgerQuery, StockMovement, StockReason};
