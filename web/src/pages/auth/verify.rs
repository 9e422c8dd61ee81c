use openapi::accounts::VerifyEmailRequest;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{card, use_link_token};
use crate::{
    browser,
    client::{ClientError, accounts},
    components::{Link, error_panel},
    hooks::{Failure, PageInfo, use_language, use_page, use_visitor},
    i18n::Language,
    routes::Route,
};

/// Confirms an e-mail address as soon as it is opened, and says what came of it.
#[component]
pub(crate) fn VerifyEmail() -> Html {
    let t = use_language();
    let token = use_link_token(Route::VerifyEmail);
    let visitor = use_visitor();
    let outcome = use_state(|| None::<Result<(), ClientError>>);
    let verify = {
        let (session, outcome, token) = (visitor.session.clone(), outcome.setter(), token.clone());
        Callback::from(move |()| {
            let Some(token) = token.clone() else { return };
            let (session, outcome) = (session.clone(), outcome.clone());
            outcome.set(None);
            spawn_local(async move {
                let request = VerifyEmailRequest { token: token.to_string() };
                let result = session.call(accounts::verify_email(&request)).await;
                // Whoever is signed in here is most likely whose address it was.
                if result.is_ok()
                    && let Ok(answer) = session.call(accounts::me()).await
                {
                    session.update(answer.data);
                }
                outcome.set(Some(result));
            });
        })
    };
    {
        let verify = verify.clone();
        use_effect_with((), move |()| verify.emit(()));
    }
    // Also after a reload, when the link is no longer known.
    let is_verified = matches!(*outcome, Some(Ok(())))
        || (token.is_none() && visitor.user().is_some_and(|user| user.email_verified));
    let title = match &*outcome {
        _ if is_verified => t.email_is_verified(),
        None if token.is_some() => t.verify_title(),
        Some(Err(error)) if !is_spent(error) => t.verify_title(),
        _ => t.link_is_spent_title(),
    };
    use_page(Some(PageInfo::private(title)));
    use_effect_with(title, |_| {
        if browser::focus_is_lost() {
            browser::focus_on("main h1");
        }
    });
    let way_on = html! {
        <p class="sign-in__more"><Link to={Route::Account} class="btn btn--primary btn--large">{ t.to_account() }</Link></p>
    };
    match &*outcome {
        _ if is_verified => card(title, t.email_is_verified_help(), way_on),
        None if token.is_some() => waiting(t, title),
        Some(Err(error)) if !is_spent(error) => {
            html! { <><h1 class="sr-only" tabindex="-1">{ title }</h1>{ error_panel(t, &Failure { error: error.clone(), retry: verify }) }</> }
        }
        _ => card(title, t.verify_again_help(), way_on),
    }
}

/// Whether it was the link that was refused.
fn is_spent(error: &ClientError) -> bool {
    error.status() == Some(422)
}

fn waiting(t: Language, title: &str) -> Html {
    let lines = html! {
        <div aria-busy="true" role="status">
            <span class="sr-only">{ t.loading() }</span>
            <span class="skeleton skeleton--text"></span>
        </div>
    };
    card(title, "", lines)
}
