//! Making, changing and removing categories.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{
    ImageUrl,
    catalog::Category,
    change::{given, not_null},
    rules,
};

/// A category as administrators see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AdminCategory {
    #[serde(flatten)]
    pub category: Category,
    /// How many products stand in this very category, whatever their status. While there are any it stays.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 3))]
    pub own_product_count: u64,
    /// Counts its changes; `If-Match` wants the ETag made of it.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1))]
    pub version: i64,
}

/// A new category.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewCategory {
    #[validate(custom(function = "rules::name"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 100,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "Smartphones"
        )
    )]
    pub name: String,
    /// The part of its page's address that names it.
    #[validate(custom(function = "rules::category_slug"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 120,
            pattern = "^[a-z0-9]+(-[a-z0-9]+)*$",
            example = "smartphones"
        )
    )]
    pub slug: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::description"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 10_000,
            pattern = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$",
            example = "Telephones that do everything else, too."
        )
    )]
    pub description: Option<String>,
    /// Its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub image_url: Option<ImageUrl>,
    /// The category it hangs below; left out for one at the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<Uuid>,
    /// Whether shoppers see it; true unless told otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(default = true))]
    pub is_active: Option<bool>,
    /// Siblings stand in this order, then by name; 0 unless told otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(range(min = -1_000_000, max = 1_000_000))]
    #[cfg_attr(feature = "schema", schema(minimum = -1_000_000, maximum = 1_000_000, default = 0))]
    pub sort_order: Option<i32>,
}

/// What to change about a category. What is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CategoryChange {
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::name"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            value_type = String,
            min_length = 1,
            max_length = 100,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "Smartphones"
        )
    )]
    pub name: Option<String>,
    /// The part of its page's address that names it.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::category_slug"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            value_type = String,
            min_length = 1,
            max_length = 120,
            pattern = "^[a-z0-9]+(-[a-z0-9]+)*$",
            example = "smartphones"
        )
    )]
    pub slug: Option<String>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::description"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            value_type = Option<String>,
            min_length = 1,
            max_length = 10_000,
            pattern = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$",
            example = "Telephones that do everything else, too."
        )
    )]
    pub description: Option<Option<String>>,
    /// Its picture.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<ImageUrl>))]
    pub image_url: Option<Option<ImageUrl>>,
    /// The category it hangs below; null brings it to the top.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Uuid>))]
    pub parent_id: Option<Option<Uuid>>,
    /// Whether shoppers see it.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = bool))]
    pub is_active: Option<bool>,
    /// Siblings stand in this order, then by name.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(range(min = -1_000_000, max = 1_000_000))]
    #[cfg_attr(feature = "schema", schema(value_type = i32, minimum = -1_000_000, maximum = 1_000_000))]
    pub sort_order: Option<i32>,
}
