use yew::prelude::*;

use super::{Glyph, Link, icon};
use crate::{
    domain::listing::{Filter, Listing},
    i18n::Language,
    routes::Route,
};

/// What the shop is. index.html paints the same before the program is there.
pub(crate) fn hero(t: Language) -> Html {
    let on_sale = Listing::default().with_filter(Filter::OnSale, true).to_query();
    html! {
        <section class="container">
            <div class="hero">
                <div class="hero__words">
                    <h1 class="hero__title" tabindex="-1">{ t.tagline() }</h1>
                    <p class="hero__lead">{ t.hero_lead() }</p>
                    <p class="hero__actions">
                        <Link to={Route::Products} class="btn btn--primary btn--large">
                            { t.browse_products() }{ icon(Glyph::ArrowRight) }
                        </Link>
                        <Link to={Route::Products} query={on_sale} class="btn btn--large">{ t.see_offers() }</Link>
                    </p>
                </div>
                <div class="hero__scene">
                    <img class="hero__picture" src="/illustrations/hero.svg" alt="" width="1200" height="800" />
                </div>
            </div>
        </section>
    }
}
