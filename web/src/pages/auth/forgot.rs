use openapi::accounts::ForgotPasswordRequest;
use yew::prelude::*;

use super::card;
use crate::{
    browser,
    client::accounts,
    components::{Link, TextField},
    domain::form::Rule,
    hooks::{PageInfo, Values, Work, use_form, use_language, use_page, use_visitor},
    routes::Route,
};

/// Asks for a link to choose another password.
#[component]
pub(crate) fn ForgotPassword() -> Html {
    let t = use_language();
    let session = use_visitor().session;
    let is_sent = use_state(|| false);
    let title = if *is_sent { t.link_sent() } else { t.forgot_title() };
    use_page(Some(PageInfo::private(title)));
    let form = use_form("forgot", &[("email", Rule::Email)]);
    use_effect_with(*is_sent, |is_sent| {
        if *is_sent {
            browser::focus_on("main h1");
        }
    });
    let onsubmit = {
        let is_sent = is_sent.clone();
        form.onsubmit(move |values: &Values| -> Work {
            let (session, is_sent) = (session.clone(), is_sent.clone());
            let request = ForgotPasswordRequest { email: values.text("email") };
            Box::pin(async move {
                session.call(accounts::forgot_password(&request)).await?;
                is_sent.set(true);
                Ok(())
            })
        })
    };
    let back = html! {
        <p class="sign-in__more"><Link to={Route::SignIn} class="link">{ t.back_to_sign_in() }</Link></p>
    };
    if *is_sent {
        return card(title, t.link_sent_help(), back);
    }
    let fields = html! {
        <>
            { form.text(&TextField {
                name: "email", label: t.email(), kind: "email", autocomplete: "username", ..TextField::default()
            }) }
            { form.button(t.send_link(), "btn--primary btn--large") }
        </>
    };
    card(title, t.forgot_lead(), html! { <>{ form.show(onsubmit, fields) }{ back }</> })
}
