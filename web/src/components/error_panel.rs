use yew::prelude::*;

use super::{Glyph, icon, notice};
use crate::{hooks::Failure, i18n::Language};

/// Says what went wrong, names the request for those who can look it up, and tries again.
pub(crate) fn error_panel(t: Language, failure: &Failure) -> Html {
    let error = &failure.error;
    let (glyph, title, text) = match error.status() {
        None => (Glyph::Cloud, t.unreachable(), t.unreachable_help()),
        Some(429) => (Glyph::Refresh, t.too_many_requests(), t.too_many_requests_help()),
        Some(_) => {
            let help = if error.request_id().is_some() {
                t.something_went_wrong_help()
            } else {
                t.something_went_wrong_help_without_number()
            };
            (Glyph::Refresh, t.something_went_wrong(), help)
        }
    };
    let detail = error.detail();
    let onclick = failure.retry.reform(|_| ());
    let actions = html! {
        <>
            <button type="button" class="btn btn--primary" {onclick}>
                { icon(Glyph::Refresh) }{ t.try_again() }
            </button>
            if error.status().is_some() {
                <dl class="notice__facts">
                    if let Some(detail) = detail {
                        <div><dt class="sr-only">{ t.description() }</dt><dd lang="en">{ detail }</dd></div>
                    }
                    if let Some(id) = error.request_id() {
                        <div><dt>{ t.request_id() }</dt><dd><code>{ id }</code></dd></div>
                    }
                </dl>
            }
        </>
    };
    html! { <div role="alert">{ notice(glyph, title, text, actions) }</div> }
}
