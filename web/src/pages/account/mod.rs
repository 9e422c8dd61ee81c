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

use crate::{
    client::SessionState,
    components::{Link, UnverifiedNotice, error_panel},
    domain::return_path::ReturnPath,
    hooks::{Failure, PageInfo, use_language, use_location, use_navigator, use_page, use_visitor},
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
    let navigator = use_navigator();
    let here = use_location();
    let title = title(t, &props.section);
    use_page(Some(PageInfo::private(title)));
    let is_signed_out = visitor.state == SessionState::SignedOut;
    use_effect_with((is_signed_out, here), move |(is_signed_out, here)| {
        if *is_signed_out {
            let query = ReturnPath::parse(&here.whole()).map(|here| here.to_query()).unwrap_or_default();
            Route::SignIn.replace(&navigator, &query);
        }
    });
    let contents = match &visitor.state {
        SessionState::SignedIn(user) => html! {
            <>
                <UnverifiedNotice user={(**user).clone()} />
                { section(&props.section, user) }
            </>
        },
        SessionState::Unclear(error) => {
            let session = visitor.session.clone();
            let retry = Callback::from(move |()| session.restore());
            error_panel(t, &Failure { error: error.clone(), retry })
        }
        SessionState::Unknown | SessionState::SignedOut => skeleton(t),
    };
    html! {
        <div class="container account">
            <nav class="account__nav" aria-label={t.your_account()}>
                <ul role="list">
                    { for [Route::Account, Route::Addresses, Route::Security, Route::Privacy].into_iter().map(|to| {
                        let current = (to == props.section).then_some("page");
                        let words = if to == Route::Account { t.profile() } else { self::title(t, &to) };
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

fn title(t: Language, section: &Route) -> &'static str {
    match section {
        Route::Addresses => t.addresses(),
        Route::Security => t.security(),
        Route::Privacy => t.privacy(),
        _ => t.your_account(),
    }
}

fn section(section: &Route, user: &Rc<User>) -> Html {
    match section {
        Route::Addresses => html! { <Addresses /> },
        Route::Security => html! { <Security email={user.email.clone()} /> },
        Route::Privacy => html! { <Privacy /> },
        _ => html! { <Profile user={(**user).clone()} /> },
    }
}

/// The outline of a card that is still on its way.
fn skeleton(t: Language) -> Html {
    html! {
        <div class="card" aria-busy="true">
            <span class="sr-only">{ t.loading() }</span>
            { for (0..4).map(|_| html! { <p><span class="skeleton skeleton--text"></span></p> }) }
        </div>
    }
}
