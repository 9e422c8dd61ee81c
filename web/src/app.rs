//! The frame around every page: what is shared, the header, the page for the address, the footer.

use yew::prelude::*;

use crate::{
    client::Store,
    components::{Header, OfflineNotice, footer},
    hooks::{use_language, use_route, use_route_focus},
    pages::{
        AccountPage, CartPage, Categories, CategoryPage, CheckoutPage, ForgotPassword, Home, NotFound,
        OrderPage, OrdersRedirect, ProductPage, Products, Register, ResetPassword, SignIn, VerifyEmail,
    },
    routes::Route,
    state::{
        AnnouncerProvider, BasketProvider, ConnectionProvider, PreferencesProvider, RouterProvider,
        SessionProvider,
    },
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
                        <SessionProvider>
                            <BasketProvider>
                                <RouterProvider><Shell /></RouterProvider>
                            </BasketProvider>
                        </SessionProvider>
                    </AnnouncerProvider>
                </ConnectionProvider>
            </PreferencesProvider>
        </ContextProvider<Store>>
    }
}

#[component]
fn Shell() -> Html {
    let t = use_language();
    let route = use_route();
    use_route_focus();
    html! {
        <>
            <a class="skip-link" href="#main">{ t.skip_to_content() }</a>
            <Header />
            <OfflineNotice />
            <main id="main" class="site-main" tabindex="-1">
                { page(route) }
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
        Route::Categories => html! { <Categories /> },
        Route::Category { slug } => html! { <CategoryPage {slug} /> },
        Route::SignIn => html! { <SignIn /> },
        Route::Register => html! { <Register /> },
        Route::ForgotPassword => html! { <ForgotPassword /> },
        Route::ResetPassword => html! { <ResetPassword /> },
        Route::VerifyEmail => html! { <VerifyEmail /> },
        Route::Cart => html! { <CartPage /> },
        Route::Checkout => html! { <CheckoutPage /> },
        // Another number, another order.
        Route::Order { number } => html! { <OrderPage key={number.clone()} number={number.clone()} /> },
        section @ (Route::Account
        | Route::AccountOrders
        | Route::AccountOrder { .. }
        | Route::Addresses
        | Route::Security
        | Route::Privacy) => {
            html! { <AccountPage {section} /> }
        }
        Route::Orders => html! { <OrdersRedirect /> },
        Route::NotFound => html! { <NotFound /> },
    }
}
