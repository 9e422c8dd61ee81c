//! Where an account is signed in.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A browser or program that is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Session {
    pub id: Uuid,
    /// Whether this request belongs to it.
    pub current: bool,
    /// What it called itself when it signed in.
    #[cfg_attr(
        feature = "schema",
        schema(required, example = "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0")
    )]
    pub user_agent: Option<String>,
    /// The address it last came from.
    #[cfg_attr(feature = "schema", schema(required, example = "203.0.113.7"))]
    pub ip: Option<String>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub created_at: DateTime<Utc>,
    /// When it last asked for a token.
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub last_used_at: DateTime<Utc>,
    /// When it ends if it is not used until then.
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-03-02T12:00:00.000Z"))]
    pub expires_at: DateTime<Utc>,
}
