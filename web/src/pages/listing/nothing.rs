use yew::prelude::*;

use crate::{
    components::{Glyph, Link, notice},
    domain::listing::Listing,
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
    if listing.category.is_some() {
        let way_out = way_out(&Listing::default(), t.show_everything());
        return notice(Glyph::Shelf, t.empty_category(), t.empty_category_help(), way_out);
    }
    notice(Glyph::Shelf, t.empty_shop(), t.empty_shop_help(), Html::default())
}

fn way_out(to: &Listing, words: &'static str) -> Html {
    html! { <Link to={Route::of(to)} query={to.to_query()} class="btn btn--primary">{ words }</Link> }
}
