use yew::prelude::*;

use super::Link;
use crate::{i18n::Language, routes::Route};

/// The way from the home page, through the categories above (by name and slug), to the page called `here`.
pub(crate) fn breadcrumbs(t: Language, way: &[(&str, &str)], here: &str) -> Html {
    html! {
        <nav class="breadcrumbs" aria-label={t.breadcrumbs()}>
            <ol role="list">
                <li><Link to={Route::Home}>{ t.home() }</Link></li>
                <li><Link to={Route::Categories}>{ t.categories() }</Link></li>
                { for way.iter().map(|(name, slug)| html! {
                    <li><Link to={Route::category(slug)}>{ name }</Link></li>
                }) }
                <li><span aria-current="page">{ here }</span></li>
            </ol>
        </nav>
    }
}
