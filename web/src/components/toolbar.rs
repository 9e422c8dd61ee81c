use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::{
    domain::listing::{Listing, PAGE_SIZES, sort_code},
    i18n::Language,
};

/// How many there are (once that is known), in which order, and how many at a time.
pub(crate) fn toolbar(t: Language, listing: &Listing, count: Option<&str>, show: &Callback<Listing>) -> Html {
    let sorts = listing.sorts();
    let onsort = {
        let (listing, show) = (listing.clone(), show.clone());
        Callback::from(move |event: Event| {
            let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
            if let Some(sort) = sorts.iter().find(|sort| sort_code(**sort) == chosen) {
                show.emit(listing.sorted(*sort));
            }
        })
    };
    let onlimit = {
        let (listing, show) = (listing.clone(), show.clone());
        Callback::from(move |event: Event| {
            let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
            if let Some(limit) = PAGE_SIZES.into_iter().find(|limit| limit.to_string() == chosen) {
                show.emit(listing.with_limit(limit));
            }
        })
    };
    html! {
        <div class="toolbar">
            <p class="toolbar__count">
                if let Some(count) = count {
                    { count }
                } else {
                    <span class="skeleton skeleton--text"></span>
                }
            </p>
            <label class="field">
                <span class="field__label">{ t.sort_by() }</span>
                <select class="select" onchange={onsort}>
                    { for sorts.iter().map(|sort| {
                        let code = sort_code(*sort);
                        html! {
                            <option key={code} value={code} selected={*sort == listing.sort()}>
                                { t.sort_name(*sort) }
                            </option>
                        }
                    }) }
                </select>
            </label>
            <label class="field">
                <span class="field__label">{ t.per_page() }</span>
                <select class="select" onchange={onlimit}>
                    { for PAGE_SIZES.into_iter().map(|limit| html! {
                        <option value={limit.to_string()} selected={limit == listing.limit}>{ limit }</option>
                    }) }
                </select>
            </label>
        </div>
    }
}
