//! What can be asked about the cart: of whoever is signed in, else of the guest whose cookie is sent along.

use gloo_net::http::Method;
use openapi::{
    Data,
    cart::{Cart, CartItemChange, NewCartItem},
};

use super::Call;
use crate::domain::basket::Wish;

const CART: &str = "/api/cart";
const ITEMS: &str = "/api/cart/items";

/// Asks what is wished for. The answer is always the whole cart.
pub(super) fn ask(wish: &Wish) -> Call<Data<Cart>> {
    match wish {
        Wish::Read => Call::get(CART),
        Wish::Add { variant, quantity, .. } => {
            let item = NewCartItem { product_id: None, variant_id: Some(*variant), quantity: *quantity };
            Call::with(Method::POST, ITEMS, &item)
        }
        Wish::Change { item, quantity: 0, .. } => Call::delete(&format!("{ITEMS}/{item}")),
        Wish::Change { item, quantity, .. } => {
            let change = CartItemChange { quantity: *quantity };
            Call::with(Method::PATCH, &format!("{ITEMS}/{item}"), &change)
        }
    }
    .for_guests_too()
}
