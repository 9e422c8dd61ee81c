//! Changing products.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::{Metadata, NewOption};
use crate::{
    ImageUrl,
    catalog::ProductStatus,
    change::{given, not_null},
    rules,
};

/// What to change about a product. What is left out stays as it is. What is sold of it, and for how much, is changed at its
/// variants.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProductChange {
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::title"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            value_type = String,
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "Modern LED Table Lamp"
        )
    )]
    pub name: Option<String>,
    /// The part of its page's address that names it.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::slug"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            value_type = String,
            min_length = 1,
            max_length = 120,
            pattern = "^[a-z0-9]+(-[a-z0-9]+)*$",
            example = "modern-led-table-lamp"
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
            example = "Five levels of brightness and a port to charge a telephone."
        )
    )]
    pub description: Option<Option<String>>,
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Uuid))]
    pub category_id: Option<Uuid>,
    /// The picture that lists show.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<ImageUrl>))]
    pub image_url: Option<Option<ImageUrl>>,
    /// More pictures, in their order.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 20), nested)]
    #[cfg_attr(feature = "schema", schema(value_type = Vec<ImageUrl>, max_items = 20))]
    pub images: Option<Vec<ImageUrl>>,
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = ProductStatus))]
    pub status: Option<ProductStatus>,
    /// Whether the shop puts it forward.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = bool))]
    pub is_featured: Option<bool>,
    /// In the place of what was kept.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Metadata>))]
    pub metadata: Option<Option<Metadata>>,
    /// In the place of the options there are. Every variant must fit: it keeps its values, without those of options that are
    /// gone, and takes the value of a new option that has but one. No two may then choose the same.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 5), nested)]
    #[cfg_attr(feature = "schema", schema(value_type = Vec<NewOption>, max_items = 5))]
    pub options: Option<Vec<NewOption>>,
}
