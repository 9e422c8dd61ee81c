//! One's own account: the frame around its sections, and each section.

mod address_form;
mod addresses;
mod privacy;
mod profile;
mod security;
mod sessions;

use std::rc::Rc;

use openapi::accounts::User;
use yew::prelude::*;

use addresses::Addresses;
use privacy::Privacy;
use profile::Profile;
use security::Security;

use super::orders::{OrderSection, Orders};
use crate::{
    components::{Link, UnverifiedNotice, customers_only},
    hooks::{PageInfo, use_customers_only, use_language, use_location, use_page, use_visitor},
    i18n::Language,
    routes::Route,
};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub section: Route,
}

/// A section of the account, for whoever is signed in. Everybody else signs in first and comes back here.
#[component]
pub(crate) fn AccountPage(props: &Props) -> Html {
    let t = use_language();
    let visitor = use_visitor();
    let title = title(t, &props.section);
    use_page(Some(PageInfo::private(title.clone())));
    use_customers_only();
    let query = use_location().query;
    let contents = customers_only(t, &visitor, |user| {
        html! {
            <>
                <UnverifiedNotice user={(**user).clone()} />
                { section(&props.section, &query, user) }
            </>
        }
    });
    html! {
        <div class="container account">
            <nav class="account__nav" aria-label={t.your_account()}>
                <ul role="list">
                    { for [Route::Account, Route::AccountOrders, Route::Addresses, Route::Security, Route::Privacy].into_iter().map(|to| {
                        let current = current(&to, &props.section);
                        let words = if to == Route::Account { t.profile().to_owned() } else { self::title(t, &to) };
                        html! { <li><Link {to} {current} class="account__link">{ words }</Link></li> }
                    }) }
                </ul>
            </nav>
            <div class="account__section">
                <h1 class="page-title" tabindex="-1">{ title }</h1>
                { contents }
            </div>
        </div>
    }
}

/// Whether a link leads here, or to where this belongs to.
fn current(to: &Route, here: &Route) -> Option<&'static str> {
    match here {
        _ if to == here => Some("page"),
        Route::AccountOrder { .. } if *to == Route::AccountOrders => Some("true"),
        _ => None,
    }
}

fn title(t: Language, section: &Route) -> String {
    match section {
        Route::AccountOrder { number } => return t.order_called(number),
        Route::AccountOrders => t.your_orders(),
        Route::Addresses => t.addresses(),
        Route::Security => t.security(),
        Route::Privacy => t.privacy(),
        _ => t.your_account(),
    }
    .to_owned()
}

fn section(section: &Route, query: &AttrValue, user: &Rc<User>) -> Html {
    match section {
        // Another page, other orders.
        Route::AccountOrders => html! { <Orders key={query.to_string()} query={query.clone()} /> },
        Route::AccountOrder { number } => {
            html! { <OrderSection key={number.clone()} number={number.clone()} /> }
        }
        Route::Addresses => html! { <Addresses /> },
        Route::Security => html! { <Security email={user.email.clone()} /> },
        Route::Privacy => html! { <Privacy /> },
        _ => html! { <Profile user={(**user).clone()} /> },
    }
}
