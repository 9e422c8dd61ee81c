use yew::prelude::*;

use super::Link;
use crate::{
    domain::listing::{Filter, Listing},
    i18n::Language,
    routes::Route,
};

/// What else there is, and where developers go.
pub(crate) fn footer(t: Language) -> Html {
    let only = |filter| Listing::default().with_filter(filter, true).to_query();
    html! {
        <footer class="site-footer">
            <div class="container site-footer__grid">
                <div class="site-footer__about">
                    <p class="brand__name">{ "Bottega" }</p>
                    <p>{ t.footer_note() }</p>
                </div>
                <nav class="site-footer__links" aria-label={t.footer_navigation()}>
                    <div>
                        <h2>{ t.footer_shop() }</h2>
                        <ul role="list">
                            <li><Link to={Route::Products}>{ t.all_products() }</Link></li>
                            <li><Link to={Route::Categories}>{ t.categories() }</Link></li>
                            <li><Link to={Route::Products} query={only(Filter::Featured)}>{ t.featured() }</Link></li>
                            <li><Link to={Route::Products} query={only(Filter::OnSale)}>{ t.on_sale() }</Link></li>
                        </ul>
                    </div>
                    <div>
                        <h2>{ t.footer_developers() }</h2>
                        <ul role="list">
                            <li><a href="/api/docs/">{ t.api_reference() }</a></li>
                            <li><a href="/api/docs/openapi.json">{ t.api_specification() }</a></li>
                        </ul>
                    </div>
                </nav>
            </div>
        </footer>
    }
}
