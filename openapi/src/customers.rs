//! Accounts as administrators see them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::{accounts::UserRole, change::not_null, paging, rules};

/// An account as administrators see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    pub id: Uuid,
    #[cfg_attr(feature = "schema", schema(example = "ada@example.com"))]
    pub email: String,
    pub email_verified: bool,
    #[cfg_attr(feature = "schema", schema(required, example = "Ada"))]
    pub first_name: Option<String>,
    #[cfg_attr(feature = "schema", schema(required, example = "Lovelace"))]
    pub last_name: Option<String>,
    pub role: UserRole,
    /// Whether it can sign in.
    pub is_active: bool,
    /// How many orders it has placed.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 3))]
    pub order_count: u64,
    /// Counts its changes; `If-Match` wants the ETag made of it.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1))]
    pub version: i64,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub created_at: DateTime<Utc>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub updated_at: DateTime<Utc>,
}

/// What to change about somebody's account. What is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomerChange {
    /// False signs the account out everywhere, and keeps it from signing in.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = bool))]
    pub is_active: Option<bool>,
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = UserRole))]
    pub role: Option<UserRole>,
}

/// In which order accounts are listed. A leading minus turns it around.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum CustomerSort {
    #[serde(rename = "email")]
    EmailAscending,
    #[serde(rename = "-email")]
    EmailDescending,
    #[serde(rename = "createdAt")]
    Oldest,
    #[default]
    #[serde(rename = "-createdAt")]
    Newest,
}

/// Which accounts to list, in which order, and which page of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "schema", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "paging_is_of_one_kind"))]
pub struct CustomerListQuery {
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
    /// How many accounts a page has at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 1, max = 100))]
    #[cfg_attr(feature = "schema", param(minimum = 1, maximum = 100, default = 20))]
    pub limit: Option<u32>,
    /// The order; `-createdAt` (the newest first) unless told otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline))]
    pub sort: Option<CustomerSort>,
    /// Only accounts whose name or address has, for each of these words, a word that begins with it.
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
    /// Only accounts of this role.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline))]
    pub role: Option<UserRole>,
    /// Only accounts that can sign in, or only the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
}

fn paging_is_of_one_kind(query: &CustomerListQuery) -> Result<(), ValidationError> {
    paging::one_kind(query.page, query.cursor.as_deref())
}
