use yew::prelude::*;

use crate::{
    client::search,
    components::{Glyph, Link, notice},
    domain::listing::Listing,
    hooks::{use_language, use_resource},
    i18n::Language,
    routes::Route,
};

/// Why there is nothing to see, and what to do next.
pub(super) fn nothing(t: Language, listing: &Listing, total: Option<u64>) -> Html {
    if total.is_some_and(|total| total > 0) {
        let way_out = way_out(&listing.at_page(1), t.to_first_page());
        return notice(Glyph::Compass, t.beyond_last_page(), "", way_out);
    }
    if !listing.filters().is_empty() {
        let way_out = way_out(&listing.without_filters(), t.without_filters());
        return notice(Glyph::Shelf, t.nothing_found(), t.nothing_found_help(), way_out);
    }
    if let Some(words) = &listing.words {
        return html! { <NothingFound words={words.clone()} /> };
    }
    if listing.category.is_some() {
        let way_out = way_out(&Listing::default(), t.show_everything());
        return notice(Glyph::Shelf, t.empty_category(), t.empty_category_help(), way_out);
    }
    notice(Glyph::Shelf, t.empty_shop(), t.empty_shop_help(), Html::default())
}

fn way_out(to: &Listing, words: &'static str) -> Html {
    html! { <Link to={Route::of(to)} query={to.to_query()} class="btn btn--primary">{ words }</Link> }
}

#[derive(Properties, PartialEq)]
struct Props {
    words: AttrValue,
}

/// Nothing was found by these words, but others find something.
#[component]
fn NothingFound(props: &Props) -> Html {
    let t = use_language();
    let popular = use_resource(&search::popular());
    let popular = popular.ready().map(|answer| &answer.data);
    let queries = popular.map(|popular| popular.queries.as_slice()).unwrap_or_default();
    let categories = popular.map(|popular| popular.categories.as_slice()).unwrap_or_default();
    let actions = html! {
        <>
            if !queries.is_empty() {
                <ul class="lost__links" role="list" aria-label={t.popular_searches()}>
                    { for queries.iter().map(|words| html! {
                        <li key={words.clone()}>
                            <Link to={Route::Products} query={Listing::searching(words).to_query()} class="btn">
                                { words }
                            </Link>
                        </li>
                    }) }
                </ul>
            }
            <ul class="lost__links" role="list" aria-label={t.categories()}>
                { for categories.iter().map(|category| html! {
                    <li key={category.slug.clone()}>
                        <Link to={Route::category(&category.slug)} class="btn">{ &category.name }</Link>
                    </li>
                }) }
            </ul>
            { way_out(&Listing::default(), t.show_everything()) }
        </>
    };
    notice(Glyph::Search, &t.nothing_for(&props.words), t.nothing_for_help(), actions)
}
