//! How what was found is spread over categories and prices, to choose from.

use openapi::search::{Facets, PriceFacet};
use yew::prelude::*;

use super::{
    Link,
    category_tree::{category_link, list_skeleton},
};
use crate::{
    domain::listing::{Amount, Listing},
    i18n::{Language, format},
    routes::Route,
};

/// More than these are no help in choosing.
const MOST_CATEGORIES: usize = 12;

/// The categories something was found in, the fullest first.
pub(crate) fn categories(t: Language, listing: &Listing, found: Option<&Facets>) -> Html {
    let facets = found.map(|facets| facets.categories.as_slice()).unwrap_or_default();
    html! {
        <ul class="filters__list" role="list">
            <li key="">{ category_link(listing, None, t.all_categories(), None) }</li>
            if found.is_none() {
                { list_skeleton(4) }
            }
            { for facets.iter().take(MOST_CATEGORIES).map(|facet| {
                let count = format::integer(t, facet.count);
                html! {
                    <li key={facet.slug.clone()}>
                        { category_link(listing, Some(&facet.slug), &facet.name, Some(&count)) }
                    </li>
                }
            }) }
        </ul>
    }
}

/// The price bands something was found in. Following the chosen one leaves it.
pub(crate) fn prices(t: Language, listing: &Listing, found: &Facets) -> Html {
    html! {
        <ul class="filters__list" role="list">
            { for found.prices.iter().map(|band| html! {
                <li key={band.min.to_string()}>{ price_link(t, listing, band) }</li>
            }) }
        </ul>
    }
}

fn price_link(t: Language, listing: &Listing, band: &PriceFacet) -> Html {
    let min = Amount::parse(&band.min.to_string());
    let max = band.max.and_then(|max| Amount::parse(&max.to_string()));
    let is_chosen = listing.min_price == min && listing.max_price == max;
    let next = if is_chosen { listing.between(None, None) } else { listing.between(min, max) };
    let price = |amount| format::price(t, amount, &band.currency);
    html! {
        <Link to={Route::of(&next)} query={next.to_query()} class="filters__link" keep_scroll={true}
            current={is_chosen.then_some("true")}>
            <span>{ t.price_range(Some(price(band.min)), band.max.map(price)) }</span>
            <span class="filters__count">{ format::integer(t, band.count) }</span>
        </Link>
    }
}
