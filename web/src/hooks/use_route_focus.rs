use yew::prelude::*;
use yew_router::hooks::use_location;

use crate::{browser, domain::listing::Listing, state::Announcer};

/// After a navigation the keyboard starts at the new page's heading, as it would after a real page load.
/// A filter keeps the focus on its control, as long as that is still there.
#[hook]
pub(crate) fn use_route_focus() {
    let announcer = use_context::<Announcer>();
    let (path, query) = use_location().map_or_else(Default::default, |location| {
        (location.path().to_owned(), location.query_str().to_owned())
    });

    // While rendering, so that what the new page has to say is heard.
    let first = use_mut_ref(|| (path.clone(), query.clone()));
    if let Some(announcer) = announcer
        && *first.borrow() != (path.clone(), query.clone())
    {
        announcer.wake();
    }

    let before = use_mut_ref(|| None::<(String, u32, Option<String>)>);
    use_effect_with((path, query), move |(path, query)| {
        let listing = Listing::from_query(query);
        let place = (path.clone(), listing.page, listing.words);
        let Some(left) = before.replace(Some(place.clone())) else {
            return;
        };
        if left != place || browser::focus_is_lost() {
            let heading = browser::element("main h1").or_else(|| browser::element("main"));
            if let Some(heading) = heading {
                browser::focus(&heading);
            }
        }
    });
}
