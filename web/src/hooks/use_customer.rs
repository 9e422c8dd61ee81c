use yew::prelude::*;

use super::{use_location, use_navigator, use_visitor};
use crate::{client::SessionState, domain::return_path::ReturnPath, routes::Route};

/// Lets only those stay who are signed in. Everybody else signs in first, and comes back here.
#[hook]
pub(crate) fn use_customers_only() {
    let is_signed_out = use_visitor().state == SessionState::SignedOut;
    let here = use_location();
    let navigator = use_navigator();
    use_effect_with((is_signed_out, here), move |(is_signed_out, here)| {
        if *is_signed_out {
            let query = ReturnPath::parse(&here.whole()).map(|here| here.to_query()).unwrap_or_default();
            Route::SignIn.replace(&navigator, &query);
        }
    });
}
