//! What is about to be ordered.

use openapi::cart::Cart;
use yew::prelude::*;

use crate::{
    components::{Glyph, Line, Link, Sums, icon},
    i18n::Language,
    routes::Route,
};

/// The goods, as they are to be bought.
pub(super) fn goods(t: Language, cart: &Cart) -> Html {
    html! {
        <section class="card">
            <h2 class="card__title">{ t.cart() }</h2>
            <ul class="lines lines--short" role="list">
                { for cart.items.iter().map(|item| {
                    let count = html! { <p class="line__count">{ format!("× {}", item.quantity) }</p> };
                    Line::of_cart(item, &cart.currency).show(t, Some(item.subtotal), count)
                }) }
            </ul>
            <Link to={Route::Cart} class="link">{ t.change_cart() }</Link>
        </section>
    }
}

/// What it comes to, and what has changed about that.
pub(super) fn sums(t: Language, cart: &Cart, is_changing: bool, is_total_changed: bool) -> Html {
    html! {
        <>
            <div role="alert">
                if is_total_changed && !is_changing {
                    <p class="form__trouble">
                        { icon(Glyph::Warning) }
                        <span>{ t.total_changed(cart.total_amount, &cart.currency) }</span>
                    </p>
                }
            </div>
            { Sums::of_cart(cart).show(t, is_changing) }
        </>
    }
}
