use openapi::accounts::User;
use yew::prelude::*;

use super::{Glyph, Link, icon};
use crate::{
    client::SessionState,
    domain::return_path::ReturnPath,
    hooks::{Menu, SignOut, use_language, use_location, use_menu, use_sign_out, use_visitor},
    i18n::Language,
    routes::Route,
};

const PANEL: &str = "account-panel";

/// The way in, or what belongs to whoever is signed in. Takes the same room while that is not known.
#[component]
pub(crate) fn AccountMenu() -> Html {
    let t = use_language();
    let visitor = use_visitor();
    let location = use_location();
    let menu = use_menu();
    let sign_out = use_sign_out();
    match &visitor.state {
        SessionState::SignedIn(user) => open_menu(t, user, menu, &sign_out),
        SessionState::SignedOut => {
            let here = ReturnPath::parse(&location.whole()).filter(|here| here.path != "/");
            let query = here.map(|here| here.to_query()).unwrap_or_default();
            html! {
                <Link to={Route::SignIn} {query} class="account-button" label={t.sign_in()}>
                    { icon(Glyph::Person) }
                    <span class="account-button__name">{ t.sign_in() }</span>
                </Link>
            }
        }
        SessionState::Unknown | SessionState::Unclear(_) => html! {
            <Link to={Route::Account} class="account-button" label={t.your_account()}>
                { icon(Glyph::Person) }
                <span class="account-button__name"></span>
            </Link>
        },
    }
}

fn open_menu(t: Language, user: &User, menu: Menu, sign_out: &Callback<SignOut>) -> Html {
    let name = short_name(user).to_owned();
    let onclick = sign_out.reform(|_: MouseEvent| SignOut::Here);
    html! {
        <div class="menu" ref={menu.whole} onkeydown={menu.onkeydown} onfocusout={menu.onfocusout}>
            <button ref={menu.button} type="button" class="account-button" aria-expanded={menu.is_open.to_string()}
                aria-controls={PANEL} aria-label={t.account_of(&name)} onclick={menu.onclick.clone()}>
                { icon(Glyph::Person) }
                <span class="account-button__name">{ name }</span>
            </button>
            // Whatever is chosen folds it up.
            <ul id={PANEL} class="menu__panel" role="list" hidden={!menu.is_open} onclick={menu.onclick}>
                <li class="menu__who">{ &user.email }</li>
                <li><Link to={Route::Account} class="menu__item">{ t.your_account() }</Link></li>
                <li><Link to={Route::AccountOrders} class="menu__item">{ t.orders() }</Link></li>
                <li><button type="button" class="menu__item" {onclick}>{ t.sign_out() }</button></li>
            </ul>
        </div>
    }
}

/// What somebody is called where there is little room.
fn short_name(user: &User) -> &str {
    user.first_name.as_deref().unwrap_or_else(|| user.email.split('@').next().unwrap_or_default())
}
