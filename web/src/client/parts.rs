//! Answers in which one thing stands among the fields of another. Each is read by itself from the same object: read as
//! the contract writes it, everything in it would be compiled a second time, for the detour by which serde does that.

use openapi::{
    Data,
    catalog::{CategoryRef, ProductDetail, Variant},
    orders::{OrderDetail, OrderEvent, OrderStatus, Payment, Refund},
};
use serde::Deserialize;
use serde_json::Value;

use super::json::read;

/// A product with what its page shows besides.
pub(super) fn product(tree: &Value) -> Option<Data<ProductDetail>> {
    #[derive(Deserialize)]
    struct Besides {
        stock: i64,
        variants: Vec<Variant>,
        breadcrumbs: Vec<CategoryRef>,
    }
    let data = tree.get("data")?;
    let Besides { stock, variants, breadcrumbs } = read(data)?;
    Some(Data { data: ProductDetail { summary: read(data)?, stock, variants, breadcrumbs } })
}

/// An order with what happened to it.
pub(super) fn order(tree: &Value) -> Option<Data<OrderDetail>> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Besides {
        timeline: Vec<OrderEvent>,
        payments: Vec<Payment>,
        refunds: Vec<Refund>,
        can_become: Vec<OrderStatus>,
    }
    let data = tree.get("data")?;
    let Besides { timeline, payments, refunds, can_become } = read(data)?;
    Some(Data { data: OrderDetail { order: read(data)?, timeline, payments, refunds, can_become } })
}

#[cfg(test)]
mod tests {
    use serde::{Serialize, de::DeserializeOwned};
    use serde_json::json;

    use super::*;
    use crate::domain::samples;

    /// It reads what the contract reads, and needs every field that the contract needs.
    fn is_the_contracts<T>(value: T, how: fn(&Value) -> Option<Data<T>>)
    where
        T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
    {
        let whole = json!({ "data": value });
        assert_eq!(how(&whole), Some(Data { data: value }));
        for field in whole["data"].as_object().unwrap().keys() {
            let mut without = whole.clone();
            without["data"].as_object_mut().unwrap().remove(field);
            let contract = serde_json::from_value(without.clone()).ok();
            assert_eq!(how(&without), contract, "without {field}");
        }
    }

    #[test]
    fn a_product_is_read_as_the_contract_says() {
        is_the_contracts(samples::product(), product);
    }

    #[test]
    fn an_order_is_read_as_the_contract_says() {
        is_the_contracts(samples::order(), order);
    }
}
