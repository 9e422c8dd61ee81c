//! How the shop is doing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Money, orders::OrderStatus};

/// How many days are looked back at, today included.
pub const DAYS: usize = 30;
/// How many products are named that sold best.
pub const BEST_SELLERS: u32 = 10;
/// How many variants are named of which little is left.
pub const LOW_STOCK: u32 = 20;
/// Of so few pieces or fewer, little is left.
pub const LITTLE: i32 = 5;

/// How the shop is doing. Days are those of UTC, and today is one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Stats {
    /// The currency of every amount here.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z]{3}$", example = "USD"))]
    pub currency: String,
    /// How many orders were ever placed.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 1024))]
    pub total_orders: u64,
    pub orders_by_status: OrdersByStatus,
    /// All these days together.
    pub last30_days: Sales,
    /// Each of the last 30 days, the first first; those without orders, too.
    #[cfg_attr(feature = "schema", schema(min_items = 30, max_items = 30))]
    pub revenue_per_day: Vec<DaySales>,
    /// What was sold most in these days, by pieces.
    #[cfg_attr(feature = "schema", schema(max_items = 10))]
    pub best_sellers: Vec<BestSeller>,
    /// What can be bought and of which 5 pieces are left or fewer, the fewest first.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub low_stock: Vec<LowStock>,
}

/// How many orders there are of each status, be it none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrdersByStatus(pub BTreeMap<OrderStatus, u64>);

/// What was ordered, and what it brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Sales {
    /// How many orders were placed, whatever became of them.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 12))]
    pub orders: u64,
    /// What those of them come to that are confirmed, being put together, shipped or delivered, less what was given back.
    pub revenue: Money,
}

/// What was ordered on a day, and what it brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DaySales {
    #[serde(with = "crate::time::day")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31"))]
    pub day: NaiveDate,
    #[serde(flatten)]
    pub sales: Sales,
}

/// A product that sold well, whichever of its variants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BestSeller {
    /// Null when the shop has removed it since.
    #[cfg_attr(feature = "schema", schema(required))]
    pub product_id: Option<Uuid>,
    /// What it is called now, or was called when it was sold.
    #[cfg_attr(feature = "schema", schema(example = "Men's Classic T-Shirt"))]
    pub name: String,
    /// How many pieces were sold, of orders that count as revenue.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 42))]
    pub pieces: u64,
    /// What was paid for them with their tax, whether or not some of it was given back.
    pub revenue: Money,
}

/// A variant of which little is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LowStock {
    pub product_id: Uuid,
    pub variant_id: Uuid,
    #[cfg_attr(feature = "schema", schema(example = "MENS-CLASSIC-TEE-M"))]
    pub sku: String,
    /// The product's name.
    #[cfg_attr(feature = "schema", schema(example = "Men's Classic T-Shirt"))]
    pub name: String,
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 5, example = 2))]
    pub stock: i32,
}

#[cfg(feature = "schema")]
mod schema {
    use utoipa::{
        PartialSchema, ToSchema,
        openapi::{ObjectBuilder, RefOr, Schema},
    };

    use crate::orders::OrderStatus;

    impl PartialSchema for super::OrdersByStatus {
        fn schema() -> RefOr<Schema> {
            let all = OrderStatus::ALL.map(OrderStatus::as_str);
            all.into_iter()
                .fold(ObjectBuilder::new(), |object, status| {
                    object.property(status, u64::schema()).required(status)
                })
                .description(Some("How many orders there are of each status, be it none."))
                .into()
        }
    }

    impl ToSchema for super::OrdersByStatus {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    #[test]
    fn a_day_and_its_sales_are_one_object() {
        let sales = Sales { orders: 2, revenue: Money::from_minor(3_990, Currency::USD) };
        let day = DaySales { day: NaiveDate::from_ymd_opt(2026, 1, 31).unwrap(), sales };
        let json = serde_json::json!({"day": "2026-01-31", "orders": 2, "revenue": "39.90"});
        assert_eq!(serde_json::to_value(day).unwrap(), json);
        assert_eq!(serde_json::from_value::<DaySales>(json).unwrap(), day);
        let wrong = serde_json::json!({"day": "2026-02-30", "orders": 2, "revenue": "39.90"});
        assert!(serde_json::from_value::<DaySales>(wrong).is_err());
    }

    #[test]
    fn statuses_are_fields() {
        let counts = OrdersByStatus([(OrderStatus::Shipped, 2), (OrderStatus::Pending, 1)].into());
        let json = r#"{"PENDING":1,"SHIPPED":2}"#;
        assert_eq!(serde_json::to_string(&counts).unwrap(), json);
        assert_eq!(serde_json::from_str::<OrdersByStatus>(json).unwrap(), counts);
    }
}
