//! Carts: what somebody means to buy. Only the server does the sums.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::{
    Money,
    rules::{self, refusal},
    whole::whole,
};

/// The most different things in one cart.
pub const MAX_ITEMS: usize = 100;

/// A whole cart, with what it would cost now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Cart {
    /// In the order in which they were put in.
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub items: Vec<CartItem>,
    /// How many pieces can be bought of all that is in it.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 9_900, example = 3))]
    pub item_count: u32,
    /// The currency of every amount here.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z]{3}$", example = "USD"))]
    pub currency: String,
    /// What the goods cost.
    pub subtotal: Money,
    pub discount_amount: Money,
    pub shipping_amount: Money,
    /// From which subtotal on shipping costs nothing; null where it always costs the same.
    #[cfg_attr(feature = "schema", schema(required))]
    pub free_shipping_from: Option<Money>,
    pub tax: Money,
    pub total_amount: Money,
    /// What is not as its owner left it.
    pub notices: Vec<CartNotice>,
}

/// Something in a cart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CartItem {
    pub id: Uuid,
    pub product_id: Uuid,
    pub variant_id: Uuid,
    #[cfg_attr(feature = "schema", schema(example = "MENS-CLASSIC-TEE-M"))]
    pub sku: String,
    #[cfg_attr(feature = "schema", schema(example = "Men's Classic T-Shirt"))]
    pub name: String,
    #[cfg_attr(feature = "schema", schema(example = "mens-classic-t-shirt"))]
    pub slug: String,
    /// The value chosen for each of the product's options.
    #[cfg_attr(feature = "schema", schema(example = json!({"size": "M"})))]
    pub options: BTreeMap<String, String>,
    #[cfg_attr(
        feature = "schema",
        schema(required, example = "/illustrations/products/mens-classic-tee.svg")
    )]
    pub image_url: Option<String>,
    /// What one costs now.
    pub unit_price: Money,
    /// How many: as many as were put in, or as are left.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 99, example = 2))]
    pub quantity: u32,
    /// How many there can be.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 99, example = 40))]
    pub max_quantity: u32,
    /// Whether it can be bought now. What cannot costs nothing, and must be taken out before the rest is ordered.
    pub is_available: bool,
    /// What they cost together.
    pub subtotal: Money,
}

/// What is not as somebody left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CartNoticeCode {
    /// It costs more, or less, than when its owner last saw it.
    PriceChanged,
    /// There are fewer than were wanted.
    QuantityReduced,
    /// There are none at present.
    SoldOut,
    /// It is not sold any more.
    NoLongerSold,
}

/// Something that its owner should know about what is in a cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CartNotice {
    pub code: CartNoticeCode,
    /// The item it is about.
    pub item_id: Uuid,
    #[cfg_attr(feature = "schema", schema(example = "Men's Classic T-Shirt"))]
    pub name: String,
    /// Of a changed price: what it was.
    #[cfg_attr(feature = "schema", schema(required))]
    pub previous_price: Option<Money>,
    /// Of a reduced quantity: how many were wanted.
    #[cfg_attr(feature = "schema", schema(required, minimum = 1, maximum = 198, example = 5))]
    pub wanted: Option<u32>,
}

/// Something to put into a cart: a variant, or a product, which then is its default variant. What is there already
/// becomes more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "is_one_thing"))]
pub struct NewCartItem {
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

/// How many there are to be of something in a cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CartItemChange {
    #[serde(deserialize_with = "whole")]
    #[validate(custom(function = "rules::quantity"))]
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 99, example = 2))]
    pub quantity: u32,
}

fn is_one_thing(item: &NewCartItem) -> Result<(), ValidationError> {
    names_one_thing(item.product_id, item.variant_id)
}

/// What is to be bought is a product or a variant.
pub(crate) fn names_one_thing(product: Option<Uuid>, variant: Option<Uuid>) -> Result<(), ValidationError> {
    match (product, variant) {
        (Some(_), None) | (None, Some(_)) => Ok(()),
        _ => Err(refusal("one-of", &"must name either a productId or a variantId")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_named() {
        let id = Some(Uuid::nil());
        let item = |product_id, variant_id| NewCartItem { product_id, variant_id, quantity: 1 };
        assert!(item(id, None).validate().is_ok() && item(None, id).validate().is_ok());
        assert!(item(None, None).validate().is_err() && item(id, id).validate().is_err());
    }
}
