use yew::prelude::*;

use super::use_location;
use crate::{
    browser,
    domain::listing::Listing,
    state::{Announcer, Location},
};

/// After a navigation the keyboard starts at the new page's heading, as it would after a real page load.
/// A filter keeps the focus on its control, as long as that is still there.
#[hook]
pub(crate) fn use_route_focus() {
    let announcer = use_context::<Announcer>();
    let here = use_location();

    // While rendering, so that what the new page has to say is heard.
    let first = use_mut_ref(|| here.clone());
    if let Some(announcer) = announcer
        && *first.borrow() != here
    {
        announcer.wake();
    }

    let before = use_mut_ref(|| None::<(AttrValue, u32, Option<String>)>);
    use_effect_with(here, move |Location { path, query }| {
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
