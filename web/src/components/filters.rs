use openapi::{Data, catalog::Category};
use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew_router::hooks::use_navigator;

use super::{Glyph, Link, icon};
use crate::{
    domain::{
        categories::below,
        listing::{Filter, Listing},
    },
    hooks::{Loaded, use_language},
    i18n::{Language, format},
    routes::Route,
};

const PANEL: &str = "filter-panel";

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub listing: Listing,
    pub categories: Loaded<Data<Vec<Category>>>,
}

/// What the list can be narrowed down by. On small screens folded up behind a button.
#[component]
pub(crate) fn Filters(props: &Props) -> Html {
    let t = use_language();
    let is_open = use_state(|| false);
    let onclick = {
        let is_open = is_open.clone();
        Callback::from(move |_| is_open.set(!*is_open))
    };
    let active = props.listing.filters().len();
    let categories = props.categories.ready().map(|answer| answer.data.as_slice()).unwrap_or_default();
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
                <ul class="filters__tree" role="list">
                    <li>{ category_link(props, None, t.all_products(), None) }</li>
                    if props.categories == Loaded::Loading {
                        { for (0..9).map(|_| html! {
                            <li class="filters__link" aria-hidden="true"><span class="skeleton skeleton--text"></span></li>
                        }) }
                    }
                    { for below(categories, None).into_iter().map(|top| branch(props, t, categories, top)) }
                </ul>
                <fieldset class="filters__flags">
                    <legend class="filters__title">{ t.show_only() }</legend>
                    <Flag listing={props.listing.clone()} filter={Filter::InStock} name={t.in_stock()} />
                    <Flag listing={props.listing.clone()} filter={Filter::OnSale} name={t.on_sale()} />
                    <Flag listing={props.listing.clone()} filter={Filter::Featured} name={t.featured()} />
                </fieldset>
            </div>
        </aside>
    }
}

/// A category and, indented, those right below it.
fn branch(props: &Props, t: Language, categories: &[Category], top: &Category) -> Html {
    let link = |category: &Category| {
        let count = format::integer(t, category.product_count);
        category_link(props, Some(&category.slug), &category.name, Some(&count))
    };
    let children = below(categories, Some(top.id));
    html! {
        <li key={top.slug.clone()}>
            { link(top) }
            if !children.is_empty() {
                <ul role="list">
                    { for children.into_iter().map(|child| html! {
                        <li key={child.slug.clone()}>{ link(child) }</li>
                    }) }
                </ul>
            }
        </li>
    }
}

fn category_link(props: &Props, slug: Option<&str>, name: &str, count: Option<&str>) -> Html {
    let current = (props.listing.category.as_deref() == slug).then_some("page");
    let query = props.listing.in_category(slug).to_query();
    html! {
        <Link to={Route::Products} {query} class="filters__link" {current}>
            <span>{ name }</span>
            if let Some(count) = count {
                <span class="filters__count">{ count }</span>
            }
        </Link>
    }
}

#[derive(Properties, PartialEq)]
struct FlagProps {
    listing: Listing,
    filter: Filter,
    name: AttrValue,
}

#[component]
fn Flag(props: &FlagProps) -> Html {
    let navigator = use_navigator();
    let onchange = {
        let (listing, filter) = (props.listing.clone(), props.filter);
        Callback::from(move |event: Event| {
            let is_set = event.target_unchecked_into::<HtmlInputElement>().checked();
            if let Some(navigator) = &navigator {
                let query = listing.with_filter(filter, is_set).to_query();
                Route::Products.visit(navigator, &query);
            }
        })
    };
    html! {
        <label class="check">
            <input type="checkbox" checked={props.listing.has(props.filter)} {onchange} />
            <span>{ &props.name }</span>
        </label>
    }
}
