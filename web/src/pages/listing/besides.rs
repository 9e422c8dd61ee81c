use openapi::search::SearchFindings;
use yew::prelude::*;

use crate::{
    components::Link,
    i18n::{Language, format},
    routes::Route,
};

/// What a search has to say besides the products it found: what it searched for instead, and categories called so.
pub(super) fn besides(t: Language, findings: &SearchFindings) -> Html {
    html! {
        <>
            if let Some(words) = instead(t, findings) {
                <p class="listing__note">{ words }</p>
            }
            if !findings.categories.is_empty() {
                <ul class="chips" role="list" aria-label={t.matching_categories()}>
                    { for findings.categories.iter().map(|category| html! {
                        <li key={category.slug.clone()}>
                            <Link to={Route::category(&category.slug)} class="chip">
                                { &category.name }
                                <span class="filters__count">{ format::integer(t, category.product_count) }</span>
                            </Link>
                        </li>
                    }) }
                </ul>
            }
        </>
    }
}

/// What was searched for instead of what was typed.
pub(super) fn instead(t: Language, findings: &SearchFindings) -> Option<String> {
    findings.corrected_query.as_ref().map(|found| t.results_instead(found, &findings.query))
}
