//! How far an order, and the money for it, has come.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Actor;

/// How far an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum OrderStatus {
    /// Placed, and waiting to be paid or confirmed.
    Pending,
    Confirmed,
    /// Being put together.
    Processing,
    Shipped,
    Delivered,
    /// Called off before it was shipped. What it held is in stock again.
    Cancelled,
    /// All that was paid for it was given back.
    Refunded,
}

impl OrderStatus {
    /// All of them, in the order in which an order goes through them.
    pub const ALL: [Self; 7] = [
        Self::Pending,
        Self::Confirmed,
        Self::Processing,
        Self::Shipped,
        Self::Delivered,
        Self::Cancelled,
        Self::Refunded,
    ];

    /// Whether an order of this status may become one of another by this hand. The one place that says so.
    pub fn can_become(self, next: Self, by: Actor) -> bool {
        use OrderStatus::{Cancelled, Confirmed, Delivered, Pending, Processing, Refunded, Shipped};
        let possible: &[Self] = match self {
            Pending => &[Confirmed, Cancelled],
            Confirmed => &[Processing, Cancelled, Refunded],
            Processing => &[Shipped, Cancelled, Refunded],
            Shipped => &[Delivered, Refunded],
            Delivered => &[Refunded],
            Cancelled | Refunded => &[],
        };
        let is_for_customers = next == Cancelled && matches!(self, Pending | Confirmed);
        possible.contains(&next) && (by != Actor::Customer || is_for_customers)
    }

    /// What an order of this status may become by this hand.
    pub fn next(self, by: Actor) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |next| self.can_become(*next, by))
    }

    /// The word programs use for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Confirmed => "CONFIRMED",
            Self::Processing => "PROCESSING",
            Self::Shipped => "SHIPPED",
            Self::Delivered => "DELIVERED",
            Self::Cancelled => "CANCELLED",
            Self::Refunded => "REFUNDED",
        }
    }
}

impl fmt::Display for OrderStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How far the money for an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentStatus {
    Unpaid,
    /// Promised by who will pay, and not taken yet.
    Authorised,
    Paid,
    PartiallyRefunded,
    Refunded,
    /// The last attempt to pay came to nothing.
    Failed,
    /// It was not paid in time.
    Expired,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(by: Actor) -> Vec<String> {
        let line = |from: OrderStatus| {
            let next: Vec<_> = from.next(by).map(OrderStatus::as_str).collect();
            format!("{from}: {}", next.join(" "))
        };
        OrderStatus::ALL.map(line).to_vec()
    }

    #[test]
    fn an_order_goes_forward_one_step_at_a_time() {
        let expected = [
            "PENDING: CONFIRMED CANCELLED",
            "CONFIRMED: PROCESSING CANCELLED REFUNDED",
            "PROCESSING: SHIPPED CANCELLED REFUNDED",
            "SHIPPED: DELIVERED REFUNDED",
            "DELIVERED: REFUNDED",
            "CANCELLED: ",
            "REFUNDED: ",
        ];
        assert_eq!(table(Actor::Admin), expected);
        assert_eq!(table(Actor::System), expected);
    }

    #[test]
    fn a_customer_may_only_call_it_off() {
        let expected = [
            "PENDING: CANCELLED",
            "CONFIRMED: CANCELLED",
            "PROCESSING: ",
            "SHIPPED: ",
            "DELIVERED: ",
            "CANCELLED: ",
            "REFUNDED: ",
        ];
        assert_eq!(table(Actor::Customer), expected);
    }

    #[test]
    fn the_word_is_the_one_that_is_sent() {
        for status in OrderStatus::ALL {
            assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
        }
    }
}
