//! What can be asked about one's own orders, and placing one.

use gloo_net::http::Method;
use openapi::{
    Data, Page,
    orders::{Order, OrderDetail, OrderListQuery},
};
use uuid::Uuid;

use super::{Call, parts};
use crate::domain::{address::encoded, attempt::Attempt};

const ORDERS: &str = "/api/orders";

/// Places an order. However often the same attempt is sent, there is one order.
pub(crate) fn place(attempt: &Attempt) -> Call<Data<OrderDetail>> {
    Call::sending(Method::POST, ORDERS, attempt.body.clone()).once(&attempt.key).read_by(parts::order)
}

/// One page of them.
pub(crate) fn list(query: &OrderListQuery) -> Call<Page<Order>> {
    // A struct of plain fields always has a query form.
    let query = serde_urlencoded::to_string(query).unwrap_or_default();
    Call::get(&format!("{ORDERS}?{query}"))
}

/// One of them, by its number.
pub(crate) fn order(number: &str) -> Call<Data<OrderDetail>> {
    Call::get(&format!("{ORDERS}/{}", encoded(number))).read_by(parts::order)
}

/// Calls one off.
pub(crate) fn cancel(id: Uuid) -> Call<Data<OrderDetail>> {
    Call::post(&format!("{ORDERS}/{id}/cancel")).read_by(parts::order)
}
