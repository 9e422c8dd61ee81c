use openapi::{Data, accounts::Session};
use uuid::Uuid;
use yew::prelude::*;

use crate::{
    components::{Glyph, card_skeleton, error_panel, icon},
    domain::device::device_name,
    hooks::Loaded,
    i18n::{Language, format},
};

/// Where the account is signed in, each but this one with a way to end it.
pub(super) fn sessions(t: Language, loaded: &Loaded<Data<Vec<Session>>>, onend: &Callback<Uuid>) -> Html {
    match loaded {
        Loaded::Loading => card_skeleton(t),
        Loaded::Failed(failure) => error_panel(t, failure),
        Loaded::Ready(answer) => html! {
            <ul class="sessions" role="list">
                { for answer.data.iter().map(|session| one(t, session, onend)) }
            </ul>
        },
    }
}

fn one(t: Language, session: &Session, onend: &Callback<Uuid>) -> Html {
    let id = session.id;
    let device = session.user_agent.as_deref().and_then(device_name);
    let device = device.unwrap_or_else(|| t.unknown_device().to_owned());
    let used = t.last_used(&format::moment(t, session.last_used_at.timestamp_millis()));
    let facts = session.ip.iter().cloned().chain([used]).collect::<Vec<_>>().join(" · ");
    let onclick = onend.reform(move |_: MouseEvent| id);
    html! {
        <li class="session" key={id.to_string()}>
            { icon(Glyph::Device) }
            <div class="session__words">
                <p class="session__device">{ device.clone() }</p>
                <p class="session__facts">{ facts }</p>
            </div>
            if session.current {
                <span class="tag tag--good">{ t.this_device() }</span>
            } else {
                <button type="button" class="btn" aria-label={t.sign_out_device(&device)} {onclick}>
                    { t.sign_out() }
                </button>
            }
        </li>
    }
}
