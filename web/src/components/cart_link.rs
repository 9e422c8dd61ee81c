use yew::prelude::*;

use super::{Glyph, Link, icon};
use crate::{
    hooks::{use_basket, use_language, use_route},
    routes::Route,
};

/// More than these are no help to anybody.
const MOST_SHOWN: u32 = 99;

/// The way to the cart, and how much is in it.
#[component]
pub(crate) fn CartLink() -> Html {
    let t = use_language();
    let count = use_basket().look().count();
    let current = (use_route() == Route::Cart).then_some("page");
    let shown = if count > MOST_SHOWN { format!("{MOST_SHOWN}+") } else { count.to_string() };
    html! {
        <Link to={Route::Cart} class="icon-button cart-link" {current} label={t.cart_with(count)}>
            { icon(Glyph::Bag) }
            if count > 0 {
                <span class="cart-link__count">{ shown }</span>
            }
        </Link>
    }
}
