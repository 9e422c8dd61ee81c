//! The stock ledger: why stock changed, by how much, and what was left.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::{
    paging,
    rules::{self, refusal},
};

/// Why stock changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum StockReason {
    Initial,
    Sale,
    Cancel,
    Refund,
    Adjustment,
    Import,
}

/// A line of the stock ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StockMovement {
    pub id: Uuid,
    pub variant_id: Uuid,
    /// By how much stock changed.
    #[cfg_attr(feature = "schema", schema(example = 12))]
    pub delta: i32,
    /// What there was afterwards.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 40))]
    pub stock_after: i32,
    pub reason: StockReason,
    /// In the words of whoever did it.
    #[cfg_attr(feature = "schema", schema(required, example = "Delivery of 12"))]
    pub note: Option<String>,
    /// The order that changed it.
    #[cfg_attr(feature = "schema", schema(required))]
    pub order_id: Option<Uuid>,
    /// The account of whoever did it.
    #[cfg_attr(feature = "schema", schema(required))]
    pub actor_id: Option<Uuid>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub created_at: DateTime<Utc>,
}

/// Puts stock right: by how much, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StockAdjustment {
    /// The default variant unless told otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant_id: Option<Uuid>,
    /// More or fewer, but not none.
    #[validate(range(min = -1_000_000, max = 1_000_000), custom(function = "is_change"))]
    #[cfg_attr(feature = "schema", schema(minimum = -1_000_000, maximum = 1_000_000, example = 12))]
    pub delta: i32,
    /// Why, for whoever reads the ledger.
    #[validate(custom(function = "rules::address_line"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "Delivery of 12"
        )
    )]
    pub note: String,
}

fn is_change(delta: i32) -> Result<(), ValidationError> {
    if delta == 0 { Err(refusal("zero", &"must not be 0")) } else { Ok(()) }
}

/// Which page of a variant's ledger to list, the newest line first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "schema", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "paging_is_of_one_kind"))]
pub struct StockLedgerQuery {
    /// The default variant unless told otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant_id: Option<Uuid>,
    /// The page by number, from 1. Not together with `cursor`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 1, max = 100_000))]
    #[cfg_attr(feature = "schema", param(minimum = 1, maximum = 100_000, default = 1))]
    pub page: Option<u32>,
    /// The page by cursor: empty for the first, then the `nextCursor` of the page before. Not together with `page`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 1_000))]
    #[cfg_attr(feature = "schema", param(max_length = 1_000, pattern = "^[A-Za-z0-9_-]*$"))]
    pub cursor: Option<String>,
    /// How many lines a page has at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 1, max = 100))]
    #[cfg_attr(feature = "schema", param(minimum = 1, maximum = 100, default = 20))]
    pub limit: Option<u32>,
}

fn paging_is_of_one_kind(query: &StockLedgerQuery) -> Result<(), ValidationError> {
    paging::one_kind(query.page, query.cursor.as_deref())
}
