use openapi::{Data, catalog::Category, search::SearchPage};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Glyph, category_tree, facets, icon, price_filter::PriceFilter};
use crate::{
    domain::listing::{Filter, Listing},
    hooks::{Loaded, use_language, use_show_list},
};

const PANEL: &str = "filter-panel";

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub listing: Listing,
    pub categories: Loaded<Data<Vec<Category>>>,
    /// What was found, if something is searched for.
    pub found: Option<Loaded<SearchPage>>,
    /// Of the prices, once that is known.
    pub currency: Option<AttrValue>,
}

/// What the list can be narrowed down by. On small screens folded up behind a button.
#[component]
pub(crate) fn Filters(props: &Props) -> Html {
    let t = use_language();
    let show = use_show_list();
    let is_open = use_state(|| false);
    let onclick = {
        let is_open = is_open.clone();
        Callback::from(move |_| is_open.set(!*is_open))
    };
    let listing = &props.listing;
    let active = listing.filters().len();
    let facets_found = props.found.as_ref().map(|found| found.ready().map(|page| &page.data.facets));
    html! {
        <aside class="filters" aria-label={t.filters()}>
            <button type="button" class="btn filters__toggle" aria-expanded={is_open.to_string()} aria-controls={PANEL}
                {onclick}>
                { icon(Glyph::Filter) }
                { t.filters() }
                if active > 0 {
                    <span class="filters__active">{ active }</span>
                }
            </button>
            <div id={PANEL} class={classes!("filters__panel", is_open.then_some("is-open"))}>
                <h2 class="filters__title">{ t.categories() }</h2>
                if let Some(found) = facets_found {
                    { facets::categories(t, listing, found) }
                } else {
                    { category_tree(t, listing, &props.categories) }
                }
                <h2 class="filters__title">{ t.price() }</h2>
                <PriceFilter listing={listing.clone()} currency={props.currency.clone()} />
                if let Some(found) = facets_found.flatten() {
                    { facets::prices(t, listing, found) }
                }
                <fieldset class="filters__flags">
                    <legend class="filters__title">{ t.show_only() }</legend>
                    { flag(listing, Filter::InStock, t.in_stock(), &show) }
                    { flag(listing, Filter::OnSale, t.on_sale(), &show) }
                    if listing.words.is_none() {
                        { flag(listing, Filter::Featured, t.featured(), &show) }
                    }
                </fieldset>
            </div>
        </aside>
    }
}

fn flag(listing: &Listing, filter: Filter, name: &'static str, show: &Callback<Listing>) -> Html {
    let onchange = {
        let listing = listing.clone();
        show.reform(move |event: Event| {
            let is_set = event.target_unchecked_into::<HtmlInputElement>().checked();
            listing.with_filter(filter, is_set)
        })
    };
    html! {
        <label class="check">
            <input type="checkbox" checked={listing.has(filter)} {onchange} />
            <span>{ name }</span>
        </label>
    }
}
