use openapi::accounts::ChangePasswordRequest;
use yew::prelude::*;

use super::sessions::sessions;
use crate::{
    client::accounts,
    domain::form::Rule,
    hooks::{
        Loaded, Personal, SignOut, Values, Work, use_form, use_language, use_personal, use_sign_out,
        use_visitor,
    },
    state::Announcer,
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// For password managers: whose password it is.
    pub email: AttrValue,
}

/// The password, and where it is in use.
#[component]
pub(super) fn Security(props: &Props) -> Html {
    let t = use_language();
    let session = use_visitor().session;
    let announcer = use_context::<Announcer>();
    let sign_out = use_sign_out();
    let Personal { loaded, reload } = use_personal(accounts::sessions);
    let form =
        use_form("password", &[("currentPassword", Rule::GivenPassword), ("newPassword", Rule::NewPassword)]);
    let onsubmit = {
        let (session, announcer, reload) = (session.clone(), announcer.clone(), reload.clone());
        let emptied = form.clone();
        form.onsubmit(move |values: &Values| -> Work {
            let (session, announcer, reload) = (session.clone(), announcer.clone(), reload.clone());
            let form = emptied.clone();
            let request = ChangePasswordRequest {
                current_password: values.exact("currentPassword"),
                new_password: values.exact("newPassword"),
            };
            Box::pin(async move {
                session.call(accounts::change_password(&request)).await?;
                form.clear();
                reload.emit(());
                if let Some(announcer) = announcer {
                    announcer.show(t.password_changed());
                }
                Ok(())
            })
        })
    };
    let fields = html! {
        <>
            <input type="text" name="username" autocomplete="username" ~defaultValue={props.email.to_string()} hidden=true
                readonly=true />
            { form.password("currentPassword", t.current_password(), "current-password", "") }
            { form.password("newPassword", t.new_password(), "new-password", t.new_password_hint()) }
            { form.button(t.change_password(), "btn--primary") }
        </>
    };
    let onend = {
        Callback::from(move |id| {
            let (session, announcer, reload) = (session.clone(), announcer.clone(), reload.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let text = match session.call(accounts::end_session(id)).await {
                    Err(error) if !error.is_absent() => t.form_trouble(&error),
                    _ => t.session_ended().to_owned(),
                };
                reload.emit(());
                if let Some(announcer) = announcer {
                    announcer.show(text);
                }
            });
        })
    };
    let oneverywhere = sign_out.reform(|_: MouseEvent| SignOut::Everywhere);
    html! {
        <>
            <section class="card">
                <h2 class="card__title">{ t.change_password() }</h2>
                <p class="card__lead">{ t.change_password_help() }</p>
                { form.show(onsubmit, fields) }
            </section>
            <section class="card">
                <h2 class="card__title">{ t.sessions() }</h2>
                { sessions(t, &loaded, &onend) }
                // Below what is on its way it would be moved.
                if !matches!(loaded, Loaded::Loading) {
                    <p class="card__lead">{ t.sign_out_everywhere_help() }</p>
                    <button type="button" class="btn" onclick={oneverywhere}>{ t.sign_out_everywhere() }</button>
                }
            </section>
        </>
    }
}
