use openapi::{Money, cart::Cart, orders::Order};
use yew::prelude::*;

use crate::i18n::{Language, format};

/// What something comes to, as the server says.
pub(crate) struct Sums<'a> {
    currency: &'a str,
    subtotal: Money,
    discount: Money,
    shipping: Money,
    tax: Money,
    total: Money,
}

impl<'a> Sums<'a> {
    pub(crate) fn of_cart(cart: &'a Cart) -> Self {
        Self {
            currency: &cart.currency,
            subtotal: cart.subtotal,
            discount: cart.discount_amount,
            shipping: cart.shipping_amount,
            tax: cart.tax,
            total: cart.total_amount,
        }
    }

    pub(crate) fn of_order(order: &'a Order) -> Self {
        Self {
            currency: &order.currency,
            subtotal: order.subtotal,
            discount: order.discount_amount,
            shipping: order.shipping_amount,
            tax: order.tax,
            total: order.total_amount,
        }
    }

    /// One below the other. While they are being worked out anew, they are said to be.
    pub(crate) fn show(&self, t: Language, is_changing: bool) -> Html {
        let row = |name: &str, amount: Money, class: &'static str| {
            html! {
                <div class={classes!("sums__row", class)}>
                    <dt>{ name }</dt>
                    <dd>{ format::price(t, amount, self.currency) }</dd>
                </div>
            }
        };
        html! {
            <dl class={classes!("sums", is_changing.then_some("sums--changing"))}>
                { row(t.subtotal(), self.subtotal, "") }
                if self.discount.minor() != 0 {
                    { row(t.discount(), self.discount, "") }
                }
                if self.shipping.minor() == 0 {
                    <div class="sums__row"><dt>{ t.shipping() }</dt><dd>{ t.free() }</dd></div>
                } else {
                    { row(t.shipping(), self.shipping, "") }
                }
                { row(t.tax(), self.tax, "") }
                { row(t.total(), self.total, "sums__row--total") }
            </dl>
        }
    }
}
