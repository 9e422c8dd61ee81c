use openapi::catalog::CategoryRef;
use yew::prelude::*;

use super::Link;
use crate::{domain::listing::Listing, i18n::Language, routes::Route};

/// The way from the home page, through the categories above, to the page called `here`.
pub(crate) fn breadcrumbs(t: Language, way: &[CategoryRef], here: &str) -> Html {
    html! {
        <nav class="breadcrumbs" aria-label={t.breadcrumbs()}>
            <ol role="list">
                <li><Link to={Route::Home}>{ t.home() }</Link></li>
                <li><Link to={Route::Products}>{ t.products() }</Link></li>
                { for way.iter().map(|category| html! {
                    <li>
                        <Link to={Route::Products} query={Listing::of_category(&category.slug)}>{ &category.name }</Link>
                    </li>
                }) }
                <li><span aria-current="page">{ here }</span></li>
            </ol>
        </nav>
    }
}
