use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::{
    domain::listing::{Listing, PAGE_SIZES, sort_code},
    hooks::{use_language, use_show_list},
};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub listing: Listing,
    /// How many products there are, once that is known.
    pub count: Option<AttrValue>,
}

/// How many there are, in which order, and how many at a time.
#[component]
pub(crate) fn Toolbar(props: &Props) -> Html {
    let t = use_language();
    let show = use_show_list();
    let sorts = props.listing.sorts();
    let onsort = {
        let (listing, show) = (props.listing.clone(), show.clone());
        Callback::from(move |event: Event| {
            let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
            if let Some(sort) = sorts.iter().find(|sort| sort_code(**sort) == chosen) {
                show.emit(listing.sorted(*sort));
            }
        })
    };
    let onlimit = {
        let listing = props.listing.clone();
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
                if let Some(count) = &props.count {
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
                            <option key={code} value={code} selected={*sort == props.listing.sort()}>
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
                        <option value={limit.to_string()} selected={limit == props.listing.limit}>{ limit }</option>
                    }) }
                </select>
            </label>
        </div>
    }
}
