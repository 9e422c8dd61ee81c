//! Where the visitor is, as the address bar says, and the way to other pages of the shop.

use yew::prelude::*;

use crate::browser;

/// What the address bar says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Location {
    pub(crate) path: AttrValue,
    /// Without its question mark.
    pub(crate) query: AttrValue,
}

impl Location {
    fn current() -> Self {
        let (path, query) = browser::address();
        Self { path: path.into(), query: query.trim_start_matches('?').to_owned().into() }
    }

    /// Path and query.
    pub(crate) fn whole(&self) -> String {
        if self.query.is_empty() { self.path.to_string() } else { format!("{}?{}", self.path, self.query) }
    }
}

/// Leads from page to page without loading them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Navigator {
    arrive: Callback<()>,
}

impl Navigator {
    /// Goes there, leaving an entry in the history.
    pub(crate) fn push(&self, address: &str) {
        browser::push_address(address);
        self.arrive.emit(());
    }

    /// Goes there instead of here: the way back does not lead here again.
    pub(crate) fn replace(&self, address: &str) {
        browser::replace_address(address);
        self.arrive.emit(());
    }
}

/// What pages are told about it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Whereabouts {
    pub(crate) location: Location,
    pub(crate) navigator: Navigator,
}

impl Default for Whereabouts {
    fn default() -> Self {
        Self { location: Location::current(), navigator: Navigator { arrive: Callback::noop() } }
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub children: Html,
}

/// Follows the address bar.
#[component]
pub(crate) fn RouterProvider(props: &Props) -> Html {
    let location = use_state(Location::current);
    let arrive = {
        let location = location.setter();
        use_callback((), move |(), ()| location.set(Location::current()))
    };
    {
        let arrive = arrive.clone();
        use_effect_with((), move |()| {
            let listener = browser::on_window("popstate", move |_| arrive.emit(()));
            move || drop(listener)
        });
    }
    let here = Whereabouts { location: (*location).clone(), navigator: Navigator { arrive } };
    html! {
        <ContextProvider<Whereabouts> context={here}>{ props.children.clone() }</ContextProvider<Whereabouts>>
    }
}
