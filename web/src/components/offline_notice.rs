use yew::prelude::*;

use crate::{
    components::{Glyph, icon},
    hooks::use_language,
    state::{Announcer, IsOnline},
};

/// Says that there is no network, for as long as there is none.
#[component]
pub(crate) fn OfflineNotice() -> Html {
    let t = use_language();
    let is_online = use_context::<IsOnline>().is_none_or(|state| state.0);
    let was_offline = use_mut_ref(|| false);
    let announcer = use_context::<Announcer>();
    use_effect_with(is_online, move |is_online| {
        let was_offline = was_offline.replace(!is_online);
        if let Some(announcer) = announcer.filter(|_| *is_online && was_offline) {
            announcer.wake();
            announcer.say(t.is_online_again());
        }
    });
    html! {
        <div class="offline" role="status">
            if !is_online {
                <p class="offline__text">{ icon(Glyph::Cloud) }{ t.is_offline() }</p>
            }
        </div>
    }
}
