use openapi::accounts::User;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Glyph, icon};
use crate::{
    client::accounts,
    hooks::{use_language, use_visitor},
    state::Announcer,
};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub user: User,
}

/// Asks to confirm the e-mail address, and sends the link once more.
#[component]
pub(crate) fn UnverifiedNotice(props: &Props) -> Html {
    let t = use_language();
    let session = use_visitor().session;
    let announcer = use_context::<Announcer>();
    let is_sending = use_state(|| false);
    if props.user.email_verified {
        return Html::default();
    }
    let onclick = {
        let is_sending = is_sending.clone();
        Callback::from(move |_: MouseEvent| {
            if *is_sending {
                return;
            }
            is_sending.set(true);
            let (session, announcer, is_sending) = (session.clone(), announcer.clone(), is_sending.clone());
            spawn_local(async move {
                let result = session.call(accounts::resend_verification()).await;
                is_sending.set(false);
                let text = match result {
                    Ok(()) => t.sent_again().to_owned(),
                    // Confirmed in the meantime, on another device perhaps.
                    Err(error) if error.status() == Some(409) => {
                        if let Ok(answer) = session.call(accounts::me()).await {
                            session.update(answer.data);
                        }
                        t.email_is_verified().to_owned()
                    }
                    Err(error) => t.form_trouble(&error),
                };
                if let Some(announcer) = announcer {
                    announcer.show(text);
                }
            });
        })
    };
    html! {
        <div class="banner">
            { icon(Glyph::Mail) }
            <p class="banner__text">{ t.verify_your_email(&props.user.email) }</p>
            <button type="button" class="btn" aria-disabled={is_sending.then_some("true")} {onclick}>
                { t.send_again() }
            </button>
        </div>
    }
}
