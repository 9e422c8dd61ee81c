use std::rc::Rc;

use openapi::accounts::User;
use yew::prelude::*;

use super::error_panel;
use crate::{client::SessionState, hooks::Failure, i18n::Language, state::Visitor};

/// What only somebody who is signed in sees; until that is known, an outline of it.
pub(crate) fn customers_only(
    t: Language,
    visitor: &Visitor,
    contents: impl FnOnce(&Rc<User>) -> Html,
) -> Html {
    match &visitor.state {
        SessionState::SignedIn(user) => contents(user),
        SessionState::Unclear(error) => {
            let session = visitor.session.clone();
            let retry = Callback::from(move |()| session.restore());
            error_panel(t, &Failure { error: error.clone(), retry })
        }
        SessionState::Unknown | SessionState::SignedOut => card_skeleton(t),
    }
}

/// The outline of a card that is still on its way.
pub(crate) fn card_skeleton(t: Language) -> Html {
    html! {
        <div class="card" aria-busy="true">
            <span class="sr-only">{ t.loading() }</span>
            { for (0..4).map(|_| html! { <p><span class="skeleton skeleton--text"></span></p> }) }
        </div>
    }
}
