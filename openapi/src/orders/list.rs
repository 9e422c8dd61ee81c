//! Listing orders.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::{OrderStatus, PaymentStatus};
use crate::{paging, rules};

/// Which of one's own orders to list, the newest first, and which page of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "schema", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "own_paging_is_of_one_kind"))]
pub struct OrderListQuery {
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
    /// How many orders a page has at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 1, max = 100))]
    #[cfg_attr(feature = "schema", param(minimum = 1, maximum = 100, default = 20))]
    pub limit: Option<u32>,
    /// Only orders of this status.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline))]
    pub status: Option<OrderStatus>,
}

/// In which order orders are listed. A leading minus turns it around.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum OrderSort {
    #[serde(rename = "createdAt")]
    Oldest,
    #[default]
    #[serde(rename = "-createdAt")]
    Newest,
}

/// Which orders to list, in which order, and which page of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "schema", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "paging_is_of_one_kind"))]
pub struct AdminOrderListQuery {
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
    /// How many orders a page has at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 1, max = 100))]
    #[cfg_attr(feature = "schema", param(minimum = 1, maximum = 100, default = 20))]
    pub limit: Option<u32>,
    /// The order; `-createdAt` (the newest first) unless told otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline))]
    pub sort: Option<OrderSort>,
    /// Only the order with this number, or with a number that ends so, or orders whose e-mail address begins like this.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::search_words"))]
    #[cfg_attr(
        feature = "schema",
        param(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
        )
    )]
    pub q: Option<String>,
    /// Only orders of this status.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline))]
    pub status: Option<OrderStatus>,
    /// Only orders whose money has come this far.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline))]
    pub payment_status: Option<PaymentStatus>,
    /// Only orders of this account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<Uuid>,
}

fn own_paging_is_of_one_kind(query: &OrderListQuery) -> Result<(), ValidationError> {
    paging::one_kind(query.page, query.cursor.as_deref())
}

fn paging_is_of_one_kind(query: &AdminOrderListQuery) -> Result<(), ValidationError> {
    paging::one_kind(query.page, query.cursor.as_deref())
}
