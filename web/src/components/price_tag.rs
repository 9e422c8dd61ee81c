use openapi::Money;
use yew::prelude::*;

use crate::{
    domain::price::saving,
    i18n::{Language, format},
};

/// A price, and what it was before if it was higher.
pub(crate) fn price_tag(
    t: Language,
    currency: &str,
    price: Money,
    compare_at: Option<Money>,
    is_lowest: bool,
) -> Html {
    let now = format::price(t, price, currency);
    let now = if is_lowest { t.price_from(&now) } else { now };
    let before = saving(price, compare_at).and(compare_at);
    html! {
        <p class="price">
            if let Some(before) = before {
                <span class="sr-only">{ t.price_now() }{ " " }</span>
                <span class="price__now price__now--sale">{ now }</span>
                { " " }
                <s class="price__before">
                    <span class="sr-only">{ t.price_before() }{ " " }</span>
                    { format::price(t, before, currency) }
                </s>
            } else {
                <span class="price__now">{ now }</span>
            }
        </p>
    }
}
