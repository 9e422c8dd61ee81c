//! Why an order cannot be placed, or cannot become what it should.

use serde::{Deserialize, Serialize};

use super::OrderStatus;
use crate::{Money, Problem};

/// What an order would cost now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z]{3}$", example = "USD"))]
    pub currency: String,
    pub subtotal: Money,
    pub tax: Money,
    pub shipping_amount: Money,
    pub discount_amount: Money,
    pub total_amount: Money,
}

/// A problem with an order to be placed that also says what it would cost now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CheckoutProblem {
    #[serde(flatten)]
    pub problem: Problem,
    /// Only where the price is what stands in the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub totals: Option<Totals>,
}

/// A problem that also says what an order may become.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TransitionProblem {
    #[serde(flatten)]
    pub problem: Problem,
    /// Only where the order's status is what stands in the way: what it may become instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub allowed: Option<Vec<OrderStatus>>,
}
