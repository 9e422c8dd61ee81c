//! Everything the shop keeps about somebody, for them to take along.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Address, Session, User};
use crate::Money;

/// Everything the shop keeps about an account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccountExport {
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub exported_at: DateTime<Utc>,
    pub user: User,
    pub addresses: Vec<Address>,
    pub sessions: Vec<Session>,
    /// The oldest first.
    pub orders: Vec<ExportedOrder>,
}

/// An order as it was placed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExportedOrder {
    #[cfg_attr(feature = "schema", schema(example = "ORD-2026-000123"))]
    pub order_number: String,
    #[cfg_attr(feature = "schema", schema(example = "SHIPPED"))]
    pub status: String,
    #[cfg_attr(feature = "schema", schema(example = "ada@example.com"))]
    pub email: String,
    /// The currency of every amount here.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z]{3}$", example = "USD"))]
    pub currency: String,
    pub subtotal: Money,
    pub tax: Money,
    pub shipping_amount: Money,
    pub discount_amount: Money,
    pub total_amount: Money,
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub shipping_address: serde_json::Value,
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub billing_address: serde_json::Value,
    #[cfg_attr(feature = "schema", schema(required))]
    pub notes: Option<String>,
    pub items: Vec<ExportedLine>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub created_at: DateTime<Utc>,
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExportedLine {
    #[cfg_attr(feature = "schema", schema(example = "PIXEL-8-PRO"))]
    pub sku: String,
    #[cfg_attr(feature = "schema", schema(example = "Google Pixel 8 Pro"))]
    pub name: String,
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1))]
    pub quantity: i32,
    pub unit_price: Money,
}
