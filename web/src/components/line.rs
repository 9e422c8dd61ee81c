use std::collections::BTreeMap;

use openapi::{Money, cart::CartItem, orders::OrderItem};
use yew::prelude::*;

use super::{Link, Picture};
use crate::{
    i18n::{Language, format},
    routes::Route,
};

/// Something that is or was bought.
pub(crate) struct Line<'a> {
    key: String,
    name: &'a str,
    /// The page of the product, and which of its variants; none where it may be gone.
    page: Option<(&'a str, &'a str)>,
    options: &'a BTreeMap<String, String>,
    image_url: Option<&'a String>,
    unit_price: Money,
    currency: &'a str,
}

impl<'a> Line<'a> {
    pub(crate) fn of_cart(item: &'a CartItem, currency: &'a str) -> Self {
        Self {
            key: item.id.to_string(),
            name: &item.name,
            page: Some((&item.slug, &item.sku)),
            options: &item.options,
            image_url: item.image_url.as_ref(),
            unit_price: item.unit_price,
            currency,
        }
    }

    pub(crate) fn of_order(item: &'a OrderItem, currency: &'a str) -> Self {
        Self {
            key: item.id.to_string(),
            name: &item.name,
            page: None,
            options: &item.options,
            image_url: item.image_url.as_ref(),
            unit_price: item.unit_price,
            currency,
        }
    }

    /// The line with what can be done about it, or how many there are, and what they cost together.
    pub(crate) fn show(self, t: Language, subtotal: Option<Money>, control: Html) -> Html {
        let options: Vec<String> =
            self.options.iter().map(|(name, value)| format!("{}: {value}", t.option_name(name))).collect();
        let query = self.page.map_or_else(String::new, |(_, sku)| {
            serde_urlencoded::to_string([("variant", sku)]).unwrap_or_default()
        });
        html! {
            <li class="line" key={self.key}>
                <div class="line__picture">
                    <Picture src={self.image_url.cloned().map(AttrValue::from)} />
                </div>
                <div class="line__words">
                    <h3 class="line__name">
                        if let Some((slug, _)) = self.page {
                            <Link to={Route::product(slug)} {query} class="line__link">{ self.name }</Link>
                        } else {
                            { self.name }
                        }
                    </h3>
                    if !options.is_empty() {
                        <p class="line__facts">{ options.join(", ") }</p>
                    }
                    <p class="line__facts">{ t.each(&format::price(t, self.unit_price, self.currency)) }</p>
                </div>
                <div class="line__control">{ control }</div>
                <p class="line__subtotal">
                    if let Some(subtotal) = subtotal {
                        { format::price(t, subtotal, self.currency) }
                    }
                </p>
            </li>
        }
    }
}

/// The outline of lines that are still on their way.
pub(crate) fn line_skeletons(t: Language) -> Html {
    let line = html! {
        <li class="line" aria-hidden="true">
            <div class="line__picture skeleton"></div>
            <div class="line__words">
                <p class="line__name"><span class="skeleton skeleton--text"></span></p>
                <p class="line__facts"><span class="skeleton skeleton--text skeleton--short"></span></p>
            </div>
        </li>
    };
    html! {
        <ul class="lines" role="list" aria-busy="true">
            <li class="sr-only">{ t.loading() }</li>
            { for (0..3).map(|_| line.clone()) }
        </ul>
    }
}
