//! Placing an order.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::PostalAddress;
use crate::{cart::names_one_thing, rules, whole::whole};

/// An order to be placed: of what is in the cart, or, if `items` are given, of those.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlaceOrder {
    /// What is in the cart unless told otherwise. What is named twice is bought as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 100), nested)]
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 100))]
    pub items: Option<Vec<NewOrderItem>>,
    #[validate(nested)]
    pub shipping_address: PostalAddress,
    /// The shipping address unless told otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub billing_address: Option<PostalAddress>,
    /// Anything whoever puts it together should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::notes"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 1_000,
            pattern = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$",
            example = "Ring twice"
        )
    )]
    pub notes: Option<String>,
    /// What the customer was shown it would cost. If it would not, nothing is ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::amount"))]
    #[cfg_attr(feature = "schema", schema(pattern = r"^[0-9]{1,9}(\.[0-9]{1,3})?$", example = "31.98"))]
    pub expected_total: Option<String>,
}

/// Something to order: a variant, or a product, which then is its default variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "is_one_thing"))]
pub struct NewOrderItem {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_id: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant_id: Option<Uuid>,
    /// How many.
    #[serde(deserialize_with = "whole")]
    #[validate(custom(function = "rules::quantity"))]
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 99, example = 2))]
    pub quantity: u32,
}

fn is_one_thing(item: &NewOrderItem) -> Result<(), ValidationError> {
    names_one_thing(item.product_id, item.variant_id)
}
