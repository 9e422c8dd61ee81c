use yew::prelude::*;

use crate::{
    routes::Route,
    state::{Location, Navigator, Whereabouts},
};

/// What the address bar says.
#[hook]
pub(crate) fn use_location() -> Location {
    use_context::<Whereabouts>().unwrap_or_default().location
}

/// The page the address leads to.
#[hook]
pub(crate) fn use_route() -> Route {
    Route::at(&use_location().path)
}

/// The way to other pages.
#[hook]
pub(crate) fn use_navigator() -> Navigator {
    use_context::<Whereabouts>().unwrap_or_default().navigator
}
