//! Giving money back.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{Money, rules, whole::whole};

/// How far a refund has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum RefundState {
    /// On its way.
    Pending,
    Succeeded,
    Failed,
}

/// Money given back for an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Refund {
    pub id: Uuid,
    pub amount: Money,
    pub status: RefundState,
    /// Whether the pieces are in stock again.
    pub restock: bool,
    #[cfg_attr(feature = "schema", schema(required, example = "Arrived broken"))]
    pub reason: Option<String>,
    /// What it was given back for; empty where it was for no item in particular.
    pub items: Vec<RefundItem>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub created_at: DateTime<Utc>,
}

/// So many pieces of an order's item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RefundItem {
    /// The order's item.
    pub item_id: Uuid,
    /// How many of its pieces.
    #[serde(deserialize_with = "whole")]
    #[validate(custom(function = "rules::quantity"))]
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 99, example = 1))]
    pub quantity: u32,
}

/// Gives money back: for some items, what was paid for them with their tax; without items, all that is left of what was
/// paid, shipping included.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewRefund {
    /// Everything unless told otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 100), nested)]
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 100))]
    pub items: Option<Vec<RefundItem>>,
    /// Whether the pieces go back into stock.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(default = false))]
    pub restock: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::address_line"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "Arrived broken"
        )
    )]
    pub reason: Option<String>,
}
