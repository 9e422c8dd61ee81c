use openapi::{
    Locale,
    accounts::{ProfileChange, User},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    client::accounts,
    components::TextField,
    domain::form::Rule,
    hooks::{Form, Values, Work, use_form, use_language, use_visitor},
    i18n::{Language, format},
    state::Announcer,
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub user: User,
}

/// Who one is to the shop, to be read and changed.
#[component]
pub(super) fn Profile(props: &Props) -> Html {
    let t = use_language();
    let session = use_visitor().session;
    let announcer = use_context::<Announcer>();
    let email = use_state(|| props.user.email.clone());
    let is_other_email = email.trim() != props.user.email;
    let form = use_form(
        "profile",
        &[
            ("firstName", Rule::Optional),
            ("lastName", Rule::Optional),
            ("email", Rule::Email),
            ("currentPassword", Rule::GivenPassword),
            ("locale", Rule::Optional),
        ],
    );
    let oninput = Callback::from(move |event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        if let Some(input) = input.filter(|input| input.name() == "email") {
            email.set(input.value());
        }
    });
    let onsubmit = {
        let known = props.user.email.clone();
        form.onsubmit(move |values: &Values| -> Work {
            let (session, announcer) = (session.clone(), announcer.clone());
            let change = ProfileChange {
                email: Some(values.text("email")).filter(|email| *email != known),
                current_password: values.raw("currentPassword"),
                first_name: Some(values.optional("firstName")),
                last_name: Some(values.optional("lastName")),
                locale: Some(Locale::of_tag(&values.text("locale"))),
            };
            Box::pin(async move {
                let answer = session.call(accounts::change_profile(&change)).await?;
                session.update(answer.data);
                if let Some(announcer) = announcer {
                    announcer.show(t.profile_saved());
                }
                Ok(())
            })
        })
    };
    html! {
        <>
            { overview(t, &props.user) }
            <section class="card" {oninput}>
                <h2 class="card__title">{ t.your_details() }</h2>
                { form.show(onsubmit, fields(t, &form, &props.user, is_other_email)) }
            </section>
        </>
    }
}

fn overview(t: Language, user: &User) -> Html {
    let name: Vec<&str> =
        [&user.first_name, &user.last_name].into_iter().flatten().map(String::as_str).collect();
    let (class, state) = if user.email_verified {
        ("tag tag--good", t.verified())
    } else {
        ("tag tag--low", t.not_verified())
    };
    html! {
        <section class="card overview">
            if !name.is_empty() {
                <p class="overview__name">{ name.join(" ") }</p>
            }
            <p class="overview__email">{ &user.email }{ " " }<span {class}>{ state }</span></p>
            <p class="overview__since">{ t.member_since(&format::day(t, user.created_at.timestamp_millis())) }</p>
        </section>
    }
}

fn fields(t: Language, form: &Form, user: &User, is_other_email: bool) -> Html {
    let locale = user.locale.and_then(|locale| Locale::of_tag(locale.as_str())).map(Locale::as_str);
    let name = |name, label, autocomplete, value| TextField {
        name,
        label,
        autocomplete,
        value,
        is_optional: true,
        max_length: 100,
        ..TextField::default()
    };
    html! {
        <>
            <div class="form__row">
                { form.text(&name("firstName", t.first_name(), "given-name", user.first_name.as_deref().unwrap_or_default())) }
                { form.text(&name("lastName", t.last_name(), "family-name", user.last_name.as_deref().unwrap_or_default())) }
            </div>
            { form.text(&TextField {
                name: "email", label: t.email(), kind: "email", autocomplete: "email", value: &user.email,
                hint: t.email_change_hint(), ..TextField::default()
            }) }
            if is_other_email {
                { form.password("currentPassword", t.current_password(), "current-password", "") }
            }
            { form.select("locale", t.mail_language(), "language", locale.unwrap_or_else(|| t.tag()),
                Language::ALL.into_iter().map(|language| (language.tag(), language.own_name()))) }
            { form.button(t.save(), "btn--primary") }
        </>
    }
}
