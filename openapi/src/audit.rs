//! The audit log: who did what, and what it was like before and after.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::paging;

/// One thing that somebody did, or tried to. Nobody can change or remove it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    pub id: Uuid,
    /// The account of whoever did it; null when nobody was signed in.
    #[cfg_attr(feature = "schema", schema(required))]
    pub actor_id: Option<Uuid>,
    /// The address of the administrator who did it; customers are not named.
    #[cfg_attr(feature = "schema", schema(required, example = "admin@example.com"))]
    pub actor_email: Option<String>,
    /// What was done.
    #[cfg_attr(feature = "schema", schema(example = "product.changed"))]
    pub action: String,
    /// What kind of thing it was done to.
    #[cfg_attr(feature = "schema", schema(example = "product"))]
    pub entity_type: String,
    /// Which of them; null when it was none in particular.
    #[cfg_attr(feature = "schema", schema(required, example = "01890a5d-ac96-774b-bcce-b302099a8057"))]
    pub entity_id: Option<String>,
    /// What it was like, as far as it changed.
    #[cfg_attr(feature = "schema", schema(required, value_type = Option<Object>))]
    pub before: Option<serde_json::Value>,
    /// What it was like afterwards, or what else there is to know.
    #[cfg_attr(feature = "schema", schema(required, value_type = Option<Object>))]
    pub after: Option<serde_json::Value>,
    /// The request it was done by, as the logs call it; null for what was done on the server itself.
    #[cfg_attr(feature = "schema", schema(required, example = "0199aa10-7b5e-7cc2-8d5c-5d8f6d2c9d11"))]
    pub request_id: Option<String>,
    /// Where that request came from.
    #[cfg_attr(feature = "schema", schema(required, example = "203.0.113.7"))]
    pub ip: Option<String>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub created_at: DateTime<Utc>,
}

/// Which entries to list, the newest first, and which page of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "schema", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "paging_is_of_one_kind"))]
pub struct AuditListQuery {
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
    /// How many entries a page has at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 1, max = 100))]
    #[cfg_attr(feature = "schema", param(minimum = 1, maximum = 100, default = 20))]
    pub limit: Option<u32>,
    /// Only entries of this action.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 100))]
    #[cfg_attr(
        feature = "schema",
        param(
            min_length = 1,
            max_length = 100,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*$",
            example = "product.changed"
        )
    )]
    pub action: Option<String>,
    /// Only entries about things of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 100))]
    #[cfg_attr(
        feature = "schema",
        param(min_length = 1, max_length = 100, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$", example = "product")
    )]
    pub entity_type: Option<String>,
    /// Only entries about this thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 100))]
    #[cfg_attr(
        feature = "schema",
        param(min_length = 1, max_length = 100, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")
    )]
    pub entity_id: Option<String>,
    /// Only what this account did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor_id: Option<Uuid>,
    /// Only what was done at this time or later; to the millisecond.
    #[serde(default, with = "crate::time::parameter", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(example = "2026-01-01T00:00:00Z"))]
    pub from: Option<DateTime<Utc>>,
    /// Only what was done at this time or earlier; to the millisecond.
    #[serde(default, with = "crate::time::parameter", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(example = "2026-01-31T23:59:59.999Z"))]
    pub to: Option<DateTime<Utc>>,
}

fn paging_is_of_one_kind(query: &AuditListQuery) -> Result<(), ValidationError> {
    paging::one_kind(query.page, query.cursor.as_deref())
}
