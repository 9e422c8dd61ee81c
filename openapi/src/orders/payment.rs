//! Paying for an order.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Money;

/// How far an attempt to pay has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum PaymentState {
    /// Waiting for who pays.
    Pending,
    /// Promised, and not taken yet.
    Authorised,
    /// The money is here.
    Captured,
    Failed,
    Cancelled,
}

/// An attempt to pay an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    pub id: Uuid,
    /// Through whom: `manual` is a transfer that somebody at the shop looks for.
    #[cfg_attr(feature = "schema", schema(example = "manual"))]
    pub provider: String,
    pub status: PaymentState,
    pub amount: Money,
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z]{3}$", example = "USD"))]
    pub currency: String,
    /// What is to be done for it to go on.
    #[cfg_attr(feature = "schema", schema(required, example = "Please transfer the amount."))]
    pub instructions: Option<String>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub created_at: DateTime<Utc>,
}
