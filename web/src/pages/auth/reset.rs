use openapi::accounts::ResetPasswordRequest;
use yew::prelude::*;

use super::{card, use_link_token};
use crate::{
    client::accounts,
    components::Link,
    domain::form::Rule,
    hooks::{PageInfo, Values, Work, use_form, use_language, use_navigator, use_page, use_visitor},
    routes::Route,
    state::Announcer,
};

/// Another password, with the link from the mail.
#[component]
pub(crate) fn ResetPassword() -> Html {
    let t = use_language();
    let token = use_link_token(Route::ResetPassword);
    let session = use_visitor().session;
    let announcer = use_context::<Announcer>();
    let navigator = use_navigator();
    let form = use_form("reset", &[("password", Rule::NewPassword)]);
    let title = if token.is_some() { t.reset_title() } else { t.link_is_spent_title() };
    use_page(Some(PageInfo::private(title)));
    let another = html! {
        <p class="sign-in__more"><Link to={Route::ForgotPassword} class="link">{ t.ask_for_link() }</Link></p>
    };
    let Some(token) = token else {
        return card(title, t.link_is_spent(), another);
    };
    let onsubmit = form.onsubmit(move |values: &Values| -> Work {
        let (session, announcer, navigator) = (session.clone(), announcer.clone(), navigator.clone());
        let request = ResetPasswordRequest { token: token.to_string(), password: values.exact("password") };
        Box::pin(async move {
            session.call(accounts::reset_password(&request)).await?;
            // Every session of the account has ended, this browser's most likely among them.
            session.end();
            Route::SignIn.replace(&navigator, "");
            if let Some(announcer) = announcer {
                announcer.show(t.password_was_reset());
            }
            Ok(())
        })
    });
    let fields = html! {
        <>
            { form.password("password", t.new_password(), "new-password", t.new_password_hint()) }
            { form.button(t.set_password(), "btn--primary btn--large") }
        </>
    };
    card(title, t.reset_lead(), html! { <>{ form.show(onsubmit, fields) }{ another }</> })
}
