//! A list of products with everything around it: what narrows it down, its order, its pages.
//! What it is a list of, and what stands above it, is the business of the page it stands on.

mod besides;
mod found;
mod nothing;

use openapi::{Data, catalog::Category};
use yew::prelude::*;

use crate::{
    components::{Filters, chips, error_panel, pagination, product_grid, product_grid_skeleton, toolbar},
    domain::{categories::by_slug, listing::Listing},
    hooks::{Loaded, PageInfo, use_language, use_page, use_show_list},
    i18n::Language,
    routes::Route,
    state::Announcer,
};

use besides::{besides, instead};
use found::{Found, use_found};
use nothing::nothing;

/// How many products are seen without scrolling on a usual screen.
const URGENT: usize = 6;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// What is shown. It is in the URL and nowhere else.
    pub listing: Listing,
    pub categories: Loaded<Data<Vec<Category>>>,
    /// What the page is called, once that is known.
    pub title: Option<AttrValue>,
    /// What search engines are told about it, where the shop says something.
    #[prop_or_default]
    pub description: Option<String>,
    /// The heading, and what else stands above the list.
    pub children: Html,
}

/// The list and its surroundings.
#[component]
pub(super) fn ProductList(props: &Props) -> Html {
    let t = use_language();
    let listing = &props.listing;
    let show = use_show_list();
    let found = use_found(listing);
    let (total, last) = found.now.as_ref().map_or((None, 0), Found::extent);
    use_page(props.title.as_ref().map(|title| info(t, props, title)));
    let count = total.map(|total| count(t, listing, total, last));
    let findings = found.now.as_ref().and_then(Found::findings);
    let instead = findings.and_then(|findings| instead(t, findings));
    use_announcement(props.title.as_deref(), instead, count.as_deref());
    // Nobody counts what did not arrive.
    let count = count.or_else(|| found.failure.is_some().then(String::new));

    let contents = match (&found.failure, &found.now, &found.before) {
        (Some(failure), ..) => error_panel(t, failure),
        (_, Some(page), _) if page.is_empty() => nothing(t, listing, total),
        (_, Some(page), _) => product_grid(page, 2, URGENT),
        // The page before stays, faded, so that nothing jumps and nothing flashes.
        (.., Some(page)) if !page.is_empty() => html! {
            <div class="is-leaving" aria-busy="true">{ product_grid(page, 2, URGENT) }</div>
        },
        _ => product_grid_skeleton(t, listing.limit),
    };
    let category =
        listing.category.as_deref().and_then(|slug| by_slug(&props.categories.ready()?.data, slug));
    let category_name = category.map(|category| category.name.as_str());
    html! {
        <div class="container listing">
            <div class="listing__head">{ props.children.clone() }</div>
            <Filters listing={listing.clone()} categories={props.categories.clone()}
                found={found.searched.clone()} currency={found.currency.clone()} />
            <div class="listing__results">
                { toolbar(t, listing, count.as_deref(), &show) }
                if let Some(findings) = findings {
                    { besides(t, findings) }
                }
                { chips(t, listing, category_name, found.currency.as_deref()) }
                { contents }
                { pagination(t, &Route::of(listing), listing.page, last, &|page| listing.at_page(page).to_query()) }
            </div>
        </div>
    }
}

fn info(t: Language, props: &Props, title: &str) -> PageInfo {
    let listing = &props.listing;
    let title = if listing.page > 1 {
        format!("{title} – {}", t.go_to_page(listing.page))
    } else {
        title.to_owned()
    };
    // Whatever anybody searches for is no page of the shop's own.
    PageInfo { title, description: props.description.clone(), is_indexed: listing.words.is_none() }
}

/// Says how many there are when another list has arrived, and what it was found by.
#[hook]
fn use_announcement(title: Option<&str>, instead: Option<String>, count: Option<&str>) {
    let announcer = use_context::<Announcer>();
    let news = title.zip(count).map(|(title, count)| {
        let instead = instead.map(|instead| format!(". {instead}")).unwrap_or_default();
        format!("{title}: {count}{instead}")
    });
    use_effect_with(news, move |news| {
        if let Some((announcer, news)) = announcer.zip(news.clone()) {
            announcer.say(news);
        }
    });
}

fn count(t: Language, listing: &Listing, total: u64, last: u32) -> String {
    let products = t.product_count(total);
    if last > 1 { format!("{products}, {}", t.page_of(listing.page, last.into())) } else { products }
}
