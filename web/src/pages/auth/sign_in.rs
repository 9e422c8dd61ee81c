use openapi::accounts::LoginRequest;
use yew::prelude::*;

use super::{card, use_begin, use_only_signed_out, use_return_path};
use crate::{
    client::accounts,
    components::{Link, TextField},
    domain::form::Rule,
    hooks::{PageInfo, Values, Work, use_form, use_language, use_page, use_visitor},
    routes::Route,
};

/// Signing in.
#[component]
pub(crate) fn SignIn() -> Html {
    let t = use_language();
    use_page(Some(PageInfo::private(t.sign_in())));
    use_only_signed_out();
    let query = use_return_path().map(|place| place.to_query()).unwrap_or_default();
    let session = use_visitor().session;
    let begin = use_begin();
    let form = use_form("sign-in", &[("email", Rule::Email), ("password", Rule::GivenPassword)]);
    let onsubmit = form.onsubmit(move |values: &Values| -> Work {
        let (session, begin) = (session.clone(), begin.clone());
        let request = LoginRequest { email: values.text("email"), password: values.exact("password") };
        Box::pin(async move {
            let answer = session.call(accounts::sign_in(&request)).await?;
            // From here the page goes on by itself.
            begin.emit(answer.data);
            Ok(())
        })
    });
    let fields = html! {
        <>
            { form.text(&TextField {
                name: "email", label: t.email(), kind: "email", autocomplete: "username", ..TextField::default()
            }) }
            { form.password("password", t.password(), "current-password", "") }
            { form.button(t.sign_in(), "btn--primary btn--large") }
        </>
    };
    let more = html! {
        <div class="sign-in__more">
            <p><Link to={Route::ForgotPassword} class="link">{ t.forgot_password() }</Link></p>
            <p>
                { t.no_account_yet() }{ " " }
                <Link to={Route::Register} {query} class="link">{ t.create_account() }</Link>
            </p>
        </div>
    };
    card(t.sign_in(), t.sign_in_lead(), html! { <>{ form.show(onsubmit, fields) }{ more }</> })
}
