//! The catalogue in the hands of administrators.

pub mod category;
pub mod metadata;
pub mod new_product;
pub mod options;
pub mod product;
pub mod product_change;
pub mod stock;
pub mod variant;

pub use category::{AdminCategory, CategoryChange, NewCategory};
pub use metadata::Metadata;
pub use new_product::NewProduct;
pub use options::{Choice, MAX_OPTION_NAME, MAX_OPTION_VALUE, NewOption, OptionValue};
pub use product::{AdminProduct, AdminProductListQuery, AdminProductSummary};
pub use product_change::ProductChange;
pub use stock::{StockAdjustment, StockLedgerQuery, StockMovement, StockReason};
pub use variant::{MAX_VARIANTS, NewVariant, VariantChange};
