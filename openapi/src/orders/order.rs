//! An order, as it was agreed on and as it is now.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{OrderAddress, OrderStatus, Payment, PaymentStatus, Refund};
use crate::Money;

/// An order. What was bought, and at which price, stays as it was when it was placed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Order {
    pub id: Uuid,
    #[cfg_attr(feature = "schema", schema(example = "ORD-2026-000123"))]
    pub order_number: String,
    /// Whose it is; null when the account was erased.
    #[cfg_attr(feature = "schema", schema(required))]
    pub user_id: Option<Uuid>,
    /// Where mails about it go.
    #[cfg_attr(feature = "schema", schema(example = "ada@example.com"))]
    pub email: String,
    pub status: OrderStatus,
    pub payment_status: PaymentStatus,
    /// The currency of every amount here.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z]{3}$", example = "USD"))]
    pub currency: String,
    /// What the goods cost.
    pub subtotal: Money,
    pub tax: Money,
    pub shipping_amount: Money,
    pub discount_amount: Money,
    pub total_amount: Money,
    /// How much of it was given back.
    pub refunded_amount: Money,
    pub items: Vec<OrderItem>,
    pub shipping_address: OrderAddress,
    pub billing_address: OrderAddress,
    #[cfg_attr(feature = "schema", schema(required, example = "Ring twice"))]
    pub notes: Option<String>,
    #[cfg_attr(feature = "schema", schema(required, example = "1Z999AA10123456784"))]
    pub tracking_number: Option<String>,
    #[serde(with = "crate::time::optional")]
    #[cfg_attr(feature = "schema", schema(required, example = "2026-01-31T12:00:00.000Z"))]
    pub paid_at: Option<DateTime<Utc>>,
    #[serde(with = "crate::time::optional")]
    #[cfg_attr(feature = "schema", schema(required, example = "2026-01-31T12:00:00.000Z"))]
    pub shipped_at: Option<DateTime<Utc>>,
    #[serde(with = "crate::time::optional")]
    #[cfg_attr(feature = "schema", schema(required, example = "2026-01-31T12:00:00.000Z"))]
    pub delivered_at: Option<DateTime<Utc>>,
    #[serde(with = "crate::time::optional")]
    #[cfg_attr(feature = "schema", schema(required, example = "2026-01-31T12:00:00.000Z"))]
    pub cancelled_at: Option<DateTime<Utc>>,
    /// When it is cancelled if it is not paid or confirmed until then.
    #[serde(with = "crate::time::optional")]
    #[cfg_attr(feature = "schema", schema(required, example = "2026-01-31T12:00:00.000Z"))]
    pub expires_at: Option<DateTime<Utc>>,
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

/// Something that was bought, as it was sold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderItem {
    pub id: Uuid,
    /// Null when the shop has removed it since.
    #[cfg_attr(feature = "schema", schema(required))]
    pub product_id: Option<Uuid>,
    /// Null when the shop has removed it since.
    #[cfg_attr(feature = "schema", schema(required))]
    pub variant_id: Option<Uuid>,
    #[cfg_attr(feature = "schema", schema(example = "MENS-CLASSIC-TEE-M"))]
    pub sku: String,
    #[cfg_attr(feature = "schema", schema(example = "Men's Classic T-Shirt"))]
    pub name: String,
    #[cfg_attr(feature = "schema", schema(example = json!({"size": "M"})))]
    pub options: BTreeMap<String, String>,
    #[cfg_attr(
        feature = "schema",
        schema(required, example = "/illustrations/products/mens-classic-tee.svg")
    )]
    pub image_url: Option<String>,
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 2))]
    pub quantity: u32,
    pub unit_price: Money,
    /// Before tax.
    pub subtotal: Money,
    pub tax: Money,
    /// In percent.
    #[cfg_attr(feature = "schema", schema(pattern = r"^[0-9]+\.[0-9]{2}$", example = "10.00"))]
    pub tax_rate: String,
}

/// An order with all that happened to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderDetail {
    #[serde(flatten)]
    pub order: Order,
    /// What happened to it, the first first.
    pub timeline: Vec<OrderEvent>,
    pub payments: Vec<Payment>,
    pub refunds: Vec<Refund>,
    /// What whoever asks may make of it.
    pub can_become: Vec<OrderStatus>,
}

/// What happened to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderEventKind {
    Placed,
    StatusChanged,
    Payment,
    Refund,
    Note,
}

/// By whose hand something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Actor {
    Customer,
    Admin,
    /// The shop itself.
    System,
}

/// An entry of an order's timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderEvent {
    pub id: Uuid,
    pub kind: OrderEventKind,
    #[cfg_attr(feature = "schema", schema(required))]
    pub from: Option<OrderStatus>,
    #[cfg_attr(feature = "schema", schema(required))]
    pub to: Option<OrderStatus>,
    pub by: Actor,
    /// The account of whoever did it.
    #[cfg_attr(feature = "schema", schema(required))]
    pub actor_id: Option<Uuid>,
    #[cfg_attr(feature = "schema", schema(required, example = "Left at the door"))]
    pub note: Option<String>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub created_at: DateTime<Utc>,
}
