//! Orders: placing them, and what becomes of them.

mod address;
mod change;
mod list;
mod order;
mod payment;
mod place;
mod problem;
mod refund;
mod status;

pub use address::{OrderAddress, PostalAddress};
pub use change::{OrderChange, StatusChange};
pub use list::{AdminOrderListQuery, OrderListQuery, OrderSort};
pub use order::{Actor, Order, OrderDetail, OrderEvent, OrderEventKind, OrderItem};
pub use payment::{Payment, PaymentState};
pub use place::{NewOrderItem, PlaceOrder};
pub use problem::{CheckoutProblem, Totals, TransitionProblem};
pub use refund::{NewRefund, Refund, RefundItem, RefundState};
pub use status::{OrderStatus, PaymentStatus};
