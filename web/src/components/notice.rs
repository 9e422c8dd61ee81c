use yew::prelude::*;

use super::{Glyph, icon};

/// Says why there is nothing here, and what to do next.
pub(crate) fn notice(glyph: Glyph, title: &str, text: &str, actions: Html) -> Html {
    html! {
        <section class="notice">
            <span class="notice__icon">{ icon(glyph) }</span>
            <h2 class="notice__title">{ title }</h2>
            <p class="notice__text">{ text }</p>
            <div class="notice__actions">{ actions }</div>
        </section>
    }
}
