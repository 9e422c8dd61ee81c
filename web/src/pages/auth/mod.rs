//! The ways in: signing in, registering, and where the links in mails lead.

mod forgot;
mod register;
mod reset;
mod sign_in;
mod verify;

use openapi::accounts::SignedIn;
use yew::prelude::*;

pub(crate) use forgot::ForgotPassword;
pub(crate) use register::Register;
pub(crate) use reset::ResetPassword;
pub(crate) use sign_in::SignIn;
pub(crate) use verify::VerifyEmail;

use crate::{
    domain::return_path::{ReturnPath, parameter},
    hooks::{use_basket, use_language, use_location, use_navigator, use_visitor},
    routes::Route,
    state::Announcer,
};

/// One thing to do, in the middle of the page.
fn card(title: &str, lead: &str, contents: Html) -> Html {
    html! {
        <div class="container sign-in">
            <div class="card sign-in__card">
                <h1 class="page-title" tabindex="-1">{ title }</h1>
                if !lead.is_empty() {
                    <p class="sign-in__lead">{ lead }</p>
                }
                { contents }
            </div>
        </div>
    }
}

/// Where the visitor wanted to go.
#[hook]
fn use_return_path() -> Option<ReturnPath> {
    ReturnPath::from_query(&use_location().query)
}

/// Signs in whom the API let in, and tells what became of the cart they had as a guest.
#[hook]
fn use_begin() -> Callback<SignedIn> {
    let t = use_language();
    let session = use_visitor().session;
    let basket = use_basket();
    let announcer = use_context::<Announcer>();
    Callback::from(move |mut signed_in: SignedIn| {
        let notices = std::mem::take(&mut signed_in.cart_notices);
        let currency = basket.look().cart().map(|cart| cart.currency.clone()).unwrap_or_default();
        session.begin(signed_in);
        if let Some(announcer) = announcer.as_ref().filter(|_| !notices.is_empty()) {
            announcer.show(t.cart_news(&notices, &currency));
        }
        basket.tell(notices);
    })
}

/// Whoever is signed in has no business here: they go where they wanted to, or to their account.
#[hook]
fn use_only_signed_out() {
    let place = use_return_path();
    let navigator = use_navigator();
    let is_signed_in = use_visitor().user().is_some();
    use_effect_with(is_signed_in, move |is_signed_in| {
        if *is_signed_in {
            let place =
                place.map_or((Route::Account, String::new()), |place| (Route::at(&place.path), place.query));
            place.0.replace(&navigator, &place.1);
        }
    });
}

/// The secret of a link in a mail. It leaves the address bar at once, and is neither remembered nor shown.
#[hook]
fn use_link_token(here: Route) -> Option<AttrValue> {
    let location = use_location();
    let navigator = use_navigator();
    let token = use_state(|| parameter(&location.query, "token").map(AttrValue::from));
    use_effect_with((), move |()| {
        here.replace(&navigator, "");
    });
    (*token).clone()
}
