//! The frame around every page: what is shared, the header, the page for the address, the footer.

use yew::prelude::*;
use yew_router::{BrowserRouter, Switch};

use crate::{
    client::Store,
    components::{Header, OfflineNotice, footer},
    hooks::{use_language, use_route_focus},
    pages::{Home, NotFound, ProductPage, Products},
    routes::Route,
    state::{AnnouncerProvider, ConnectionProvider, PreferencesProvider},
};

/// Everything.
#[component]
pub(crate) fn App() -> Html {
    let store = use_memo((), |()| Store::default());
    html! {
        <ContextProvider<Store> context={(*store).clone()}>
            <PreferencesProvider>
                <ConnectionProvider>
                    <AnnouncerProvider>
                        <BrowserRouter><Shell /></BrowserRouter>
                    </AnnouncerProvider>
                </ConnectionProvider>
            </PreferencesProvider>
        </ContextProvider<Store>>
    }
}

#[component]
fn Shell() -> Html {
    let t = use_language();
    use_route_focus();
    html! {
        <>
            <a class="skip-link" href="#main">{ t.skip_to_content() }</a>
            <Header />
            <OfflineNotice />
            <main id="main" class="site-main" tabindex="-1">
                <Switch<Route> render={page} />
            </main>
            { footer(t) }
        </>
    }
}

fn page(route: Route) -> Html {
    match route {
        Route::Home => html! { <Home /> },
        Route::Products => html! { <Products /> },
        // A new page for another product, not the old one with other contents.
        Route::Product { slug } => html! { <ProductPage key={slug.clone()} slug={slug.clone()} /> },
        Route::NotFound => html! { <NotFound /> },
    }
}
