use yew::prelude::*;

use crate::i18n::Language;

/// The heading of a page and what is said about it; an outline of both while the heading is on its way.
pub(crate) fn page_title(t: Language, title: Option<&str>, lead: Option<&str>) -> Html {
    html! {
        <>
            <h1 class="page-title" tabindex="-1">
                if let Some(title) = title {
                    { title }
                } else {
                    <span class="sr-only">{ t.loading() }</span>
                    <span class="skeleton skeleton--text skeleton--short"></span>
                }
            </h1>
            if let Some(lead) = lead {
                <p class="listing__lead">{ lead }</p>
            } else if title.is_none() {
                <p class="listing__lead"><span class="skeleton skeleton--text"></span></p>
            }
        </>
    }
}
