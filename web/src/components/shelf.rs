use openapi::{Page, catalog::ProductSummary};
use yew::prelude::*;

use super::{Glyph, Link, icon, product_grid, product_grid_skeleton};
use crate::{
    domain::listing::{Filter, Listing},
    hooks::Loaded,
    i18n::Language,
    routes::Route,
};

/// A row of products with a title, and the way to all that pass the same filter.
pub(crate) struct Shelf {
    pub(crate) title: &'static str,
    /// What the link to all of them says.
    pub(crate) more: &'static str,
    pub(crate) filter: Filter,
    /// How many were asked for.
    pub(crate) count: u32,
}

impl Shelf {
    /// Not there when there is nothing to show. What failed is said once, by the page.
    pub(crate) fn show(&self, t: Language, products: &Loaded<Page<ProductSummary>>) -> Html {
        let contents = match products {
            Loaded::Loading => product_grid_skeleton(t, self.count),
            Loaded::Ready(page) if !page.data.is_empty() => product_grid(page, 3, 0),
            _ => return Html::default(),
        };
        let query = Listing::default().with_filter(self.filter, true).to_query();
        html! {
            <section class="container shelf">
                <div class="shelf__head">
                    <h2 class="shelf__title">{ self.title }</h2>
                    <Link to={Route::Products} {query} class="shelf__more">
                        { self.more }{ icon(Glyph::ArrowRight) }
                    </Link>
                </div>
                { contents }
            </section>
        }
    }
}
