//! Products as administrators see them.

use serde::{Deserialize, Serialize};

use crate::catalog::ProductDetail;

/// A product as administrators see it, whatever its status.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AdminProduct {
    #[serde(flatten)]
    pub product: ProductDetail,
    /// Counts its changes, but for those of its stock.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1))]
    pub version: i64,
}
