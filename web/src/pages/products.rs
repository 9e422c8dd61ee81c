use std::rc::Rc;

use openapi::{
    Data, Meta, Page,
    catalog::{Category, ProductSummary},
    paging::MAX_PAGE,
};
use yew::prelude::*;
use yew_router::hooks::use_location;

use crate::{
    client::catalog,
    components::{
        Filters, Glyph, Link, Toolbar, chips, error_panel, notice, pagination, product_grid,
        product_grid_skeleton,
    },
    domain::{
        categories::by_slug,
        listing::{Filter, Listing},
    },
    hooks::{Loaded, PageInfo, use_language, use_page, use_resource},
    i18n::Language,
    routes::Route,
    state::Announcer,
};

/// How many products are seen without scrolling on a usual screen.
const URGENT: usize = 6;

/// The list of products. What it shows is in the URL and nowhere else.
#[component]
pub(crate) fn Products() -> Html {
    let t = use_language();
    let listing =
        use_location().map_or_else(Listing::default, |location| Listing::from_query(location.query_str()));
    let categories = use_resource(&catalog::categories());
    let products = use_resource(&catalog::products(&listing.to_api()));
    let before = use_mut_ref(|| None::<Rc<Page<ProductSummary>>>);
    if let Some(page) = products.ready() {
        before.replace(Some(Rc::clone(page)));
    }

    let category = listing.category.as_deref().and_then(|slug| {
        let categories = &categories.ready()?.data;
        by_slug(categories, slug)
    });
    let title = heading(t, &listing, category, &categories);
    let (total, last) = products.ready().map_or((None, 0), |page| extent(page));
    use_page(title.as_ref().map(|title| {
        PageInfo::titled(if listing.page > 1 {
            format!("{title} – {}", t.go_to_page(listing.page))
        } else {
            title.clone()
        })
    }));
    let count = total.map(|total| count(t, &listing, total, last));
    use_announcement(title.as_deref(), count.as_deref());
    // Nobody counts what did not arrive.
    let count = count.or_else(|| products.failure().map(|_| String::new()));

    let contents = match &products {
        Loaded::Failed(failure) => error_panel(t, failure),
        Loaded::Ready(page) if page.data.is_empty() => nothing(t, &listing, total),
        Loaded::Ready(page) => product_grid(page, 2, URGENT),
        // The page before stays, faded, so that nothing jumps and nothing flashes.
        Loaded::Loading => match &*before.borrow() {
            Some(page) if !page.data.is_empty() => html! {
                <div class="is-leaving" aria-busy="true">{ product_grid(page, 2, URGENT) }</div>
            },
            _ => product_grid_skeleton(t, listing.limit),
        },
    };
    html! {
        <div class="container listing">
            <div class="listing__head">
                <h1 class="page-title" tabindex="-1">
                    { title.clone().map_or_else(|| unknown(t), Html::from) }
                </h1>
                if title.is_none() {
                    <p class="listing__lead"><span class="skeleton skeleton--text"></span></p>
                } else if let Some(description) = category.and_then(|category| category.description.clone()) {
                    <p class="listing__lead">{ description }</p>
                }
            </div>
            <Filters listing={listing.clone()} categories={categories.clone()} />
            <div class="listing__results">
                <Toolbar listing={listing.clone()} count={count.map(AttrValue::from)} />
                { chips(t, &listing, category.map(|category| category.name.as_str())) }
                { contents }
                { pagination(t, &listing, last) }
            </div>
        </div>
    }
}

/// Says how many there are when another list has arrived.
#[hook]
fn use_announcement(title: Option<&str>, count: Option<&str>) {
    let announcer = use_context::<Announcer>();
    let news = title.zip(count).map(|(title, count)| format!("{title}: {count}"));
    use_effect_with(news, move |news| {
        if let Some((announcer, news)) = announcer.zip(news.clone()) {
            announcer.say(news);
        }
    });
}

/// What the list is called; nothing while the category's name is on its way.
fn heading(
    t: Language,
    listing: &Listing,
    category: Option<&Category>,
    categories: &Loaded<Data<Vec<Category>>>,
) -> Option<String> {
    if let Some(slug) = &listing.category {
        return match (category, categories) {
            (Some(category), _) => Some(category.name.clone()),
            (None, Loaded::Loading) => None,
            (None, _) => Some(slug.clone()),
        };
    }
    let name = match listing.filters().as_slice() {
        [Filter::OnSale] => t.on_sale(),
        [Filter::Featured] => t.featured_products(),
        _ => t.all_products(),
    };
    Some(name.to_owned())
}

fn unknown(t: Language) -> Html {
    html! {
        <>
            <span class="sr-only">{ t.loading() }</span>
            <span class="skeleton skeleton--text skeleton--short"></span>
        </>
    }
}

fn extent(page: &Page<ProductSummary>) -> (Option<u64>, u32) {
    match &page.meta {
        Meta::Numbered(meta) => {
            let last = u32::try_from(meta.total_pages).map_or(MAX_PAGE, |last| last.min(MAX_PAGE));
            (Some(meta.total), last)
        }
        Meta::Cursor(_) => (None, 0),
    }
}

fn count(t: Language, listing: &Listing, total: u64, last: u32) -> String {
    let products = t.product_count(total);
    if last > 1 { format!("{products}, {}", t.page_of(listing.page, last.into())) } else { products }
}

fn nothing(t: Language, listing: &Listing, total: Option<u64>) -> Html {
    if total.is_some_and(|total| total > 0) {
        let way_out = way_out(&listing.at_page(1), t.to_first_page());
        return notice(Glyph::Compass, t.beyond_last_page(), "", way_out);
    }
    if listing.filters().is_empty() {
        return notice(Glyph::Shelf, t.empty_shop(), t.empty_shop_help(), Html::default());
    }
    let way_out = way_out(&listing.without_filters(), t.show_everything());
    notice(Glyph::Shelf, t.nothing_found(), t.nothing_found_help(), way_out)
}

fn way_out(to: &Listing, words: &'static str) -> Html {
    html! { <Link to={Route::Products} query={to.to_query()} class="btn btn--primary">{ words }</Link> }
}
