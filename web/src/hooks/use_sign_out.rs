use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{use_language, use_navigator, use_visitor};
use crate::{
    client::{Call, accounts},
    routes::Route,
    state::Announcer,
};

/// Whose sessions end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignOut {
    Here,
    Everywhere,
}

impl SignOut {
    fn call(self) -> Call<()> {
        match self {
            Self::Here => accounts::sign_out(),
            Self::Everywhere => accounts::sign_out_everywhere(),
        }
    }
}

/// Ends the session, and leads home. When the API could not be told, the visitor is still signed in, and is told so:
/// on a borrowed computer the difference matters.
#[hook]
pub(crate) fn use_sign_out() -> Callback<SignOut> {
    let t = use_language();
    let session = use_visitor().session;
    let navigator = use_navigator();
    let announcer = use_context::<Announcer>();
    Callback::from(move |what: SignOut| {
        let (session, navigator, announcer) = (session.clone(), navigator.clone(), announcer.clone());
        spawn_local(async move {
            let result = session.call(what.call()).await;
            let is_out = result.is_ok() || result.is_err_and(|error| error.is_unauthorized());
            if is_out {
                // Home first: a page that asks for a visitor would ask to sign in again.
                Route::Home.visit(&navigator, "");
                session.end();
            }
            if let Some(announcer) = &announcer {
                announcer.show(if is_out { t.signed_out() } else { t.sign_out_failed() });
            }
        });
    })
}
