//! Making products.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::{Metadata, NewOption, NewVariant};
use crate::{ImageUrl, catalog::ProductStatus, rules};

/// A new product. What is sold of it are its `variants`; where there is but one thing to buy, `sku`, `price`, `compareAt` and
/// `stock` say what that is, and `variants` and `options` are left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewProduct {
    #[validate(custom(function = "rules::title"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "Modern LED Table Lamp"
        )
    )]
    pub name: String,
    /// The part of its page's address that names it; made from the name unless told otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::slug"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 120,
            pattern = "^[a-z0-9]+(-[a-z0-9]+)*$",
            example = "modern-led-table-lamp"
        )
    )]
    pub slug: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::description"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 10_000,
            pattern = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$",
            example = "Five levels of brightness and a port to charge a telephone."
        )
    )]
    pub description: Option<String>,
    pub category_id: Uuid,
    /// The picture that lists show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub image_url: Option<ImageUrl>,
    /// More pictures, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 20), nested)]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub images: Vec<ImageUrl>,
    /// `DRAFT` unless told otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ProductStatus>,
    /// Whether the shop puts it forward; false unless told otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(default = false))]
    pub is_featured: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub metadata: Option<Metadata>,
    /// What can be chosen, in the order in which it is asked. Every variant names a value for each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 5), nested)]
    #[cfg_attr(feature = "schema", schema(max_items = 5))]
    pub options: Vec<NewOption>,
    /// What is sold. The first is the one that lists show, unless another is marked as the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 2_000), nested)]
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 2_000))]
    pub variants: Option<Vec<NewVariant>>,
    /// Without `variants`: its SKU, which is no other product's. Kept in upper case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::sku"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 64,
            pattern = r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
            example = "MODERN-TABLE-LAMP"
        )
    )]
    pub sku: Option<String>,
    /// Without `variants`: its price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::amount"))]
    #[cfg_attr(feature = "schema", schema(pattern = r"^[0-9]{1,9}(\.[0-9]{1,2})?$", example = "79.99"))]
    pub price: Option<String>,
    /// Without `variants`: what it cost before, or costs elsewhere. More than 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::positive_amount"))]
    #[cfg_attr(feature = "schema", schema(pattern = r"^[0-9]{1,9}(\.[0-9]{1,2})?$", example = "99.99"))]
    pub compare_at: Option<String>,
    /// Without `variants`: how many there are, which begins its ledger; 0 unless told otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 0, max = 1_000_000))]
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 1_000_000))]
    pub stock: Option<i32>,
}
