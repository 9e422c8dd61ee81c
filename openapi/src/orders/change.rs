//! What administrators change about orders.

use serde::{Deserialize, Serialize};
use validator::Validate;

use super::{OrderStatus, PaymentStatus, PostalAddress};
use crate::{
    change::{given, not_null},
    rules,
};

/// What to make of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StatusChange {
    pub status: OrderStatus,
    /// For the order's timeline, where the customer reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::notes"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 1_000,
            pattern = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$",
            example = "Left at the door"
        )
    )]
    pub notes: Option<String>,
    /// Of an order that is shipped. What is left out stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::name"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 100,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "1Z999AA10123456784"
        )
    )]
    pub tracking_number: Option<String>,
}

/// What to change about an order. What is left out stays as it is; null clears.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrderChange {
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::name"))]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, min_length = 1, max_length = 100, pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$", example = "1Z999AA10123456784"))]
    pub tracking_number: Option<Option<String>>,
    /// Until it is shipped.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    #[cfg_attr(feature = "schema", schema(value_type = PostalAddress))]
    pub shipping_address: Option<PostalAddress>,
    /// `PAID` says that the money is here; nothing else can be said of it. What was pending is then confirmed.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = PaymentStatus))]
    pub payment_status: Option<PaymentStatus>,
}
