use yew::prelude::*;

use super::use_navigator;
use crate::{domain::listing::Listing, routes::Route};

/// Goes to a list of products. What is shown stands in the address, so this is how a filter is set.
#[hook]
pub(crate) fn use_show_list() -> Callback<Listing> {
    let navigator = use_navigator();
    Callback::from(move |listing: Listing| {
        Route::of(&listing).visit(&navigator, &listing.to_query());
    })
}
