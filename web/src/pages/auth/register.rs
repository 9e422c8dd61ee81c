use openapi::{Locale, accounts::RegisterRequest};
use yew::prelude::*;

use super::{card, use_begin, use_only_signed_out, use_return_path};
use crate::{
    client::accounts,
    components::{Link, TextField},
    domain::form::Rule,
    hooks::{PageInfo, Values, Work, use_form, use_language, use_page, use_visitor},
    routes::Route,
    state::Announcer,
};

/// A new account.
#[component]
pub(crate) fn Register() -> Html {
    let t = use_language();
    use_page(Some(PageInfo::private(t.create_account())));
    use_only_signed_out();
    let query = use_return_path().map(|place| place.to_query()).unwrap_or_default();
    let session = use_visitor().session;
    let begin = use_begin();
    let announcer = use_context::<Announcer>();
    let form = use_form(
        "register",
        &[
            ("firstName", Rule::Optional),
            ("lastName", Rule::Optional),
            ("email", Rule::Email),
            ("password", Rule::NewPassword),
        ],
    );
    let onsubmit = form.onsubmit(move |values: &Values| -> Work {
        let (session, announcer, begin) = (session.clone(), announcer.clone(), begin.clone());
        let request = RegisterRequest {
            email: values.text("email"),
            password: values.exact("password"),
            first_name: values.optional("firstName"),
            last_name: values.optional("lastName"),
            locale: Locale::of_tag(t.tag()),
        };
        Box::pin(async move {
            let answer = session.call(accounts::register(&request)).await?;
            if let Some(announcer) = announcer {
                announcer.show(t.account_created());
            }
            begin.emit(answer.data);
            Ok(())
        })
    });
    let name = |name, label, autocomplete| TextField {
        name,
        label,
        autocomplete,
        is_optional: true,
        max_length: 100,
        ..TextField::default()
    };
    let fields = html! {
        <>
            <div class="form__row">
                { form.text(&name("firstName", t.first_name(), "given-name")) }
                { form.text(&name("lastName", t.last_name(), "family-name")) }
            </div>
            { form.text(&TextField {
                name: "email", label: t.email(), kind: "email", autocomplete: "email", ..TextField::default()
            }) }
            { form.password("password", t.password(), "new-password", t.new_password_hint()) }
            { form.button(t.create_account(), "btn--primary btn--large") }
        </>
    };
    let more = html! {
        <p class="sign-in__more">
            { t.has_account() }{ " " }
            <Link to={Route::SignIn} {query} class="link">{ t.sign_in() }</Link>
        </p>
    };
    card(t.create_account(), t.create_account_lead(), html! { <>{ form.show(onsubmit, fields) }{ more }</> })
}
