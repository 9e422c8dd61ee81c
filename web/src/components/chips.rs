use yew::prelude::*;

use super::{Glyph, Link, icon};
use crate::{
    domain::listing::{Amount, Filter, Listing},
    i18n::{Language, format},
    routes::Route,
};

/// What a filter is called; a category whose name is not known yet by its slug.
fn name(
    t: Language,
    filter: Filter,
    listing: &Listing,
    category_name: Option<&str>,
    currency: Option<&str>,
) -> String {
    match filter {
        Filter::Category => category_name.or(listing.category.as_deref()).unwrap_or_default().to_owned(),
        Filter::Price => {
            let amount = |amount: &Amount| format::amount(t, amount.as_str(), currency);
            t.price_range(listing.min_price.as_ref().map(amount), listing.max_price.as_ref().map(amount))
        }
        Filter::Featured => t.featured().to_owned(),
        Filter::OnSale => t.on_sale().to_owned(),
        Filter::InStock => t.in_stock().to_owned(),
    }
}

/// What narrows the list down, each with a way to take it away.
pub(crate) fn chips(
    t: Language,
    listing: &Listing,
    category_name: Option<&str>,
    currency: Option<&str>,
) -> Html {
    let filters = listing.filters();
    if filters.is_empty() {
        return Html::default();
    }
    let to = Route::of(listing);
    html! {
        <ul class="chips" role="list" aria-label={t.active_filters()}>
            { for filters.iter().map(|filter| {
                let name = name(t, *filter, listing, category_name, currency);
                let query = listing.with_filter(*filter, false).to_query();
                html! {
                    <li key={format!("{filter:?}")}>
                        <Link to={to.clone()} {query} class="chip" keep_scroll={true} label={t.remove_filter(&name)}>
                            { name.clone() }{ icon(Glyph::Close) }
                        </Link>
                    </li>
                }
            }) }
            if filters.len() > 1 {
                <li key="all">
                    <Link {to} query={listing.without_filters().to_query()} class="chip chip--plain" keep_scroll={true}>
                        { t.clear_filters() }
                    </Link>
                </li>
            }
        </ul>
    }
}
